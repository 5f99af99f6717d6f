package org.btrdb.sql;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.btrdb.client.CallScope;
import org.btrdb.client.DataCursor;
import org.btrdb.client.batch.PointBatch;
import org.btrdb.client.model.MergePolicy;
import org.btrdb.client.time.TimeRange;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Ranges that changed. */
class ChangesTest {
  private static final CallScope SCOPE = CallScope.unbounded();
  private static final String COLUMNS = "SELECT TO_NANOS(start_time), TO_NANOS(end_time), version ";

  private final TestBtrdb db = new TestBtrdb();

  @AfterEach
  void close() {
    db.close();
  }

  private long insert(UUID uuid, long... times) {
    db.btrdb()
        .insert(uuid, PointBatch.of(times, new double[times.length]), MergePolicy.NEVER, SCOPE);
    return db.btrdb().flush(uuid, SCOPE).major();
  }

  private List<List<@Nullable Object>> changes(UUID uuid, long from, long to, int resolution) {
    List<List<@Nullable Object>> rows = new ArrayList<>();
    try (DataCursor<List<TimeRange>> cursor =
        db.btrdb().changes(uuid, from, to, resolution, SCOPE)) {
      while (cursor.next()) {
        for (TimeRange range : cursor.current()) {
          rows.add(List.of(range.startNanos(), range.endNanos(), cursor.version().major()));
        }
      }
    }
    return rows;
  }

  @Test
  void aTableOfEveryChange() {
    UUID uuid = db.stream("c", "s", new long[] {}, new double[] {});
    assertThat(db.rows(COLUMNS + "FROM c.s$changes"))
        .containsExactly(List.of(TimeRange.MIN_NANOS, TimeRange.MAX_NANOS, 10L));
    long first = insert(uuid, 0, 1 << 20);
    long second = insert(uuid, 1L << 58);
    List<List<@Nullable Object>> all = changes(uuid, 0, 0, 0);
    assertThat(all).hasSizeGreaterThan(1);
    assertThat(db.rows(COLUMNS + "FROM c.s$changes ORDER BY start_time, end_time")).isEqualTo(all);
    assertThat(db.calls()).containsExactly("changes");
    assertThat(db.rows(COLUMNS + "FROM c.s$changes FOR VERSION AS OF " + first))
        .isEqualTo(changes(uuid, 0, first, 0));
    assertThat(db.rows("SELECT version FROM c.s$changes WHERE end_time > FROM_NANOS(?)", 1L << 58))
        .containsExactly(List.of(second));
    assertThat(db.rows("SELECT COUNT(*) FROM c.s$changes"))
        .containsExactly(List.of((long) all.size()));
  }
}
