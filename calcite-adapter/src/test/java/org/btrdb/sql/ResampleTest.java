package org.btrdb.sql;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.btrdb.client.CallScope;
import org.btrdb.client.batch.PointBatch;
import org.btrdb.client.error.BtrdbException;
import org.btrdb.client.error.ErrorCode;
import org.btrdb.client.model.MergePolicy;
import org.btrdb.client.time.IsoTime;
import org.btrdb.client.time.TimeRange;
import org.btrdb.sql.row.RowCursor;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Times at equal distances, alone and with the values of a stream, against brute force. */
class ResampleTest {
  private static final long SEED = Long.getLong("seed", new Random().nextLong());

  private final TestBtrdb db = new TestBtrdb();
  private final Random random = new Random(SEED);

  @AfterEach
  void close() {
    db.close();
  }

  private static List<Long> grid(long start, long end, long step) {
    List<Long> times = new ArrayList<>();
    for (long time = start; time < end; time += step) {
      times.add(time);
    }
    return times;
  }

  /** Of all points, the last one at or before a time and the first one after it decide. */
  private static List<List<Object>> resampled(
      long[] times, double[] values, List<Long> grid, String method) {
    List<List<Object>> rows = new ArrayList<>();
    for (long at : grid) {
      int before = -1;
      while (before + 1 < times.length && times[before + 1] <= at) {
        before++;
      }
      int after = before + 1;
      boolean hasAfter = after < times.length;
      Double value =
          switch (method) {
            case "linear" ->
                before >= 0 && times[before] == at
                    ? (Double) values[before]
                    : before < 0 || !hasAfter
                        ? null
                        : (Double)
                            (values[before]
                                + (values[after] - values[before])
                                    * ((double) (at - times[before])
                                        / (times[after] - times[before])));
            case "nearest" ->
                before < 0 && !hasAfter
                    ? null
                    : before >= 0 && (!hasAfter || at - times[before] <= times[after] - at)
                        ? (Double) values[before]
                        : (Double) values[after];
            default -> before < 0 ? null : (Double) values[before];
          };
      rows.add(Arrays.asList(at, value));
    }
    return rows;
  }

  @Test
  void valuesAreThoseOfBruteForce() {
    for (int round = 0; round < 12; round++) {
      int count = random.nextInt(4) == 0 ? random.nextInt(3) : random.nextInt(2_000);
      long width = 1L << random.nextInt(8, 40);
      long[] times = random.longs(count, -width, width).sorted().toArray();
      double[] values = random.doubles(count, -3, 3).toArray();
      String name = "s" + round;
      UUID uuid = db.stream("a/b", name, times, values);
      if (random.nextBoolean()) {
        db.btrdb().flush(uuid, CallScope.unbounded());
      }
      for (int query = 0; query < 10; query++) {
        long start =
            random.nextInt(3) == 0 && count > 0
                ? times[random.nextInt(count)]
                : random.nextLong(-2 * width, 2 * width);
        long end = start + random.nextLong(2 * width);
        long period = 1 + (end - start) / (1 + random.nextInt(500));
        for (String method : List.of("", "previous", "linear", "nearest")) {
          String optional = method.isEmpty() ? "" : ", '" + method + "'";
          assertThat(
                  db.rows(
                      "SELECT TO_NANOS(time), value FROM resample('a/b/"
                          + name
                          + "', ?, ?, ?"
                          + optional
                          + ") ORDER BY time",
                      start,
                      end,
                      period))
              .as("%s of %d from %d to %d by %d (seed %d)", method, count, start, end, period, SEED)
              .isEqualTo(resampled(times, values, grid(start, end, period), method));
          assertThat(db.calls().stream().filter(c -> !c.equals("version")))
              .hasSizeLessThanOrEqualTo(3);
        }
      }
    }
  }

  @Test
  void theValueInForceComesFromFarOutside() {
    long day = IsoTime.NANOS_PER_DAY;
    UUID uuid = db.stream("a/b", "s", new long[] {-900 * day, 700 * day}, new double[] {1, 3});
    db.btrdb().flush(uuid, CallScope.unbounded());
    String call = "SELECT value FROM resample('a/b/s', 0, 3, 1";
    assertThat(db.rows(call + ")")).containsExactly(List.of(1.0), List.of(1.0), List.of(1.0));
    assertThat(db.calls()).containsExactly("raw", "nearest");
    assertThat(db.rows(call + ", 'NEAREST')")).containsOnly(List.of(3.0));
    assertThat(db.calls()).containsExactly("raw", "nearest", "nearest");
    assertThat(db.rows(call + ", ?) LIMIT 1", "linear")).containsExactly(List.of(1 + 2 * 9 / 16.0));
    assertThat(db.rows("SELECT value FROM resample('a/b/s', '2200-01-01', '2200-01-03', '1d')"))
        .as("beyond all points")
        .containsExactly(List.of(3.0), List.of(3.0));
    assertThat(
            db.rows(
                "SELECT value FROM resample('a/b/s', '1800-01-01', '1800-01-02', '1d', 'nearest')"))
        .containsExactly(List.of(1.0));
    assertThat(db.rows("SELECT * FROM resample('a/b/s', NULL, 3, 1)")).isEmpty();
    assertThat(db.rows("SELECT * FROM resample('a/b/s', 3, 3, 1)")).isEmpty();
    assertThat(db.calls()).isEmpty();
  }

  @Test
  void valuesFarApartAreNoInfinity() {
    db.stream("a/b", "s", new long[] {0, 4}, new double[] {-Double.MAX_VALUE, Double.MAX_VALUE});
    List<List<@Nullable Object>> rows =
        db.rows("SELECT value / 1e308 FROM resample('a/b/s', 1, 4, 1, 'linear')");
    for (int i = 0; i < 3; i++) {
      assertThat((Double) rows.get(i).get(0)).isCloseTo((i - 1) * 0.898846567, within(1e-8));
    }
  }

