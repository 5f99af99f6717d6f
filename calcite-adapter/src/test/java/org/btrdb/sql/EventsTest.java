package org.btrdb.sql;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.UUID;
import java.util.function.DoublePredicate;
import java.util.stream.IntStream;
import org.btrdb.client.CallScope;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** Events against brute force, and the conditions that they are made of. */
class EventsTest {
  private static final long SEED = Long.getLong("seed", new Random().nextLong());

  private static final Map<String, DoublePredicate> CONDITIONS =
      Map.ofEntries(
          Map.entry("value < 2", v -> v < 2),
          Map.entry("value <= 2", v -> v <= 2),
          Map.entry("2 > value", v -> v < 2),
          Map.entry("VALUE >= 8 OR value < 1", v -> v >= 8 || v < 1),
          Map.entry("value BETWEEN 2 AND 3", v -> v >= 2 && v <= 3),
          Map.entry("value NOT BETWEEN 1 AND 8", v -> v < 1 || v > 8),
          Map.entry("NOT (value > 1 AND value < 9)", v -> v <= 1 || v >= 9),
          Map.entry("NOT (value NOT IN (1, 3))", v -> v == 1 || v == 3),
          Map.entry("value IN (0, 2)", v -> v == 0 || v == 2),
          Map.entry("value <> 5", v -> v != 5),
          Map.entry("value = 0.5 * 2 + 1 - 1e0", v -> v == 1),
          Map.entry("value > -1", v -> true),
          Map.entry("value < -1", v -> false));

  private final Random random = new Random(SEED);

  private static List<List<Object>> events(
      long[] times, double[] values, long start, long end, DoublePredicate wanted, long minGap) {
    List<List<Object>> events = new ArrayList<>();
    List<Object> open = null;
    for (int i = 0; i < times.length; i++) {
      if (times[i] < start || times[i] >= end) {
        continue;
      }
      boolean is = wanted.test(values[i]);
      if (open != null && (minGap == 0 ? !is : times[i] - (Long) open.get(1) > minGap)) {
        events.add(open);
        open = null;
      }
      if (is) {
        open =
            open == null
                ? List.of(times[i], times[i], values[i], values[i], 1L)
                : List.of(
                    open.get(0),
                    times[i],
                    Math.min((Double) open.get(2), values[i]),
                    Math.max((Double) open.get(3), values[i]),
                    (Long) open.get(4) + 1);
      }
    }
    if (open != null) {
      events.add(open);
    }
    return events;
  }

  @Test
  void eventsAreThoseOfBruteForce() {
    List<String> conditions = CONDITIONS.keySet().stream().sorted().toList();
    for (int round = 0; round < 20; round++) {
      int count = random.nextInt(5) == 0 ? random.nextInt(3) : random.nextInt(60_000);
      long step = 1L << random.nextInt(1, 32);
      long[] times = new long[count];
      double[] values = new double[count];
      long time = -random.nextLong(1000) * step;
      double calm = 5;
      for (int i = 0; i < count; i++) {
        time +=
            random.nextInt(50) == 0
                ? 0
                : random.nextInt(9_000) == 0 ? step * random.nextInt(100_000) : step;
        times[i] = time;
        calm = random.nextInt(3_000) == 0 ? random.nextInt(11) : calm;
        values[i] = random.nextInt(300) == 0 ? random.nextInt(11) : calm;
      }
      try (TestBtrdb db = new TestBtrdb()) {
        UUID uuid = db.stream("a/b", "s", times, values);
        if (random.nextBoolean()) {
          db.btrdb().flush(uuid, CallScope.unbounded());
        }
        for (int query = 0; query < 8; query++) {
          long first = count == 0 ? 0 : times[0];
          long last = count == 0 ? 1 : times[count - 1];
          long start =
              random.nextBoolean() ? first - step * 99_999 : random.nextLong(first, last + 1);
          long end = random.nextBoolean() ? last + 1 : start + random.nextLong(last - first + 2);
          end = Math.max(start, end);
          long minGap = random.nextInt(2) == 0 ? 0 : random.nextLong(1, 300 * step);
          String condition = conditions.get(random.nextInt(conditions.size()));
          boolean isLiteral = random.nextBoolean();
          String sql =
              "SELECT TO_NANOS(start_time), TO_NANOS(end_time), min, max, count FROM events(?, ?,"
                  + " ?, "
                  + (isLiteral ? "'" + condition + "'" : "?")
                  + ", ?) ORDER BY start_time";
          List<Object> parameters = new ArrayList<>(List.of(uuid.toString(), start, end));
          if (!isLiteral) {
            parameters.add(condition);
          }
          parameters.add(minGap);
          assertThat(db.rows(sql, parameters.toArray()))
              .as("%s of %d, %s (seed %d)", sql, count, parameters, SEED)
              .isEqualTo(
                  events(
                      times,
                      values,
                      start,
                      end,
                      Objects.requireNonNull(CONDITIONS.get(condition)),
                      minGap));
        }
      }
    }
  }

