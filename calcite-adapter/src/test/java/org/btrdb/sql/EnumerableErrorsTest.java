package org.btrdb.sql;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.util.List;
import org.btrdb.client.CallScope;
import org.btrdb.sql.row.RowCursor;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What goes wrong in generated code is a refusal, wherever that code runs. */
class EnumerableErrorsTest {

  @ParameterizedTest
  @ValueSource(
      strings = {
        "SELECT CAST(CASE WHEN value < 9 THEN 'x' END AS BIGINT) FROM c.s",
        "SELECT value FROM c.s ORDER BY CAST(CASE WHEN value < 9 THEN 'x' END AS BIGINT)",
        "SELECT 1 FROM c.s WHERE CAST(CASE WHEN value < 9 THEN 'x' END AS BIGINT) > 1"
      })
  void ofValuesThatCannotBeConverted(String sql) {
    assertThat(reason(sql)).isEqualTo(SqlRefusal.Reason.INVALID_VALUE);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "SELECT 1 / (CAST(value AS BIGINT) - 1) FROM c.s",
        "SELECT MAX(1 / (CAST(value AS BIGINT) - 1)) FROM c.s"
      })
  void ofDivisions(String sql) {
    assertThat(reason(sql)).isEqualTo(SqlRefusal.Reason.DIVISION_BY_ZERO);
  }

  /** Its generated code would answer NULL, or fail. */
  @ParameterizedTest
  @ValueSource(strings = {"value DESC", "NULLIF(value, 30)"})
  void ofDistancesAlongKeysThatDescendOrMayBeNull(String key) {
    assertThat(
            reason(
                "SELECT SUM(value) OVER (ORDER BY "
                    + key
                    + " RANGE BETWEEN 1 PRECEDING AND 1 FOLLOWING) FROM c.s"))
        .isEqualTo(SqlRefusal.Reason.UNSUPPORTED);
  }

  private static SqlRefusal.Reason reason(String sql) {
    try (TestBtrdb db = new TestBtrdb()) {
      db.stream("c", "s", new long[] {1}, new double[] {1});
      SqlSession session =
          SqlSession.over(
              db.btrdb(), SessionOptions.DEFAULT.withExecutor(SessionOptions.Executor.ENUMERABLE));
      return catchThrowableOfType(
              SqlRefusal.class,
              () -> {
                PreparedSql prepared = session.prepare(sql, "", CallScope.unbounded());
                try (RowCursor rows = prepared.query(List.of(), CallScope.unbounded(), 0)) {
                  rows.next();
                }
              })
          .reason();
    }
  }
}
