package org.btrdb.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Instant;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

final class QueryTest {
  private static final String URL = "jdbc:btrdb:mem:query-test";

  private Connection keepsTheMemoryAlive;

  @BeforeEach
  void open() throws SQLException {
    keepsTheMemoryAlive = DriverManager.getConnection(URL);
  }

  @AfterEach
  void close() throws SQLException {
    keepsTheMemoryAlive.close();
  }

  @Test
  void csvQuotesWhatNeedsItAndTellsNullFromEmpty() {
    CliRun run = query("csv", "VALUES (1, 'a,b', CAST(NULL AS DOUBLE), '', 'say \"x\"', TRUE)");
    assertThat(run.err()).isEmpty();
    assertThat(run.out().lines().skip(1)).containsExactly("1,\"a,b\",,\"\",\"say \"\"x\"\"\",true");
  }

  @Test
  void jsonLinesHaveTypesOfJson() {
    CliRun run =
        query(
            "jsonl",
            "SELECT * FROM (VALUES (1, 0.5e0, TRUE, CAST(NULL AS DOUBLE), 'é\"',"
                + " TIMESTAMP '2026-03-01 12:00:00.000000001'),"
                + " (2, 1e0, FALSE, 2e0, 'ab', TIMESTAMP '2026-03-01 12:00:00'))"
                + " AS t (i, d, b, n, s, t) ORDER BY i");
    assertThat(run.err()).isEmpty();
    assertThat(run.out())
        .isEqualTo(
            """
            {"i":1,"d":0.5,"b":true,"n":null,"s":"é\\"","t":"2026-03-01 12:00:00.000000001"}
            {"i":2,"d":1.0,"b":false,"n":2.0,"s":"ab","t":"2026-03-01 12:00:00.000000000"}
            """);
  }

  @Test
  void jsonLinesOfRealsArraysAndMaps() {
    CliRun run =
        query(
            "jsonl",
            "SELECT CAST(0.1 AS REAL) AS r, ARRAY[1.5e0, 2] AS a, MAP['k', 'v'] AS m,"
                + " ARRAY['x', 'y\"'] AS s");
    assertThat(run.err()).isEmpty();
    assertThat(run.out())
        .isEqualTo("{\"r\":0.1,\"a\":[1.5,2.0],\"m\":{\"k\":\"v\"},\"s\":[\"x\",\"y\\\"\"]}\n");
    assertThat(query("csv", "SELECT CAST(0.1 AS REAL) AS r").out()).isEqualTo("r\n0.1\n");
  }

  @Test
  void jsonLinesLoseNoColumnOfTwoWithOneName() {
    OneLine.assertFailure(
        query("jsonl", "SELECT 1 AS v, 2 AS v"), "two columns are named 'v': name one with AS");
    assertThat(query("jsonl", "SELECT 1 AS v, 2 AS \"V\"").out()).isEqualTo("{\"v\":1,\"V\":2}\n");
  }

  @Test
  void tableShowsControlCharactersEscaped() {
    assertThat(query("table", "SELECT '\u001b[31ma\nb' AS t, 1 AS n").out())
        .isEqualTo(
            """
             t              | n
            ----------------+--
             \\u001b[31ma\\nb | 1
            (1 row)
            """);
  }

  @Test
  void warningsGoToStandardErrorAndRowsToTheOutput() throws SQLException {
    insert("hidden", List.of(1L, 2L), List.of(1.0, 2.0));
    CliRun run =
        query("csv", "SELECT date_bin('1s', time) AS time, COUNT(*) FROM t.hidden GROUP BY time");
    assertThat(run.err()).startsWith("warning: GROUP BY time").contains("GROUP BY 1");
    assertThat(run.out().lines()).hasSize(3);
  }

  @Test
  void tableAlignsAndCounts() throws SQLException {
    insert("table", List.of(1L, 2L), List.of(1.5, -22.25));
    assertThat(query("table", "SELECT time, value FROM t.\"table\" ORDER BY time").out())
        .isEqualTo(
            """
             time                          | value
            -------------------------------+-------
             1970-01-01 00:00:00.000000001 |    1.5
             1970-01-01 00:00:00.000000002 | -22.25
            (2 rows)
            """);
  }

  @Test
  void numbersAndNeighbouringNanosecondsComeBackExactly() throws SQLException {
    long seed = System.nanoTime();
    Random random = new Random(seed);
    long start = 1_467_331_200_123_456_780L;
    List<Long> times = random.longs(500, 0, 1000).distinct().sorted().boxed().toList();
    List<Double> values =
        times.stream()
            .map(t -> Double.longBitsToDouble(random.nextLong()))
            .map(v -> Double.isFinite(v) ? v : 0.1)
            .toList();
    insert("exact", times.stream().map(t -> t + start).toList(), values);
    CliRun run = query("csv", "SELECT time, value FROM t.exact ORDER BY time");
    List<String> lines = run.out().lines().skip(1).toList();
    assertThat(lines).as("seed %d", seed).hasSameSizeAs(times);
    for (int i = 0; i < lines.size(); i++) {
      String[] cells = lines.get(i).split(",", -1);
      Instant time = Instant.parse(cells[0].replace(' ', 'T') + "Z");
      assertThat(time)
          .as("seed %d", seed)
          .isEqualTo(Instant.ofEpochSecond(0, start + times.get(i)));
      assertThat(Double.parseDouble(cells[1])).as("seed %d", seed).isEqualTo(values.get(i));
    }
    String bound = "TIMESTAMP '2016-07-01 00:00:00.123457000'";
    long at = start + 220;
    long before = times.stream().filter(t -> t + start < at).count();
    assertThat(query("csv", "SELECT COUNT(*) FROM t.exact WHERE time < " + bound).out())
        .as("seed %d", seed)
        .endsWith("\n" + before + "\n");
  }

