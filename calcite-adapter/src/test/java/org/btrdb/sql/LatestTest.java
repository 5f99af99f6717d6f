package org.btrdb.sql;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.concurrent.atomic.AtomicBoolean;
import org.btrdb.client.CallScope;
import org.btrdb.client.time.IsoTime;
import org.btrdb.sql.read.Limit;
import org.btrdb.sql.read.ObjectRows;
import org.btrdb.sql.read.Scalar;
import org.btrdb.sql.row.RowCursor;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** {@code ORDER BY time DESC}: the last points are found by counts, not by reading all others. */
class LatestTest {
  private static final long SEED = Long.getLong("seed", new Random().nextLong());

  private final TestBtrdb db = new TestBtrdb();

  @AfterEach
  void close() {
    db.close();
  }

  private long[] dense() {
    long[] times = new long[300_000];
    double[] values = new double[times.length];
    for (int i = 0; i < times.length; i++) {
      times[i] = IsoTime.parseNanos("2018-01-01") + i * 8_333_333L;
      values[i] = i;
    }
    db.stream("c", "s", times, values);
    return times;
  }

  @Test
  void theLatestPointIsOneNearest() {
    dense();
    assertThat(db.rows("SELECT value FROM c.s ORDER BY time DESC LIMIT 1"))
        .containsExactly(List.of(299_999.0));
    assertThat(db.calls()).containsExactly("nearest");
    assertThat(
            db.rows(
                "SELECT value FROM c.s WHERE time <= TIMESTAMP '2018-01-01 00:00:01' ORDER BY time"
                    + " DESC LIMIT 1"))
        .containsExactly(List.of(120.0));
  }

  @Test
  void theLastFewPointsAreFourCallsAndFewPoints() {
    dense();
    assertThat(db.rows("SELECT time, value FROM c.s ORDER BY time DESC LIMIT 10")).hasSize(10);
    assertThat(db.calls()).hasSizeLessThanOrEqualTo(4);
    assertThat(
            db.rows(
                "SELECT SUM(row_count) FROM btrdb.session_rpcs WHERE rpc = 'RawValues' AND"
                    + " statement_id = (SELECT MAX(statement_id) FROM btrdb.session_rpcs)"))
        .hasSize(1)
        .allSatisfy(row -> assertThat((Long) row.get(0)).isBetween(10L, 5000L));
  }

  @Test
  void allPointsBackwardsComeInBlocks() {
    long[] times = dense();
    List<List<Object>> expected = new ArrayList<>();
    for (int i = times.length - 1; i >= 0; i--) {
      expected.add(List.of(times[i]));
    }
    assertThat(db.rows("SELECT TO_NANOS(time) FROM c.s ORDER BY time DESC").equals(expected))
        .isTrue();
  }

  @Test
  void anyStreamRangeAndLimitAgreesWithReversal() {
    Random random = new Random(SEED);
    for (int round = 0; round < 60; round++) {
      long[] times = new long[1 + random.nextInt(3000)];
      double[] values = new double[times.length];
      long time = -(1L << 59) + random.nextLong(1L << 60);
      long gap = 1L << random.nextInt(48);
      for (int i = 0; i < times.length; i++) {
        times[i] = time;
        values[i] = i;
        time += random.nextInt(20) == 0 ? random.nextLong(gap * 100) : random.nextLong(gap);
      }
      String name = "r" + round;
      db.stream("c", name, times, values);
      long from = times[random.nextInt(times.length)];
      long to = times[random.nextInt(times.length)];
      int limit = 1 + random.nextInt(random.nextBoolean() ? 5 : 4000);
      int offset = random.nextInt(3);
      String where =
          random.nextBoolean()
              ? ""
              : " WHERE time >= FROM_NANOS(" + from + ") AND time < FROM_NANOS(" + to + ")";
      String sql =
          "SELECT TO_NANOS(time) FROM c."
              + name
              + where
              + " ORDER BY time DESC LIMIT "
              + limit
              + " OFFSET "
              + offset;
      List<List<Object>> expected = new ArrayList<>();
      for (int i = times.length - 1; i >= 0; i--) {
        if (where.isEmpty() || (times[i] >= from && times[i] < to)) {
          expected.add(List.of(times[i]));
        }
      }
      expected =
          expected.subList(
              Math.min(offset, expected.size()), Math.min(offset + limit, expected.size()));
      assertThat(db.rows(sql)).as("%s (seed %d)", sql, SEED).isEqualTo(expected);
      if (!expected.isEmpty()) {
        assertThat(db.calls()).as(sql).contains("nearest");
      }
    }
  }

  @Test
  void aJoinOnTimeReadsBothSidesInTheRangeOfOne() {
    dense();
    db.stream("c", "t", new long[] {IsoTime.parseNanos("2018-01-01")}, new double[] {7});
    String join =
        "SELECT a.value, b.value FROM c.s AS a JOIN c.t AS b ON a.time = b.time"
            + " WHERE a.time < TIMESTAMP '2018-01-01 00:00:01'";
    assertThat(db.rows(join)).containsExactly(List.of(0.0, 7.0));
    List<String> plan = db.plan(join);
    assertThat(plan.stream().filter(line -> line.contains("RawValues")))
        .hasSize(2)
        .allSatisfy(line -> assertThat(line).contains("2018-01-01 00:00:01.000000000)"));
  }

  /** The window behind the last point begins where the range ends, and has points of its own. */
  @Test
  void pointsRightBehindTheRangeAreNoneOfIt() {
    db.stream("c", "s", new long[] {15, 16, 16}, new double[] {1, 2, 3});
    assertThat(
            db.rows(
                "SELECT TO_NANOS(time), value FROM c.s WHERE time >= FROM_NANOS(0)"
                    + " AND time < FROM_NANOS(16) ORDER BY time DESC LIMIT 2"))
        .containsExactly(List.of(15L, 1.0));
  }

  @Test
  void aTimeThatIsAnsweredTwiceIsTheOrderToo() {
    dense();
    for (String direction : List.of("", " DESC")) {
      assertThat(
              db.rows(
                  "SELECT TO_NANOS(time), value FROM c.s ORDER BY time" + direction + " LIMIT 1"))
          .hasSize(1);
      assertThat(db.calls()).hasSize(1);
      assertThat(db.plan("SELECT time, TO_NANOS(time) AS t FROM c.s ORDER BY t"))
          .noneMatch(line -> line.contains("Sort"));
    }
  }

  @Test
  void rowsOfALimitThatIsNoneAreClosed() {
    AtomicBoolean isClosed = new AtomicBoolean();
    RowCursor rows =
        new ObjectRows(
            Collections.emptyIterator(), () -> isClosed.set(true), CallScope.unbounded());
    Limit limit = new Limit(null, Scalar.constant(-1L));
    assertThatThrownBy(() -> limit.cut(rows, List.of()))
        .isInstanceOf(SqlRefusal.class)
        .hasMessageContaining("must not be negative: -1");
    assertThat(isClosed).isTrue();
  }
}
