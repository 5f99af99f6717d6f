package org.btrdb.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import java.io.BufferedWriter;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.Random;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

final class ImportTest {
  private static final String URL = "jdbc:btrdb:mem:import-test";
  private static final int MANY_ROWS = 60_000;

  @TempDir private Path dir;
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
  void storesGoodRowsAndReportsRefusedOnes() throws Exception {
    Path file = file("time,a b,c\n1,1,10\n2,x,20\n3,,30\nsoon,4,40\n5,5\n6,6,60\n");
    CliRun run = importing(file, "--time-unit", "s");
    assertThat(run.status()).isEqualTo(1);
    assertThat(run.err().lines())
        .containsExactly(
            "refused: " + file + " line 3, column a b: 'x': not a finite number",
            "refused: " + file + " line 5, column time: 'soon': not a time (seconds)",
            "refused: " + file + " line 6, 2 cells, the header has 3");
    assertThat(run.out())
        .isEqualTo(
            """
            c/a b  2 points
            c/c    3 points
            times: seconds, 1970-01-01T00:00:01Z to 1970-01-01T00:00:06Z
            5 points in 2 streams from 6 rows of FILE; rows refused: 3
              1: not a finite number
              1: not a time (seconds)
              1: number of cells differs from the header's
            """
                .replace("FILE", file.toString()));
    assertThat(csv("SELECT time, value FROM c.\"a b\" ORDER BY time"))
        .isEqualTo(
            """
            time,value
            1970-01-01 00:00:01.000000000,1.0
            1970-01-01 00:00:06.000000000,6.0
            """);
  }

  @Test
  void showsTheFirstTenRefusalsAndCountsAll() throws Exception {
    StringBuilder text = new StringBuilder("time,a\n0,1\n");
    text.append("1,bad\n".repeat(25));
    CliRun run = importing(file(text.toString()), "--time-unit=s");
    assertThat(run.err().lines()).hasSize(11).last().asString().contains("more rows");
    assertThat(run.out()).contains("rows refused: 25\n  25: not a finite number\n");
  }

  @Test
  void keepsNanosecondsOfTextAndOfIntegers() throws Exception {
    importing(
        file(
            """
            t,text
            2016-07-01 00:00:00.000000001,1
            2016-07-01T02:00:00.000000002+02:00,2
            2016-07-01T00:00:00.000000003Z,3
            """));
    importing(
        file("t,integer\n1467331200000000001,1\n1467331200000000002,2\n1467331200000000003,3\n"));
    String expected =
        """
        time,value
        2016-07-01 00:00:00.000000001,1.0
        2016-07-01 00:00:00.000000002,2.0
        2016-07-01 00:00:00.000000003,3.0
        """;
    assertThat(csv("SELECT time, value FROM c.text ORDER BY time")).isEqualTo(expected);
    assertThat(csv("SELECT time, value FROM c.\"integer\" ORDER BY time")).isEqualTo(expected);
    assertThat(
            csv(
                "SELECT value FROM c.text WHERE time > TIMESTAMP '2016-07-01 00:00:00.000000001'"
                    + " AND time < TIMESTAMP '2016-07-01 00:00:00.000000003'"))
        .isEqualTo("value\n2.0\n");
  }

  @Test
  void mergePoliciesDecideAboutASecondImport() throws Exception {
    Path file = file("time,a\n1,1\n2,2\n");
    importing(file, "--time-unit=s");
    importing(file, "--time-unit=s", "--merge", "equal");
    assertThat(csv("SELECT COUNT(*), SUM(value) FROM c.a")).endsWith("\n2,3.0\n");
    importing(file("time,a\n1,5\n"), "--time-unit=s", "--merge=replace");
    assertThat(csv("SELECT COUNT(*), SUM(value) FROM c.a")).endsWith("\n2,7.0\n");
    importing(file("time,a\n1,9\n"), "--time-unit=s", "--merge=retain");
    assertThat(csv("SELECT COUNT(*), SUM(value) FROM c.a")).endsWith("\n2,7.0\n");
    importing(file("time,a\n1,1\n2,2\n"), "--time-unit=s", "--merge=never");
    assertThat(csv("SELECT COUNT(*), SUM(value) FROM c.a")).endsWith("\n4,10.0\n");
  }

