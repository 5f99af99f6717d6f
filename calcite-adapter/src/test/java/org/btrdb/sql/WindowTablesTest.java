package org.btrdb.sql;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.btrdb.client.time.IsoTime;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** TUMBLE, HOP and SESSION against loops over all points, row by row and grouped. */
class WindowTablesTest {
  private static final long SEED = Long.getLong("seed", new Random().nextLong());
  private static final long START = IsoTime.parseNanos("2018-01-01");
  private static final long MILLI = 1_000_000L;

  private final Random random = new Random(SEED);
  private final TestBtrdb db = new TestBtrdb();
  private final TestBtrdb computed =
      new TestBtrdb(SessionOptions.DEFAULT.withPushDown(false).withFullScan(true), null);

  WindowTablesTest() {
    System.getLogger("test").log(System.Logger.Level.INFO, "seed {0}", String.valueOf(SEED));
  }

  @AfterEach
  void close() {
    db.close();
    computed.close();
  }

  /** A window, half-open. */
  private record Window(long start, long end) implements Comparable<Window> {
    @Override
    public int compareTo(Window other) {
      return Comparator.comparingLong(Window::start)
          .thenComparing(Window::end)
          .compare(this, other);
    }
  }

  private long[] times = new long[0];
  private double[] values = new double[0];

  private void stream(String name, int count, long spread) {
    times =
        random
            .longs(count)
            .map(
                i ->
                    random.nextInt(3) == 0
                        ? START + random.nextLong(spread) / MILLI * MILLI + random.nextInt(3) - 1
                        : START + random.nextLong(spread))
            .distinct()
            .sorted()
            .toArray();
    values = Arrays.stream(times).mapToDouble(t -> random.nextInt(5)).toArray();
    db.stream("w", name, times, values);
    computed.stream("w", name, times, values);
  }

  /** Every window that starts at a multiple of the slide and holds a time, found one by one. */
  private static List<Window> hop(long time, long slide, long size, long origin) {
    List<Window> windows = new ArrayList<>();
    for (long start = TimeModel.bin(time, slide, origin); start + size > time; start -= slide) {
      windows.add(0, new Window(start, start + size));
    }
    return windows;
  }

  private interface Windows {
    List<Window> of(int point);
  }

  /** Windows with the points inside, of those points that a range and a condition let through. */
  private void check(String name, String call, Windows windows, boolean isPushed) {
    int a = random.nextInt(times.length);
    int b = random.nextInt(times.length);
    long from = times[Math.min(a, b)];
    long to = times[Math.max(a, b)] + 1;
    Map<Window, List<Double>> groups = new TreeMap<>();
    List<String> rows = new ArrayList<>();
    for (int i = 0; i < times.length; i++) {
      if (times[i] >= from && times[i] < to) {
        for (Window window : windows.of(i)) {
          groups.computeIfAbsent(window, w -> new ArrayList<>()).add(values[i]);
          rows.add(List.of(times[i], values[i], window.start, window.end).toString());
        }
      }
    }
    rows.sort(Comparator.naturalOrder());
    String data =
        "(SELECT time, value FROM \"w\"."
            + name
            + " WHERE time >= FROM_NANOS("
            + from
            + ") AND time < FROM_NANOS("
            + to
            + "))";
    String table = " FROM TABLE(" + call.replace("{}", data) + ")";
    String what = table + " (seed " + SEED + ")";
    for (TestBtrdb one : List.of(db, computed)) {
      assertThat(one.rows("SELECT *" + table).stream().map(String::valueOf).sorted().toList())
          .as(what)
          .isEqualTo(rows);
      List<List<@Nullable Object>> grouped =
          one.rows(
              "SELECT window_end, COUNT(*), MIN(value), MAX(value), AVG(value), STDDEV_POP(value),"
                  + " window_start"
                  + table
                  + " GROUP BY window_start, window_end ORDER BY window_start");
      if (one == db && isPushed) {
        assertThat(one.calls()).as(what).containsOnly("windows").hasSizeLessThan(4);
      }
      assertThat(grouped).as(what).hasSameSizeAs(groups.keySet());
      int i = 0;
      for (Map.Entry<Window, List<Double>> group : groups.entrySet()) {
        same(what, grouped.get(i++), group.getKey(), group.getValue());
      }
      List<List<@Nullable Object>> starts =
          one.rows(
              "SELECT window_start, COUNT(value)" + table + " GROUP BY window_start ORDER BY 1");
      assertThat(starts)
          .as(what)
          .isEqualTo(
              groups.entrySet().stream()
                  .map(g -> List.of(g.getKey().start, (long) g.getValue().size()))
                  .toList());
    }
  }

