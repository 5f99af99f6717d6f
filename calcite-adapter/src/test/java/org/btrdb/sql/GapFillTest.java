package org.btrdb.sql;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.TreeSet;
import org.btrdb.client.time.IsoTime;
import org.btrdb.sql.row.Column;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** {@code date_bin_gapfill}, {@code locf} and {@code interpolate} against a model of lists. */
class GapFillTest {
  private static final long SEED = Long.getLong("seed", new Random().nextLong());
  private static final long START = IsoTime.parseNanos("2018-01-01");
  private static final long MINUTE = 60_000_000_000L;

  private final Random random = new Random(SEED);
  private final TestBtrdb db = new TestBtrdb();
  private final TestBtrdb computed =
      new TestBtrdb(SessionOptions.DEFAULT.withPushDown(false).withFullScan(true), null);

  GapFillTest() {
    System.getLogger("test").log(System.Logger.Level.INFO, "seed {0}", String.valueOf(SEED));
  }

  @AfterEach
  void close() {
    db.close();
    computed.close();
  }

  /** A range, half-open. */
  private record Range(long from, long to) {}

  private final class Stream {
    final long[] times;
    final double[] values;

    Stream(String name, int points) {
      times =
          random
              .longs(points)
              .map(
                  i ->
                      START
                          + random.nextInt(40) * MINUTE
                          + random.nextInt(3) * random.nextLong(MINUTE))
              .distinct()
              .sorted()
              .toArray();
      values = Arrays.stream(times).mapToDouble(t -> random.nextInt(100)).toArray();
      db.stream("g", name, times, values);
      computed.stream("g", name, times, values);
    }

    /** For each bucket count, mean and sample deviation of its values. */
    Map<Long, @Nullable Object[]> groups(
        List<Range> ranges, long width, long origin, double above) {
      Map<Long, List<Double>> lists = new TreeMap<>();
      for (int i = 0; i < times.length; i++) {
        long time = times[i];
        if (values[i] > above && ranges.stream().anyMatch(r -> time >= r.from && time < r.to)) {
          lists
              .computeIfAbsent(TimeModel.bin(time, width, origin), k -> new ArrayList<>())
              .add(values[i]);
        }
      }
      Map<Long, @Nullable Object[]> groups = new TreeMap<>();
      lists.forEach(
          (bucket, list) -> {
            double mean = list.stream().mapToDouble(v -> v).average().orElseThrow();
            double squares = list.stream().mapToDouble(v -> (v - mean) * (v - mean)).sum();
            groups.put(
                bucket,
                new @Nullable Object[] {
                  (long) list.size(),
                  mean,
                  list.size() == 1 ? null : Math.sqrt(squares / (list.size() - 1))
                });
          });
      return groups;
    }
  }

  private static List<List<@Nullable Object>> filled(
      Map<Long, @Nullable Object[]> groups, List<Range> ranges, long width, long origin) {
    TreeSet<Long> buckets = new TreeSet<>(groups.keySet());
    for (Range range : ranges) {
      for (long b = TimeModel.bin(range.from, width, origin); b < range.to; b += width) {
        buckets.add(b);
      }
    }
    List<Long> all = List.copyOf(buckets);
    List<List<@Nullable Object>> rows = new ArrayList<>();
    for (Long bucket : all) {
      List<@Nullable Object> row = new ArrayList<>(List.of(bucket));
      row.addAll(Arrays.asList(groups.getOrDefault(bucket, new @Nullable Object[3])));
      rows.add(row);
    }
    for (int i = 0; i < rows.size(); i++) {
      for (int column : new int[] {1, 3}) {
        int last = i;
        while (last >= 0 && rows.get(last).get(column) == null) {
          last--;
        }
        rows.get(i).add(last < 0 ? null : rows.get(last).get(column));
      }
      for (int column : new int[] {2, 3}) {
        rows.get(i).add(line(rows, i, column));
      }
    }
    return rows;
  }

  private static @Nullable Object line(List<List<@Nullable Object>> rows, int i, int column) {
    int last = i;
    while (last >= 0 && rows.get(last).get(column) == null) {
      last--;
    }
    int next = i;
    while (next < rows.size() && rows.get(next).get(column) == null) {
      next++;
    }
    if (last == next) {
      return rows.get(i).get(column);
    }
    if (last < 0 || next == rows.size()) {
      return null;
    }
    double a = (Double) rows.get(last).get(column);
    double b = (Double) rows.get(next).get(column);
    long from = (Long) rows.get(last).get(0);
    long to = (Long) rows.get(next).get(0);
    return a + (b - a) * ((Long) rows.get(i).get(0) - from) / (to - from);
  }

