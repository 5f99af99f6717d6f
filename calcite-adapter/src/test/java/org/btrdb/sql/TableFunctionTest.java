package org.btrdb.sql;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.UUID;
import org.btrdb.client.CallScope;
import org.btrdb.client.batch.PointBatch;
import org.btrdb.client.model.MergePolicy;
import org.btrdb.client.time.IsoTime;
import org.btrdb.client.time.TimeRange;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Functions in FROM: rows against brute force, calls, and every way to give an argument. */
class TableFunctionTest {
  private static final long SEED = Long.getLong("seed", new Random().nextLong());
  private static final String STATISTICS =
      "SELECT TO_NANOS(time), min, mean, max, count, stddev FROM ";
  private static final String POINTS = "SELECT TO_NANOS(time), value FROM ";

  private final TestBtrdb db = new TestBtrdb();
  private final Random random = new Random(SEED);
  private long[] times = {};
  private double[] values = {};
  private UUID uuid = new UUID(0, 0);

  @AfterEach
  void close() {
    db.close();
  }

  private void points(long from, long to, int count) {
    times = random.longs(count, from, to).sorted().toArray();
    values = random.doubles(count, -3, 3).toArray();
    uuid = db.stream("a/b", "s", times, values);
  }

  /** The windows that brute force makes of all points. */
  private List<List<Object>> windows(long start, long end, long width) {
    Map<Long, List<Double>> windows = new TreeMap<>();
    for (int i = 0; i < times.length; i++) {
      long window = start + Math.floorDiv(times[i] - start, width) * width;
      if (times[i] >= start && window + width <= end) {
        windows.computeIfAbsent(window, w -> new ArrayList<>()).add(values[i]);
      }
    }
    List<List<Object>> rows = new ArrayList<>();
    windows.forEach(
        (window, of) -> {
          double mean = of.stream().mapToDouble(v -> v).average().orElseThrow();
          double squares = of.stream().mapToDouble(v -> (v - mean) * (v - mean)).sum();
          rows.add(
              List.of(
                  window,
                  of.stream().mapToDouble(v -> v).min().orElseThrow(),
                  mean,
                  of.stream().mapToDouble(v -> v).max().orElseThrow(),
                  (long) of.size(),
                  Math.sqrt(squares / of.size())));
        });
    return rows;
  }

  private List<List<Object>> points(long start, long end) {
    List<List<Object>> rows = new ArrayList<>();
    for (int i = 0; i < times.length; i++) {
      if (times[i] >= start && times[i] < end) {
        rows.add(List.of(times[i], values[i]));
      }
    }
    return rows;
  }

  private void same(String sql, List<List<Object>> expected, @Nullable Object... parameters) {
    String what = sql + " of " + Arrays.toString(parameters) + " (seed " + SEED + ")";
    PointwidthTest.assertSame(what, db.rows(sql, parameters), expected);
  }

  @Test
  void windowsAreThoseThatEndBeforeTheEnd() {
    points(-4_000_000, 4_000_000, 2000);
    for (int round = 0; round < 60; round++) {
      long start = random.nextLong(-5_000_000, 5_000_000);
      long end = start + random.nextLong(5_000_000);
      long width = 1 + random.nextLong(random.nextBoolean() ? 100_000 : 6_000_000);
      boolean few = (end - start) / width < 10_000;
      List<List<Object>> expected = windows(start, end, width);
      same(
          STATISTICS + "windows('a/b/s', " + start + ", " + end + ", " + width + ") ORDER BY time",
          expected);
      if (few) {
        assertThat(db.calls()).hasSizeLessThanOrEqualTo(1).doesNotContain("raw");
      }
      same(
          STATISTICS + "windows(?, ?, ?, ?, ?, ?) ORDER BY time",
          expected,
          uuid.toString(),
          Instant.ofEpochSecond(0, start),
          end,
          width,
          0L,
          0L);
      if (few) {
        assertThat(db.calls()).hasSizeLessThanOrEqualTo(2).doesNotContain("raw");
      }
    }
  }

