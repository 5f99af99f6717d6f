package org.btrdb.sql;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.fail;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.function.LongFunction;
import org.btrdb.client.time.IsoTime;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/**
 * Everything SQL does with times agrees with java.time and BigInteger, from the first storable
 * nanosecond to the last: in both executors, on columns, constants and parameters, and pushed down.
 */
class TimeModelTest {
  private static final long SEED = Long.getLong("seed", new Random().nextLong());
  private static final int POINTS = 60;
  private static final int AT_ONCE = 12;

  private final Random random = new Random(SEED);
  private final RandomTimes generator = new RandomTimes(random);
  private final TestBtrdb db = new TestBtrdb();
  private final BothExecutors both = new BothExecutors(db);
  private final long[] times =
      random.longs(POINTS).map(i -> generator.time()).distinct().sorted().toArray();

  TimeModelTest() {
    double[] values = new double[times.length];
    Arrays.setAll(values, i -> i);
    db.stream("m", "s", times, values);
    System.getLogger("test").log(System.Logger.Level.INFO, "seed {0}", String.valueOf(SEED));
  }

  @AfterEach
  void close() {
    db.close();
  }

  private static String seeded(String sql) {
    return sql + " (seed " + SEED + ")";
  }

  @Test
  void expressionsOfTimeAreExact() {
    expressions(360);
  }

  @Test
  @Tag("long")
  void thousandsOfExpressionsOfTimeAreExact() {
    expressions(12_000);
  }

