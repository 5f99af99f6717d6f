package org.btrdb.sql;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import org.btrdb.client.CallScope;
import org.btrdb.client.batch.Point;
import org.btrdb.client.model.MergePolicy;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/**
 * Random INSERT, UPSERT and DELETE in all their forms against a list of points: what the stream
 * holds, what its windows say and what each statement counts.
 */
class ModificationModelTest {
  private static final long SEED = Long.getLong("seed", new Random().nextLong());
  private static final List<MergePolicy> POLICIES = List.of(MergePolicy.values());
  private static final long TIMES = 60;

  private final TestBtrdb db = new TestBtrdb();
  private final Map<MergePolicy, SqlSession> sessions = new EnumMap<>(MergePolicy.class);
  private final Random random = new Random(SEED);

  /** In order of time, those of one time as they were stored. */
  private final List<Point> model = new ArrayList<>();

  private final List<String> done = new ArrayList<>();

  ModificationModelTest() {
    db.stream("c", "s", new long[0], new double[0]);
    for (MergePolicy policy : MergePolicy.values()) {
      sessions.put(
          policy, SqlSession.over(db.btrdb(), SessionOptions.DEFAULT.withMergePolicy(policy)));
    }
  }

  @AfterEach
  void close() {
    db.close();
  }

  @Test
  void randomStatementsLeaveWhatTheModelHas() {
    run(400);
  }

  @Test
  @Tag("long")
  void manyRandomStatementsLeaveWhatTheModelHas() {
    run(40_000);
  }

  private void run(int statements) {
    for (int i = 0; i < statements; i++) {
      done.clear();
      change();
      check();
    }
    System.out.println("modifications: " + statements + ", seed " + SEED);
  }

  private void change() {
    MergePolicy policy = POLICIES.get(random.nextInt(POLICIES.size()));
    switch (random.nextInt(model.size() > 100 ? 9 : 6)) {
      case 0, 1 -> insertValues(policy, random.nextBoolean());
      case 2 -> insertBatch(policy);
      case 3 -> insertSelected(policy);
      default -> delete();
    }
  }

  private long time() {
    return random.nextLong(TIMES) - TIMES / 2;
  }

  /** Few values, so that points that are equal come again. */
  private double value() {
    return random.nextInt(4) * 0.5;
  }

  private long update(MergePolicy policy, String sql, @Nullable Object... parameters) {
    done.add(policy + ": " + sql + " " + Arrays.toString(parameters));
    return session(policy)
        .prepare(sql, "", CallScope.unbounded())
        .update(Arrays.asList(parameters), CallScope.unbounded());
  }

  private SqlSession session(MergePolicy policy) {
    return java.util.Objects.requireNonNull(sessions.get(policy));
  }

  private void insertValues(MergePolicy policy, boolean upserts) {
    List<Point> points = new ArrayList<>();
    List<String> rows = new ArrayList<>();
    boolean swapped = random.nextBoolean();
    for (int i = 0; i <= random.nextInt(5); i++) {
      Point point = new Point(time(), value());
      points.add(point);
      String time = "FROM_NANOS(" + point.timeNanos() + ")";
      rows.add("(" + (swapped ? point.value() + ", " + time : time + ", " + point.value()) + ")");
    }
    String sql =
        (upserts ? "UPSERT INTO c.s " : "INSERT INTO c.s ")
            + (swapped ? "(value, time)" : "(time, value)")
            + " VALUES "
            + String.join(", ", rows);
    assertThat(update(policy, sql)).as(described()).isEqualTo(points.size());
    insert(upserts ? MergePolicy.REPLACE : policy, points);
  }

  private void insertBatch(MergePolicy policy) {
    List<List<@Nullable Object>> rows = new ArrayList<>();
    List<Point> points = new ArrayList<>();
    for (int i = 0; i <= random.nextInt(20); i++) {
      Point point = new Point(time(), value());
      points.add(point);
      rows.add(List.of(point.timeNanos(), point.value()));
    }
    done.add(policy + ": batch of " + points);
    long[] counts =
        session(policy)
            .prepare("INSERT INTO c.s (time, value) VALUES (?, ?)", "", CallScope.unbounded())
            .updateBatch(rows, CallScope.unbounded());
    assertThat(counts).as(described()).hasSize(points.size()).containsOnly(1);
    insert(policy, points);
  }

