package org.btrdb.sql;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.fail;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.UUID;
import org.btrdb.client.Btrdb;
import org.btrdb.client.CallScope;
import org.btrdb.client.batch.PointBatch;
import org.btrdb.client.model.MergePolicy;
import org.btrdb.client.model.NewStream;
import org.btrdb.client.spi.BtrdbConnector;
import org.btrdb.client.time.TimeRange;
import org.btrdb.sql.expression.ValueOrder;
import org.btrdb.sql.row.RowCursor;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/**
 * Searches by value give what looking at every point gives: streams of tens of thousands of points
 * of many shapes, several levels deep, old versions and buffered points, with NaN and infinities
 * where a server has them.
 */
class ValueSearchTest {
  private static final long SEED = Long.getLong("seed", new Random().nextLong());

  private static final int QUERIES = 40;

  /** Points in the order of the stream. */
  private static final class Points {
    final long[] times;
    final double[] values;

    Points(long[] times, double[] values) {
      this.times = times;
      this.values = values;
    }
  }

  @Test
  void searchesFindWhatBruteForceFinds() {
    run(Integer.getInteger("streams", 5));
  }

  @Test
  @Tag("long")
  void searchesOfManyStreamsFindWhatBruteForceFinds() {
    run(Integer.getInteger("streams", 500));
  }

  private static void run(int streams) {
    System.getLogger("test").log(System.Logger.Level.INFO, "seed {0}", String.valueOf(SEED));
    for (int i = 0; i < streams; i++) {
      try {
        new Case(new Random(SEED + i)).check();
      } catch (AssertionError | RuntimeException e) {
        throw new AssertionError("-Dseed=" + (SEED + i) + " -Dstreams=1: " + e.getMessage(), e);
      }
    }
  }

  /** One stream and statements about it. */
  private static final class Case {
    private final Random random;
    private final Points points;
    private final ValueConditions conditions;
    private final boolean special;

    Case(Random random) {
      this.random = random;
      this.points = points();
      double[] constants = new double[12];
      for (int i = 0; i < constants.length; i++) {
        constants[i] =
            points.values.length == 0
                ? random.nextInt(5)
                : points.values[random.nextInt(points.values.length)];
      }
      this.special = random.nextInt(3) == 0;
      if (special) {
        for (int i = random.nextInt(8) + 1; i > 0 && points.values.length > 0; i--) {
          int at = random.nextInt(points.values.length);
          points.values[at] =
              new double[] {Double.NaN, Double.POSITIVE_INFINITY, Double.NEGATIVE_INFINITY}
                  [random.nextInt(3)];
        }
      }
      this.conditions = new ValueConditions(random, constants);
    }

    private Points points() {
      int count = random.nextInt(10) == 0 ? random.nextInt(3) : random.nextInt(60_000);
      long step = 1L << random.nextInt(40);
      long time = random.nextBoolean() ? 0 : -(1L << 58) + random.nextLong(1L << 58);
      long[] times = new long[count];
      double[] values = new double[count];
      int shape = random.nextInt(6);
      double walk = 0;
      for (int i = 0; i < count; i++) {
        times[i] = time;
        time +=
            switch (random.nextInt(1000)) {
              case 0 -> random.nextLong(step * 10_000);
              case 1, 2, 3 -> 0;
              default -> step;
            };
        walk += random.nextGaussian();
        values[i] =
            switch (shape) {
              case 0 -> walk;
              case 1 -> random.nextInt(4);
              case 2 -> random.nextInt(5000) == 0 ? 0.5 : 60 + random.nextGaussian() / 100;
              case 3 -> Math.floor(i / 1000.0);
              case 4 -> random.nextGaussian();
              default -> i % 7000 < 20 ? -1 : (i & 1) == 0 ? 0.0 : -0.0;
            };
      }
      if (count > 2 && random.nextInt(5) == 0) { // both ends of time
        times[0] = TimeRange.MIN_NANOS;
        times[count - 1] = TimeRange.MAX_POINT_NANOS;
      }
      return new Points(times, values);
    }

    void check() {
      try (Btrdb btrdb = BtrdbConnector.open("mem", "search-" + UUID.randomUUID(), Map.of())) {
        UUID uuid = UUID.randomUUID();
        btrdb.create(
            new NewStream(uuid, "p", Map.of("name", "s"), Map.of()), CallScope.unbounded());
        long version = 0;
        int old = points.times.length;
        if (old > 0 && random.nextBoolean()) {
          old = random.nextInt(old);
          insert(btrdb, uuid, 0, old);
          version = btrdb.flush(uuid, CallScope.unbounded()).major();
          insert(btrdb, uuid, old, points.times.length);
        } else {
          insert(btrdb, uuid, 0, old);
        }
        if (random.nextBoolean()) {
          btrdb.flush(uuid, CallScope.unbounded());
        }
        SqlSession session =
            SqlSession.over(
                special ? SpecialValues.shown(btrdb, random.nextBoolean()) : btrdb,
                SessionOptions.DEFAULT);
        for (int i = 0; i < QUERIES; i++) {
          boolean versioned = version > 0 && old > 0 && random.nextInt(4) == 0;
          long at = versioned ? version : 0;
          int count = versioned ? old : points.times.length;
          switch (random.nextInt(5)) {
            case 0 -> rows(session, at, count);
            case 1 -> whole(session, at, count);
            case 2 -> best(session, at, count);
            case 3 -> byAnother(session, at, count);
            default -> buckets(session, at, count);
          }
        }
      }
    }