  @Test
  void withoutAGapAnyOtherPointEndsAnEvent() {
    try (TestBtrdb db = new TestBtrdb()) {
      db.stream("a/b", "s", new long[] {1, 2, 3, 90, 91}, new double[] {1, 7, 1, 2, 3});
      String all = "SELECT * FROM events('a/b/s', 0, 100, 'value < 5'";
      assertThat(db.rows(all + ")"))
          .containsExactly(List.of(1L, 1L, 1.0, 1.0, 1L), List.of(3L, 91L, 1.0, 3.0, 3L));
      assertThat(db.rows(all + ", 2)"))
          .containsExactly(List.of(1L, 3L, 1.0, 1.0, 2L), List.of(90L, 91L, 2.0, 3.0, 2L));
      assertThat(db.rows(all + ", INTERVAL '1' SECOND)")).hasSize(1);
      assertThat(db.rows("SELECT count, max FROM events('a/b/s', 2, 91, 'value < 5', 1)"))
          .containsExactly(List.of(1L, 1.0), List.of(1L, 2.0));
      assertThat(db.rows("SELECT * FROM events('a/b/s', 0, 100, NULL)")).isEmpty();
      assertThat(db.rows("SELECT * FROM events('a/b/s', NULL, 100, 'value < 5')")).isEmpty();
      assertThat(db.calls()).isEmpty();
    }
  }

  /** Then no point that is read tells that the condition was not met in between. */
  @Test
  void eventsThatFillWholeWindowsAreApart() {
    try (TestBtrdb db = new TestBtrdb()) {
      int block = 1 << 16;
      long[] times = new long[8 * block];
      double[] values = new double[times.length];
      for (int i = 0; i < times.length; i++) {
        times[i] = (long) i << 20;
        values[i] = i / block % 2;
      }
      db.stream("a/b", "s", times, values);
      String events = "SELECT count FROM events('a/b/s', 0, '1971-01-01', 'value > 0.5'";
      assertThat(db.rows(events + ")")).hasSize(4).containsOnly(List.of((long) block));
      assertThat(db.calls()).as("ends of windows").doesNotContain("raw");
      assertThat(
              db.rows(
                  "SELECT TO_NANOS(end_time), min FROM events('a/b/s', ?, ?, 'value > 0.5')",
                  times[block + 7],
                  times[4 * block - 9]))
          .containsExactly(List.of(times[2 * block - 1], 1.0), List.of(times[4 * block - 10], 1.0));
      assertThat(db.rows(events + ", '1h')")).containsExactly(List.of(4L * block));
      assertThat(db.rows(events + ", '1s')")).hasSize(4);
    }
  }

  @Test
  void thePlanShowsTheFirstCall() {
    try (TestBtrdb db = new TestBtrdb()) {
      db.stream("a/b", "s", new long[] {1, 2}, new double[] {1, 2});
      assertThat(db.plan("SELECT * FROM events('a/b/s', 0, 9, 'value < 2', 5)"))
          .contains(
              "call: RawValues(\"a/b\".\"s\", [1970-01-01 00:00:00.000000000, 1970-01-01"
                  + " 00:00:00.000000009), latest version): 2 points to test, for events of"
                  + " value < 2.0, 5 ns apart");
    }
  }