  private void insertSelected(MergePolicy policy) {
    long start = time();
    long end = start + random.nextInt(10);
    long shift = random.nextLong(20) - 10;
    List<Point> points =
        model.stream()
            .filter(p -> p.timeNanos() >= start && p.timeNanos() < end)
            .map(p -> new Point(p.timeNanos() + shift, p.value() + 0.5))
            .toList();
    long count =
        update(
            policy,
            "INSERT INTO c.s SELECT TIME_ADD(time, ?), value + 0.5 FROM c.s"
                + " WHERE time >= FROM_NANOS(?) AND time < FROM_NANOS(?)",
            shift,
            start,
            end);
    assertThat(count).as(described()).isEqualTo(points.size());
    insert(policy, points);
  }

  private void delete() {
    long start = time();
    long end = start + random.nextInt(12);
    String from = "FROM_NANOS(" + start + ")";
    String to = "FROM_NANOS(" + end + ")";
    record Form(String condition, long first, long last) {}
    List<Form> forms =
        List.of(
            new Form("time >= " + from + " AND time < " + to, start, end - 1),
            new Form("time > " + from + " AND time <= " + to, start + 1, end),
            new Form("time BETWEEN " + from + " AND " + to, start, end),
            new Form("time = " + from, start, start),
            new Form(to + " > time AND NOT time < " + from, start, end - 1),
            new Form("time >= " + to + " AND time < " + to, 1, 0));
    Form form = forms.get(random.nextInt(forms.size()));
    long gone =
        model.stream()
            .filter(p -> p.timeNanos() >= form.first && p.timeNanos() <= form.last)
            .count();
    assertThat(update(MergePolicy.NEVER, "DELETE FROM c.s WHERE " + form.condition))
        .as(described())
        .isEqualTo(gone);
    model.removeIf(p -> p.timeNanos() >= form.first && p.timeNanos() <= form.last);
  }

  private void insert(MergePolicy policy, List<Point> points) {
    for (Point point : points) {
      int from = 0;
      while (from < model.size() && model.get(from).timeNanos() < point.timeNanos()) {
        from++;
      }
      int to = from;
      while (to < model.size() && model.get(to).timeNanos() == point.timeNanos()) {
        to++;
      }
      List<Point> same = model.subList(from, to);
      boolean isDropped =
          (policy == MergePolicy.RETAIN && !same.isEmpty())
              || (policy == MergePolicy.EQUAL && same.contains(point));
      if (!isDropped) {
        if (policy == MergePolicy.REPLACE) {
          same.clear();
        }
        same.add(point);
      }
    }
  }

  private void check() {
    assertThat(db.rows("SELECT TO_NANOS(time), value FROM c.s"))
        .as(described())
        .isEqualTo(model.stream().map(p -> List.of(p.timeNanos(), p.value())).toList());
    Map<Long, double[]> buckets = new TreeMap<>();
    for (Point point : model) {
      double[] bucket =
          buckets.computeIfAbsent(
              Math.floorDiv(point.timeNanos(), 7L) * 7,
              t -> new double[] {0, Double.POSITIVE_INFINITY, Double.NEGATIVE_INFINITY});
      bucket[0]++;
      bucket[1] = Math.min(bucket[1], point.value());
      bucket[2] = Math.max(bucket[2], point.value());
    }
    assertThat(
            db.rows(
                "SELECT TO_NANOS(date_bin('7ns', time)), COUNT(*), MIN(value), MAX(value) FROM c.s"
                    + " GROUP BY 1 ORDER BY 1"))
        .as(described())
        .isEqualTo(
            buckets.entrySet().stream()
                .map(
                    b ->
                        List.of(
                            b.getKey(), (long) b.getValue()[0], b.getValue()[1], b.getValue()[2]))
                .toList());
  }

  private String described() {
    return "seed " + SEED + ", " + done + "; before or after: " + model;
  }
}
