package org.btrdb.sql;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.ZoneId;
import java.time.zone.ZoneOffsetTransition;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import org.btrdb.client.time.IsoTime;
import org.btrdb.client.time.TimeRange;
import org.btrdb.sql.time.CalendarBuckets;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/**
 * {@code TIME_FLOOR} agrees with java.time near and far from where clocks are set, in both
 * executors, as a condition, and pushed down as windows that are as few calls as they can be.
 */
class TimeFloorTest {
  private static final long SEED = Long.getLong("seed", new Random().nextLong());
  private static final long HOUR = 3_600_000_000_000L;

  /** The last ones set their clocks at midnight, over a day, by odd seconds. */
  private static final List<String> ZONES =
      List.of(
          "UTC",
          "Europe/Berlin",
          "America/New_York",
          "Asia/Kathmandu",
          "Australia/Lord_Howe",
          "America/Havana",
          "America/Sao_Paulo",
          "Pacific/Apia",
          "Africa/Monrovia",
          "America/Juneau",
          "+05:45");

  private static final List<String> PERIODS =
      List.of(
          "PT1H", "PT15M", "PT20M", "PT2H", "PT5H", "PT24H", "PT0.7S", "PT36H", "P1D", "P2D",
          "P10D", "P1W", "P2W", "P1M", "P3M", "P5M", "P1Y", "P10Y");

  private final Random random = new Random(SEED);
  private final TestBtrdb db = new TestBtrdb();

  TimeFloorTest() {
    System.getLogger("test").log(System.Logger.Level.INFO, "seed {0}", String.valueOf(SEED));
  }

  @AfterEach
  void close() {
    db.close();
  }

  private <T> T pick(List<T> choices) {
    return choices.get(random.nextInt(choices.size()));
  }

  /** A time between two others, often one at or near which the clocks of a zone are set. */
  private long time(String zone, long from, long to) {
    long anywhere = from + random.nextLong(to - from);
    ZoneOffsetTransition set =
        ZoneId.of(zone).getRules().previousTransition(IsoTime.instantOf(anywhere));
    if (set == null || random.nextInt(3) == 0) {
      return anywhere;
    }
    long at = set.getInstant().getEpochSecond();
    if (Math.abs(at) > 9_000_000_000L) {
      return anywhere;
    }
    long near =
        at * 1_000_000_000L
            + switch (random.nextInt(4)) {
              case 0 -> random.nextLong(5) - 2;
              case 1 -> random.nextLong(2 * HOUR) - HOUR;
              case 2 -> (random.nextLong(17) - 8) * HOUR / 4;
              default -> random.nextLong(100 * HOUR) - 50 * HOUR;
            };
    return Math.max(from, Math.min(to - 1, near));
  }

  private CalendarModel model(String period, String zone, @Nullable Long origin) {
    return new CalendarModel(period, ZoneId.of(zone), origin);
  }

  private static String call(CalendarModel model, String time) {
    return "TIME_FLOOR("
        + time
        + ", '"
        + model.period()
        + "', "
        + (model.originNanos() == null ? "NULL" : "FROM_NANOS(" + model.originNanos() + ")")
        + ", '"
        + model.zone()
        + "')";
  }

  @Test
  void bucketsOfMoreThanTwoCenturiesAreRefused() {
    db.stream("g", "s", new long[] {0}, new double[1]);
    for (String bucket :
        List.of(
            "TIME_FLOOR(time, 'P201Y')",
            "TIME_FLOOR(time, 'P400Y', NULL, 'Europe/Berlin')",
            "TIME_FLOOR(time, 'P80000D', NULL, 'Europe/Berlin')",
            "TIME_FLOOR(time, 'P99999999999999999Y')",
            "date_bin(INTERVAL '201' YEAR(3), time)")) {
      assertThatThrownBy(
              () -> db.rows("SELECT " + bucket + ", COUNT(*) FROM \"g\".s GROUP BY 1"), bucket)
          .isInstanceOf(SqlRefusal.class)
          .hasMessageContaining("at most 200 years");
    }
    assertThat(
            db.rows(
                "SELECT TIME_FLOOR(time, 'P200Y', NULL, 'Europe/Berlin'), COUNT(*) FROM \"g\".s"
                    + " GROUP BY 1"))
        .hasSize(1);
  }