    private void insert(Btrdb btrdb, UUID uuid, int from, int to) {
      if (from < to) {
        btrdb.insert(
            uuid,
            PointBatch.of(
                Arrays.copyOfRange(points.times, from, to),
                SpecialValues.stored(Arrays.copyOfRange(points.values, from, to))),
            MergePolicy.NEVER,
            CallScope.unbounded());
      }
    }

    private void rows(SqlSession session, long version, int count) {
      ValueConditions.Condition condition = conditions.next();
      TimeRange range = range();
      int limit = random.nextInt(3) == 0 ? random.nextInt(50) : Integer.MAX_VALUE;
      int offset = random.nextInt(3) == 0 ? random.nextInt(50) : 0;
      String sql =
          "SELECT TO_NANOS(time), value FROM p.s"
              + (version > 0 ? " FOR VERSION AS OF " + version : "")
              + where(condition, range)
              + " ORDER BY time"
              + (limit == Integer.MAX_VALUE ? "" : " LIMIT " + limit)
              + (offset == 0 ? "" : " OFFSET " + offset);
      List<List<@Nullable Object>> expected = new ArrayList<>();
      int skip = offset;
      for (int i = 0; i < count && expected.size() < limit; i++) {
        if (isIn(range, i) && condition.test().test(points.values[i]) && skip-- <= 0) {
          expected.add(Arrays.asList(points.times[i], points.values[i]));
        }
      }
      same(sql, answer(session, sql), expected);
    }

    /** The largest or smallest values; of equal ones the earliest. */
    private void best(SqlSession session, long version, int count) {
      TimeRange range = range();
      int sign = random.nextBoolean() ? 1 : -1;
      int limit = random.nextInt(4) == 0 ? random.nextInt(3000) : random.nextInt(12);
      int offset = random.nextInt(3) == 0 ? random.nextInt(5) : 0;
      String sql =
          "SELECT TO_NANOS(time), value"
              + from(version)
              + " WHERE "
              + times(range)
              + " ORDER BY value"
              + (sign > 0 ? "" : " DESC")
              + (random.nextBoolean() ? "" : ", time")
              + " LIMIT "
              + limit
              + " OFFSET "
              + offset;
      List<Integer> order = new ArrayList<>();
      for (int i = 0; i < count; i++) {
        if (isIn(range, i)) {
          order.add(i);
        }
      }
      order.sort((a, b) -> sign * ValueOrder.compare(points.values[a], points.values[b]));
      List<List<@Nullable Object>> expected = new ArrayList<>();
      for (int i = offset; i < Math.min(order.size(), offset + limit); i++) {
        int at = order.get(i);
        expected.add(Arrays.asList(points.times[at], points.values[at]));
      }
      same(sql, answer(session, sql), expected);
    }

    /** Values beside a statistic of the stream, which is read first. */
    private void byAnother(SqlSession session, long version, int count) {
      TimeRange range = range();
      boolean largest = random.nextBoolean();
      double part = random.nextInt(4) / 2.0 - 0.5;
      String sql =
          "SELECT TO_NANOS(time), value"
              + from(version)
              + " WHERE "
              + times(range)
              + " AND value "
              + (largest ? ">=" : "<=")
              + " (SELECT "
              + (largest ? "MAX" : "MIN")
              + "(value)"
              + from(version)
              + ") * "
              + part
              + " ORDER BY time";
      double extreme = Double.NaN;
      for (int i = 0; i < count; i++) {
        int order = ValueOrder.compare(points.values[i], extreme);
        if (i == 0 || (largest ? order > 0 : order < 0)) {
          extreme = points.values[i];
        }
      }
      List<List<@Nullable Object>> expected = new ArrayList<>();
      for (int i = 0; i < count; i++) {
        int order = ValueOrder.compare(points.values[i], extreme * part);
        if (isIn(range, i) && (largest ? order >= 0 : order <= 0)) {
          expected.add(Arrays.asList(points.times[i], points.values[i]));
        }
      }
      if (!special) { // windows over NaN answer what the server makes of it
        same(sql, answer(session, sql), expected);
      }
    }

