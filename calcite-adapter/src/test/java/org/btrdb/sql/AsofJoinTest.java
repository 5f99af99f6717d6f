package org.btrdb.sql;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.UUID;
import org.btrdb.client.CallScope;
import org.btrdb.client.batch.PointBatch;
import org.btrdb.client.model.MergePolicy;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** ASOF JOIN against a search of all pairs, and what it reads. */
class AsofJoinTest {
  private static final long SEED = Long.getLong("seed", new Random().nextLong());
  private static final List<String> COMPARISONS = List.of("<", "<=", ">", ">=");

  private final TestBtrdb db = new TestBtrdb();
  private final Random random = new Random(SEED);

  @AfterEach
  void close() {
    db.close();
  }

  private record Point(long time, double value) {}

  private List<Point> stream(String name, int size, int spread) {
    List<Point> points = new ArrayList<>();
    long time = random.nextInt(5);
    for (int i = 0; i < size; i++) {
      points.add(new Point(time, random.nextInt(4)));
      time += random.nextInt(spread);
    }
    db.stream(
        "x",
        name,
        points.stream().mapToLong(Point::time).toArray(),
        points.stream().mapToDouble(Point::value).toArray());
    return points;
  }

  /** The right point for a left one, by looking at all of them. */
  private static @Nullable Point partner(
      Point left, List<Point> right, String comparison, boolean hasKey) {
    boolean isBackward = comparison.startsWith("<");
    Point best = null;
    for (Point candidate : right) {
      boolean matches =
          switch (comparison) {
            case "<" -> candidate.time < left.time;
            case "<=" -> candidate.time <= left.time;
            case ">" -> candidate.time > left.time;
            default -> candidate.time >= left.time;
          };
      if (!matches || (hasKey && candidate.value != left.value)) {
        continue;
      }
      boolean isBetter =
          best == null || (isBackward ? candidate.time >= best.time : candidate.time < best.time);
      best = isBetter ? candidate : best;
    }
    return best;
  }

  private static String reversed(String comparison) {
    return comparison.replace('<', '^').replace('>', '<').replace('^', '>');
  }

  @Test
  void everyFormTakesTheNearestRow() {
    for (int round = 0; round < 40; round++) {
      String suffix = Integer.toString(round);
      List<Point> left = stream("l" + suffix, random.nextInt(30), 1 + random.nextInt(4));
      List<Point> right = stream("r" + suffix, random.nextInt(30), 1 + random.nextInt(4));
      for (String comparison : COMPARISONS) {
        for (int form = 0; form < 16; form++) {
          check(suffix, left, right, comparison, form);
        }
      }
    }
  }

  private void check(
      String suffix, List<Point> left, List<Point> right, String comparison, int form) {
    boolean isLeftFirst = (form & 1) != 0;
    boolean isOuter = (form & 2) != 0;
    boolean hasKey = (form & 4) != 0;
    boolean hasRange = (form & 8) != 0;
    long from = random.nextInt(30);
    long to = from + random.nextInt(30);
    String sql =
        "SELECT TO_NANOS(l.time), l.value, TO_NANOS(r.time), r.value FROM \"x\".l"
            + suffix
            + (isOuter ? " AS l LEFT ASOF JOIN" : " AS l ASOF JOIN")
            + " \"x\".r"
            + suffix
            + " AS r MATCH_CONDITION "
            + (isLeftFirst
                ? "l.time " + reversed(comparison) + " r.time"
                : "r.time " + comparison + " l.time")
            + (hasKey ? " ON l.value = r.value" : " ON TRUE")
            + (hasRange ? " WHERE l.time >= " + from + " AND l.time < " + to : "");
    List<List<@Nullable Object>> expected = new ArrayList<>();
    for (Point point : left) {
      if (hasRange && (point.time < from || point.time >= to)) {
        continue;
      }
      Point partner = partner(point, right, comparison, hasKey);
      if (partner != null) {
        expected.add(Arrays.asList(point.time, point.value, partner.time, partner.value));
      } else if (isOuter) {
        expected.add(Arrays.asList(point.time, point.value, null, null));
      }
    }
    assertThat(db.rows(sql)).as("%s (seed %d)", sql, SEED).isEqualTo(expected);
  }

  @Test
  void rowsInNoOrderAndNullsAreHeld() {
    db.stream("x", "l", new long[] {10, 20, 30, 40}, new double[] {1, 2, 3, 4});
    db.stream("x", "r", new long[] {5, 15, 25}, new double[] {5, 15, 25});
    assertThat(
            db.rows(
                "SELECT l.v, r.v FROM (SELECT CASE WHEN value <> 3 THEN time END AS t, value AS v"
                    + " FROM \"x\".l ORDER BY value DESC LIMIT 10) AS l LEFT ASOF JOIN (SELECT"
                    + " CASE WHEN value <> 15 THEN time END AS t, value AS v FROM \"x\".r) AS r"
                    + " MATCH_CONDITION r.t <= l.t ON TRUE"))
        .containsExactlyInAnyOrder(
            List.of(1.0, 5.0), List.of(2.0, 5.0), Arrays.asList(3.0, null), List.of(4.0, 25.0));
  }

  @Test
  void theRightSideIsReadNoFurtherThanTheLeftOneReaches() {
    db.stream("x", "v", new long[] {100, 200, 300, 400}, new double[] {1, 2, 3, 4});
    UUID f =
        db.stream("x", "f", new long[] {50, 90, 250, 350, 500}, new double[] {5, 9, 25, 35, 50});
    String join =
        "SELECT v.value, f.value FROM \"x\".v AS v LEFT ASOF JOIN \"x\".f AS f MATCH_CONDITION"
            + " f.time %s v.time ON TRUE WHERE v.time >= 100 AND v.time < 300";
    db.btrdb().flush(f, CallScope.unbounded());
    assertThat(db.rows(join.replace("%s", "<=")))
        .containsExactly(List.of(1.0, 9.0), List.of(2.0, 9.0));
    assertThat(db.calls()).containsExactlyInAnyOrder("raw", "raw", "nearest");
    assertThat(db.plan(join.replace("%s", "<=")).toString())
        .contains("Nearest(\"x\".\"f\", before 1970-01-01 00:00:00.000000100, backward")
        .contains("merged");
    assertThat(db.rows(join.replace("%s", ">")))
        .containsExactly(List.of(1.0, 25.0), List.of(2.0, 25.0));
    assertThat(db.calls()).containsExactlyInAnyOrder("raw", "raw", "nearest");
  }

  @Test
  void bufferedPointsAreSeenAtOneVersion() {
    db.stream("x", "v", new long[] {100}, new double[] {1});
    UUID f = db.stream("x", "f", new long[] {50}, new double[] {5});
    db.beforeNext(
        "nearest",
        () ->
            db.btrdb()
                .insert(
                    f,
                    PointBatch.of(new long[] {60}, new double[] {6}),
                    MergePolicy.NEVER,
                    CallScope.unbounded()));
    assertThat(
            db.rows(
                "SELECT v.value, f.value FROM \"x\".v AS v ASOF JOIN \"x\".f AS f MATCH_CONDITION"
                    + " f.time <= v.time ON TRUE WHERE v.time >= 100 AND v.time < 300"))
        .containsExactly(List.of(1.0, 6.0));
    assertThat(db.calls())
        .containsExactly("raw", "raw", "nearest", "version", "raw", "nearest", "version");
  }
}