  @Test
  void alignedWindowsAreRoundedDownAtBothEnds() {
    points(-4_000_000, 4_000_000, 2000);
    for (int round = 0; round < 60; round++) {
      long start = random.nextLong(-5_000_000, 5_000_000);
      long end = start + random.nextLong(5_000_000);
      int pointWidth = random.nextInt(26);
      long mask = -1L << pointWidth;
      List<List<Object>> expected =
          List.copyOf(
              PointwidthTest.windows(
                      times, values, pointWidth, w -> w >= (start & mask) && w < (end & mask))
                  .values());
      String sql =
          "aligned_windows(stream_id => UUID '"
              + uuid
              + "', pointwidth => "
              + pointWidth
              + ", start => FROM_NANOS("
              + start
              + "), end => FROM_NANOS("
              + end
              + "))";
      same(STATISTICS + "TABLE(" + sql + ") ORDER BY time", expected);
      assertThat(db.calls()).hasSizeLessThanOrEqualTo(2).doesNotContain("raw", "windows");
      same(
          STATISTICS + "aligned_windows(?, ?, ?, ?, ?) ORDER BY time, min",
          expected,
          "a/b/s",
          start,
          end,
          pointWidth,
          0);
      assertThat(db.calls()).hasSizeLessThanOrEqualTo(1).doesNotContain("raw", "windows");
    }
  }

  @Test
  void rawValuesAreThePointsOfARange() {
    points(-4_000, 4_000, 2000);
    for (int round = 0; round < 60; round++) {
      long start = random.nextLong(-5_000, 5_000);
      long end = start + random.nextLong(5_000);
      List<List<Object>> expected = points(start, end);
      same(POINTS + "raw_values('a/b/s', " + start + ", " + end + ") ORDER BY time", expected);
      same(POINTS + "raw_values(?, ?, ?, ?)", expected, uuid, start, end, 0L);
      long cut = start + random.nextLong(5_000);
      same(
          POINTS + "raw_values('a/b/s', " + start + ", " + end + ") WHERE time < FROM_NANOS(?)",
          points(start, Math.min(end, cut)),
          cut);
      same(
          POINTS + "raw_values(?, ?, ?) WHERE time < FROM_NANOS(?)",
          points(start, Math.min(end, cut)),
          "a/b/s",
          start,
          end,
          cut);
    }
  }

  @Test
  void whatPushesIntoAStreamPushesIntoRawValues() {
    points(0, 1000, 100);
    assertThat(db.rows("SELECT COUNT(*), MAX(value) FROM raw_values('a/b/s', 0, 1000)")).hasSize(1);
    assertThat(db.allCalls()).containsExactly("lookup", "windows");
    assertThat(
            db.rows(
                "SELECT date_bin(10, time), AVG(value) FROM raw_values('a/b/s', 5, 995)"
                    + " GROUP BY 1"))
        .isNotEmpty();
    assertThat(db.calls()).containsOnly("windows");
    assertThat(db.rows("SELECT time FROM raw_values('a/b/s', 0, 1000) ORDER BY time DESC LIMIT 1"))
        .containsExactly(List.of(times[99]));
    assertThat(db.calls()).containsExactly("nearest");
    assertThat(db.rows("SELECT value FROM raw_values('a/b/s', 0, 1000) LIMIT 3")).hasSize(3);
    assertThat(db.calls()).containsExactly("raw");
  }

