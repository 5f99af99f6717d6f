package org.btrdb.sql;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Random;
import java.util.TreeMap;
import java.util.function.LongUnaryOperator;
import org.btrdb.client.time.IsoTime;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** Random aggregates over random ranges and buckets agree with brute force over the points. */
class DifferentialTest {
  private static final long SEED = Long.getLong("seed", new Random().nextLong());
  private static final int QUERIES = Integer.getInteger("queries", 600);
  private static final long DAY = 86_400_000_000_000L;

  private final Random random = new Random(SEED);

  /** A way to divide time, as SQL writes it and as brute force does. */
  private record Buckets(String sql, LongUnaryOperator bucketOf) {}

  @Test
  void aggregatesAgreeWithBruteForce() {
    System.getLogger("test").log(System.Logger.Level.INFO, "seed {0}", SEED);
    try (TestBtrdb db = new TestBtrdb()) {
      long[] times = times();
      double[] values = new double[times.length];
      for (int i = 0; i < values.length; i++) {
        values[i] = 60 + random.nextGaussian() * (i % 3 == 0 ? 1e-4 : 5);
      }
      db.stream("d", "s", times, values);
      for (int i = 0; i < QUERIES; i++) {
        check(db, times, values);
      }
    }
  }

  /** Dense runs, gaps, repeated times, times before 1970. */
  private long[] times() {
    long[] times = new long[20_000];
    long time = IsoTime.parseNanos("1969-11-20");
    for (int i = 0; i < times.length; i++) {
      times[i] = time;
      time +=
          switch (random.nextInt(50)) {
            case 0 -> random.nextLong(2 * DAY);
            case 1, 2 -> 0;
            case 3 -> 1;
            default -> random.nextLong(600_000_000_000L);
          };
    }
    return times;
  }

  private Buckets buckets() {
    long width = 1 + random.nextLong(1 + random.nextLong(40 * DAY));
    long origin = random.nextLong(DAY) - DAY / 2;
    return switch (random.nextInt(6)) {
      case 0 -> new Buckets("FLOOR(time TO DAY)", t -> Math.floorDiv(t, DAY) * DAY);
      case 1 ->
          new Buckets(
              "FLOOR(time TO WEEK)", t -> Math.floorDiv(t - 3 * DAY, 7 * DAY) * 7 * DAY + 3 * DAY);
      case 2 -> new Buckets("FLOOR(time TO MONTH)", DifferentialTest::month);
      case 3 -> new Buckets("date_bin(" + width + ", time)", t -> Math.floorDiv(t, width) * width);
      case 4 ->
          new Buckets(
              "date_bin(" + width + ", time, FROM_NANOS(" + origin + "))",
              t -> Math.floorDiv(t - origin, width) * width + origin);
      default -> new Buckets("", t -> 0);
    };
  }

  private static long month(long time) {
    LocalDate day = LocalDate.ofEpochDay(Math.floorDiv(time, DAY)).withDayOfMonth(1);
    return day.toEpochDay() * DAY;
  }

  private void check(TestBtrdb db, long[] times, double[] values) {
    long a = times[random.nextInt(times.length)] + random.nextInt(3) - 1;
    long b = times[random.nextInt(times.length)] + random.nextInt(3) - 1;
    long from = Math.min(a, b);
    long to = Math.max(a, b);
    Buckets buckets = buckets();
    boolean grouped = !buckets.sql().isEmpty();
    String sql =
        "SELECT "
            + (grouped ? buckets.sql() + " AS b, " : "")
            + "COUNT(*), MIN(value), MAX(value), AVG(value), SUM(value), STDDEV_POP(value),"
            + " VAR_SAMP(value) FROM \"d\".s WHERE time >= FROM_NANOS("
            + from
            + ") AND time < FROM_NANOS("
            + to
            + ")"
            + (grouped ? " GROUP BY " + buckets.sql() + " ORDER BY b" : "");
    TreeMap<Long, List<Double>> expected = new TreeMap<>();
    for (int i = 0; i < times.length; i++) {
      if (times[i] >= from && times[i] < to) {
        expected
            .computeIfAbsent(buckets.bucketOf().applyAsLong(times[i]), k -> new ArrayList<>())
            .add(values[i]);
      }
    }
    if (!grouped && expected.isEmpty()) {
      expected.put(0L, List.of());
    }
    List<List<@Nullable Object>> rows = db.rows(sql);
    assertThat(rows.size()).as("%s (seed %d)", sql, SEED).isEqualTo(expected.size());
    int i = 0;
    for (var entry : expected.entrySet()) {
      List<@Nullable Object> row = rows.get(i++);
      if (grouped) {
        assertThat(row.get(0)).as("%s (seed %d)", sql, SEED).isEqualTo(entry.getKey());
      }
      compare(sql, entry.getValue(), grouped ? row.subList(1, row.size()) : row);
    }
  }

  private static void compare(String sql, List<Double> points, List<@Nullable Object> row) {
    String what = sql + " (seed " + SEED + ")";
    int n = points.size();
    assertThat(row.get(0)).as(what).isEqualTo((long) n);
    if (n == 0) {
      assertThat(row.subList(1, row.size())).as(what).containsOnlyNulls();
      return;
    }
    double sum = 0;
    double min = points.get(0);
    double max = points.get(0);
    for (double value : points) {
      sum += value;
      min = Math.min(min, value);
      max = Math.max(max, value);
    }
    double mean = sum / n;
    double squares = 0;
    for (double value : points) {
      squares += (value - mean) * (value - mean);
    }
    assertThat(row.get(1)).as(what).isEqualTo(min);
    assertThat(row.get(2)).as(what).isEqualTo(max);
    close(what, row.get(3), mean, Math.abs(mean));
    close(what, row.get(4), sum, Math.abs(sum));
    double scale = Math.max(Math.abs(min), Math.abs(max));
    // A variance near zero of values near 60 keeps as many digits as their squares have.
    close(what, row.get(5), Math.sqrt(squares / n), scale);
    if (n == 1) {
      assertThat(row.get(6)).as(what).isNull();
    } else {
      close(what, row.get(6), squares / (n - 1), scale * scale);
    }
  }

  private static void close(String what, @Nullable Object actual, double expected, double scale) {
    double difference = Math.abs((Double) Objects.requireNonNull(actual) - expected);
    assertThat(difference)
        .as("%s: %s is not %s", what, actual, expected)
        .isLessThanOrEqualTo(1e-12 * Math.max(scale, Math.abs(expected)));
  }
}