  private static final String COLUMNS =
      " AS t, COUNT(*) AS n, AVG(value) AS mean, STDDEV_SAMP(value) AS sd,"
          + " locf(COUNT(*)) AS held, locf(STDDEV_SAMP(value)) AS sdheld,"
          + " interpolate(AVG(value)) AS line, interpolate(STDDEV_SAMP(value)) AS sdline";

  private static void same(
      String what, List<List<@Nullable Object>> actual, List<List<@Nullable Object>> expected) {
    assertThat(actual.stream().map(r -> r.get(0)).toList())
        .as(what)
        .isEqualTo(expected.stream().map(r -> r.get(0)).toList());
    for (int i = 0; i < expected.size(); i++) {
      for (int j = 0; j < expected.get(i).size(); j++) {
        Object e = expected.get(i).get(j);
        String where = "row " + i + " column " + j + " of " + what;
        if (e instanceof Double d) {
          assertThat((Double) actual.get(i).get(j)).as(where).isCloseTo(d, within(1e-9));
        } else {
          assertThat(actual.get(i).get(j)).as(where).isEqualTo(e);
        }
      }
    }
  }

  private List<Range> ranges() {
    long from = START + random.nextInt(30) * MINUTE + random.nextInt(2) * random.nextLong(MINUTE);
    Range first = new Range(from, from + 1 + random.nextLong(30 * MINUTE));
    if (random.nextInt(4) > 0) {
      return List.of(first);
    }
    long second = first.to + 1 + random.nextLong(20 * MINUTE);
    return List.of(first, new Range(second, second + random.nextLong(5 * MINUTE) + 1));
  }

  private static String where(List<Range> ranges) {
    List<String> texts = new ArrayList<>();
    for (Range range : ranges) {
      texts.add("(time >= FROM_NANOS(" + range.from + ") AND time < FROM_NANOS(" + range.to + "))");
    }
    return " WHERE (" + String.join(" OR ", texts) + ")";
  }

  @Test
  void bucketsOfTheRangeAreMadeAndFilled() {
    for (int i = 0; i < 120; i++) {
      Stream stream = new Stream("s" + i, 1 + random.nextInt(60));
      List<Range> ranges = ranges();
      long width = random.nextBoolean() ? MINUTE : 1 + random.nextLong(5 * MINUTE) + MINUTE / 4;
      long origin = random.nextBoolean() ? 0 : START + random.nextLong(MINUTE);
      double above = random.nextInt(3) == 0 ? 60 : -1;
      String sql =
          "SELECT date_bin_gapfill("
              + width
              + ", time"
              + (origin == 0 ? "" : ", FROM_NANOS(" + origin + ")")
              + ")"
              + COLUMNS
              + " FROM \"g\".s"
              + i
              + where(ranges)
              + (above < 0 ? "" : " AND value > " + above)
              + " GROUP BY 1 ORDER BY 1";
      List<List<@Nullable Object>> expected =
          filled(stream.groups(ranges, width, origin, above), ranges, width, origin);
      String what = sql + " (seed " + SEED + ")";
      same(what, db.rows(sql), expected);
      assertThat(db.calls()).as(what).allMatch(c -> above > 0 || c.equals("windows"));
      same(what, computed.rows(sql), expected);
    }
  }

  @Test
  void eachCombinationOfKeysIsFilled() {
    Stream a = new Stream("a", 40);
    Stream b = new Stream("b", 5);
    for (int i = 0; i < 30; i++) {
      List<Range> ranges = ranges();
      String sql =
          "SELECT name, date_bin_gapfill("
              + MINUTE
              + ", time)"
              + COLUMNS
              + " FROM tall.\"g\""
              + where(ranges)
              + " GROUP BY 1, 2 ORDER BY name, t";
      List<List<@Nullable Object>> expected = new ArrayList<>();
      for (Stream stream : List.of(a, b)) {
        Map<Long, @Nullable Object[]> groups = stream.groups(ranges, MINUTE, 0, -1);
        if (!groups.isEmpty()) {
          filled(groups, ranges, MINUTE, 0)
              .forEach(
                  row -> {
                    List<@Nullable Object> named = new ArrayList<>(row.subList(0, 1));
                    named.addAll(row.subList(1, row.size()));
                    named.add(stream == a ? "a" : "b");
                    expected.add(named);
                  });
        }
      }
      List<List<@Nullable Object>> actual = new ArrayList<>();
      for (List<@Nullable Object> row : db.rows(sql)) {
        List<@Nullable Object> moved = new ArrayList<>(row.subList(1, row.size()));
        moved.add(row.get(0));
        actual.add(moved);
      }
      same(sql + " (seed " + SEED + ")", actual, expected);
    }
  }

