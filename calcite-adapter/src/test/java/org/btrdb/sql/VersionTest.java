package org.btrdb.sql;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.UUID;
import org.btrdb.client.CallScope;
import org.btrdb.client.error.BtrdbException;
import org.btrdb.client.error.ErrorCode;
import org.btrdb.client.model.StreamVersion;
import org.btrdb.client.time.TimeRange;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Old states of a stream, by number. */
class VersionTest {
  private final TestBtrdb db = new TestBtrdb();
  private final long before;
  private final long after;

  VersionTest() {
    UUID uuid = db.stream("c", "s", new long[] {1, 2, 3}, new double[] {10, 20, 30});
    CallScope scope = CallScope.unbounded();
    StreamVersion flushed = db.btrdb().flush(uuid, scope);
    before = flushed.major();
    after = db.btrdb().delete(uuid, new TimeRange(2, 3), scope).major();
  }

  @AfterEach
  void close() {
    db.close();
  }

  @Test
  void pointsAndStatisticsAreReadAtTheVersion() {
    assertThat(db.rows("SELECT value FROM c.s FOR VERSION AS OF " + before))
        .containsExactly(List.of(10.0), List.of(20.0), List.of(30.0));
    assertThat(db.calls()).containsExactly("raw");
    assertThat(db.rows("SELECT COUNT(*), MAX(time) FROM c.s FOR SYSTEM_VERSION AS OF " + after))
        .containsExactly(List.of(2L, 3L));
    assertThat(db.rows("SELECT SUM(value) FROM c.s FOR VERSION AS OF ? AS old", before))
        .containsExactly(List.of(60.0));
    assertThat(
            db.rows(
                "SELECT a.value FROM c.s FOR VERSION AS OF "
                    + before
                    + " AS a LEFT JOIN c.s AS b ON"
                    + " a.time = b.time WHERE b.time IS NULL"))
        .containsExactly(List.of(20.0));
  }

  @Test
  void whatIsNoVersionIsRefused() {
    assertThatThrownBy(() -> db.rows("SELECT * FROM c.s FOR VERSION AS OF 99"))
        .isInstanceOf(BtrdbException.class)
        .extracting(e -> ((BtrdbException) e).code())
        .isEqualTo(ErrorCode.NO_SUCH_VERSION);
    assertThatThrownBy(() -> db.rows("SELECT * FROM c.s FOR VERSION AS OF 0"))
        .isInstanceOf(SqlRefusal.class)
        .hasMessageContaining("from 1 on");
    assertThatThrownBy(
            () ->
                db.rows("SELECT * FROM c.s FOR SYSTEM_TIME AS OF TIMESTAMP '2020-01-01 00:00:00'"))
        .isInstanceOf(SqlRefusal.class)
        .hasMessageContaining("FOR VERSION AS OF n");
    assertThatThrownBy(() -> db.rows("SELECT * FROM btrdb.session_rpcs FOR VERSION AS OF 12"))
        .isInstanceOf(SqlRefusal.class)
        .hasMessageContaining("only a stream has versions");
    assertThatThrownBy(() -> db.rows("SELECT BTRDB_VERSION(3)"))
        .isInstanceOf(SqlRefusal.class)
        .hasMessageContaining("FOR VERSION AS OF n");
  }
}