    private String from(long version) {
      return " FROM p.s" + (version > 0 ? " FOR VERSION AS OF " + version : "");
    }

    private void whole(SqlSession session, long version, int count) {
      List<ValueAggregates.Column> columns = ValueAggregates.columns(random, conditions, true);
      ValueConditions.Condition condition = where();
      TimeRange range = range();
      String sql =
          "SELECT " + ValueAggregates.sql(columns) + from(version) + where(condition, range);
      ValueAggregates.Group group = new ValueAggregates.Group(columns);
      for (int i = 0; i < count; i++) {
        if (isIn(range, i) && condition.test().test(points.values[i])) {
          group.add(points.times[i], points.values[i]);
        }
      }
      same(sql, answer(session, sql), List.of(group.row()));
    }

    private void buckets(SqlSession session, long version, int count) {
      List<ValueAggregates.Column> columns = ValueAggregates.columns(random, conditions, false);
      ValueConditions.Condition condition = where();
      TimeRange range = range();
      long span = count == 0 ? 1 : points.times[count - 1] / 2 - points.times[0] / 2 + 1;
      long width = Math.max(1, span / (1 + random.nextInt(200)));
      String sql =
          "SELECT TO_NANOS(date_bin("
              + width
              + ", time)), "
              + ValueAggregates.sql(columns)
              + from(version)
              + where(condition, range)
              + " GROUP BY date_bin("
              + width
              + ", time) ORDER BY 1";
      TreeMap<Long, ValueAggregates.Group> groups = new TreeMap<>();
      for (int i = 0; i < count; i++) {
        if (isIn(range, i) && condition.test().test(points.values[i])) {
          groups
              .computeIfAbsent(
                  Math.floorDiv(points.times[i], width) * width,
                  b -> new ValueAggregates.Group(columns))
              .add(points.times[i], points.values[i]);
        }
      }
      List<List<@Nullable Object>> expected = new ArrayList<>();
      groups.forEach(
          (bucket, group) -> {
            List<@Nullable Object> row = new ArrayList<>(List.of(bucket));
            row.addAll(group.row());
            expected.add(row);
          });
      same(sql, answer(session, sql), expected);
    }

    /** Half of the time all points; not asked of windows that a server with NaN answers. */
    private ValueConditions.Condition where() {
      if (random.nextBoolean()) {
        return conditions.next();
      }
      return new ValueConditions.Condition(
          special ? "value <= CAST('NaN' AS DOUBLE)" : "1 = 1", v -> true);
    }

    private boolean isIn(TimeRange range, int i) {
      return points.times[i] >= range.startNanos() && points.times[i] < range.endNanos();
    }

    private static String where(ValueConditions.Condition condition, TimeRange range) {
      return " WHERE " + times(range) + " AND (" + condition.sql() + ")";
    }

    private static String times(TimeRange range) {
      return range.equals(TimeRange.ALL)
          ? "time > FROM_NANOS(" + Long.MIN_VALUE + ")"
          : "time >= FROM_NANOS("
              + range.startNanos()
              + ") AND time < FROM_NANOS("
              + range.endNanos()
              + ")";
    }

    private TimeRange range() {
      if (points.times.length == 0 || random.nextInt(3) == 0) {
        return TimeRange.ALL;
      }
      long a = points.times[random.nextInt(points.times.length)] + random.nextInt(3) - 1;
      long b = points.times[random.nextInt(points.times.length)] + random.nextInt(3) - 1;
      return new TimeRange(Math.min(a, b), Math.max(a, b));
    }
  }

  private static List<List<@Nullable Object>> answer(SqlSession session, String sql) {
    PreparedSql prepared = session.prepare(sql, "", CallScope.unbounded());
    List<List<@Nullable Object>> rows = new ArrayList<>();
    try (RowCursor cursor = prepared.query(List.of(), CallScope.unbounded(), 0)) {
      while (cursor.next()) {
        List<@Nullable Object> row = new ArrayList<>();
        for (int i = 0; i < prepared.columns().size(); i++) {
          row.add(cursor.getObject(i));
        }
        rows.add(row);
      }
    }
    return rows;
  }

  private static void same(
      String sql, List<List<@Nullable Object>> actual, List<List<@Nullable Object>> expected) {
    for (int i = 0; i < Math.min(actual.size(), expected.size()); i++) {
      for (int j = 0; j < expected.get(i).size(); j++) {
        if (!ValueAggregates.same(actual.get(i).get(j), expected.get(i).get(j))) {
          fail(
              "row %s column %s of %s: %s instead of %s",
              i, j, sql, actual.get(i).get(j), expected.get(i).get(j));
        }
      }
    }
    assertThat(actual.size()).as(sql).isEqualTo(expected.size());
  }
}
