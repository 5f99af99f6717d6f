package org.btrdb.sql;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.fail;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.btrdb.client.CallScope;
import org.btrdb.sql.row.RowCursor;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Random queries give the same rows by our operators and by Calcite's Enumerable. */
class OperatorDifferentialTest {
  private static final long SEED = Long.getLong("seed", new Random().nextLong());
  private static final long SECOND = 1_000_000_000L;

  private final Random random = new Random(SEED);

  /** Rows, or why there are none. */
  private record Answer(
      @Nullable List<List<@Nullable Object>> rows, @Nullable SqlRefusal refusal) {}

  @Test
  void operatorsAgreeWithEnumerable() {
    compare(Integer.getInteger("queries", 250));
  }

  @Test
  @Tag("long")
  void operatorsAgreeWithEnumerableOverThousandsOfQueries() {
    compare(Integer.getInteger("queries", 6000));
  }

  private void compare(int queries) {
    int declined = 0;
    int compared = 0;
    try (TestBtrdb db = new TestBtrdb()) {
      for (String name : List.of("a", "b", "c")) {
        stream(db, name, 3 + random.nextInt(25));
      }
      stream(db, "d", 0);
      SqlSession own = session(db, SessionOptions.Executor.OPERATORS);
      SqlSession oracle = session(db, SessionOptions.Executor.ENUMERABLE);
      RandomSql generator = new RandomSql(random);
      for (int i = 0; i < queries; i++) {
        String sql = generator.query();
        String what = sql + " (seed " + SEED + ")";
        Answer actual = run(own, sql, what);
        Answer expected = oracle(oracle, sql, what);
        if (isDecline(actual)) {
          declined++;
        } else if (expected.rows() != null && actual.rows() != null) {
          compared++;
          same(what, actual.rows(), expected.rows(), sql.contains(") ORDER BY 1"));
        } else if (actual.refusal() != null && expected.rows() != null) {
          // Calcite wraps where we refuse.
          assertThat(actual.refusal().reason()).as(what).isEqualTo(SqlRefusal.Reason.OUT_OF_RANGE);
        }
      }
    }
    System.getLogger("test")
        .log(
            System.Logger.Level.INFO,
            "seed {0}: {1} compared, {2} declined of {3}",
            String.valueOf(SEED),
            compared,
            declined,
            queries);
    assertThat(compared).as("seed %d, declined %d", SEED, declined).isGreaterThan(queries * 8 / 10);
  }

  private void stream(TestBtrdb db, String name, int size) {
    long[] times = new long[size];
    double[] values = new double[size];
    long time = 0;
    for (int i = 0; i < size; i++) {
      times[i] = time;
      time += random.nextInt(3) * SECOND;
      values[i] = (random.nextInt(9) - 4) * 0.5 + 0.0;
    }
    db.stream("x", name, times, values);
  }

  private static SqlSession session(TestBtrdb db, SessionOptions.Executor executor) {
    return SqlSession.over(db.btrdb(), SessionOptions.DEFAULT.withExecutor(executor));
  }

  private static boolean isDecline(Answer answer) {
    return answer.refusal() != null
        && String.valueOf(answer.refusal().getMessage()).startsWith("our operators");
  }

  private static Answer run(SqlSession session, String sql, String what) {
    try {
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
      return new Answer(rows, null);
    } catch (SqlRefusal e) {
      HiddenFaults.none(e, what);
      return new Answer(null, e);
    } catch (RuntimeException | Error e) {
      throw new AssertionError(what, e);
    }
  }

  /** Calcite's planner and generated code fail on some queries, which is nothing of ours. */
  private static Answer oracle(SqlSession session, String sql, String what) {
    try {
      return run(session, sql, what);
    } catch (AssertionError e) {
      return new Answer(
          null, new SqlRefusal(SqlRefusal.Reason.UNSUPPORTED, String.valueOf(e.getCause()), e));
    }
  }

  private static void same(
      String what,
      List<List<@Nullable Object>> actual,
      List<List<@Nullable Object>> expected,
      boolean ordered) {
    List<String> ours = texts(actual);
    List<String> theirs = texts(expected);
    if (!ordered) {
      ours.sort(null);
      theirs.sort(null);
    }
    if (!ours.equals(theirs)) {
      List<String> missing = new ArrayList<>(theirs);
      ours.forEach(missing::remove);
      List<String> extra = new ArrayList<>(ours);
      theirs.forEach(extra::remove);
      fail("%s%n missing %s%n extra %s%n ours %s", what, head(missing), head(extra), head(ours));
    }
  }

  private static List<String> head(List<String> rows) {
    return rows.subList(0, Math.min(8, rows.size()));
  }

  /** -0.0 is 0.0 for us and not for Calcite, so it is shown as 0.0. */
  private static List<String> texts(List<List<@Nullable Object>> rows) {
    List<String> texts = new ArrayList<>();
    for (List<@Nullable Object> row : rows) {
      List<String> values = new ArrayList<>();
      for (Object value : row) {
        values.add(
            value instanceof Double d
                ? Double.toString(Math.round(d * 1e9) / 1e9 + 0.0)
                : String.valueOf(value));
      }
      texts.add(values.toString());
    }
    return texts;
  }
}
