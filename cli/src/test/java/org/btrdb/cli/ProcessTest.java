package org.btrdb.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/** What a command has around it: a full disk, a reader that leaves, a locale. */
@EnabledOnOs(OS.LINUX)
final class ProcessTest {
  private static final String URL = "jdbc:btrdb:file:data";

  @TempDir private Path dir;

  @BeforeEach
  void makeData() throws Exception {
    Files.writeString(dir.resolve("m.csv"), "time,a\n2016-07-01,1\n");
    Files.writeString(dir.resolve("script"), "SELECT 1;\n");
    String data = dir.resolve("data").toString();
    CliRun made =
        CliRun.here("import", "--url", "jdbc:btrdb:file:" + data, "--collection=c", dir + "/m.csv");
    assertThat(made.status()).as(made.err()).isZero();
  }

  @Test
  void whatCannotBeWrittenIsAFailure() throws Exception {
    assumeThat(Path.of("/dev/full")).exists();
    for (List<String> command :
        List.of(
            List.of("info", "--url", URL),
            List.of("check", "--data", "data"),
            List.of("backup", "--data", "data", "--to", "copy"),
            List.of("import", "--url", URL, "--collection=c", "m.csv"),
            List.of("shell", "--url", URL),
            List.of("serve", "--data", "data", "--port", "0"),
            List.of("--help"))) {
      CliRun run = run("exec \"$@\" <script >/dev/full", command);
      assertThat(run.err())
          .as(command.get(0))
          .startsWith("error: cannot write the output: ")
          .hasLineCount(1);
      assertThat(run.status()).as(command.get(0)).isEqualTo(1);
    }
  }

  @Test
  void aReaderThatLeavesIsNoFailure() throws Exception {
    CliRun run =
        run("{ \"$@\"; echo \"status $?\" >&2; } <script | :", List.of("info", "--url", URL));
    assertThat(run.err()).isEqualTo("status 0\n");
  }

  @Test
  void argumentsThatTheLocaleCannotSayAreRefused() throws Exception {
    CliRun run =
        run(
            "LC_ALL=C exec \"$@\" \"$(printf 'SELECT \\302\\265')\"",
            List.of("query", "--url", URL));
    assertThat(run.status()).isEqualTo(2);
    assertThat(run.err())
        .startsWith("error: an argument is not text in the locale's encoding")
        .hasLineCount(1);
  }

  private CliRun run(String script, List<String> command) throws Exception {
    try (ChildProcess child = ChildProcess.start(dir, script, command.toArray(String[]::new))) {
      return child.finished();
    }
  }
}