  @Test
  void allCallsSeeOneVersion() {
    UUID uuid = db.stream("a/b", "s", new long[] {-5, 5}, new double[] {1, 2});
    db.beforeNext(
        "nearest",
        () ->
            db.btrdb()
                .insert(
                    uuid,
                    PointBatch.of(new long[] {-1, 0}, new double[] {8, 9}),
                    MergePolicy.NEVER,
                    CallScope.unbounded()));
    assertThat(db.rows("SELECT value FROM resample('a/b/s', 0, 1, 1)"))
        .as("not what is beside a point that was not there")
        .containsExactly(List.of(9.0));
  }

  @Test
  void theMethodIsExplained() {
    db.stream("a/b", "s", new long[] {5}, new double[] {1});
    assertThat(db.plan("SELECT * FROM resample('a/b/s', 0, 10, 2, 'linear')").toString())
        .contains("column batches straight to the result")
        .contains("RawValues(\"a/b\".\"s\", [1970-01-01 00:00:00.000000000, 1970-01-01")
        .contains("00.000000009), latest version): 1 points")
        .contains("backward")
        .contains("from 1970-01-01 00:00:00.000000009, forward");
  }

  @Test
  void timeSeriesAreAllTimesBeforeTheEnd() {
    for (int round = 0; round < 30; round++) {
      long start = random.nextLong(-1_000_000, 1_000_000);
      long end = start + random.nextLong(1_000_000);
      long step = 1 + random.nextLong(100_000);
      assertThat(db.rows("SELECT TO_NANOS(time) FROM time_series(?, ?, ?)", start, end, step))
          .as("%d to %d by %d", start, end, step)
          .isEqualTo(grid(start, end, step).stream().map(t -> List.<Object>of(t)).toList());
      assertThat(db.allCalls()).isEmpty();
    }
    assertThat(db.rows("SELECT * FROM time_series('2016-01-01', DATE '2016-01-02', '1h')"))
        .hasSize(24);
    assertThat(db.rows("SELECT * FROM time_series(0, 10, step => INTERVAL '1' DAY)")).hasSize(1);
    assertThat(db.rows("SELECT * FROM time_series(10, 10, 1)")).isEmpty();
    assertThat(db.rows("SELECT * FROM time_series(NULL, 10, 1)")).isEmpty();
    assertThat(
            db.rows(
                "SELECT * FROM time_series(?, ?, ?)",
                Long.MIN_VALUE,
                Long.MAX_VALUE,
                Long.MAX_VALUE))
        .as("longer than 63 bits")
        .containsExactly(List.of(Long.MIN_VALUE), List.of(-1L), List.of(Long.MAX_VALUE - 1));
    assertThat(db.rows("SELECT * FROM time_series(0, ?, 1) LIMIT 2", TimeRange.MAX_NANOS))
        .hasSize(2);
    assertThat(db.rows("SELECT COUNT(*), MAX(time) FROM time_series(0, 1000000, 1)"))
        .containsExactly(List.of(1_000_000L, 999_999L));
    assertThat(db.rows("SELECT time, time + INTERVAL '1' SECOND FROM time_series(0, 3, 2)"))
        .hasSize(2);
  }

  /** Towards a time from both sides, also beyond the range that is read. */
  @Test
  void ofPointsAtOneTimeTheNearestInOrderCounts() {
    UUID uuid =
        db.stream(
            "a/b", "s", new long[] {0, 0, 10, 10, 10, 20, 20}, new double[] {1, 2, 3, 4, 5, 6, 7});
    for (int flushed = 0; flushed < 2; flushed++) {
      assertThat(resampled("0, 17, 4", "previous")).containsExactly(2.0, 2.0, 2.0, 5.0, 5.0);
      assertThat(resampled("-4, 11, 4", "nearest")).containsExactly(1.0, 2.0, 2.0, 3.0);
      assertThat(resampled("0, 21, 5", "linear")).containsExactly(2.0, 2.5, 5.0, 5.5, 7.0);
      assertThat(resampled("5, 6, 1", "linear")).as("neighbours outside").containsExactly(2.5);
      assertThat(resampled("6, 7, 1", "nearest")).as("neighbours outside").containsExactly(3.0);
      db.btrdb().flush(uuid, CallScope.unbounded());
    }
  }

  private List<Object> resampled(String grid, String method) {
    List<Object> values = new ArrayList<>();
    db.rows("SELECT value FROM resample('a/b/s', " + grid + ", '" + method + "')")
        .forEach(row -> values.add(row.get(0)));
    return values;
  }

  /** The points are used up at once, the times are not for years. */
  @Test
  @Timeout(60)
  void aCancelEndsIt() {
    db.stream("a/b", "s", new long[] {1}, new double[] {1});
    for (String call :
        List.of(
            "resample('a/b/s', 0, TIMESTAMP '2262-01-01 00:00:00', 1)",
            "time_series(0, TIMESTAMP '2262-01-01 00:00:00', 1)")) {
      PreparedSql prepared = db.prepare("SELECT COUNT(*) FROM " + call);
      CallScope scope = CallScope.unbounded();
      CompletableFuture<Void> cancel =
          CompletableFuture.runAsync(
              scope::cancel, CompletableFuture.delayedExecutor(200, TimeUnit.MILLISECONDS));
      assertThatThrownBy(
              () -> {
                try (RowCursor rows = prepared.query(List.of(), scope, 0)) {
                  rows.next();
                }
              })
          .as(call)
          .isInstanceOfSatisfying(
              BtrdbException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.CANCELLED));
      cancel.join();
    }
  }
}