  private static void same(
      String what, List<@Nullable Object> row, Window window, List<Double> in) {
    double mean = in.stream().mapToDouble(v -> v).average().orElseThrow();
    double variance = in.stream().mapToDouble(v -> (v - mean) * (v - mean)).sum() / in.size();
    assertThat(row.subList(0, 4))
        .as(what)
        .isEqualTo(
            List.of(
                window.end,
                (long) in.size(),
                in.stream().mapToDouble(v -> v).min().orElseThrow(),
                in.stream().mapToDouble(v -> v).max().orElseThrow()));
    assertThat((Double) row.get(4)).as(what).isCloseTo(mean, within(1e-13));
    assertThat(Math.pow((Double) row.get(5), 2)).as(what).isCloseTo(variance, within(1e-13));
    assertThat(row.get(6)).as(what).isEqualTo(window.start);
  }

  private static String interval(long millis) {
    String fraction = String.valueOf(1_000 + millis % 1_000).substring(1);
    return "INTERVAL '" + millis / 1_000 + "." + fraction + "' SECOND";
  }

  @Test
  void tumble() {
    for (int i = 0; i < 25; i++) {
      stream("t" + i, 1 + random.nextInt(80), 4_000 * MILLI);
      long size = 1L + random.nextInt(2_000);
      long offset = random.nextBoolean() ? 0 : random.nextInt(3_000);
      check(
          "t" + i,
          "TUMBLE({}, DESCRIPTOR(time), "
              + interval(size)
              + (offset == 0 ? ")" : ", " + interval(offset) + ")"),
          p -> hop(times[p], size * MILLI, size * MILLI, offset * MILLI),
          true);
    }
  }

  @Test
  void hop() {
    for (int i = 0; i < 50; i++) {
      stream("h" + i, 1 + random.nextInt(60), 4_000 * MILLI);
      long slide = 1L + random.nextInt(500);
      long size =
          switch (random.nextInt(3)) {
            case 0 -> slide * (1 + random.nextInt(20));
            case 1 -> 1L + random.nextInt(500); // there may be gaps between windows
            default -> slide + random.nextInt(2_000);
          };
      long offset = random.nextBoolean() ? 0 : random.nextInt(3_000);
      check(
          "h" + i,
          "HOP({}, DESCRIPTOR(time), "
              + interval(slide)
              + ", "
              + interval(size)
              + (offset == 0 ? ")" : ", " + interval(offset) + ")"),
          p -> hop(times[p], slide * MILLI, size * MILLI, offset * MILLI),
          true);
    }
  }

  @Test
  void manySlotsAreAddedUpOnceEach() {
    stream("m", 200, 4_000 * MILLI);
    check(
        "m",
        "HOP({}, DESCRIPTOR(time), INTERVAL '0.001' SECOND, INTERVAL '3' SECOND)",
        p -> hop(times[p], MILLI, 3_000 * MILLI, 0),
        true);
  }

  @Test
  void ofOtherConditionsAndKeys() {
    stream("o", 60, 1_000 * MILLI);
    String table =
        " FROM TABLE(HOP(TABLE \"w\".o, DESCRIPTOR(time), INTERVAL '0.1' SECOND, INTERVAL '0.3' SECOND))";
    Map<List<Object>, Long> counts = new TreeMap<>(Comparator.comparing(List::toString));
    for (int i = 0; i < times.length; i++) {
      for (Window window : hop(times[i], 100 * MILLI, 300 * MILLI, 0)) {
        if (values[i] > 1) {
          counts.merge(List.of(window.start, values[i]), 1L, Long::sum);
        }
      }
    }
    List<List<Object>> expected = new ArrayList<>();
    counts.forEach((key, count) -> expected.add(List.of(key.get(0), key.get(1), count)));
    String sql =
        "SELECT window_start, value, COUNT(*)"
            + table
            + " WHERE value > 1 GROUP BY window_start, window_end, value";
    assertThat(db.rows(sql))
        .as("seed %s", SEED)
        .extracting(String::valueOf)
        .containsExactlyInAnyOrderElementsOf(expected.stream().map(String::valueOf).toList());
    assertThat(
            db.rows(
                "SELECT name, window_end, COUNT(*) FROM TABLE(TUMBLE(TABLE tall.\"w\", DESCRIPTOR(time),"
                    + " INTERVAL '10' DAY)) GROUP BY name, window_start, window_end"))
        .hasSize(1)
        .allMatch(row -> row.get(2).equals((long) times.length));
    assertThat(db.calls()).doesNotContain("raw");
  }