  @Test
  void nearestIsInclusiveForwardAndStrictBackward() {
    points(-4_000, 4_000, 500);
    for (int round = 0; round < 60; round++) {
      long at =
          random.nextInt(4) == 0 ? times[random.nextInt(500)] : random.nextLong(-5_000, 5_000);
      long first = Arrays.stream(times).filter(t -> t >= at).findFirst().orElse(Long.MAX_VALUE);
      long last = Arrays.stream(times).filter(t -> t < at).max().orElse(Long.MAX_VALUE);
      String what = "at " + at + " (seed " + SEED + ")";
      assertThat(db.rows("SELECT TO_NANOS(time) FROM nearest('a/b/s', " + at + ")"))
          .as(what)
          .isEqualTo(first == Long.MAX_VALUE ? List.of() : List.of(List.of(first)));
      assertThat(db.calls()).containsExactly("nearest");
      assertThat(db.rows("SELECT TO_NANOS(time) FROM nearest(?, ?, ?, ?)", uuid, at, true, 0L))
          .as(what)
          .isEqualTo(last == Long.MAX_VALUE ? List.of() : List.of(List.of(last)));
      assertThat(db.calls()).contains("nearest").doesNotContain("raw");
    }
    assertThat(db.rows("SELECT * FROM nearest('a/b/s', 0, NULL)")).isEmpty();
    assertThat(db.calls()).isEmpty();
  }

  @Test
  void oldVersionsAreRead() {
    uuid = db.stream("a/b", "s", new long[] {1, 2}, new double[] {1, 2});
    long version = db.btrdb().flush(uuid, CallScope.unbounded()).major();
    db.btrdb()
        .insert(
            uuid,
            PointBatch.of(new long[] {3}, new double[] {300}),
            MergePolicy.NEVER,
            CallScope.unbounded());
    for (String call :
        List.of(
            "raw_values('a/b/s', 0, 16%s)",
            "windows('a/b/s', 0, 16, 16%s)",
            "aligned_windows('a/b/s', 0, 16, 4%s)",
            "nearest('a/b/s', 3%s)")) {
      String column = call.startsWith("raw") || call.startsWith("nea") ? "value" : "max";
      String sql = "SELECT MAX(" + column + ") FROM " + call;
      Object old = call.startsWith("nea") ? null : (Object) 2.0;
      assertThat(db.rows(String.format(java.util.Locale.ROOT, sql, "")))
          .as(call)
          .containsExactly(List.of(300.0));
      assertThat(db.rows(String.format(java.util.Locale.ROOT, sql, ", version => " + version)))
          .as(call)
          .containsExactly(java.util.Collections.singletonList(old));
      assertThat(db.rows(String.format(java.util.Locale.ROOT, sql, ", version => ?"), version))
          .as(call)
          .containsExactly(java.util.Collections.singletonList(old));
      assertThat(db.rows(String.format(java.util.Locale.ROOT, sql, ", version => ?"), 0L))
          .as(call)
          .containsExactly(List.of(300.0));
    }
  }

  @Test
  void everyFormOfATimeAndAWidth() {
    long start = IsoTime.parseNanos("2016-01-01");
    db.stream("a/b", "s", new long[] {start, start + 1_000_000_000L}, new double[] {1, 2});
    for (String from :
        List.of(
            "TIMESTAMP '2016-01-01 00:00:00'",
            "DATE '2016-01-01'",
            "'2016-01-01'",
            "'2016-01-01T00:00:00Z'",
            String.valueOf(start),
            "FROM_NANOS(" + start + ")",
            "TIMESTAMP '2015-12-31 00:00:00' + INTERVAL '1' DAY",
            "CAST('2016-01-01' AS VARCHAR)")) {
      for (String width :
          List.of(
              "INTERVAL '1' SECOND",
              "'1s'",
              "'PT1S'",
              "1000000000",
              "INTERVAL '0.5' SECOND * 2",
              "CAST('1s' AS VARCHAR)")) {
        String sql =
            "SELECT mean FROM windows('a/b/s', "
                + from
                + ", TIMESTAMP '2016-01-01 00:00:02', "
                + width
                + ")";
        assertThat(db.rows(sql)).as(sql).containsExactly(List.of(1.0), List.of(2.0));
        assertThat(db.calls()).as(sql).containsExactly("windows");
      }
    }
    assertThat(
            db.rows("SELECT value FROM raw_values('a/b/s', DATE '2016-01-01', CURRENT_TIMESTAMP)"))
        .hasSize(2);
  }

