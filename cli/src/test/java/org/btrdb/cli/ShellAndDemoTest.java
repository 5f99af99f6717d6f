package org.btrdb.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

final class ShellAndDemoTest {
  @TempDir private Path dir;

  @Test
  @DisabledOnOs(OS.WINDOWS)
  void shellReadsStatementsFromAPipe() throws Exception {
    Files.writeString(
        dir.resolve("script"),
        """
        CREATE TABLE t.s (time TIMESTAMP(9), value DOUBLE);
        INSERT INTO t.s (time, value)
          VALUES (TIMESTAMP '2016-03-13 02:30:00.123456789', 1.5);
        !outputformat csv
        SELECT * FROM nowhere;
        SELECT * FROM t.s;""");
    // An hour that the clocks of this zone skipped.
    String script = "TZ=America/New_York exec \"$@\" <script";
    try (ChildProcess shell =
        ChildProcess.start(dir, script, "shell", "--url", "jdbc:btrdb:file:data?create=true")) {
      CliRun run = shell.finished();
      assertThat(run.out())
          .isEqualTo("\"time\",\"value\"\n\"2016-03-13 02:30:00.123456789\",\"1.5\"\n");
      assertThat(run.err()).startsWith("Error: ").contains("nowhere");
      assertThat(run.err().lines()).hasSize(1);
      assertThat(run.status()).isEqualTo(1);
    }
    OneLine.assertFailure(ChildProcess.run(dir, "shell", "--url", "jdbc:btrdb:tape:x"), "tape");
  }

  @Test
  @DisabledOnOs(OS.WINDOWS)
  void shellTakesCharactersOfAPipeAsTheyAre() throws Exception {
    CliRun run =
        piped("!outputformat csv\nSELECT 'C:\\temp\\' AS \"a\tb\", '!x\t!!' AS c;\n-- the end\n\n");
    assertThat(run.err()).isEmpty();
    assertThat(run.out()).isEqualTo("\"a\tb\",\"c\"\n\"C:\\temp\\\",\"!x\t!!\"\n");
    assertThat(run.status()).isZero();
  }

  @Test
  @DisabledOnOs(OS.WINDOWS)
  void whatAPipeDoesNotEndIsRefusedAndNotDropped() throws Exception {
    for (String text :
        List.of("SELECT 1 AS x\n", "SELECT 1 AS x", "SELECT 1 AS x, 'y\n;\nSELECT 2;\n")) {
      CliRun run = piped("!outputformat csv\nSELECT 0 AS z;\n" + text);
      assertThat(run.out()).isEqualTo("\"z\"\n\"0\"\n");
      assertThat(run.err())
          .startsWith("error: no ; ends the last statement")
          .contains(": SELECT 1 AS x");
      assertThat(run.err().lines()).hasSize(1);
      assertThat(run.status()).isEqualTo(1);
    }
    Files.write(dir.resolve("script"), new byte[] {'\'', (byte) 0xb5, '\'', ';'});
    CliRun latin1 = runScript();
    assertThat(latin1.err()).isEqualTo("error: standard input is not UTF-8\n");
    assertThat(latin1.status()).isEqualTo(1);
  }

  private CliRun piped(String text) throws Exception {
    Files.writeString(dir.resolve("script"), text);
    return runScript();
  }

  private CliRun runScript() throws Exception {
    try (ChildProcess shell =
        ChildProcess.start(dir, "exec \"$@\" <script", "shell", "--url", "jdbc:btrdb:mem:x")) {
      return shell.finished();
    }
  }

  @Test
  void shellMakesNoDirectoryOfAMistypedOne() {
    Path missing = dir.resolve("mistyped");
    OneLine.assertFailure(CliRun.here("shell", "--url", "jdbc:btrdb:file:" + missing), "mistyped");
    assertThat(missing).doesNotExist();
  }

  @Test
  void demoFindsTheSagAndTheExcursionAndSaysHowToGoOn() {
    CliRun first = CliRun.here("demo", "--data", dir.resolve("demo").toString());
    assertThat(first.err()).isEmpty();
    assertThat(first.status()).isZero();
    assertThat(first.out())
        .contains("288000 points stored.")
        .contains("72000 | 4447.066965597885 |")
        .contains(" 2026-03-01 12:04:10.250000000 |  4448.2842315")
        .contains(" 2026-03-01 12:07:00.000000000 | 59.8712854073")
        .contains("call: Windows(\"demo/pmu\".\"L1MAG\"")
        .contains("call: RawValues(\"demo/pmu\".\"L1MAG\"")
        .contains("./btrdb shell --url 'jdbc:btrdb:file:")
        .contains("./btrdb serve --data '");
    CliRun again = CliRun.here("demo", "--data", dir.resolve("demo").toString());
    assertThat(again.out()).as("the same points once more").isEqualTo(first.out());
  }

  @Test
  void infoCountsCollectionsAndStreams() throws Exception {
    Path file = Files.writeString(dir.resolve("m.csv"), "time,a,b\n2016-07-01,1,1\n");
    String url = "jdbc:btrdb:file:" + dir.resolve("info");
    for (int i = 0; i < 3; i++) {
      CliRun.here("import", "--url", url, "--collection", "c_" + i, file.toString());
    }
    // An underscore is a wildcard of JDBC's patterns; it must not count the others' streams.
    CliRun.here("import", "--url", url, "--collection", "cx1", file.toString());
    CliRun info = CliRun.here("info", "--url", url);
    assertThat(info.err()).isEmpty();
    assertThat(info.out())
        .contains("collections  4\nstreams      8\n")
        .contains("  c_1  2\n", "  cx1  2\n");
  }
}