  /** A line over more rows than are forgotten at a time, read ahead of it and then answered. */
  @Test
  void linesLeadFarAhead() {
    int buckets = 20_000;
    long[] times = new long[buckets + 2];
    double[] values = new double[buckets + 2];
    for (int i = 0; i < buckets; i++) {
      times[i + 1] = START + i * MINUTE;
    }
    times[0] = START;
    times[1] = START + 1;
    times[buckets + 1] = times[buckets] + 1;
    values[0] =
        1; // the first and the last bucket have a range of 1 and of 3, the others of one value
    values[buckets + 1] = 3;
    db.stream("g", "s", times, values);
    String sql =
        "SELECT date_bin_gapfill('1m', time) AS t, COUNT(*) AS n, interpolate(STDDEV_SAMP(value)) AS"
            + " line FROM \"g\".s WHERE time >= FROM_NANOS("
            + (START - MINUTE)
            + ") AND time < FROM_NANOS("
            + (START + (buckets + 1) * MINUTE)
            + ") GROUP BY 1 ORDER BY t";
    List<List<@Nullable Object>> rows = db.rows(sql);
    assertThat(rows).hasSize(buckets + 2);
    assertThat(rows.get(0).get(2)).isNull();
    assertThat(rows.get(buckets + 1).get(2)).isNull();
    for (int i = 0; i < buckets; i++) {
      List<@Nullable Object> row = rows.get(i + 1);
      boolean isEnd = i == 0 || i == buckets - 1;
      assertThat(row.subList(0, 2)).containsExactly(START + i * MINUTE, isEnd ? 2L : 1L);
      double line = Math.sqrt(0.5) * (1 + 2.0 * i / (buckets - 1));
      assertThat((Double) row.get(2)).as("row %d", i).isCloseTo(line, within(1e-9));
    }
  }

  private static final String RANGE =
      " FROM \"g\".s WHERE time >= TIMESTAMP '2018-01-01 00:00:00'"
          + " AND time < TIMESTAMP '2018-01-01 00:05:00'";

  @Test
  void whatIsAroundItSeesMadeRows() {
    db.stream("g", "s", new long[] {START + 1, START + 3 * MINUTE}, new double[] {1, 4});
    String inner =
        "SELECT date_bin_gapfill('1m', time) AS t, COUNT(*) AS n, MAX(time) AS latest, locf(MAX(time)) AS"
            + " held, interpolate(MAX(value) * 2) AS line"
            + RANGE
            + " GROUP BY 1";
    assertThat(db.rows("SELECT n, COALESCE(n, 0), n + 1 FROM (" + inner + ") ORDER BY t DESC"))
        .containsExactly(
            Arrays.asList(null, 0L, null),
            List.of(1L, 1L, 2L),
            Arrays.asList(null, 0L, null),
            Arrays.asList(null, 0L, null),
            List.of(1L, 1L, 2L));
    assertThat(db.rows("SELECT COUNT(*) FROM (" + inner + ") WHERE n IS NULL"))
        .containsExactly(List.of(3L));
    assertThat(db.rows("SELECT COUNT(*) FROM (" + inner + ") WHERE n IS NOT NULL"))
        .containsExactly(List.of(2L));
    assertThat(db.rows("SELECT COUNT(*) FROM (" + inner + ") WHERE n + 1 IS NOT NULL"))
        .containsExactly(List.of(2L));
    assertThat(db.rows("SELECT held, line FROM (" + inner + ") LIMIT 3"))
        .containsExactly(List.of(START + 1, 2.0), List.of(START + 1, 4.0), List.of(START + 1, 6.0));
    assertThat(
            db.rows(
                "SELECT date_bin_gapfill('1m', time), COALESCE(COUNT(*), 0)"
                    + RANGE
                    + " GROUP BY 1"))
        .extracting(r -> r.get(1))
        .containsExactly(1L, 0L, 0L, 1L, 0L);
    assertThat(
            db.rows(
                "SELECT date_bin_gapfill('1m', time), LAG(locf(AVG(value))) OVER (ORDER BY"
                    + " date_bin_gapfill('1m', time))"
                    + RANGE
                    + " GROUP BY 1 ORDER BY 1"))
        .extracting(r -> r.get(1))
        .containsExactly(null, 1.0, 1.0, 1.0, 4.0);
    assertThat(db.prepare(inner).columns())
        .extracting(Column::nullable)
        .endsWith(true, true, true, true);
  }