  @Test
  void session() {
    for (int i = 0; i < 25; i++) {
      stream("s" + i, 1 + random.nextInt(60), 3_000 * MILLI);
      long gap = (1 + random.nextInt(200)) * MILLI;
      sessions("s" + i, gap, false);
      sessions("s" + i, gap, true);
    }
  }

  private void sessions(String name, long gap, boolean byValue) {
    List<String> expected = new ArrayList<>();
    for (int i = 0; i < times.length; i++) {
      long first = times[i];
      long last = times[i];
      boolean grows = true;
      while (grows) { // until no other point is near
        grows = false;
        for (int j = 0; j < times.length; j++) {
          boolean isNear = times[j] > first - gap && times[j] < last + gap;
          if (isNear
              && (times[j] < first || times[j] > last)
              && (!byValue || values[j] == values[i])) {
            first = Math.min(first, times[j]);
            last = Math.max(last, times[j]);
            grows = true;
          }
        }
      }
      expected.add(List.of(times[i], values[i], first, last + gap).toString());
    }
    String sql =
        "SELECT * FROM TABLE(SESSION(TABLE \"w\"."
            + name
            + ", DESCRIPTOR(time), "
            + (byValue ? "DESCRIPTOR(value), " : "")
            + interval(gap / MILLI)
            + "))";
    for (TestBtrdb one : List.of(db, computed)) {
      assertThat(one.rows(sql))
          .as("%s (seed %s)", sql, SEED)
          .extracting(String::valueOf)
          .containsExactlyInAnyOrderElementsOf(expected);
    }
  }

  @Test
  void aRangeAroundThemBoundsTheRead() {
    stream("r", 80, 1_000 * MILLI);
    long from = START + 300 * MILLI;
    long to = START + 600 * MILLI;
    String where = " WHERE time >= FROM_NANOS(" + from + ") AND time < FROM_NANOS(" + to + ")";
    String outside = "(SELECT * FROM \"w\".r" + where + ")";
    for (String windows :
        List.of(
            "TUMBLE({}, DESCRIPTOR(time), INTERVAL '0.1' SECOND)",
            "HOP({}, DESCRIPTOR(time), INTERVAL '0.05' SECOND, INTERVAL '0.2' SECOND)")) {
      String select = "SELECT window_start, COUNT(*), MAX(value) FROM TABLE(";
      String groups = " GROUP BY window_start, window_end";
      List<List<@Nullable Object>> inside =
          db.rows(select + windows.replace("{}", outside) + ")" + groups);
      String sql = select + windows.replace("{}", "TABLE \"w\".r") + ")" + where + groups;
      assertThat(db.rows(sql)).as("%s (seed %s)", sql, SEED).isEqualTo(inside).isNotEmpty();
      assertThat(db.calls()).as(sql).containsOnly("windows").hasSizeLessThan(4);
      assertThat(computed.rows(sql))
          .as("%s (seed %s)", sql, SEED)
          .containsExactlyInAnyOrderElementsOf(inside);
    }
    // A session is what it is whether all of it is looked at or not.
    String session = "SESSION(TABLE \"w\".r, DESCRIPTOR(time), INTERVAL '0.02' SECOND)";
    List<List<@Nullable Object>> all = db.rows("SELECT * FROM TABLE(" + session + ")");
    assertThat(db.rows("SELECT * FROM TABLE(" + session + ")" + where))
        .as("seed %s", SEED)
        .containsExactlyInAnyOrderElementsOf(
            all.stream().filter(r -> (Long) r.get(0) >= from && (Long) r.get(0) < to).toList());
    String nested =
        "SELECT COUNT(*) FROM (SELECT FLOOR(time TO SECOND) AS t, value FROM (SELECT time, value * 2 AS"
            + " value FROM \"w\".r)) WHERE t < FROM_NANOS(0)";
    assertThat(db.rows(nested)).containsExactly(List.of(0L));
    assertThat(db.plan(nested).toString())
        .contains("call: Windows(")
        .contains(", 1970-01-01 00:00:00.000000000), width");
  }

