package org.btrdb.sql;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.btrdb.client.CallScope;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** Window functions over random rows against a model that looks at every row of the partition. */
class WindowModelTest {
  private static final int ROUNDS = 20;
  private static final int MAX_ROWS = 40;

  /** A row: its place in time, its partition and what is computed on. */
  private record Row(int time, int part, int number) {}

  @Test
  void windowFunctionsAgreeWithTheModel() {
    long seed = new Random().nextLong();
    Random random = new Random(seed);
    for (int round = 0; round < ROUNDS; round++) {
      try (TestBtrdb db = new TestBtrdb()) {
        List<Row> rows = rows(db, random);
        int before = random.nextInt(4);
        int after = random.nextInt(4);
        int tiles = 1 + random.nextInt(5);
        int offset = random.nextInt(4);
        String sql = sql(before, after, tiles, offset);
        List<List<@Nullable Object>> expected =
            rows.stream().map(r -> expected(rows, r, before, after, tiles, offset)).toList();
        for (SessionOptions.Executor executor :
            List.of(SessionOptions.Executor.BEST, SessionOptions.Executor.ENUMERABLE)) {
          SqlSession session =
              SqlSession.over(db.btrdb(), SessionOptions.DEFAULT.withExecutor(executor));
          if (executor == SessionOptions.Executor.BEST) { // Enumerable's NTILE is wrong: refused
            assertThat(TestBtrdb.rows(session.prepare(sql, "", CallScope.unbounded())))
                .as("seed %s, %s: %s over %s", seed, executor, sql, rows)
                .isEqualTo(expected);
          }
          String others = sql.replaceFirst("NTILE\\(\\d+\\)", "ROW_NUMBER()");
          List<List<@Nullable Object>> untiled =
              TestBtrdb.rows(session.prepare(others, "", CallScope.unbounded()));
          assertThat(untiled.stream().map(WindowModelTest::withoutTile).toList())
              .as("seed %s, %s, without NTILE", seed, executor)
              .isEqualTo(expected.stream().map(WindowModelTest::withoutTile).toList());
        }
      }
    }
  }

  private static List<@Nullable Object> withoutTile(List<@Nullable Object> row) {
    return row.subList(0, row.size() - 1);
  }

  private static List<Row> rows(TestBtrdb db, Random random) {
    int count = 1 + random.nextInt(MAX_ROWS);
    long[] times = new long[count];
    double[] values = new double[count];
    List<Row> rows = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      Row row = new Row(i, random.nextInt(3), random.nextInt(6));
      rows.add(row);
      times[i] = i;
      values[i] = row.part + 3 * row.number;
    }
    db.stream("t", "s", times, values);
    return rows;
  }

  private static String sql(int before, int after, int tiles, int offset) {
    String byTime = " OVER (PARTITION BY p ORDER BY t";
    String byNumber = " OVER (PARTITION BY p ORDER BY n)";
    String frame = byTime + " ROWS BETWEEN " + before + " PRECEDING AND " + after + " FOLLOWING)";
    return "SELECT t, ROW_NUMBER()"
        + byTime
        + "), LAG(n, "
        + offset
        + ")"
        + byTime
        + "), LEAD(n)"
        + byTime
        + "), SUM(n)"
        + byTime
        + "), RANK()"
        + byNumber
        + ", DENSE_RANK()"
        + byNumber
        + ", SUM(n)"
        + byNumber
        + ", SUM(n)"
        + frame
        + ", MIN(n)"
        + frame
        + ", COUNT(*)"
        + frame
        + ", FIRST_VALUE(n)"
        + frame
        + ", LAST_VALUE(n)"
        + frame
        + ", NTILE("
        + tiles
        + ")"
        + byTime
        + ") FROM (SELECT TO_NANOS(time) AS t, MOD(CAST(value AS BIGINT), 3) AS p,"
        + " CAST(value AS BIGINT) / 3 AS n FROM \"t\".s) AS x ORDER BY t";
  }

  private static List<@Nullable Object> expected(
      List<Row> all, Row row, int before, int after, int tiles, int offset) {
    List<Row> part = all.stream().filter(r -> r.part == row.part).toList();
    int at = part.indexOf(row);
    List<Row> frame = part.subList(Math.max(0, at - before), Math.min(part.size(), at + after + 1));
    return Arrays.asList(
        (long) row.time,
        at + 1L,
        at < offset ? null : (Long) (long) part.get(at - offset).number,
        at + 1 < part.size() ? (Long) (long) part.get(at + 1).number : null,
        sum(part.subList(0, at + 1)),
        1 + part.stream().filter(r -> r.number < row.number).count(),
        1 + part.stream().map(Row::number).filter(n -> n < row.number).distinct().count(),
        sum(part.stream().filter(r -> r.number <= row.number).collect(Collectors.toList())),
        sum(frame),
        (long) frame.stream().mapToInt(Row::number).min().orElseThrow(),
        (long) frame.size(),
        (long) frame.get(0).number,
        (long) frame.get(frame.size() - 1).number,
        tile(part.size(), at, tiles));
  }

  private static long sum(List<Row> rows) {
    return rows.stream().mapToLong(Row::number).sum();
  }

  /** The first {@code size % tiles} tiles have one row more than the others. */
  private static long tile(int size, int at, int tiles) {
    int[] sizes =
        IntStream.range(0, tiles).map(i -> size / tiles + (i < size % tiles ? 1 : 0)).toArray();
    int tile = 0;
    int last = sizes[0];
    while (at >= last) {
      tile++;
      last += sizes[tile];
    }
    return tile + 1L;
  }
}