  @Test
  void startsOfBucketsAreThoseOfJavaTime() {
    // Two centuries: local mean times too, and 10-year buckets that begin inside 64 bits.
    long from = IsoTime.parseNanos("1850-01-01");
    long to = IsoTime.parseNanos("2100-01-01");
    for (int i = 0; i < 60_000; i++) {
      String zone = pick(ZONES);
      String period = pick(PERIODS);
      long time = time(zone, from, to);
      Long origin = random.nextInt(3) == 0 ? time(zone, from, to) : null;
      CalendarBuckets buckets = CalendarBuckets.of(period, zone);
      buckets = origin == null ? buckets : buckets.from(origin);
      CalendarModel model = model(period, zone, origin);
      long floor = model.floor(time);
      String what = model + " of " + IsoTime.format(time) + " (seed " + SEED + ")";
      assertThat(IsoTime.format(buckets.floor(time))).as(what).isEqualTo(IsoTime.format(floor));
      assertThat(buckets.floor(floor)).as("start of %s", what).isEqualTo(floor);
      long next = buckets.next(time);
      assertThat(next).as("next of %s", what).isGreaterThan(time);
      assertThat(IsoTime.format(model.floor(next)))
          .as("next of %s", what)
          .isEqualTo(IsoTime.format(next));
      assertThat(model.floor(next - 1)).as("before next of %s", what).isEqualTo(floor);
      assertThat(buckets.ceil(time)).as("ceil of %s", what).isEqualTo(floor == time ? time : next);
    }
  }

  @Test
  void bothExecutorsAndConstantsAgree() {
    BothExecutors both = new BothExecutors(db);
    for (int i = 0; i < 6; i++) {
      List<CalendarModel> models = new ArrayList<>();
      List<String> zones = ZONES.subList(0, 5);
      for (int j = 0; j < 8; j++) {
        String zone = pick(zones);
        Long origin = random.nextInt(3) == 0 ? time(zone, TimeRange.MIN_NANOS, 0) : null;
        models.add(model(pick(PERIODS), zone, origin));
      }
      long[] times = times(20);
      db.stream("b", "s" + i, times, new double[times.length]);
      String sql = "SELECT " + list(models, "time") + " FROM \"b\".s" + i;
      List<List<@Nullable Object>> expected = new ArrayList<>();
      Arrays.stream(times).forEach(t -> expected.add(floors(models, t)));
      assertThat(both.rows(sql)).as("%s (seed %s)", sql, SEED).isEqualTo(expected);
      String constants = "SELECT " + list(models, "FROM_NANOS(" + times[0] + ")");
      assertThat(both.rows(constants)).as("%s", constants).containsExactly(expected.get(0));
    }
  }

  private static List<@Nullable Object> floors(List<CalendarModel> models, long time) {
    List<@Nullable Object> floors = new ArrayList<>();
    models.forEach(m -> floors.add(m.floor(time)));
    return floors;
  }

  private static String list(List<CalendarModel> models, String time) {
    List<String> items = new ArrayList<>();
    models.forEach(m -> items.add(call(m, time) + " AS x" + items.size()));
    return String.join(", ", items);
  }

  /** Ascending, near where the clocks of any of the first zones are set. */
  private long[] times(int count) {
    long from = IsoTime.parseNanos("1935-01-01");
    long to = IsoTime.parseNanos("2040-01-01");
    return random
        .longs(count)
        .map(i -> time(pick(ZONES.subList(0, 5)), from, to))
        .distinct()
        .sorted()
        .toArray();
  }

  @Test
  void groupsArePushedDownAndExact() {
    for (int i = 0; i < 150; i++) {
      String zone = pick(ZONES);
      long from = IsoTime.parseNanos("1936-01-01");
      long centre = time(zone, from, IsoTime.parseNanos("2040-01-01"));
      long spread = HOUR << random.nextInt(15);
      long[] times =
          random.longs(200, centre - spread, centre + spread).distinct().sorted().toArray();
      double[] values = Arrays.stream(times).mapToDouble(t -> random.nextInt(100)).toArray();
      db.stream("g", "s" + i, times, values);
      for (int j = 0; j < 4; j++) {
        Long origin = random.nextInt(4) == 0 ? time(zone, from, centre + 2 * spread) : null;
        checkGroups("\"g\".s" + i, times, values, model(pick(PERIODS), zone, origin));
      }
    }
  }

