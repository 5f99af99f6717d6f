package org.btrdb.sql;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.btrdb.client.Btrdb;
import org.btrdb.client.CallScope;
import org.btrdb.sql.row.Column;
import org.btrdb.sql.row.RowCursor;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/**
 * Statements that differ in literals, run with plans that are kept and planned from scratch: same
 * columns, same rows, same calls, same refusals.
 */
class PlanCacheDifferentialTest {
  private static final long SEED = Long.getLong("seed", new Random().nextLong());
  private static final long SECOND = 1_000_000_000L;
  private static final Pattern TIME = Pattern.compile("1970-01-01 00:00:0\\d");
  private static final int VARIANTS = 4;

  private final Random random = new Random(SEED);

  /** A session and the calls it makes, with what is asked. */
  private record Side(SqlSession session, List<String> calls) {}

  /** All that can be seen of a statement. */
  private record Answer(
      List<Column> columns,
      List<List<@Nullable Object>> rows,
      List<String> calls,
      @Nullable String refusal) {}

  @Test
  void keptPlansAnswerAsNewOnes() {
    compare(200);
  }

  @Test
  @Tag("long")
  void keptPlansAnswerAsNewOnesOverThousandsOfQueries() {
    compare(Integer.getInteger("queries", 5000));
  }

  private void compare(int queries) {
    try (TestBtrdb db = new TestBtrdb()) {
      for (String name : List.of("a", "b", "c")) {
        stream(db, name, 3 + random.nextInt(25));
      }
      stream(db, "d", 0);
      // Names are not looked up again in the middle, at different statements of the two.
      SessionOptions options = SessionOptions.DEFAULT.withNameLifetime(Duration.ofDays(1));
      Side kept = side(db, options);
      Side anew = side(db, options.withMaxPlans(0));
      RandomSql generator = new RandomSql(random);
      for (int i = 0; i < queries; i++) {
        String sql = random.nextInt(3) == 0 ? generator.query() : ranges();
        for (int variant = 0; variant < VARIANTS; variant++) {
          String what = sql + " (seed " + SEED + ")";
          assertThat(run(kept, sql, what)).as(what).isEqualTo(run(anew, sql, what));
          sql = withOtherTimes(sql);
        }
      }
      long found = ((CalciteSqlSession) kept.session()).plansFound();
      System.getLogger("test")
          .log(
              System.Logger.Level.INFO,
              "seed {0}: {1} plans found by {2} statements",
              String.valueOf(SEED),
              found,
              queries * VARIANTS);
      assertThat(found).as("seed %d", SEED).isGreaterThan(queries);
    }
  }

  private static Side side(TestBtrdb db, SessionOptions options) {
    List<String> calls = new ArrayList<>();
    Btrdb recorded =
        (Btrdb)
            Proxy.newProxyInstance(
                Btrdb.class.getClassLoader(),
                new Class<?>[] {Btrdb.class},
                (proxy, method, arguments) -> {
                  if (arguments != null) {
                    Object[] asked = Arrays.copyOf(arguments, arguments.length - 1);
                    calls.add(method.getName() + Arrays.toString(asked));
                  }
                  try {
                    return method.invoke(db.btrdb(), arguments);
                  } catch (InvocationTargetException e) {
                    throw e.getCause();
                  }
                });
    return new Side(SqlSession.over(recorded, options), calls);
  }

  private void stream(TestBtrdb db, String name, int size) {
    long[] times = new long[size];
    double[] values = new double[size];
    long time = 0;
    for (int i = 0; i < size; i++) {
      times[i] = time;
      time += random.nextInt(3) * SECOND / 2;
      values[i] = (random.nextInt(9) - 4) * 0.5 + 0.0;
    }
    db.stream("x", name, times, values);
  }

  private String pick(String... choices) {
    return choices[random.nextInt(choices.length)];
  }

  private String time() {
    String text = "1970-01-01 00:00:0" + random.nextInt(10);
    return pick("TIMESTAMP '" + text + "'", "'" + text + "'", "{ts '" + text + "'}");
  }

