package org.btrdb.sql;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

/** The session's note of its calls, asked by SQL. */
class SessionRpcsTest {

  @Test
  void theLastStatementsCallsAreShown() {
    try (TestBtrdb db = new TestBtrdb()) {
      db.stream("c", "s", new long[] {1, 2, 3}, new double[] {1, 2, 3});
      db.rows("SELECT time, value FROM c.s");
      db.rows("SELECT COUNT(*) FROM c.s");
      assertThat(
              db.rows(
                  "SELECT rpc, COUNT(*) AS calls, SUM(row_count) AS points,"
                      + " SUM(elapsed_ns) / 1e6 >= 0 FROM btrdb.session_rpcs GROUP BY rpc"
                      + " ORDER BY rpc"))
          .containsExactly(
              List.of("LookupStreams", 1L, 1L, true),
              List.of("RawValues", 1L, 3L, true),
              List.of("Windows", 1L, 1L, true));
      assertThat(
              db.rows(
                  "SELECT COUNT(DISTINCT statement_id), COUNT(uuid), COUNT(bytes)"
                      + " FROM btrdb.session_rpcs"))
          .containsExactly(List.of(3L, 2L, 0L));
    }
  }
}