  @Test
  void updatesPrintTheirCount() {
    assertThat(query("table", "CREATE TABLE t.u (time TIMESTAMP(9), value DOUBLE)").out())
        .isEqualTo("0\n");
    String insert =
        "INSERT INTO t.u (time, value) VALUES (TIMESTAMP '2026-03-01 00:00:00', 1),"
            + " (TIMESTAMP '2026-03-01 00:00:01', 2)";
    assertThat(query("table", insert).out()).isEqualTo("2\n");
    assertThat(query("csv", insert).out()).isEqualTo("count\n2\n");
    assertThat(query("jsonl", insert).out()).isEqualTo("{\"count\":2}\n");
  }

  @Test
  void readsTheStatementFromStandardInput() {
    CliRun run =
        CliRun.withInput("SELECT\n 'ü' AS u;\n", "query", "--url", URL, "--format=csv", "-");
    assertThat(run.err()).isEmpty();
    assertThat(run.out()).isEqualTo("u\nü\n");
  }

  @Test
  void failuresAreOneLineOnStandardError() {
    OneLine.assertFailure(query("csv", "SELECT * FROM nowhere.nothing"), "nothing");
    OneLine.assertFailure(query("csv", "SELECT\n*\nFROM"), "line 3");
    OneLine.assertFailure(query("csv", "SELECT colour FROM t.u"));
    OneLine.assertFailure(query("csv", ""));
    String pom = ProjectRoot.path().resolve("pom.xml").toString();
    OneLine.assertFailure(
        CliRun.here("query", "--url", "jdbc:btrdb:file:" + pom, "VALUES 1"), "not a directory");
    for (String url : List.of("jdbc:postgresql://x/y", "jdbc:btrdb:", "jdbc:btrdb:tape:x", "x")) {
      OneLine.assertFailure(CliRun.here("query", "--url", url, "VALUES 1"));
    }
  }

  @Test
  void wrongUsageIsOneLineAndStatusTwo() {
    for (String[] arguments :
        List.of(
            new String[] {},
            new String[] {"frobnicate"},
            new String[] {"query", "--url", URL},
            new String[] {"query", "--url", URL, "--format", "xml", "VALUES 1"},
            new String[] {"query", "--url", URL, "VALUES 1", "VALUES 2"},
            new String[] {"import", "--url", URL, "x.csv"},
            new String[] {"import", "--url", URL, "--collection", "", "x.csv"},
            new String[] {"import", "--url", URL, "--collection=c", "--delimiter=;;", "x.csv"},
            new String[] {"query", "--url", URL, "SELECT '\ufffd'"},
            new String[] {"serve", "--data", "x", "--port", "99999"},
            new String[] {"serve", "--data", "x", "--port", "many"})) {
      CliRun run = CliRun.here(arguments);
      assertThat(run.status()).as(run.err()).isEqualTo(2);
      assertThat(run.err().lines()).hasSize(1);
      assertThat(run.err())
          .startsWith("error: ")
          .doesNotContain("Error")
          .containsAnyOf("--help)", "\ufffd");
      assertThat(run.out()).isEmpty();
    }
  }

  @Test
  void helpAndVersionGoToStandardOutput() {
    for (String command : List.of("demo", "import", "query", "shell", "serve", "info")) {
      CliRun run = CliRun.here(command, "--help");
      assertThat(run.status()).isZero();
      assertThat(run.out()).startsWith("Usage: btrdb " + command);
      assertThat(CliRun.here("--help").out()).contains("  " + command + " ");
    }
    assertThat(CliRun.here("--version").out()).matches("(?s)btrdb \\d+\\.\\d+.*Java.*");
  }

  private void insert(String stream, List<Long> times, List<Double> values) throws SQLException {
    try (Statement create = keepsTheMemoryAlive.createStatement()) {
      create.execute("CREATE TABLE t.\"" + stream + "\" (time TIMESTAMP(9), value DOUBLE)");
    }
    try (PreparedStatement insert =
        keepsTheMemoryAlive.prepareStatement(
            "INSERT INTO t.\"" + stream + "\" (time, value) VALUES (?, ?)")) {
      for (int i = 0; i < times.size(); i++) {
        insert.setObject(1, Instant.ofEpochSecond(0, times.get(i)));
        insert.setDouble(2, values.get(i));
        insert.addBatch();
      }
      insert.executeBatch();
    }
  }

  private static CliRun query(String format, String sql) {
    return CliRun.here("query", "--url", URL, "--format", format, sql);
  }
}