  private void checkGroups(String stream, long[] times, double[] values, CalendarModel model) {
    int a = random.nextInt(times.length);
    int b = random.nextInt(times.length);
    long from = times[Math.min(a, b)] - random.nextInt(2);
    long to = times[Math.max(a, b)] + 1 + random.nextInt(2);
    Map<Long, List<Double>> groups = new TreeMap<>();
    for (int i = 0; i < times.length; i++) {
      if (times[i] >= from && times[i] < to) {
        groups.computeIfAbsent(model.floor(times[i]), k -> new ArrayList<>()).add(values[i]);
      }
    }
    List<List<@Nullable Object>> expected = new ArrayList<>();
    groups.forEach(
        (start, in) ->
            expected.add(
                List.of(
                    start,
                    (long) in.size(),
                    in.stream().mapToDouble(v -> v).min().orElseThrow(),
                    in.stream().mapToDouble(v -> v).max().orElseThrow(),
                    Math.round(1e9 * in.stream().mapToDouble(v -> v).average().orElseThrow()))));
    String sql =
        "SELECT "
            + call(model, "time")
            + ", COUNT(*), MIN(value), MAX(value), AVG(value) FROM "
            + stream
            + " WHERE time >= FROM_NANOS("
            + from
            + ") AND time < FROM_NANOS("
            + to
            + ") GROUP BY 1";
    List<List<@Nullable Object>> actual = db.rows(sql);
    List<String> calls = db.calls();
    actual.forEach(row -> row.set(4, Math.round(1e9 * (Double) row.get(4))));
    String what = sql + " (seed " + SEED + ")";
    assertThat(actual).as(what).isEqualTo(expected);
    assertThat(calls).as(what).isSubsetOf("windows", "nearest", "alignedWindows", "raw");
    if (!model.period().equals("PT0.7S")) {
      assertThat(calls).as(what).doesNotContain("raw").contains("windows");
    }
    String half =
        "SELECT COUNT(*) FROM " + stream + " WHERE " + call(model, "time") + " < FROM_NANOS(";
    long bound = times[random.nextInt(times.length)] + random.nextInt(2);
    long count = Arrays.stream(times).filter(t -> model.floor(t) < bound).count();
    assertThat(db.rows(half + bound + ")"))
        .as("%s%s) (seed %s)", half, bound, SEED)
        .containsExactly(List.of(count));
    assertThat(db.calls()).as(half).doesNotContain("raw");
  }

  @Test
  void conditionsOnValuesAndManyStreamsKnowWhenClocksAreSet() {
    long from = IsoTime.parseNanos("2018-10-20");
    long to = IsoTime.parseNanos("2018-11-12");
    Map<String, long[]> times = new TreeMap<>();
    Map<String, double[]> values = new TreeMap<>();
    for (String name : List.of("a", "b")) {
      long[] at = random.longs(300, from, to).distinct().sorted().toArray();
      times.put(name, at);
      values.put(name, Arrays.stream(at).mapToDouble(t -> random.nextInt(100)).toArray());
      db.stream("many", name, at, values.get(name));
    }
    String range = " time >= FROM_NANOS(" + (from + 1) + ") AND time < FROM_NANOS(" + to + ")";
    for (String zone : List.of("Europe/Berlin", "America/New_York", "America/Havana")) {
      for (String period : List.of("PT6H", "P1D", "P1W", "P1M")) {
        CalendarModel model = model(period, zone, null);
        String bucket = call(model, "time");
        String what = bucket + " (seed " + SEED + ")";
        List<String> above = new ArrayList<>();
        List<String> tall = new ArrayList<>();
        Map<Long, long[]> wide = new TreeMap<>();
        for (String name : times.keySet()) {
          double[] of = java.util.Objects.requireNonNull(values.get(name));
          Map<Long, long[]> counts = new TreeMap<>();
          for (int i = 0; i < times.get(name).length; i++) {
            long time = times.get(name)[i];
            if (time > from) {
              long floor = model.floor(time);
              long[] count = counts.computeIfAbsent(floor, k -> new long[2]);
              count[0]++;
              count[1] += of[i] > 60 ? 1 : 0;
              wide.computeIfAbsent(floor, k -> new long[2])[name.equals("a") ? 0 : 1]++;
            }
          }
          counts.forEach((floor, count) -> tall.add(List.of(name, floor, count[0]).toString()));
          if (name.equals("a")) {
            counts.values().removeIf(count -> count[1] == 0);
            counts.forEach((floor, count) -> above.add(List.of(floor, count[1]).toString()));
          }
        }
        assertThat(
                db.rows(
                    "SELECT "
                        + bucket
                        + ", COUNT(*) FROM \"many\".a WHERE value > 60 AND"
                        + range
                        + " GROUP BY 1"))
            .as(what)
            .extracting(String::valueOf)
            .containsExactlyInAnyOrderElementsOf(above);
        assertThat(
                db.rows(
                    "SELECT name, "
                        + bucket
                        + ", COUNT(*) FROM tall.\"many\" WHERE"
                        + range
                        + " GROUP BY 1, 2"))
            .as(what)
            .extracting(String::valueOf)
            .containsExactlyInAnyOrderElementsOf(tall);
        assertThat(db.calls()).as(what).contains("windows").doesNotContain("raw");
        List<String> rows = new ArrayList<>();
        wide.forEach((floor, count) -> rows.add(List.of(floor, count[0], count[1]).toString()));
        assertThat(
                db.rows(
                    "SELECT "
                        + bucket
                        + ", COUNT(a), COUNT(b) FROM wide.\"many\" WHERE"
                        + range
                        + " GROUP BY 1"))
            .as(what)
            .extracting(String::valueOf)
            .containsExactlyInAnyOrderElementsOf(rows);
        assertThat(db.calls()).as(what).contains("windows").doesNotContain("raw");
      }
    }
  }