  @Test
  void streamsAreFoundByUuidPathAndPathsWithSlashesInNames() {
    uuid = db.stream("x/y", "z", new long[] {1}, new double[] {1});
    db.stream("x", "y/q", new long[] {1}, new double[] {2});
    db.stream("x", "y/Z", new long[] {1}, new double[] {3});
    for (Map.Entry<String, Double> id :
        Map.of("x/y/z", 1.0, "x/y/q", 2.0, "x/y/Z", 3.0, "x/Y/q", 2.0, uuid.toString(), 1.0)
            .entrySet()) {
      assertThat(db.rows("SELECT value FROM raw_values('" + id.getKey() + "', 0, 10)"))
          .as(id.getKey())
          .containsExactly(List.of(id.getValue()));
      assertThat(db.rows("SELECT value FROM raw_values(?, 0, 10)", id.getKey()))
          .as(id.getKey())
          .containsExactly(List.of(id.getValue()));
    }
  }

  @Test
  void aStreamOfAParameterIsLookedUpOncePerShortWhile() {
    points(0, 100, 10);
    PreparedSql prepared = db.prepare("SELECT value FROM raw_values(?, ?, ?)");
    assertThat(db.allCalls()).isEmpty();
    assertThat(TestBtrdb.rows(prepared, "a/b/s", 0L, 100L)).hasSize(10);
    assertThat(db.allCalls()).containsExactly("lookup", "raw");
    assertThat(TestBtrdb.rows(prepared, "a/b/s", 0L, 100L)).hasSize(10);
    assertThat(db.allCalls()).containsExactly("lookup", "raw", "raw");
  }

  @Test
  void streamsOfRenamedAndHiddenSchemas() {
    SqlSession renamed =
        SqlSession.over(
            db.btrdb(),
            SessionOptions.DEFAULT.withSchemaNames(
                new org.btrdb.sql.catalog.SchemaNames("w", "t", "ids", "sys")));
    uuid = db.stream("uuid", "s", new long[] {1}, new double[] {1});
    db.stream("ids", "s", new long[] {1}, new double[] {2});
    db.stream("w", "s", new long[] {1}, new double[] {3});
    for (Map.Entry<String, Double> id :
        Map.of("uuid/s", 1.0, uuid.toString(), 1.0, "w/s", 3.0).entrySet()) {
      String sql = "SELECT value FROM raw_values('" + id.getKey() + "', 0, 10)";
      assertThat(TestBtrdb.rows(renamed.prepare(sql, "", CallScope.unbounded())))
          .as(sql)
          .containsExactly(List.of(id.getValue()));
    }
  }

  @Test
  void nullsAreNoRowsAndNoCalls() {
    points(0, 100, 10);
    for (String call :
        List.of(
            "raw_values(NULL, 0, 100)",
            "raw_values(CAST(NULL AS VARCHAR), 0, 100)",
            "raw_values('a/b/s', NULL, 100)",
            "windows('a/b/s', 0, NULL, 10)",
            "windows('a/b/s', NULL, 100, 10)",
            "aligned_windows('a/b/s', NULL, 100, 3)",
            "nearest('a/b/s', NULL)")) {
      assertThat(db.rows("SELECT * FROM " + call)).as(call).isEmpty();
      assertThat(db.calls()).as(call).isEmpty();
    }
    assertThat(db.rows("SELECT * FROM windows(?, ?, ?, ?)", null, 0L, 100L, 10L)).isEmpty();
    assertThat(db.calls()).isEmpty();
  }