  @Test
  void monthsAndTimesThatAreNull() {
    db.stream("w", "n", new long[] {START, START + 1}, new double[] {1, 2});
    String some = "(SELECT NULLIF(time, FROM_NANOS(" + START + ")) AS t FROM \"w\".n)";
    assertThat(
            db.rows("SELECT * FROM TABLE(TUMBLE(" + some + ", DESCRIPTOR(t), INTERVAL '1' MONTH))"))
        .containsExactly(List.of(START + 1, START, IsoTime.parseNanos("2018-02-01")));
    assertThat(
            db.rows(
                "SELECT window_end, COUNT(*) FROM TABLE(TUMBLE(TABLE \"w\".n, DESCRIPTOR(time), INTERVAL"
                    + " '3' MONTH)) GROUP BY window_start, window_end"))
        .containsExactly(List.of(IsoTime.parseNanos("2018-04-01"), 2L));
    assertThat(db.calls()).doesNotContain("raw");
    for (String windows :
        List.of(
            "HOP({}, DESCRIPTOR(t), INTERVAL '1' DAY, INTERVAL '1' DAY)",
            "SESSION({}, DESCRIPTOR(t), INTERVAL '1' DAY)")) {
      assertThat(db.rows("SELECT t FROM TABLE(" + windows.replace("{}", some) + ")"))
          .as(windows)
          .containsExactly(List.of(START + 1));
    }
  }

  @Test
  void tablesOfOnePartNamesAndOfManyColumns() {
    db.stream("w", "n", new long[] {START, START + 1}, new double[] {1, 2});
    assertThat(
            db.rowsIn(
                "w",
                "SELECT window_end, MAX(value) FROM TABLE(TUMBLE(TABLE n, DESCRIPTOR(time), INTERVAL '1'"
                    + " DAY)) AS d GROUP BY d.window_start, d.window_end"))
        .containsExactly(List.of(IsoTime.parseNanos("2018-01-02"), 2.0));
    assertThat(
            db.rows(
                "SELECT window_start, window_end, AVG(n) FROM TABLE(TUMBLE(TABLE wide.\"w\","
                    + " DESCRIPTOR(time), INTERVAL '1' DAY)) GROUP BY window_start, window_end"))
        .containsExactly(List.of(START, IsoTime.parseNanos("2018-01-02"), 1.5));
    assertThat(db.calls()).doesNotContain("raw");
  }

  @Test
  void windowsThatEndAfterAllTimesAreRefused() {
    db.stream("w", "n", new long[] {START}, new double[1]);
    String last = "(SELECT FROM_NANOS(" + (Long.MAX_VALUE - 5) + ") AS t FROM \"w\".n)";
    assertThatThrownBy(
            () ->
                db.rows(
                    "SELECT window_end FROM TABLE(HOP("
                        + last
                        + ", DESCRIPTOR(t), INTERVAL '1' SECOND, INTERVAL '10' SECOND))"))
        .isInstanceOf(SqlRefusal.class)
        .hasMessageContaining("64-bit");
  }

  @Test
  void rowsOfEqualTimeAreOfOneSession() {
    long[] same = {START, START + 10 * MILLI, START + 50 * MILLI};
    for (String name : List.of("a", "b", "c")) {
      db.stream("ties", name, same, new double[] {1, 2, 3});
    }
    for (int i = 0; i < 3; i++) {
      assertThat(
              db.rows(
                  "SELECT window_start, window_end, COUNT(*) FROM TABLE(SESSION((SELECT * FROM tall.\"ties\" WHERE time"
                      + " >= TIMESTAMP '2018-01-01 00:00:00' AND time < TIMESTAMP '2018-01-02 00:00:00'),"
                      + " DESCRIPTOR(time), INTERVAL '0.02' SECOND)) GROUP BY window_start, window_end"))
          .containsExactlyInAnyOrder(
              List.of(START, START + 30 * MILLI, 6L),
              List.of(START + 50 * MILLI, START + 70 * MILLI, 3L));
    }
  }

