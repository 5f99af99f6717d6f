package org.btrdb.sql;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** ARG_MAX, ARG_MIN, MAX_BY and MIN_BY: ties, NULLs and NaN, by both executors. */
class ArgumentOfExtremeTest {
  private final TestBtrdb db = new TestBtrdb();
  private final BothExecutors both = new BothExecutors(db);

  @AfterEach
  void close() {
    db.close();
  }

  private List<@Nullable Object> row(String max, String min, String x, String key, String rest) {
    return both.row(
        "SELECT "
            + max
            + "("
            + x
            + ", "
            + key
            + "), "
            + min
            + "("
            + x
            + ", "
            + key
            + ") FROM t.s"
            + rest);
  }

  @ParameterizedTest
  @ValueSource(strings = {"ARG_MAX ARG_MIN", "MAX_BY MIN_BY"})
  void theFirstOfTiesWithoutNullKeys(String names) {
    String max = names.split(" ", 2)[0];
    String min = names.split(" ", 2)[1];
    db.stream("t", "s", new long[] {1, 2, 3, 4, 5, 6}, new double[] {5, 1, 9, 1, 9, 2});
    assertThat(row(max, min, "TO_NANOS(time)", "value", "")).isEqualTo(List.of(3L, 2L));
    assertThat(row(max, min, "time", "value", " WHERE time <> 3")).isEqualTo(List.of(5L, 2L));
    String noNines = "NULLIF(value, 9)";
    assertThat(row(max, min, "TO_NANOS(time)", noNines, "")).isEqualTo(List.of(1L, 2L));
    assertThat(row(max, min, "TO_NANOS(time)", "NULLIF(value, value)", ""))
        .isEqualTo(Arrays.asList(null, null));
    String ofNull = "SELECT " + max + "(NULLIF(value, 9), value), COUNT(*) FROM t.s";
    assertThat(db.rows(ofNull)).isEqualTo(List.of(Arrays.asList(null, 6L)));
    assertThatThrownBy(() -> both.row(ofNull)) // Enumerable's fault
        .isInstanceOf(SqlRefusal.class)
        .hasMessage(max + " of what may be NULL is not supported in this combination");
    assertThat(row(max, min, "value", "value", " WHERE time > 9"))
        .isEqualTo(Arrays.asList(null, null));
    String nan = "CASE WHEN value = 2 THEN CAST('NaN' AS DOUBLE) ELSE value END";
    assertThat(row(max, min, "TO_NANOS(time)", nan, "")).isEqualTo(List.of(6L, 2L));
    assertThat(
            row(
                max,
                min,
                "TO_NANOS(time)",
                "0 * value * CASE WHEN time = 3 THEN -1 ELSE 1 END",
                ""))
        .isEqualTo(List.of(1L, 1L));
    assertThat(row(max, min, "CAST(value AS VARCHAR)", "CAST(value AS INTEGER)", ""))
        .isEqualTo(List.of("9.0", "1.0"));
    assertThat(
            both.rows(
                "SELECT time > 2, "
                    + max
                    + "(time, value), "
                    + min
                    + "(time, value) FILTER (WHERE value > 1) FROM t.s GROUP BY time > 2 ORDER BY 1"))
        .isEqualTo(List.of(List.of(false, 1L, 1L), List.of(true, 3L, 6L)));
  }
}
