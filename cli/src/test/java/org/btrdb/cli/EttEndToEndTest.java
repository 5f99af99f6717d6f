package org.btrdb.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.nio.file.Path;
import java.time.LocalDateTime;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.UnaryOperator;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The whole road: import real data, then ask for it in new processes, from disk and served. */
final class EttEndToEndTest {
  private static final double RELATIVE = 1e-12;

  /** A way to ask: which BTrDB, and from which process. */
  private interface Asks {
    CliRun csv(String sql) throws Exception;
  }

  @TempDir private static Path dir;
  private static List<EttData.Row> rows;

  @BeforeAll
  static void importBothFiles() throws Exception {
    rows = EttData.rows("ETTh1.csv");
    for (String station : List.of("1", "2")) {
      Path file = EttData.file("ETTh" + station + ".csv");
      CliRun run =
          ChildProcess.run(
              dir,
              "import",
              "--url",
              "jdbc:btrdb:file:data",
              "--collection",
              "ett/h" + station,
              file.toString());
      assertThat(run.status()).as(run.err()).isZero();
      assertThat(run.err()).isEmpty();
      assertThat(run.out())
          .contains("ett/h" + station + "/OT    17420 points\n")
          .contains("121940 points in 7 streams from 17420 rows of ")
          .endsWith("; rows refused: 0\n");
    }
  }

  @Test
  void answersFromDisk() throws Exception {
    answers(EttEndToEndTest::inNewProcess);
  }

  @Test
  void answersWhenServedAndStopsWhenAsked() throws Exception {
    try (ChildProcess server =
        ChildProcess.start(dir, "exec \"$@\"", "serve", "--data", "data", "--port", "0")) {
      Matcher url =
          Pattern.compile("jdbc:btrdb://127\\.0\\.0\\.1:[0-9]+").matcher(server.firstLine());
      assertThat(url.find()).isTrue();
      // The client may live here: the server is another process.
      answers(sql -> CliRun.here("query", "--url", url.group(), "--format", "csv", sql));
      CliRun locked =
          ChildProcess.run(
              dir, "query", "--url", "jdbc:btrdb:file:data", "SELECT * FROM \"ett/h1\".OT");
      OneLine.assertFailure(locked, "data");
      server.terminate();
      CliRun end = server.finished();
      assertThat(end.err()).isEmpty();
      assertThat(end.out().lines()).hasSize(1);
    }
    CliRun again = inNewProcess("SELECT COUNT(*) FROM \"ett/h1\".OT");
    assertThat(again.out()).endsWith("\n17420\n");
  }

  private static void answers(Asks asks) throws Exception {
    wholeRange(asks);
    LocalDateTime start = LocalDateTime.of(2016, 7, 9, 7, 30);
    LocalDateTime end = LocalDateTime.of(2017, 3, 11, 18, 0, 1);
    meansOf(asks, "MONTH", start, end, t -> t.truncatedTo(ChronoUnit.DAYS).withDayOfMonth(1));
    meansOf(asks, "DAY", start, end, t -> t.truncatedTo(ChronoUnit.DAYS));
    rowsInOrder(asks, start, end);
  }

  private static void wholeRange(Asks asks) throws Exception {
    String sql = "SELECT COUNT(*), MIN(value), MAX(value), AVG(value) FROM \"ett/h1\".OT";
    String[] cells = lines(csv(asks, sql)).get(1).split(",", -1);
    assertThat(cells[0]).isEqualTo(Integer.toString(rows.size()));
    assertThat(Double.parseDouble(cells[1]))
        .isEqualTo(rows.stream().mapToDouble(EttData.Row::oil).min().orElseThrow());
    assertThat(Double.parseDouble(cells[2]))
        .isEqualTo(rows.stream().mapToDouble(EttData.Row::oil).max().orElseThrow());
    assertMean(cells[3], rows);
    // One call on the tree, no points.
    String plan = csv(asks, "EXPLAIN PLAN FOR " + sql).out();
    assertThat(plan).containsOnlyOnce("call: ").contains("Windows(").doesNotContain("RawValues");
  }

  private static void meansOf(
      Asks asks,
      String unit,
      LocalDateTime start,
      LocalDateTime end,
      UnaryOperator<LocalDateTime> floor)
      throws Exception {
    Map<LocalDateTime, List<EttData.Row>> expected =
        between(start, end).stream()
            .collect(
                Collectors.groupingBy(
                    row -> floor.apply(row.time()), TreeMap::new, Collectors.toList()));
    String bucket = "FLOOR(time TO " + unit + ")";
    List<String> lines =
        lines(
            csv(
                asks,
                "SELECT "
                    + bucket
                    + " AS bucket, COUNT(*), AVG(value) FROM \"ett/h1\".OT WHERE "
                    + in(start, end)
                    + " GROUP BY "
                    + bucket
                    + " ORDER BY bucket"));
    assertThat(lines).hasSize(expected.size() + 1);
    int line = 1;
    for (Map.Entry<LocalDateTime, List<EttData.Row>> entry : expected.entrySet()) {
      String[] cells = lines.get(line++).split(",", -1);
      assertThat(cells[0]).isEqualTo(entry.getKey().toString().replace('T', ' ') + ":00.000000000");
      assertThat(cells[1]).isEqualTo(Integer.toString(entry.getValue().size()));
      assertMean(cells[2], entry.getValue());
    }
  }

  private static void rowsInOrder(Asks asks, LocalDateTime start, LocalDateTime end)
      throws Exception {
    List<String> expected = new ArrayList<>(List.of("time,value"));
    for (EttData.Row row : between(start, end)) {
      expected.add(row.timeText() + ".000000000," + row.oil());
    }
    String sql = "SELECT time, value FROM \"ett/h1\".OT WHERE " + in(start, end);
    assertThat(lines(csv(asks, sql))).isEqualTo(expected);
  }

  private static List<EttData.Row> between(LocalDateTime start, LocalDateTime end) {
    return rows.stream()
        .filter(row -> !row.time().isBefore(start) && row.time().isBefore(end))
        .toList();
  }

  private static String in(LocalDateTime start, LocalDateTime end) {
    return "time >= TIMESTAMP '"
        + start.toString().replace('T', ' ')
        + ":00' AND time < TIMESTAMP '"
        + end.toString().replace('T', ' ')
        + "'";
  }

  private static void assertMean(String text, List<EttData.Row> of) {
    double mean = EttData.mean(of);
    assertThat(Double.parseDouble(text)).isCloseTo(mean, within(Math.abs(mean) * RELATIVE));
  }

  private static CliRun csv(Asks asks, String sql) throws Exception {
    CliRun run = asks.csv(sql);
    assertThat(run.status()).as(run.err()).isZero();
    assertThat(run.err()).isEmpty();
    return run;
  }

  private static CliRun inNewProcess(String sql) throws Exception {
    return ChildProcess.run(dir, "query", "--url", "jdbc:btrdb:file:data", "--format", "csv", sql);
  }

  private static List<String> lines(CliRun run) {
    return run.out().lines().toList();
  }
}