  @Test
  void whatIsNoCsvCreatesNothing() throws Exception {
    OneLine.assertFailure(importing(file("no commas\nat all\n")), "m.csv line 1: only one column");
    OneLine.assertFailure(importing(file("time,a,a\n1,2,3\n")), "m.csv line 1: two columns");
    Path binary =
        Files.write(dir.resolve("b.csv"), new byte[] {0x50, 0x4b, 3, 4, 0, 0, (byte) 0xff});
    OneLine.assertFailure(importing(binary), "b.csv: not a CSV file");
    OneLine.assertFailure(importing(dir), "a directory");
    OneLine.assertFailure(importing(dir.resolve("none.csv")), "none.csv: no such file");
    OneLine.assertFailure(importing(file("time,a\n1,1\n")), "'1' may be", "; nothing was stored");
    CliRun prose = importing(file("Dear reader, this\nis, text\nin, lines\n"));
    assertThat(prose.status()).isEqualTo(1);
    assertThat(prose.out()).contains("rows refused: 2");
    CliRun info = CliRun.here("info", "--url", URL);
    assertThat(info.out()).contains("collections  0\n");
  }

  @Test
  void readsStandardInput() {
    String text = "time,a\n2016-07-01,1\n2016-07-02 00:00:00.000000001,2\n";
    CliRun run = CliRun.withInput(text, "import", "--url", URL, "--collection", "c", "-");
    assertThat(run.err()).isEmpty();
    assertThat(run.out())
        .contains("times: ISO text, 2016-07-01T00:00:00Z to 2016-07-02T00:00:00.000000001Z\n")
        .contains(" from 2 rows of standard input;");
  }