  @Test
  void bucketsWithoutAnyPointAreMadeToo() {
    db.stream("g", "s", new long[] {0}, new double[1]);
    assertThat(
            db.rows(
                "SELECT date_bin_gapfill(INTERVAL '1' MONTH, time), AVG(value) FROM \"g\".s WHERE time >= TIMESTAMP"
                    + " '2018-01-15 00:00:00' AND time < TIMESTAMP '2018-04-01 00:00:00' GROUP BY 1"))
        .containsExactly(
            Arrays.asList(IsoTime.parseNanos("2018-01-01"), null),
            Arrays.asList(IsoTime.parseNanos("2018-02-01"), null),
            Arrays.asList(IsoTime.parseNanos("2018-03-01"), null));
    String never =
        "SELECT date_bin_gapfill('1m', time), COUNT(*) FROM \"g\".s WHERE time > 5 AND time < 3 GROUP BY 1";
    assertThat(db.rows(never)).isEmpty();
  }

  @Test
  void plansThatAreKeptFillTheRangeOfEachStatement() {
    db.stream("g", "s", new long[] {START}, new double[] {7});
    for (int minutes = 1; minutes < 5; minutes++) {
      assertThat(
              db.rows(
                  "SELECT date_bin_gapfill('1m', time), locf(AVG(value)) FROM \"g\".s WHERE time >="
                      + " TIMESTAMP '2018-01-01 00:00:00' AND time < TIMESTAMP '2018-01-01 00:0"
                      + minutes
                      + ":00' GROUP BY 1"))
          .hasSize(minutes)
          .allMatch(row -> row.get(1).equals(7.0));
    }
  }

  @Test
  void parametersBoundTheRange() {
    db.stream("g", "s", new long[] {START}, new double[] {7});
    assertThat(
            db.rows(
                "SELECT date_bin_gapfill(?, time), locf(AVG(value)) FROM \"g\".s WHERE time BETWEEN ? AND ?"
                    + " GROUP BY 1",
                MINUTE,
                START,
                START + MINUTE))
        .containsExactly(List.of(START, 7.0), List.of(START + MINUTE, 7.0));
  }

  @Test
  void whatMakesNoSenseIsRefused() {
    db.stream("g", "s", new long[] {0}, new double[1]);
    String key = "date_bin_gapfill('1m', time)";
    refused("SELECT " + key + ", AVG(value) FROM \"g\".s GROUP BY 1", "add WHERE time");
    refused(
        "SELECT " + key + ", AVG(value) FROM \"g\".s WHERE time > 0 GROUP BY 1", "add WHERE time");
    refused(
        "SELECT "
            + key
            + ", AVG(value) FROM \"g\".s WHERE (time > 0 AND time < 9) OR time > 20 GROUP BY 1",
        "add WHERE time");
    refused("SELECT " + key + RANGE, "one key of a GROUP BY");
    refused("SELECT value" + RANGE + " AND " + key + " > time", "one key of a GROUP BY");
    refused("SELECT locf(value)" + RANGE, "of an aggregate");
    refused("SELECT locf(interpolate(AVG(value))), " + key + RANGE + " GROUP BY " + key, "another");
    refused("SELECT " + key + ", AVG(value)" + RANGE + " GROUP BY 1 HAVING COUNT(*) > 1", "HAVING");
    refused("SELECT " + key + ", AVG(value)" + RANGE + " GROUP BY ROLLUP(" + key + ")", "ROLLUP");
    refused(
        "SELECT EXTRACT(HOUR FROM " + key + "), AVG(value)" + RANGE + " GROUP BY 1", "by itself");
    assertThatThrownBy(
            () ->
                db.rows("SELECT date_bin_gapfill(?, time), AVG(value)" + RANGE + " GROUP BY 1", 0L))
        .isInstanceOf(SqlRefusal.class)
        .hasMessageContaining("wider than 0");
    refused(
        "SELECT date_bin_gapfill('0s', time), AVG(value)" + RANGE + " GROUP BY 1", "wider than 0");
  }