  @Test
  void endsOfWindowsAloneComeFromTheTree() {
    stream("e", 90, 1_000 * MILLI);
    String second = "TUMBLE(TABLE \"w\".e, DESCRIPTOR(time), INTERVAL '0.1' SECOND)";
    for (String windows :
        List.of(
            second,
            "TUMBLE(TABLE \"w\".e, DESCRIPTOR(time), INTERVAL '1' MONTH)",
            "TUMBLE(TABLE \"w\".e, DESCRIPTOR(time), INTERVAL '0.1' SECOND, INTERVAL '0.03' SECOND)",
            "HOP(TABLE \"w\".e, DESCRIPTOR(time), INTERVAL '0.1' SECOND, INTERVAL '0.3' SECOND)")) {
      String sql =
          "SELECT window_end, COUNT(*), MAX(value) FROM TABLE(" + windows + ") GROUP BY window_end";
      List<List<@Nullable Object>> rows = db.rows(sql);
      assertThat(db.calls()).as(sql).isNotEmpty().doesNotContain("raw");
      assertThat(rows)
          .as("%s (seed %s)", sql, SEED)
          .containsExactlyInAnyOrderElementsOf(computed.rows(sql));
    }
    String named =
        "SELECT COUNT(*), name, window_end FROM TABLE(TUMBLE(TABLE tall.\"w\", DESCRIPTOR(time),"
            + " INTERVAL '0.1' SECOND)) GROUP BY window_end, name";
    List<List<@Nullable Object>> rows = db.rows(named);
    assertThat(db.calls()).doesNotContain("raw");
    assertThat(rows)
        .as("seed %s", SEED)
        .containsExactlyInAnyOrderElementsOf(computed.rows(named))
        .isNotEmpty();
    // What is asked of an end that is a key is not asked of the start.
    String ends =
        "SELECT window_end, MAX(window_end) FROM TABLE(" + second + ") GROUP BY window_end";
    assertThat(db.rows(ends))
        .as("seed %s", SEED)
        .allMatch(row -> row.get(0).equals(row.get(1)))
        .containsExactlyInAnyOrderElementsOf(computed.rows(ends));
  }

  @Test
  void conditionsOnWindowsBoundTheRead() {
    stream("c", 200, 2_000 * MILLI);
    for (String windows :
        List.of(
            "TUMBLE(TABLE \"w\".c, DESCRIPTOR(time), INTERVAL '0.1' SECOND)",
            "HOP(TABLE \"w\".c, DESCRIPTOR(time), INTERVAL '0.1' SECOND, INTERVAL '0.3' SECOND)")) {
      for (int i = 0; i < 20; i++) {
        String from =
            "FROM_NANOS(" + (START + random.nextInt(10) * 100L * MILLI + random.nextInt(2)) + ")";
        String to = "FROM_NANOS(" + (START + (10 + random.nextInt(10)) * 100L * MILLI) + ")";
        for (String where :
            List.of(
                "window_start >= " + from + " AND window_end <= " + to,
                "window_start > " + from + " AND window_end < " + to,
                "window_end >= " + from + " AND window_start <= " + to,
                from + " < window_end AND " + to + " > window_start",
                "window_start = " + to,
                "window_end = " + to)) {
          String sql =
              "SELECT window_start, window_end, COUNT(*), AVG(value) FROM TABLE("
                  + windows
                  + ") WHERE "
                  + where
                  + " GROUP BY window_start, window_end";
          List<List<@Nullable Object>> rows = db.rows(sql);
          assertThat(db.calls()).as(sql).doesNotContain("raw");
          assertThat(db.plan(sql).toString())
              .as(sql)
              .doesNotContain("all time", "[1933-", ", 2079-");
          sameAverages(sql, rows, computed.rows(sql));
          String points = "SELECT * FROM TABLE(" + windows + ") WHERE " + where;
          assertThat(db.rows(points))
              .as("%s (seed %s)", points, SEED)
              .containsExactlyInAnyOrderElementsOf(computed.rows(points));
        }
      }
    }
  }