  @Test
  @DisabledOnOs(OS.WINDOWS)
  void whatMayNotBeReadIsSaid() throws Exception {
    Path file = file("time,a\n2016-07-01,1\n");
    Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("---------"));
    assumeThat(Files.isReadable(file)).as("whether this user may read everything").isFalse();
    OneLine.assertFailure(importing(file), "m.csv: permission denied");
  }

  @Test
  @DisabledOnOs(OS.WINDOWS)
  void aFullDiskIsOneLineAndNothingAcknowledgedIsLost() throws Exception {
    Path file = manyRows();
    long acknowledged;
    try (ChildProcess child =
        ChildProcess.start(dir, "ulimit -f 2000; exec \"$@\"", importArguments(file))) {
      CliRun full = child.finished();
      OneLine.assertFailure(full, "points acknowledged in c: ", "--merge equal");
      Matcher first = Pattern.compile("c: a ([0-9]+)").matcher(full.err());
      acknowledged = first.find() ? Long.parseLong(first.group(1)) : 0;
    }
    assertThat(countInNewProcess("a")).isBetween(acknowledged, (long) MANY_ROWS);
    goOnAndCount(file);
  }

  @Test
  @DisabledOnOs(OS.WINDOWS)
  void aKilledImportGoesOnWithMergeEqual() throws Exception {
    Path file = manyRows();
    long seed = System.nanoTime();
    Random random = new Random(seed);
    for (int i = 0; i < 3; i++) {
      try (ChildProcess child =
          ChildProcess.start(dir, "exec \"$@\"", importArguments(file, "--merge", "equal"))) {
        if (!child.endedWithin(random.nextInt(300, 2_000))) {
          child.kill();
        }
        child.finished();
      }
    }
    goOnAndCount(file);
  }

  @Test
  @DisabledOnOs(OS.WINDOWS)
  void outputThatIsClosedEarlyEndsQuietly() throws Exception {
    CliRun imported = ChildProcess.run(dir, importArguments(manyRows()));
    assertThat(imported.status()).as(imported.err()).isZero();
    try (ChildProcess head =
        ChildProcess.start(
            dir,
            "{ \"$@\"; echo \"status $?\" >&2; } | head -n 1",
            "query",
            "--url",
            "jdbc:btrdb:file:data",
            "--format",
            "csv",
            "SELECT * FROM c.a")) {
      CliRun run = head.finished();
      assertThat(run.out()).isEqualTo("time,value\n");
      assertThat(run.err()).isEqualTo("status 0\n");
    }
  }

  @Test
  @Tag("long")
  @DisabledOnOs(OS.WINDOWS)
  void anyNumberOfRowsFitsIntoASmallHeap() throws Exception {
    int rows = 3_000_000;
    Path file = dir.resolve("big.csv");
    try (BufferedWriter text = Files.newBufferedWriter(file)) {
      text.write("time,a\n");
      for (int i = 0; i < rows; i++) {
        text.write((1_467_331_200_000L + i) + "," + i + "\n");
      }
    }
    String smallHeap = "JAVA_TOOL_OPTIONS=-Xmx48m exec \"$@\"";
    try (ChildProcess child = ChildProcess.start(dir, smallHeap, importArguments(file))) {
      CliRun run = child.finished();
      assertThat(run.status()).as(run.err()).isZero();
      assertThat(run.out()).startsWith("c/a  " + rows + " points\n");
    }
    String[] query = {
      "query", "--url", "jdbc:btrdb:file:data", "--format=csv", "SELECT time, value FROM c.a"
    };
    try (ChildProcess child = ChildProcess.start(dir, smallHeap, query)) {
      CliRun run = child.finished();
      assertThat(run.status()).as(run.err()).isZero();
      assertThat(run.out().lines().count()).isEqualTo(rows + 1L);
    }
  }

  private void goOnAndCount(Path file) throws Exception {
    CliRun again = ChildProcess.run(dir, importArguments(file, "--merge", "equal"));
    assertThat(again.status()).as(again.err()).isZero();
    assertThat(countInNewProcess("a")).isEqualTo(MANY_ROWS);
    assertThat(countInNewProcess("b")).isEqualTo(MANY_ROWS);
  }

  private long countInNewProcess(String stream) throws Exception {
    CliRun run =
        ChildProcess.run(
            dir,
            "query",
            "--url",
            "jdbc:btrdb:file:data",
            "--format=csv",
            "SELECT COUNT(*) FROM c." + stream);
    if (run.err().contains("not found")) {
      return 0;
    }
    assertThat(run.status()).as(run.err()).isZero();
    return Long.parseLong(run.out().lines().skip(1).findFirst().orElseThrow());
  }

  private static String[] importArguments(Path file, String... more) {
    String[] first = {
      "import", "--url", "jdbc:btrdb:file:data", "--collection", "c", file.toString()
    };
    String[] all = java.util.Arrays.copyOf(first, first.length + more.length);
    System.arraycopy(more, 0, all, first.length, more.length);
    return all;
  }

  /** Enough for several batches, and noisy enough that it fills a disk. */
  private Path manyRows() throws IOException {
    Random random = new Random(1);
    StringBuilder text = new StringBuilder("time,a,b\n");
    for (int i = 0; i < MANY_ROWS; i++) {
      text.append(1_467_331_200L + i).append(',').append(random.nextGaussian()).append(',');
      text.append(random.nextGaussian()).append('\n');
    }
    return file(text.toString());
  }

  private Path file(String text) throws IOException {
    return Files.writeString(dir.resolve("m.csv"), text);
  }

  private static CliRun importing(Path file, String... more) {
    String[] first = {"import", "--url", URL, "--collection", "c", file.toString()};
    String[] all = java.util.Arrays.copyOf(first, first.length + more.length);
    System.arraycopy(more, 0, all, first.length, more.length);
    return CliRun.here(all);
  }

  private static String csv(String sql) {
    CliRun run = CliRun.here("query", "--url", URL, "--format", "csv", sql);
    assertThat(run.err()).isEmpty();
    return run.out();
  }
}