  @Test
  void streamsetHasARowForEveryTimeOfEveryStream() {
    db.stream("a/b", "s", new long[] {1, 2, 2, 9}, new double[] {1, 2, 3, 9});
    db.stream("a/c", "s", new long[] {2, 5}, new double[] {20, 50});
    String set = "streamset(ARRAY['a/b/s', 'a/c/s'], 1, 9)";
    assertThat(
            db.rows("SELECT TO_NANOS(time), \"a/b/s\", \"a/c/s\" FROM " + set + " ORDER BY time"))
        .containsExactly(
            Arrays.asList(1L, 1.0, null),
            Arrays.asList(2L, 2.0, 20.0),
            Arrays.asList(2L, 3.0, null),
            Arrays.asList(5L, null, 50.0));
    assertThat(db.allCalls()).containsExactly("lookup", "lookup", "raw", "raw");
    assertThat(db.prepare("SELECT * FROM " + set).columns())
        .extracting(org.btrdb.sql.row.Column::label)
        .containsExactly("time", "a/b/s", "a/c/s");
    assertThat(db.rows("SELECT \"a/c/s\" FROM " + set))
        .as("rows of both, whatever is looked at")
        .hasSize(4);
    assertThat(db.rows("SELECT COUNT(*), COUNT(\"a/c/s\"), MAX(\"a/b/s\") FROM " + set))
        .containsExactly(List.of(4L, 2L, 3.0));
    assertThat(
            db.rows(
                "SELECT * FROM streamset(end => ?, streams => ARRAY['a/c/s'], start => ?) LIMIT 1",
                100L,
                3L))
        .containsExactly(List.of(5L, 50.0));
    assertThat(db.rows("SELECT \"a/b/s\" - \"a/c/s\" FROM " + set + " WHERE time = FROM_NANOS(2)"))
        .containsExactly(List.of(-18.0), java.util.Collections.singletonList(null));
    assertThat(db.calls()).containsExactly("raw", "raw");
  }

  /** Reference 3.3: the nearest time of a grid that begins with the range, the later of two. */
  @Test
  void snappedPointsLieOnTheGridOfTheRange() {
    for (int round = 0; round < 20; round++) {
      String collection = "c" + round;
      long[][] all = new long[3][];
      for (int i = 0; i < all.length; i++) {
        all[i] = random.longs(random.nextInt(300), -3_000, 3_000).sorted().toArray();
        db.stream(collection, "s" + i, all[i], valuesOf(all[i].length));
      }
      for (int query = 0; query < 20; query++) {
        long start = random.nextLong(-4_000, 3_000);
        long end = start + random.nextLong(4_000);
        long period = 1 + random.nextLong(random.nextBoolean() ? 20 : 2_000);
        Map<Long, Double[]> rows = new TreeMap<>();
        for (int i = 0; i < all.length; i++) {
          for (int p = 0; p < all[i].length; p++) {
            long steps = Math.floorDiv(2 * (all[i][p] - start) + period, 2 * period);
            long snapped = start + steps * period;
            if (steps >= 0 && snapped < end && all[i][p] < end) {
              rows.computeIfAbsent(snapped, t -> new Double[3])[i] = (double) p;
            }
          }
        }
        List<List<@Nullable Object>> expected = new ArrayList<>();
        rows.forEach((t, row) -> expected.add(Arrays.asList(t, row[0], row[1], row[2])));
        String set =
            "streamset(ARRAY['%s/s0', '%s/s1', '%s/s2'], ?, ?, snap => ?)"
                .replace("%s", collection);
        assertThat(db.rows("SELECT * FROM " + set + " ORDER BY time", start, end, period))
            .as("%s from %d to %d by %d (seed %d)", set, start, end, period, SEED)
            .isEqualTo(expected);
        assertThat(db.calls()).hasSizeLessThanOrEqualTo(3);
        assertThat(
                db.rows("SELECT time FROM " + set + " WHERE time > ?", start, end, period, start))
            .as("the grid is that of the range, whatever else is asked")
            .hasSize((int) rows.keySet().stream().filter(t -> t > start).count());
      }
    }
    db.stream("d", "s", new long[] {1, 2, 2, 3}, new double[] {1, 2, 3, 4});
    assertThat(db.rows("SELECT * FROM streamset(ARRAY['d/s'], 0, 9, ?)", 0L))
        .as("0 moves nothing")
        .hasSize(4);
    assertThat(db.rows("SELECT * FROM streamset(ARRAY['d/s'], NULL, 9, 5)")).isEmpty();
    assertThat(
            db.rows(
                "SELECT \"d/s\" FROM streamset(ARRAY['d/s'], '1700-01-01', '2250-01-01', '99999d')"))
        .containsExactly(List.of(4.0));
    assertThat(db.plan("SELECT * FROM streamset(ARRAY['d/s'], 100, 200, 10)"))
        .contains(
            "call: RawValues(\"d\".\"s\", [1970-01-01 00:00:00.000000095, 1970-01-01"
                + " 00:00:00.000000200), latest version): 0 points, snapped to 10 ns");
  }