  /** The same windows in any order, their last column an average that may be rounded otherwise. */
  private static void sameAverages(
      String sql, List<List<@Nullable Object>> rows, List<List<@Nullable Object>> expected) {
    assertThat(rows)
        .as("%s (seed %s)", sql, SEED)
        .extracting(row -> row.subList(0, row.size() - 1))
        .containsExactlyInAnyOrderElementsOf(
            expected.stream().map(row -> row.subList(0, row.size() - 1)).toList());
    Map<Object, Double> averages = averages(expected);
    averages(rows)
        .forEach(
            (window, average) ->
                assertThat(average)
                    .as("%s, %s (seed %s)", sql, window, SEED)
                    .isCloseTo(averages.get(window), within(1e-13)));
  }

  private static Map<Object, Double> averages(List<List<@Nullable Object>> rows) {
    return rows.stream()
        .collect(
            Collectors.toMap(
                row -> row.subList(0, row.size() - 1), row -> (Double) row.get(row.size() - 1)));
  }

  @Test
  void averagesOverTimeAreOfBucketsOnly() {
    stream("v", 4, 1_000 * MILLI);
    for (String keys : List.of("window_start", "window_start, window_end", "window_end")) {
      String sql =
          "SELECT TIME_WEIGHTED_AVG(value, time) FROM TABLE(TUMBLE((SELECT time, value FROM"
              + " \"w\".v WHERE time >= TIMESTAMP '2018-01-01 00:00:00' AND time < TIMESTAMP"
              + " '2018-01-02 00:00:00'), DESCRIPTOR(time), INTERVAL '0.1' SECOND)) GROUP BY "
              + keys;
      assertThatThrownBy(() -> db.rows(sql), sql)
          .isInstanceOf(SqlRefusal.class)
          .hasMessageContaining("TIME_WEIGHTED_AVG");
    }
  }

  @Test
  void slotsOfWindowsAreHeldMemory() {
    TestBtrdb small = new TestBtrdb(SessionOptions.DEFAULT.withMaxHeldBytes(100_000), null);
    long[] many = new long[5_000];
    for (int i = 0; i < many.length; i++) {
      many[i] = START + i * MILLI;
    }
    small.stream("w", "m", many, new double[many.length]);
    String hop =
        "SELECT window_start, COUNT(*) FROM TABLE(HOP(TABLE \"w\".m, DESCRIPTOR(time),"
            + " INTERVAL '0.001' SECOND, INTERVAL '{}' SECOND)) GROUP BY window_start";
    assertThat(small.rows(hop.replace("{}", "0.1"))).hasSize(5_099);
    assertThatThrownBy(() -> small.rows(hop.replace("{}", "4")))
        .isInstanceOf(SqlRefusal.class)
        .hasMessageContaining("smaller multiple");
    small.close();
  }

  @Test
  void whatHasNoWidthIsRefused() {
    db.stream("w", "n", new long[] {0}, new double[1]);
    Map<String, String> refusals =
        Map.of(
            "TUMBLE(TABLE \"w\".n, DESCRIPTOR(time), INTERVAL '0' SECOND)",
            "a bucket must be wider than 0, not 0",
            "HOP(TABLE \"w\".n, DESCRIPTOR(time), INTERVAL '0' SECOND, INTERVAL '1' SECOND)",
            "further than 0 ns apart, not 1000000000 ns every 0 ns",
            "HOP(TABLE \"w\".n, DESCRIPTOR(time), INTERVAL '1' MONTH, INTERVAL '1' MONTH)",
            "HOP: windows of months have no one width",
            "SESSION(TABLE \"w\".n, DESCRIPTOR(time), INTERVAL -'1' SECOND)",
            "a bucket must be wider than 0, not -1000000000");
    refusals.forEach(
        (windows, message) ->
            assertThatThrownBy(() -> db.rows("SELECT * FROM TABLE(" + windows + ")"), windows)
                .isInstanceOf(SqlRefusal.class)
                .hasMessageContaining(message));
  }
}
