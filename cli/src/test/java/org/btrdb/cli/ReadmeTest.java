package org.btrdb.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** What README.md promises is what the code does. */
final class ReadmeTest {

  @Test
  void examplePrintsWhatTheReadmeSays() throws Exception {
    PrintStream before = System.out;
    ByteArrayOutputStream printed = new ByteArrayOutputStream();
    System.setOut(new PrintStream(printed, true, StandardCharsets.UTF_8));
    try {
      ReadmeExample.run();
    } finally {
      System.setOut(before);
    }
    assertThat(printed.toString(StandardCharsets.UTF_8))
        .isEqualToNormalizingNewlines(block("prints\n\n```\n(.*?)```"));
  }

  @Test
  void continuousIntegrationRunsTheTestCommandOfTheReadme() throws Exception {
    String command = block("All tests:\n\n {4}(.*?)\n").strip();
    String script = Files.readString(ProjectRoot.path().resolve(".ci/run"));
    assertThat(script.lines().filter(line -> !line.startsWith("#") && !line.isBlank()))
        .containsExactly("set -eu", "cd \"$(dirname \"$0\")/..\"", command);
  }

  private static String block(String pattern) throws Exception {
    String readme = Files.readString(ProjectRoot.path().resolve("README.md"));
    Matcher matcher = Pattern.compile(pattern, Pattern.DOTALL).matcher(readme);
    assertThat(matcher.find()).as(pattern).isTrue();
    return matcher.group(1);
  }
}
