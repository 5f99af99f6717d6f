package org.btrdb.sql;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** {@code unwrap_angle(value) OVER (ORDER BY time)}. */
class UnwrapAngleTest {
  private static final long SEED = Long.getLong("seed", new Random().nextLong());

  private final TestBtrdb db = new TestBtrdb();

  @AfterEach
  void close() {
    db.close();
  }

  private static long[] times(int size) {
    long[] times = new long[size];
    Arrays.setAll(times, i -> i);
    return times;
  }

  private List<@Nullable Object> column(String expression, String rest) {
    return db.rows("SELECT " + expression + " FROM t.s" + rest).stream()
        .<@Nullable Object>map(row -> row.get(0))
        .toList();
  }

  @Test
  void jumpsOfAFullTurnAreTakenOut() {
    db.stream("t", "s", times(7), new double[] {170, -170, -10, 179, 1, -179.5, 720});
    assertThat(column("unwrap_angle(value) OVER (ORDER BY time)", ""))
        .containsExactly(170.0, 190.0, 350.0, 179.0, 1.0, 180.5, 360.0);
  }

  @Test
  void stepsAreThoseOfAngleDiff() {
    db.stream("t", "s", times(3), new double[] {0, 180, 0});
    // half a turn goes back, as angle_diff says
    assertThat(column("unwrap_angle(value) OVER (ORDER BY time)", ""))
        .containsExactly(0.0, -180.0, -360.0);
    assertThat(column("angle_diff(180, 0)", " LIMIT 1")).containsExactly(-180.0);
  }

  @Test
  void eachRowHasItsOwnAlsoAtOneTime() {
    db.stream("t", "s", new long[] {1, 1, 1, 2}, new double[] {10, 20, 30, 40});
    assertThat(column("unwrap_angle(value) OVER (ORDER BY time)", ""))
        .containsExactly(10.0, 20.0, 30.0, 40.0);
  }

  @Test
  void nullNanAndPartitionsLeaveTheAnglesOfOthers() {
    db.stream("t", "s", times(6), new double[] {170, 1, 2, -170, 170, -170});
    String some =
        "CASE WHEN value = 1 THEN NULL WHEN value = 2 THEN CAST('NaN' AS DOUBLE) ELSE value END";
    assertThat(column("unwrap_angle(" + some + ") OVER (ORDER BY time)", ""))
        .containsExactly(170.0, null, Double.NaN, 190.0, 170.0, 190.0);
    assertThat(
            column(
                "unwrap_angle(value) OVER (PARTITION BY value > 0 ORDER BY time DESC)",
                " WHERE ABS(value) > 2 ORDER BY time"))
        .containsExactly(170.0, -170.0, 170.0, -170.0);
    assertThat(
            column("unwrap_angle(CAST(value AS INTEGER)) OVER (ORDER BY time)", " WHERE time > 3"))
        .containsExactly(170.0, 190.0);
  }

  @Test
  void aStepThatOverflowsIsNoTurn() {
    double max = Double.MAX_VALUE;
    db.stream("t", "s", times(5), new double[] {max, -max, max, 170, -170});
    List<@Nullable Object> angles = column("unwrap_angle(value) OVER (ORDER BY time)", "");
    assertThat(angles).startsWith(max, -max, max).doesNotContain(Double.NaN);
  }

  @Test
  void aRandomWalkComesBackWithoutDrift() {
    Random random = new Random(SEED);
    int size = 200_000;
    double[] angles = new double[size];
    double[] wrapped = new double[size];
    double angle = random.nextDouble(360) - 180;
    for (int i = 0; i < size; i++) {
      angles[i] = angle;
      wrapped[i] = angle - 360 * Math.floor((angle + 180) / 360);
      angle += 30 + random.nextDouble(200) - 60;
    }
    db.stream("t", "s", times(size), wrapped);
    List<@Nullable Object> unwrapped = column("unwrap_angle(value) OVER (ORDER BY time)", "");
    for (int i = 0; i < size; i++) {
      assertThat((Double) unwrapped.get(i))
          .as("row %d (seed %d)", i, SEED)
          .isCloseTo(angles[i], within(Math.ulp(angles[i]) + 1e-12));
    }
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "SELECT unwrap_angle(value) FROM t.s | OVER clause is necessary",
        "SELECT unwrap_angle(value) OVER () FROM t.s | this function needs an ORDER BY clause",
        "SELECT unwrap_angle(value) OVER (ORDER BY time ROWS 3 PRECEDING) FROM t.s | ROW/RANGE not allowed",
        "SELECT unwrap_angle(time) OVER (ORDER BY time) FROM t.s | UNWRAP_ANGLE(<TIMESTAMP(9)>)",
        "SELECT unwrap_angle(DISTINCT value) OVER (ORDER BY time) FROM t.s | DISTINCT in a window function",
      })
  void withoutAnOrderFromTheFirstRowOnItIsRefused(String sql, String message) {
    db.stream("t", "s", times(2), new double[] {1, 2});
    assertThatThrownBy(() -> db.rows(sql))
        .isInstanceOf(SqlRefusal.class)
        .hasMessageContaining(message);
  }
}
