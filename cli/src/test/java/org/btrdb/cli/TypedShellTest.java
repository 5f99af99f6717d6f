package org.btrdb.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/** The shell at a terminal, which util-linux's {@code script} makes. */
@EnabledOnOs(OS.LINUX)
final class TypedShellTest {
  private static final String AT_A_TERMINAL =
      """
      { printf 'stty cols 40 rows 50; exec'; for a in "$@"; do printf " '%s'" "$a"; done; } >run.sh
      export TERM=dumb JAVA_TOOL_OPTIONS="-Dbtrdb.stdin.terminal=true -Duser.home=."
      exec script -qec 'sh run.sh' /dev/null <typed
      """;

  @TempDir private Path dir;

  @Test
  void numbersAreNotCutAtTheTerminalsWidth() throws Exception {
    assumeThat(Path.of("/usr/bin/script")).exists();
    Files.writeString(
        dir.resolve("typed"),
        "SELECT 'abcdefghijklmnopqrstuvwxyz' AS a, 2.2039208331234E9 AS b;\n!quit\n");
    try (ChildProcess shell =
        ChildProcess.start(dir, AT_A_TERMINAL, "shell", "--url", "jdbc:btrdb:mem:x")) {
      CliRun run = shell.finished();
      assertThat(run.out()).contains("| abcdefghijklmnopqrstuvwxyz | 2.2039208331234E9 |");
    }
  }
}
