package org.btrdb.sql;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Random;
import java.util.function.LongPredicate;
import org.btrdb.client.time.IsoTime;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Conditions on time become ranges of the reads, and mean what a filter on each point means. */
class TimeSetTest {
  private static final long SEED = Long.getLong("seed", new Random().nextLong());
  private static final long START = IsoTime.parseNanos("1969-12-30");
  private static final long HOUR = 3_600_000_000_000L;
  private static final int POINTS = 400;

  private final TestBtrdb db = new TestBtrdb();
  private final Random random = new Random(SEED);
  private final long[] times = new long[POINTS];

  /** A condition as SQL writes it, and what it means. */
  private record Condition(String sql, LongPredicate test) {}

  TimeSetTest() {
    double[] values = new double[POINTS];
    for (int i = 0; i < POINTS; i++) {
      times[i] = START + i * HOUR / 4 + random.nextInt(3);
      values[i] = i;
    }
    db.stream("c", "s", times, values);
  }

  @AfterEach
  void close() {
    db.close();
  }

  private long time() {
    return times[random.nextInt(POINTS)] + random.nextInt(3) - 1;
  }

  private Condition comparison() {
    long bound = time();
    String literal = "FROM_NANOS(" + bound + ")";
    return switch (random.nextInt(12)) {
      case 0 -> new Condition("time < " + literal, t -> t < bound);
      case 1 -> new Condition("time <= " + literal, t -> t <= bound);
      case 2 -> new Condition(literal + " < time", t -> t > bound);
      case 3 -> new Condition("time >= " + literal, t -> t >= bound);
      case 4 -> new Condition("time = " + literal, t -> t == bound);
      case 5 -> new Condition("time <> " + literal, t -> t != bound);
      case 6 -> {
        long other = time();
        yield new Condition(
            "time BETWEEN " + literal + " AND FROM_NANOS(" + other + ")",
            t -> t >= bound && t <= other);
      }
      case 7 -> {
        long a = times[random.nextInt(POINTS)];
        long b = times[random.nextInt(POINTS)];
        yield new Condition(
            "time IN (FROM_NANOS(" + a + "), " + literal + ", FROM_NANOS(" + b + "))",
            t -> t == a || t == b || t == bound);
      }
      case 8 -> {
        long hour = Math.floorDiv(bound, HOUR) * HOUR + random.nextInt(2);
        String[] operators = {"<", "<=", ">", ">=", "=", "<>"};
        int which = random.nextInt(operators.length);
        yield new Condition(
            "FLOOR(time TO HOUR) " + operators[which] + " FROM_NANOS(" + hour + ")",
            t -> {
              int order = Long.compare(Math.floorDiv(t, HOUR) * HOUR, hour);
              return switch (which) {
                case 0 -> order < 0;
                case 1 -> order <= 0;
                case 2 -> order > 0;
                case 3 -> order >= 0;
                case 4 -> order == 0;
                default -> order != 0;
              };
            });
      }
      case 9 ->
          new Condition(
              "CAST(time AS DATE) = DATE '1970-01-01'", t -> Math.floorDiv(t, 24 * HOUR) == 0);
      case 10 -> new Condition("time + INTERVAL '1' HOUR > " + literal, t -> t + HOUR > bound);
      default ->
          new Condition("FLOOR(time TO MONTH) < TIMESTAMP '1970-01-01 00:00:00'", t -> t < 0);
    };
  }

  private Condition condition(int depth) {
    if (depth == 0) {
      return comparison();
    }
    Condition left = condition(random.nextInt(depth));
    Condition right = condition(random.nextInt(depth));
    return switch (random.nextInt(4)) {
      case 0 -> new Condition("NOT (" + left.sql + ")", left.test.negate());
      case 1 ->
          new Condition("(" + left.sql + ") OR (" + right.sql + ")", left.test.or(right.test));
      default ->
          new Condition("(" + left.sql + ") AND (" + right.sql + ")", left.test.and(right.test));
    };
  }

  @Test
  void anyConditionOnTimeIsReadAsRanges() {
    for (int round = 0; round < 400; round++) {
      Condition condition = condition(random.nextInt(4));
      List<Long> expected = new ArrayList<>();
      for (long time : times) {
        if (condition.test.test(time)) {
          expected.add(time);
        }
      }
      expected.sort(Comparator.naturalOrder());
      String where = " FROM c.s WHERE " + condition.sql;
      String seed = where + " (seed " + SEED + ")";
      assertThat(db.rows("SELECT TO_NANOS(time)" + where))
          .as(seed)
          .isEqualTo(expected.stream().map(List::of).toList());
      assertThat(db.calls().stream().distinct()).as(seed).isSubsetOf("raw");
      assertThat(db.rows("SELECT COUNT(*)" + where))
          .as(seed)
          .containsExactly(List.of((long) expected.size()));
      assertThat(db.rows("SELECT FLOOR(time TO DAY), COUNT(*)" + where + " GROUP BY 1").stream())
          .as(seed)
          .hasSize(
              (int) expected.stream().map(t -> Math.floorDiv(t, 24 * HOUR)).distinct().count());
      if (!expected.isEmpty()) {
        assertThat(db.rows("SELECT TO_NANOS(MIN(time)), TO_NANOS(MAX(time))" + where))
            .as(seed)
            .containsExactly(List.of(expected.get(0), expected.get(expected.size() - 1)));
      }
    }
  }

  @Test
  void anInListIsOneReadForEachTimeAndNothingElse() {
    String in =
        "SELECT value FROM c.s WHERE time IN (FROM_NANOS("
            + times[3]
            + "), FROM_NANOS("
            + times[9]
            + "))";
    assertThat(db.rows(in)).containsExactly(List.of(3.0), List.of(9.0));
    assertThat(db.calls()).containsExactly("raw", "raw");
    assertThat(db.rows("SELECT COUNT(*) FROM c.s WHERE time <> FROM_NANOS(" + times[7] + ")"))
        .containsExactly(List.of(POINTS - 1L));
    assertThat(db.calls()).containsExactly("windows", "windows");
  }

  @Test
  void aBoundThatIsNullIsTrueForNoTime() {
    assertThat(db.rows("SELECT * FROM c.s WHERE time > ?", (Object) null)).isEmpty();
    assertThat(db.rows("SELECT * FROM c.s WHERE NOT (time > ?)", (Object) null)).isEmpty();
    assertThat(db.rows("SELECT COUNT(*) FROM c.s WHERE time <> ?", (Object) null))
        .containsExactly(List.of(0L));
  }
}