  private static double[] valuesOf(int count) {
    return java.util.stream.IntStream.range(0, count).asDoubleStream().toArray();
  }

  @Test
  void bothEndsOfTime() {
    times = new long[] {TimeRange.MIN_NANOS, TimeRange.MIN_NANOS + 5, 0, TimeRange.MAX_POINT_NANOS};
    values = new double[] {1, 2, 3, 4};
    db.stream("a/b", "s", times, values);
    String ever = "TIMESTAMP '1900-01-01 00:00:00', TIMESTAMP '9999-12-31 23:59:59'";
    same(POINTS + "raw_values('a/b/s', " + ever + ")", points(Long.MIN_VALUE, Long.MAX_VALUE));
    long origin = IsoTime.parseNanos("1900-01-01");
    long day = IsoTime.NANOS_PER_DAY;
    same(STATISTICS + "windows('a/b/s', " + ever + ", '1d')", windows(origin, Long.MAX_VALUE, day));
    same(
        STATISTICS + "windows('a/b/s', " + ever + ", '36500d')",
        windows(origin, Long.MAX_VALUE, 36500 * day));
    for (int pointWidth : new int[] {0, 1, 59, 60, 61, 62}) {
      same(
          STATISTICS + "aligned_windows('a/b/s', " + ever + ", " + pointWidth + ")",
          List.copyOf(PointwidthTest.windows(times, values, pointWidth, w -> true).values()));
    }
    long max = TimeRange.MAX_POINT_NANOS;
    same(
        STATISTICS + "windows('a/b/s', " + (max - 9) + ", " + (max + 1) + ", 5)",
        windows(max - 9, max + 1, 5));
    same(
        STATISTICS + "windows('a/b/s', " + TimeRange.MIN_NANOS + ", " + (max + 1) + ", ?)",
        windows(TimeRange.MIN_NANOS, max + 1, 1L << 60),
        1L << 60);
    assertThat(db.rows("SELECT value FROM nearest('a/b/s', TIMESTAMP '9999-12-31 00:00:00', TRUE)"))
        .containsExactly(List.of(4.0));
    assertThat(db.rows("SELECT value FROM nearest('a/b/s', TIMESTAMP '1700-01-01 00:00:00')"))
        .containsExactly(List.of(1.0));
    assertThat(
            db.rows("SELECT value FROM nearest('a/b/s', ?)", Instant.parse("9999-01-01T00:00:00Z")))
        .isEmpty();
    assertThat(
            db.rows(
                "SELECT COUNT(*) FROM raw_values('a/b/s', ?, ?)",
                Instant.parse("1000-01-01T00:00:00Z"),
                Instant.parse("9999-01-01T00:00:00Z")))
        .containsExactly(List.of(4L));
  }

  @Test
  void bothExecutorsGiveTheSameRows() {
    points(0, 100_000, 500);
    List<String> statements =
        List.of(
            "SELECT FLOOR(time TO MICROSECOND) AS t, SUM(mean * count) / SUM(count), MIN(min),"
                + " MAX(max) FROM windows('a/b/s', 0, 100000, 100) GROUP BY FLOOR(time TO"
                + " MICROSECOND) ORDER BY t",
            "SELECT a.mean - b.mean FROM windows('a/b/s', 0, 100000, 1024) AS a JOIN"
                + " aligned_windows('a/b/s', 0, 100000, 10) AS b ON a.time = b.time ORDER BY 1",
            "SELECT n.value, w.count FROM nearest('a/b/s', 5000) AS n CROSS JOIN"
                + " aligned_windows('a/b/s', 0, 100000, 10) AS w ORDER BY 2, 1",
            "SELECT version, COUNT(*) FROM changes('a/b/s', 0) GROUP BY version",
            "SELECT TO_NANOS(time) + 1, \"a/b/s\" * 2 FROM streamset(ARRAY['a/b/s'], 0, 90000)"
                + " ORDER BY 2 LIMIT 10",
            "SELECT time, value + 1 FROM raw_values(?, ?, ?) WHERE value > 1 ORDER BY value",
            "SELECT time, value FROM raw_values(?, ?, ?) UNION ALL SELECT time, stddev FROM"
                + " windows('a/b/s', 0, 100000, '10us') ORDER BY 1, 2");
    for (String sql : statements) {
      Object[] parameters = sql.contains("?") ? new Object[] {uuid, 100L, 99_000L} : new Object[0];
      List<List<@Nullable Object>> own = run(SessionOptions.Executor.OPERATORS, sql, parameters);
      assertThat(own).as(sql).isNotEmpty();
      assertThat(run(SessionOptions.Executor.ENUMERABLE, sql, parameters)).as(sql).isEqualTo(own);
    }
  }