  @Test
  void conditionsOnTheTimeThatAreNoRangesAreRefused() {
    db.stream("g", "s", new long[] {START}, new double[] {7});
    String select = "SELECT date_bin_gapfill('1m', time), AVG(value)" + RANGE;
    refused(
        select + " AND EXTRACT(MINUTE FROM time) BETWEEN 1 AND 2 GROUP BY 1", "in an outer query");
    refused(select + " AND (time < FROM_NANOS(5) OR value > 3) GROUP BY 1", "in an outer query");
    refused(
        "SELECT date_bin_gapfill('1m', time), AVG(value) FROM (SELECT * FROM \"g\".s WHERE"
            + " EXTRACT(MINUTE FROM time) = 1) WHERE time >= FROM_NANOS(0) AND time <"
            + " FROM_NANOS(9) GROUP BY 1",
        "in an outer query");
    List<String> many = new ArrayList<>();
    for (int i = 0; i < 300; i++) {
      many.add("time BETWEEN FROM_NANOS(" + 10 * i + ") AND FROM_NANOS(" + (10 * i + 5) + ")");
    }
    refused(select + " AND (" + String.join(" OR ", many) + ") GROUP BY 1", "in an outer query");
    assertThat(
            db.rows(
                "SELECT n FROM (SELECT date_bin_gapfill('1m', time) AS t, COUNT(*) AS n"
                    + RANGE
                    + " AND value > 0 AND time IS NOT NULL GROUP BY 1)"
                    + " WHERE EXTRACT(MINUTE FROM t) BETWEEN 0 AND 1 ORDER BY t"))
        .containsExactly(List.of(1L), Arrays.asList((Object) null));
  }

  @Test
  void computedTimesAreFilledWhereNoPointCanBe() {
    db.stream("g", "s", new long[] {START}, new double[] {7});
    String later = " FROM (SELECT TIMESTAMPADD(YEAR, 120, time) AS t, value FROM \"g\".s)";
    assertThat(
            db.rows(
                "SELECT date_bin_gapfill(INTERVAL '1' YEAR, t), COUNT(*)"
                    + later
                    + " WHERE t >= TIMESTAMP '2137-01-01 00:00:00'"
                    + " AND t < TIMESTAMP '2140-01-01 00:00:00' GROUP BY 1"))
        .containsExactly(
            Arrays.asList(IsoTime.parseNanos("2137-01-01"), null),
            List.of(IsoTime.parseNanos("2138-01-01"), 1L),
            Arrays.asList(IsoTime.parseNanos("2139-01-01"), null));
    assertThat(
            db.rows(
                "SELECT date_bin_gapfill(INTERVAL '100' YEAR(3), t), COUNT(*)"
                    + later
                    + " WHERE t >= TIMESTAMP '2150-01-01 00:00:00' AND t < '9999-12-31' GROUP BY 1"))
        .containsExactly(
            Arrays.asList(IsoTime.parseNanos("2100-01-01"), null),
            Arrays.asList(IsoTime.parseNanos("2200-01-01"), null));
  }

  @Test
  void rowsAreOrderedByWhatIsNotSelected() {
    db.stream(
        "g",
        "s",
        new long[] {START + 1, START + 3 * MINUTE, START + 3 * MINUTE + 1},
        new double[3]);
    String inner =
        "SELECT date_bin_gapfill('1m', time) AS t, COUNT(*) AS n" + RANGE + " GROUP BY 1";
    for (String direction : List.of("", " DESC", " NULLS FIRST", " DESC NULLS LAST")) {
      assertThat(db.rows(inner + " ORDER BY COUNT(*) + 1" + direction + ", 1"))
          .as(direction)
          .isEqualTo(db.rows("SELECT * FROM (" + inner + ") ORDER BY n + 1" + direction + ", t"));
    }
  }

  private void refused(String sql, String words) {
    assertThatThrownBy(() -> db.rows(sql), sql)
        .isInstanceOf(SqlRefusal.class)
        .hasMessageContaining(words);
  }
}