  private List<String> callsOf(String bucket, String from, String to) {
    db.rows(
        "SELECT "
            + bucket
            + ", AVG(value) FROM \"c\".s WHERE time >= TIMESTAMP '"
            + from
            + " 00:00:00' AND time < TIMESTAMP '"
            + to
            + " 00:00:00' GROUP BY 1");
    return db.calls();
  }

  @Test
  void asFewCallsAsCanBe() {
    db.stream("c", "s", new long[] {0, IsoTime.parseNanos("2018-06-01")}, new double[2]);
    String berlin = ", NULL, 'Europe/Berlin')";
    // Hours are hours: one call, and the ends of the range are bounds.
    assertThat(callsOf("TIME_FLOOR(time, 'PT1H'" + berlin, "2018-01-01", "2018-12-31"))
        .containsExactly("windows");
    // A year of days of 23 to 25 hours is 8760 windows of one hour, and two cut days.
    assertThat(callsOf("TIME_FLOOR(time, 'P1D'" + berlin, "2018-01-01", "2018-12-31"))
        .containsExactly("windows", "windows", "windows");
    assertThat(callsOf("TIME_FLOOR(time, 'P1M')", "2018-01-01", "2018-12-31"))
        .containsExactly("windows");
    // Summer only: days of 24 hours.
    assertThat(callsOf("TIME_FLOOR(time, 'P1D'" + berlin, "2018-06-01", "2018-07-01"))
        .containsExactly("windows", "windows", "windows");
  }

  @Test
  void secondsOfLocalMeanTimeAreNotAsked() {
    // Monrovia was 44 minutes and 30 seconds behind until 1972: no second windows of 90 years.
    db.stream("c", "s", new long[] {0, IsoTime.parseNanos("2018-06-01")}, new double[2]);
    List<List<@Nullable Object>> rows =
        db.rows(
            "SELECT TIME_FLOOR(time, 'P1M', NULL, 'Africa/Monrovia'), COUNT(*) FROM \"c\".s GROUP BY 1");
    assertThat(rows)
        .containsExactly(
            List.of(IsoTime.parseNanos("1969-12-01T00:44:30"), 1L),
            List.of(IsoTime.parseNanos("2018-06-01"), 1L));
    assertThat(db.calls()).doesNotContain("raw").hasSizeLessThan(10);
  }

  @Test
  void whatIsNoPeriodOrZoneIsRefused() {
    db.stream("c", "s", new long[] {0}, new double[1]);
    for (String period :
        List.of("1 day", "P0D", "P1DT1H", "P1M1D", "-P1D", "P", "PT", "PT0.0000000001S")) {
      refused("TIME_FLOOR(time, '" + period + "')", SqlRefusal.Reason.INVALID_VALUE, period);
    }
    refused(
        "TIME_FLOOR(time, 'P1D', NULL, 'Europe/Nowhere')",
        SqlRefusal.Reason.INVALID_VALUE,
        "Europe/Nowhere");
    refused("TIME_FLOOR(time, CAST(value AS VARCHAR))", SqlRefusal.Reason.UNSUPPORTED, "literal");
    refused(
        "TIME_FLOOR(FROM_NANOS(-9223372036854775808), 'P1D')", SqlRefusal.Reason.OUT_OF_RANGE, "");
  }

  private void refused(String expression, SqlRefusal.Reason reason, String word) {
    assertThatThrownBy(() -> db.rows("SELECT " + expression + " FROM \"c\".s"), expression)
        .isInstanceOfSatisfying(SqlRefusal.class, e -> assertThat(e.reason()).isEqualTo(reason))
        .hasMessageContaining(word);
  }
}
