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
    answers("jdbc:btrdb:file:data");
  }

  @Test
  void answersWhenServedAndStopsWhenAsked() throws Exception {
    try (ChildProcess server =
        ChildProcess.start(dir, "exec \"$@\"", "serve", "--data", "data", "--port", "0")) {
      Matcher url =
          Pattern.compile("jdbc:btrdb://127\\.0\\.0\\.1:[0-9]+").matcher(server.firstLine());
      assertThat(url.find()).isTrue();
      answers(url.group());
      CliRun locked =
          ChildProcess.run(
              dir, "query", "--url", "jdbc:btrdb:file:data", "SELECT * FROM \"ett/h1\".OT");
      OneLine.assertFailure(locked, "data");
      server.terminate();
      CliRun end = server.finished();
      assertThat(end.err()).isEmpty();
      assertThat(end.out().lines()).hasSize(1);
    }
    CliRun again = csv("jdbc:btrdb:file:data", "SELECT COUNT(*) FROM \"ett/h1\".OT");
    assertThat(again.out()).endsWith("\n17420\n");
  }

  private static void answers(String url) throws Exception {
    wholeRange(url);
    LocalDateTime start = LocalDateTime.of(2016, 7, 9, 7, 30);
    LocalDateTime end = LocalDateTime.of(2017, 3, 11, 18, 0, 1);
    meansOf(url, "MONTH", start, end, t -> t.truncatedTo(ChronoUnit.DAYS).withDayOfMonth(1));
    meansOf(url, "DAY", start, end, t -> t.truncatedTo(ChronoUnit.DAYS));
    rowsInOrder(url, start, end);
  }

  private static void wholeRange(String url) throws Exception {
    String sql = "SELECT COUNT(*), MIN(value), MAX(value), AVG(value) FROM \"ett/h1\".OT";
    String[] cells = lines(csv(url, sql)).get(1).split(",", -1);
    assertThat(cells[0]).isEqualTo(Integer.toString(rows.size()));
    assertThat(Double.parseDouble(cells[1]))
        .isEqualTo(rows.stream().mapToDouble(EttData.Row::oil).min().orElseThrow());
    assertThat(Double.parseDouble(cells[2]))
        .isEqualTo(rows.stream().mapToDouble(EttData.Row::oil).max().orElseThrow());
    assertMean(cells[3], rows);
    // One call on the tree, no points.
    String plan = csv(url, "EXPLAIN PLAN FOR " + sql).out();
    assertThat(plan).containsOnlyOnce("call: ").contains("Windows(").doesNotContain("RawValues");
  }

  private static void meansOf(
      String url,
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
                url,
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

  private static void rowsInOrder(String url, LocalDateTime start, LocalDateTime end)
      throws Exception {
    List<String> expected = new ArrayList<>(List.of("time,value"));
    for (EttData.Row row : between(start, end)) {
      expected.add(row.timeText() + ".000000000," + row.oil());
    }
    String sql = "SELECT time, value FROM \"ett/h1\".OT WHERE " + in(start, end);
    assertThat(lines(csv(url, sql))).isEqualTo(expected);
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

  private static CliRun csv(String url, String sql) throws Exception {
    CliRun run = ChildProcess.run(dir, "query", "--url", url, "--format", "csv", sql);
    assertThat(run.status()).as(run.err()).isZero();
    assertThat(run.err()).isEmpty();
    return run;
  }

  private static List<String> lines(CliRun run) {
    return run.out().lines().toList();
  }
}