  private String condition(String table) {
    String time = table + pick("time", "\"time\"");
    return switch (random.nextInt(8)) {
      case 0 -> time + " BETWEEN " + time() + " AND " + time();
      case 1 -> time + pick(" IN (", " NOT IN (") + time() + ", " + time() + ")";
      case 2 -> "NOT (" + condition(table) + ")";
      case 3 -> "(" + condition(table) + pick(" AND ", " OR ") + condition(table) + ")";
      case 4 ->
          "FLOOR(" + time + " TO MINUTE)" + pick(" = ", " < ") + "TIMESTAMP '1970-01-01 00:00:00'";
      case 5 -> time() + pick(" < ", " <= ", " <> ") + time;
      default -> time + pick(" >= ", " < ", " > ", " <= ", " = ") + time();
    };
  }

  private String table() {
    return "\"x\"." + pick("a", "b", "c", "d");
  }

  /** What is pushed down, mostly: ranges of time under whatever can be over them. */
  private String ranges() {
    String where = " WHERE " + condition("") + " AND " + condition("");
    return switch (random.nextInt(8)) {
      case 0 -> "SELECT time, value FROM " + table() + where;
      case 1 -> "SELECT COUNT(*), MIN(time), MAX(value), AVG(value) FROM " + table() + where;
      case 2 ->
          "SELECT date_bin('2s', time) AS b, SUM(value) FROM "
              + table()
              + where
              + " GROUP BY date_bin('2s', time) ORDER BY b";
      case 3 -> "SELECT time, value FROM " + table() + where + " ORDER BY time DESC LIMIT 2";
      case 4 ->
          "SELECT l.time, l.value, r.value FROM "
              + table()
              + " AS l "
              + pick("JOIN ", "LEFT JOIN ", "FULL JOIN ")
              + table()
              + " AS r ON l.time = r.time AND "
              + condition("l.")
              + " WHERE "
              + condition("r.");
      case 5 ->
          "SELECT value FROM "
              + table()
              + " WHERE time "
              + pick("IN", "NOT IN")
              + " (SELECT time FROM "
              + table()
              + where
              + ") AND "
              + condition("");
      case 6 ->
          "WITH w AS (SELECT * FROM "
              + table()
              + where
              + ") SELECT time FROM w"
              + pick(" UNION ALL ", " EXCEPT ", " INTERSECT ")
              + "SELECT time FROM w WHERE "
              + condition("");
      default ->
          "SELECT x.time, CASE WHEN x.time > "
              + time()
              + " THEN 1 ELSE 0 END FROM (SELECT * FROM "
              + table()
              + where
              + ") AS x WHERE x.value > 0 AND "
              + condition("x.");
    };
  }

  private String withOtherTimes(String sql) {
    boolean all = random.nextBoolean();
    return TIME.matcher(sql)
        .replaceAll(
            found ->
                Matcher.quoteReplacement(
                    all || random.nextInt(3) == 0
                        ? "1970-01-01 00:00:0" + random.nextInt(10)
                        : found.group()));
  }

  private static Answer run(Side side, String sql, String what) {
    side.calls().clear();
    CallScope scope = CallScope.unbounded();
    List<List<@Nullable Object>> rows = new ArrayList<>();
    try {
      PreparedSql prepared = side.session().prepare(sql, "", scope);
      try (RowCursor cursor = prepared.query(List.of(), scope, 0)) {
        while (cursor.next()) {
          List<@Nullable Object> row = new ArrayList<>();
          for (int i = 0; i < prepared.columns().size(); i++) {
            row.add(cursor.getObject(i));
          }
          rows.add(row);
        }
      }
      List<String> calls = new ArrayList<>(side.calls());
      calls.sort(null); // names are not looked up in the order in which validation meets them
      return new Answer(prepared.columns(), rows, calls, null);
    } catch (SqlRefusal e) {
      HiddenFaults.none(e, what);
      return new Answer(List.of(), List.of(), List.of(), e.reason() + " " + e.getMessage());
    } catch (RuntimeException | Error e) {
      throw new AssertionError(what, e);
    }
  }
}
