package org.btrdb.sql;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.UUID;
import org.btrdb.client.Btrdb;
import org.btrdb.client.CallScope;
import org.btrdb.client.batch.PointBatch;
import org.btrdb.client.model.MergePolicy;
import org.btrdb.client.model.NewStream;
import org.btrdb.client.spi.BtrdbConnector;
import org.btrdb.sql.row.RowCursor;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** Gaps against brute force, and what finding them costs. */
class GapsTest {
  private static final long SEED = Long.getLong("seed", new Random().nextLong());
  private static final long SECOND = 1_000_000_000L;

  private final Random random = new Random(SEED);

  private static List<List<Object>> gaps(long[] times, long start, long end, long minGap) {
    List<List<Object>> gaps = new ArrayList<>();
    long last = start;
    for (long time : Arrays.stream(times).filter(t -> t >= start && t < end).toArray()) {
      if (Long.compareUnsigned(time - last, minGap) > 0) {
        gaps.add(List.of(last, time));
      }
      last = time;
    }
    if (Long.compareUnsigned(end - last, minGap) > 0) {
      gaps.add(List.of(last, end));
    }
    return gaps;
  }

  /** Runs at a rate with jitter and points that come twice, holes between them, single points. */
  private long[] times(long step) {
    long[] times = new long[random.nextInt(4) == 0 ? random.nextInt(3) : random.nextInt(60_000)];
    long time = random.nextLong(-200 * step, 200 * step);
    int run = 0;
    for (int i = 0; i < times.length; i++) {
      if (run-- == 0) {
        run = random.nextInt(5) == 0 ? 1 : random.nextInt(20_000);
        time += random.nextLong(1, 1L << random.nextInt(2, 20)) * step;
      }
      time += random.nextInt(50) == 0 ? 0 : step / 2 + random.nextLong(step);
      times[i] = time;
    }
    return times;
  }

  @Test
  void gapsAreThoseOfBruteForce() {
    for (int round = 0; round < 60; round++) {
      long step = 1L << random.nextInt(1, 40);
      long[] times = times(step);
      try (TestBtrdb db = new TestBtrdb()) {
        UUID uuid = db.stream("a/b", "s", times, new double[times.length]);
        if (random.nextBoolean()) {
          db.btrdb().flush(uuid, CallScope.unbounded());
        }
        long first = times.length == 0 ? 0 : times[0];
        long last = times.length == 0 ? 1 : times[times.length - 1];
        for (int query = 0; query < 8; query++) {
          long slack = random.nextLong(1, 1L << random.nextInt(2, 30)) * step;
          long start = random.nextBoolean() ? first - slack : random.nextLong(first, last + 1);
          long end =
              random.nextBoolean() ? last + slack : start + random.nextLong(last - first + 2);
          long minGap =
              random.nextInt(9) == 0
                  ? random.nextInt(3)
                  : random.nextLong(1L << random.nextInt(2, 20)) * step / 2;
          end = Math.max(start, end);
          String what =
              "gaps of "
                  + times.length
                  + " points of step "
                  + step
                  + " in ["
                  + start
                  + ", "
                  + end
                  + ") longer than "
                  + minGap
                  + " (seed "
                  + SEED
                  + ")";
          assertThat(
                  db.rows(
                      "SELECT TO_NANOS(start_time), TO_NANOS(end_time) FROM gaps(?, ?, ?, ?) ORDER"
                          + " BY start_time",
                      uuid.toString(),
                      start,
                      end,
                      minGap))
              .as(what)
              .isEqualTo(gaps(times, start, end, minGap));
        }
      }
    }
  }

  @Test
  void endsOfTheRangeEndGaps() {
    try (TestBtrdb db = new TestBtrdb()) {
      db.stream("a/b", "s", new long[] {10, 15, 40}, new double[3]);
      db.stream("a/b", "none", new long[0], new double[0]);
      assertThat(db.rows("SELECT * FROM gaps('a/b/s', 0, 50, 9)"))
          .containsExactly(List.of(0L, 10L), List.of(15L, 40L), List.of(40L, 50L));
      assertThat(db.rows("SELECT * FROM gaps('a/b/s', 0, 50, 10)"))
          .as("longer than it")
          .containsExactly(List.of(15L, 40L));
      assertThat(db.rows("SELECT * FROM gaps('a/b/s', 20, 30, 9)"))
          .containsExactly(List.of(20L, 30L));
      assertThat(db.rows("SELECT end_time FROM gaps('a/b/none', 0, 50, 9)"))
          .containsExactly(List.of(50L));
      assertThat(db.rows("SELECT * FROM gaps('a/b/s', 0, 50, 50)")).isEmpty();
      assertThat(db.calls()).as("none can be so long").isEmpty();
      assertThat(db.rows("SELECT * FROM gaps('a/b/s', NULL, 50, 9)")).isEmpty();
      assertThat(
              db.rows(
                  "SELECT start_time FROM gaps('a/b/s', '1700-01-01', '2200-01-01', INTERVAL '1'"
                      + " DAY)"))
          .hasSize(2);
      assertThat(db.rows("SELECT * FROM gaps('a/b/s', '2150-01-01', '2200-01-01', '1d')"))
          .as("where no point can be")
          .hasSize(1);
    }
  }

  /** A stream of full windows around one hole of five seconds. */
  private static long[] timesWithAHole() {
    long[] times = new long[100_000];
    for (int i = 0; i < times.length; i++) {
      times[i] = i * 10_000_000L + (i < 60_000 ? 0 : 5 * SECOND);
    }
    return times;
  }

