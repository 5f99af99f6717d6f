package org.btrdb.sql;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.fail;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import org.btrdb.client.CallScope;
import org.btrdb.sql.row.RowCursor;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/**
 * Random statements give the same rows whether their work is pushed down or computed over all
 * points, and whether our operators or Calcite's Enumerable run what is left of the plan.
 */
class PushDownDifferentialTest {
  private static final long SEED = Long.getLong("seed", new Random().nextLong());

  /** So many statements over one set of data. */
  private static final int STATEMENTS = 1000;

  /** An upper bound for the sum of absolute values in any group. */
  private static final double SCALE = 5 * 2 * 6 * 400.0;

  private record Answer(@Nullable List<List<@Nullable Object>> rows, @Nullable SqlRefusal refusal) {

    String text() {
      return refusal == null ? String.valueOf(rows) : String.valueOf(refusal.getMessage());
    }
  }

  private record Sessions(SqlSession pushed, SqlSession computed, SqlSession enumerable) {
    static Sessions over(RandomReadsData data) {
      SessionOptions options = SessionOptions.DEFAULT.withFullScan(true);
      return new Sessions(
          SqlSession.over(data.btrdb(), options),
          SqlSession.over(data.btrdb(), options.withPushDown(false)),
          SqlSession.over(data.btrdb(), options.withExecutor(SessionOptions.Executor.ENUMERABLE)));
    }
  }

  private static final int MOST_FAILURES = 10;

  private final List<AssertionError> failures = new ArrayList<>();
  private final Map<String, Integer> counts = new TreeMap<>();

  @Test
  void pushedAndComputedAgree() {
    run(Integer.getInteger("queries", 1000), 20);
  }

  @Test
  @Tag("long")
  void pushedAndComputedAgreeOverAHundredThousandStatements() {
    run(Integer.getInteger("queries", 100_000), 1);
  }

  /**
   * Runs statements.
   *
   * @param enumerableEvery one in so many is run by Enumerable too
   */
  private void run(int statements, int enumerableEvery) {
    System.getLogger("test").log(System.Logger.Level.INFO, "seed {0}", String.valueOf(SEED));
    for (int done = 0; done < statements; done += STATEMENTS) {
      Random random = new Random(SEED + done);
      try (RandomReadsData data = new RandomReadsData(random, 30 + random.nextInt(300))) {
        RandomReads reads = new RandomReads(random, data.instants(), data.versions());
        Sessions sessions = Sessions.over(data);
        for (int i = 0; i < Math.min(STATEMENTS, statements - done); i++) {
          try {
            check(reads.next(), sessions, i % enumerableEvery == 0, SEED + done);
          } catch (AssertionError e) {
            failures.add(e);
            if (failures.size() == MOST_FAILURES) {
              throw failures();
            }
          }
        }
      }
    }
    System.getLogger("test").log(System.Logger.Level.INFO, "{0}", counts);
    if (!failures.isEmpty()) {
      throw failures();
    }
    assertThat(counts.getOrDefault("refused", 0)).isLessThan(statements / 50);
  }

  private AssertionError failures() {
    List<String> texts =
        failures.stream()
            .map(f -> f.getMessage() + (f.getCause() == null ? "" : " " + f.getCause()))
            .toList();
    return new AssertionError(
        failures.size() + " statements failed:\n" + String.join("\n", texts), failures.get(0));
  }

  private void check(
      RandomReads.Statement statement, Sessions sessions, boolean enumerable, long seed) {
    String what = statement.sql() + ";  -- run with -Dseed=" + seed;
    Answer pushed = answer(sessions.pushed(), statement.sql(), what);
    Answer computed = answer(sessions.computed(), statement.sql(), what);
    if (pushed.rows() == null || computed.rows() == null) {
      count("refused");
      assertThat(pushed.text()).as(what).isEqualTo(computed.text());
      return;
    }
    count("pushed and computed");
    same(what, statement, pushed.rows(), computed.rows());
    if (enumerable) {
      Answer other = enumerable(sessions.enumerable(), statement.sql(), what);
      if (other.rows() == null) {
        count("Enumerable cannot");
      } else {
        count("Enumerable");
        same(what + " (Enumerable)", statement, pushed.rows(), other.rows());
      }
    }
  }

  private void count(String what) {
    counts.merge(what, 1, Integer::sum);
  }

  private static Answer answer(SqlSession session, String sql, String what) {
    try {
      PreparedSql prepared = session.prepare(sql, "wide", CallScope.unbounded());
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

  /** Calcite's planner and generated code fail on some statements, which is nothing of ours. */
  private static Answer enumerable(SqlSession session, String sql, String what) {
    try {
      return answer(session, sql, what);
    } catch (AssertionError e) {
      return new Answer(
          null, new SqlRefusal(SqlRefusal.Reason.UNSUPPORTED, String.valueOf(e.getCause()), e));
    }
  }

  private static void same(
      String what,
      RandomReads.Statement statement,
      List<List<@Nullable Object>> actual,
      List<List<@Nullable Object>> expected) {
    List<List<@Nullable Object>> ours = new ArrayList<>(actual);
    List<List<@Nullable Object>> theirs = new ArrayList<>(expected);
    if (!statement.ordered()) {
      ours.sort(java.util.Comparator.comparing(row -> text(row, statement)));
      theirs.sort(java.util.Comparator.comparing(row -> text(row, statement)));
    }
    boolean same = ours.size() == theirs.size();
    for (int i = 0; same && i < ours.size(); i++) {
      same = same(ours.get(i), theirs.get(i), statement);
    }
    if (!same) {
      fail("%s%n ours   %s%n theirs %s", what, head(ours), head(theirs));
    }
  }

  private static boolean same(
      List<@Nullable Object> ours, List<@Nullable Object> theirs, RandomReads.Statement statement) {
    for (int i = 0; i < ours.size(); i++) {
      Object a = ours.get(i);
      Object b = theirs.get(i);
      if (!same(a, b, statement.exact().get(i))) {
        return false;
      }
    }
    return true;
  }

  private static boolean same(@Nullable Object a, @Nullable Object b, boolean exact) {
    if (!(a instanceof Double x) || !(b instanceof Double y)) {
      return java.util.Objects.equals(a, b);
    }
    double most = exact ? 0 : 1e-12 * Math.max(SCALE, Math.abs(x));
    return Math.abs(x - y) <= most;
  }

  /** The exact columns first, so that rounding does not change an order made by them. */
  private static String text(List<@Nullable Object> row, RandomReads.Statement statement) {
    StringBuilder text = new StringBuilder();
    for (int i = 0; i < row.size(); i++) {
      if (statement.exact().get(i)) {
        Object value = row.get(i);
        text.append(value instanceof Double d ? d + 0.0 : value).append('|');
      }
    }
    for (int i = 0; i < row.size(); i++) {
      if (!statement.exact().get(i) && row.get(i) instanceof Double d) {
        text.append(Math.round(d * 1e6)).append('|');
      }
    }
    return text.toString();
  }

  private static String head(List<List<@Nullable Object>> rows) {
    return rows.size() + " rows: " + rows.subList(0, Math.min(8, rows.size()));
  }
}