  @Test
  void whatIsCalmIsNotRead() {
    try (TestBtrdb db = new TestBtrdb()) {
      long step = 8_333_333;
      long[] times = new long[500_000];
      double[] values = new double[times.length];
      for (int i = 0; i < times.length; i++) {
        times[i] = i * step;
        values[i] = i % 200_000 >= 7 && i % 200_000 < 17 ? 6000 : 7200 + i % 7;
      }
      UUID uuid = db.stream("a/b", "s", times, values);
      db.btrdb().flush(uuid, CallScope.unbounded());
      SqlSession session = SqlSession.over(db.btrdb(), SessionOptions.DEFAULT);
      for (String gap : new String[] {"", ", INTERVAL '1' SECOND"}) {
        CallScope scope = CallScope.unbounded();
        PreparedSql prepared =
            session.prepare(
                "SELECT * FROM events('a/b/s', 0, '1971-01-01', 'value < 6480'" + gap + ")",
                "",
                scope);
        try (org.btrdb.sql.row.RowCursor rows = prepared.query(List.of(), scope, 0)) {
          for (int i = 0; i < 3; i++) {
            assertThat(rows.next()).isTrue();
            assertThat(rows.getLong(0)).isEqualTo((i * 200_000L + 7) * step);
            assertThat(rows.getLong(1)).isEqualTo((i * 200_000L + 16) * step);
            assertThat(rows.getDouble(2)).isEqualTo(6000);
            assertThat(rows.getLong(4)).isEqualTo(10);
          }
          assertThat(rows.next()).isFalse();
        }
        List<List<@Nullable Object>> cost =
            TestBtrdb.rows(
                session.prepare(
                    "SELECT COUNT(*), SUM(row_count) FROM btrdb.session_rpcs WHERE statement_id = "
                        + scope.id(),
                    "",
                    CallScope.unbounded()));
        assertThat((Long) cost.get(0).get(0)).isLessThanOrEqualTo(12);
        assertThat((Long) cost.get(0).get(1)).isLessThan(times.length / 20);
      }
    }
  }

  /** No point is NaN or infinite, so bounds near the largest double decide. */
  @Test
  void largestValuesAndLongLists() {
    try (TestBtrdb db = new TestBtrdb()) {
      db.stream(
          "a/b",
          "s",
          new long[] {1, 2, 3, 4, 5},
          new double[] {-Double.MAX_VALUE, 1, 1.75e308, Double.MAX_VALUE, -1.75e308});
      Map.of(
              "value > 1.7e308", List.of(3L, 4L),
              "NOT value > 1.7e308", List.of(1L, 2L, 5L),
              "value <= 1.7e308", List.of(1L, 2L, 5L),
              "NOT (value >= -1.7e308 AND value < 5)", List.of(1L, 3L, 4L, 5L),
              "value <> 1", List.of(1L, 3L, 4L, 5L),
              "value < 1 AND value > 1", List.of(),
              "value NOT IN (1, 2, 3, 4, 5, 6, 7, 8, 9, 10)", List.of(1L, 3L, 4L, 5L),
              "NOT (value = 1 OR value = 2 OR value = 3)", List.of(1L, 3L, 4L, 5L))
          .forEach(
              (predicate, times) -> {
                List<Object> found = new ArrayList<>();
                for (int i = 1; i < 6; i++) {
                  db.rows(
                          "SELECT TO_NANOS(start_time) FROM events('a/b/s', ?, ?, '"
                              + predicate
                              + "')",
                          (long) i,
                          i + 1L)
                      .forEach(row -> found.add(row.get(0)));
                }
                assertThat(found).as(predicate).isEqualTo(times);
              });
      String many = String.join(", ", IntStream.range(0, 100).mapToObj(String::valueOf).toList());
      assertThat(db.rows("SELECT * FROM events('a/b/s', 0, 9, ?)", "value NOT IN (" + many + ")"))
          .hasSize(2);
    }
  }
}