  private List<List<@Nullable Object>> run(
      SessionOptions.Executor executor, String sql, Object[] parameters) {
    SqlSession session = SqlSession.over(db.btrdb(), SessionOptions.DEFAULT.withExecutor(executor));
    return TestBtrdb.rows(session.prepare(sql, "", CallScope.unbounded()), parameters);
  }

  @Test
  void sortsAndUnusedColumnsCostNothing() {
    points(0, 100_000, 500);
    assertThat(
            db.plan(
                "SELECT mean, time FROM windows('a/b/s', 0, 100000, 1000) ORDER BY time, min LIMIT"
                    + " 5"))
        .containsExactly(
            "path: column batches straight to the result",
            "call: Windows(\"a/b\".\"s\", [1970-01-01 00:00:00.000000000, 1970-01-01"
                + " 00:00:00.000100000), width 1000 ns, latest version): 100 windows, at most 5");
    assertThat(db.plan("SELECT * FROM raw_values(?, ?, ?)", "a/b/s", 1L, 2L))
        .contains(
            "call: RawValues(\"a/b\".\"s\", [1970-01-01 00:00:00.000000001, 1970-01-01"
                + " 00:00:00.000000002), latest version): 0 points");
    db.rows("SELECT * FROM windows('a/b/s', 0, 100000, 1000) LIMIT 0");
    assertThat(db.calls()).isEmpty();
  }

  @Test
  void pointsAreInsertedFromWindows() {
    points(0, 1000, 100);
    db.stream("a/b", "means", new long[] {}, new double[] {});
    assertThat(
            db.update(
                "INSERT INTO \"a/b\".means (time, value) SELECT time, mean FROM windows('a/b/s', 0,"
                    + " 1000, ?)",
                100L))
        .isEqualTo(10);
  }

  /** Trap 17 of the design: a statement sees one version of a stream. */
  @Test
  void severalRangesAreOfOneVersion() {
    points(0, 1000, 100);
    db.btrdb().flush(uuid, CallScope.unbounded());
    PreparedSql windows =
        db.prepare(
            "SELECT TO_NANOS(time), count FROM \"a/b\".s$pw4 WHERE time < FROM_NANOS(400) OR time >"
                + " FROM_NANOS(600)");
    List<List<@Nullable Object>> before = TestBtrdb.rows(windows);
    List<List<@Nullable Object>> during = new ArrayList<>();
    try (org.btrdb.sql.row.RowCursor rows = windows.query(List.of(), CallScope.unbounded(), 0)) {
      while (rows.next()) {
        if (during.isEmpty()) {
          db.btrdb()
              .insert(
                  uuid,
                  PointBatch.of(new long[] {800}, new double[] {1}),
                  MergePolicy.NEVER,
                  CallScope.unbounded());
          db.btrdb().flush(uuid, CallScope.unbounded());
        }
        during.add(List.of(rows.getLong(0), rows.getLong(1)));
      }
    }
    assertThat(during).as("seed %d", SEED).isEqualTo(before);
    assertThat(TestBtrdb.rows(windows)).isNotEqualTo(before);
  }
}