  private void expressions(int count) {
    List<RandomTimes.Expression<Object>> fitting = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      RandomTimes.Expression<Object> expression = generator.value();
      if (fits(expression.model())) {
        fitting.add(expression);
      } else {
        refused(expression);
      }
      if (fitting.size() == AT_ONCE) {
        check(fitting);
        fitting.clear();
      }
    }
  }

  private boolean fits(LongFunction<?> model) {
    return Arrays.stream(times).allMatch(time -> RandomTimes.fits(model, time));
  }

  private void refused(RandomTimes.Expression<Object> expression) {
    String sql = "SELECT value, " + expression.of("time") + " AS x FROM \"m\".s";
    assertThatThrownBy(() -> db.rows(sql), "%s", seeded(sql))
        .isInstanceOfSatisfying(
            SqlRefusal.class,
            e -> assertThat(e.reason()).isEqualTo(SqlRefusal.Reason.OUT_OF_RANGE));
  }

  /** Expressions of the column, of a constant, and of a parameter in one of its forms. */
  private void check(List<RandomTimes.Expression<Object>> expressions) {
    List<List<@Nullable Object>> expected = new ArrayList<>();
    for (long time : times) {
      expected.add(values(expressions, time));
    }
    String columns = "SELECT " + list(expressions, "time") + " FROM \"m\".s";
    assertThat(rows(columns)).as(seeded(columns)).isEqualTo(expected);
    long time = times[random.nextInt(times.length)];
    String constants = "SELECT " + list(expressions, generator.literal(time));
    assertThat(rows(constants)).as(seeded(constants)).containsExactly(values(expressions, time));
    String parameters = "SELECT " + list(expressions, "CAST(? AS TIMESTAMP)");
    Object form =
        switch (random.nextInt(3)) {
          case 0 -> time;
          case 1 -> TimeModel.text(time);
          default -> IsoTime.instantOf(time);
        };
    Object[] all = new Object[(int) parameters.chars().filter(c -> c == '?').count()];
    Arrays.fill(all, form);
    assertThat(rows(parameters, all))
        .as(seeded(parameters))
        .containsExactly(values(expressions, time));
  }

  private List<List<@Nullable Object>> rows(String sql, @Nullable Object... parameters) {
    try {
      return both.rows(sql, parameters);
    } catch (SqlRefusal e) {
      throw new AssertionError(seeded(sql), e);
    }
  }

  private static String list(List<RandomTimes.Expression<Object>> expressions, String time) {
    List<String> items = new ArrayList<>();
    expressions.forEach(e -> items.add(e.of(time) + " AS x" + items.size()));
    return String.join(", ", items);
  }

  private static List<@Nullable Object> values(
      List<RandomTimes.Expression<Object>> expressions, long time) {
    List<@Nullable Object> values = new ArrayList<>();
    expressions.forEach(e -> values.add(e.model().apply(time)));
    return values;
  }

  @Test
  void conditionsHoldForTheSameTimesPushedDownAndNot() {
    conditions(240);
  }

  @Test
  @Tag("long")
  void thousandsOfConditionsHoldForTheSameTimesPushedDownAndNot() {
    conditions(12_000);
  }

  private void conditions(int count) {
    for (int i = 0; i < count; i += AT_ONCE) {
      List<RandomTimes.Expression<Boolean>> conditions = new ArrayList<>();
      for (int j = 0; j < AT_ONCE; j++) {
        conditions.add(generator.condition(random.nextInt(3)));
      }
      conditions.forEach(this::checkPushed);
      checkEvaluated(conditions);
    }
  }

  private void checkPushed(RandomTimes.Expression<Boolean> condition) {
    List<List<@Nullable Object>> expected = new ArrayList<>();
    for (int i = 0; i < times.length; i++) {
      if (condition.model().apply(times[i])) {
        expected.add(List.of(times[i], (double) i));
      }
    }
    String sql = "SELECT time, value FROM \"m\".s WHERE " + condition.of("time");
    try {
      assertThat(db.rows(sql)).as(seeded(sql)).isEqualTo(expected);
    } catch (RuntimeException e) {
      fail(seeded(sql), e);
    }
  }

  private void checkEvaluated(List<RandomTimes.Expression<Boolean>> conditions) {
    List<String> items = new ArrayList<>();
    conditions.forEach(
        c -> items.add("CASE WHEN " + c.of("time") + " THEN 1 ELSE 0 END AS c" + items.size()));
    String sql = "SELECT " + String.join(", ", items) + " FROM \"m\".s";
    List<List<@Nullable Object>> expected = new ArrayList<>();
    for (long time : times) {
      List<@Nullable Object> row = new ArrayList<>();
      conditions.forEach(c -> row.add(c.model().apply(time) ? 1 : 0));
      expected.add(row);
    }
    assertThat(rows(sql)).as(seeded(sql)).isEqualTo(expected);
  }

  @Test
  void groupsAndExtremesOfTimeAreExact() {
    for (int i = 0; i < 40; i++) {
      long a = generator.time();
      long b = generator.time();
      long from = Math.min(a, b);
      long to = Math.max(a, b);
      RandomTimes.Expression<Long> key = generator.time(random.nextInt(2));
      long[] inside = Arrays.stream(times).filter(t -> t >= from && t < to).toArray();
      if (!fits(key.model())) {
        continue;
      }
      Map<Long, long[]> groups = new TreeMap<>();
      for (long time : inside) {
        groups.merge(
            key.model().apply(time),
            new long[] {1, time, time},
            (x, y) -> new long[] {x[0] + 1, Math.min(x[1], y[1]), Math.max(x[2], y[2])});
      }
      List<List<@Nullable Object>> expected = new ArrayList<>();
      groups.forEach((k, v) -> expected.add(List.of(k, v[0], v[1], v[2])));
      String where =
          " FROM \"m\".s WHERE time >= "
              + generator.literal(from)
              + " AND time < "
              + generator.literal(to);
      String grouped =
          "SELECT "
              + key.of("time")
              + " AS k, COUNT(*) AS n, MIN(time) AS lo, MAX(time) AS hi"
              + where
              + " GROUP BY 1 ORDER BY k";
      assertThat(rows(grouped)).as(seeded(grouped)).isEqualTo(expected);
      String counted =
          "SELECT " + key.of("time") + " AS k, COUNT(*) AS n" + where + " GROUP BY 1 ORDER BY k";
      assertThat(db.rows(counted))
          .as(seeded(counted))
          .isEqualTo(expected.stream().map(row -> row.subList(0, 2)).toList());
      String whole = "SELECT COUNT(*), MIN(time), MAX(time)" + where;
      assertThat(db.rows(whole))
          .as(seeded(whole))
          .containsExactly(
              inside.length == 0
                  ? Arrays.asList(0L, null, null)
                  : List.of((long) inside.length, inside[0], inside[inside.length - 1]));
    }
  }
}