  @Test
  void allCallsSeeOneVersion() {
    long[] times = timesWithAHole();
    long inside = times[59_999] + 2 * SECOND;
    for (boolean isFlushed : new boolean[] {true, false}) {
      try (TestBtrdb db = new TestBtrdb()) {
        UUID uuid = db.stream("a/b", "s", times, new double[times.length]);
        db.btrdb().flush(uuid, CallScope.unbounded());
        if (!isFlushed) {
          insert(db, uuid, times[7]);
        }
        db.beforeNext("raw", () -> insert(db, uuid, inside));
        List<List<Object>> one = List.of(List.of(times[59_999], times[60_000]));
        List<List<Object>> two =
            List.of(List.of(times[59_999], inside), List.of(inside, times[60_000]));
        assertThat(
                db.rows(
                    "SELECT * FROM gaps('a/b/s', 0, ?, ?)", times[99_999], 2 * SECOND - SECOND / 2))
            .isEqualTo(isFlushed ? one : two);
        assertThat(db.calls()).contains("alignedWindows", "raw");
      }
    }
  }

  private static void insert(TestBtrdb db, UUID uuid, long timeNanos) {
    db.btrdb()
        .insert(
            uuid,
            PointBatch.of(new long[] {timeNanos}, new double[1]),
            MergePolicy.NEVER,
            CallScope.unbounded());
  }

  /** Where windows hold too many points to be read, the nearest ones are asked for. */
  @Test
  void wideWindowsBesideGapsAreNotRead() {
    int half = 100_000;
    long[] times = new long[2 * half];
    for (int i = 0; i < times.length; i++) {
      times[i] = i * 1_000_000L + (i < half ? 0 : 900 * SECOND);
    }
    try (TestBtrdb db = new TestBtrdb()) {
      UUID uuid = db.stream("a/b", "s", times, new double[times.length]);
      for (int flush = 0; flush < 2; flush++) {
        assertThat(
                db.rows(
                    "SELECT * FROM gaps('a/b/s', 0, ?, INTERVAL '1' MINUTE)",
                    times[times.length - 1]))
            .containsExactly(List.of(times[half - 1], times[half]));
        assertThat(db.calls().stream().filter("nearest"::equals)).hasSize(2);
        db.btrdb().flush(uuid, CallScope.unbounded());
      }
    }
  }

  @Test
  void thePlanShowsTheFirstWindows() {
    try (TestBtrdb db = new TestBtrdb()) {
      long[] times = timesWithAHole();
      db.stream("a/b", "s", times, new double[times.length]);
      assertThat(db.plan("SELECT * FROM gaps('a/b/s', 0, ?, '1s')", times[99_999]))
          .anyMatch(
              line ->
                  line.matches(
                      "call: AlignedWindows\\(\"a/b\".\"s\", .*, pointwidth 34, latest"
                          + " version\\): 59 windows; finer ones and RawValues in 59 of them,"
                          + " at most 100000 points, for gaps longer than 1000000000 ns"));
    }
  }

  /** Windows of a whole month of 120 Hz would be too much for a test; some hours are not. */
  @Test
  void aDenseStreamIsNotReadButAroundItsGaps() {
    long step = 8_333_333;
    int points = 2_000_000;
    int[] holes = {7, 400_123, 1_234_567, points - 3};
    long[] times = new long[points];
    long hole = 0;
    int next = 0;
    for (int i = 0; i < points; i++) {
      if (next < holes.length && holes[next] == i) {
        hole += 1_500_000_000L * ++next;
      }
      times[i] = i * step + hole;
    }
    try (Btrdb btrdb = BtrdbConnector.open("mem", "gaps-" + UUID.randomUUID(), Map.of())) {
      UUID uuid = UUID.randomUUID();
      btrdb.create(new NewStream(uuid, "p", Map.of("name", "s"), Map.of()), CallScope.unbounded());
      btrdb.insert(
          uuid, PointBatch.of(times, new double[points]), MergePolicy.NEVER, CallScope.unbounded());
      btrdb.flush(uuid, CallScope.unbounded());
      SqlSession session = SqlSession.over(btrdb, SessionOptions.DEFAULT);
      long end = times[points - 1] + 1;
      for (long minGap : new long[] {SECOND, 5 * SECOND}) {
        CallScope scope = CallScope.unbounded();
        assertThat(
                rows(session, "SELECT * FROM gaps('p/s', 0, " + end + ", " + minGap + ")", scope))
            .isEqualTo(gaps(times, 0, end, minGap));
        long cost = 0;
        long calls = 0;
        for (List<@Nullable Object> rpc :
            rows(
                session,
                "SELECT rpc, COUNT(*), SUM(row_count) FROM btrdb.session_rpcs WHERE rpc <>"
                    + " 'LookupStreams' AND statement_id = "
                    + scope.id()
                    + " GROUP BY rpc",
                CallScope.unbounded())) {
          calls += (Long) rpc.get(1);
          cost += (Long) rpc.get(2);
        }
        assertThat(cost).isLessThan(minGap == SECOND ? points / 30 : points / 200);
        assertThat(calls).isLessThan(16);
      }
    }
  }

  private static List<List<@Nullable Object>> rows(
      SqlSession session, String sql, CallScope scope) {
    PreparedSql prepared = session.prepare(sql, "", scope);
    List<List<@Nullable Object>> rows = new ArrayList<>();
    try (RowCursor cursor = prepared.query(List.of(), scope, 0)) {
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
}
