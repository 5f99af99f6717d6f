package org.btrdb.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/**
 * The real launcher in a checkout of its own, where java and mvn are scripts that write down how
 * they were called.
 */
@DisabledOnOs(OS.WINDOWS)
final class LauncherTest {
  @TempDir private Path dir;
  private Path project;
  private Path jdk;
  private Path tools;

  @BeforeEach
  void makeCheckout() throws IOException {
    project = Files.createDirectories(dir.resolve("a checkout's dir"));
    jdk = Files.createDirectories(dir.resolve("some jdk"));
    tools = Files.createDirectories(dir.resolve("tools"));
    Files.copy(ProjectRoot.path().resolve("btrdb"), project.resolve("btrdb"));
    executable(project.resolve("btrdb"));
    Files.writeString(project.resolve("pom.xml"), "");
    Files.createDirectories(project.resolve("driver/src/main/java"));
    Files.createDirectories(project.resolve("driver/target"));
    script(
        tools.resolve("mvn"),
        """
        echo "mvn in ${PWD##*/}: $*" >>'BUILDS'
        echo maven says something
        mkdir -p cli/target && : >cli/target/btrdb-cli.jar && : >driver/target/btrdb-driver.jar
        """
            .replace("BUILDS", dir.resolve("builds").toString()));
    java("17.0.1");
  }

  @Test
  void buildsOnceAndKeepsStandardOutputClean() throws Exception {
    Run first = run(Map.of(), "query", "SELECT 1");
    assertThat(first.status).isZero();
    assertThat(first.out).doesNotContain("maven").contains("<query>\n<SELECT 1>\n");
    assertThat(first.err).contains("first use, building once").contains("maven says something");
    Run second = run(Map.of(), "info");
    assertThat(second.err).isEmpty();
    assertThat(Files.readAllLines(dir.resolve("builds"))).hasSize(1);
    assertThat(Files.readString(dir.resolve("builds"))).startsWith("mvn in a checkout's dir: ");
  }

  @Test
  void twoFirstUsesAtOnceBuildOnce() throws Exception {
    List<Process> both = new ArrayList<>();
    for (int i = 0; i < 2; i++) {
      both.add(start(Map.of(), "info"));
    }
    for (Process process : both) {
      assertThat(finish(process).status).isZero();
    }
    assertThat(Files.readAllLines(dir.resolve("builds"))).hasSize(1);
  }

  @Test
  void startsWithTheArchiveOfItsOwnJvmOnly() throws Exception {
    assertThat(run(Map.of(), "info").out).doesNotContain("SharedArchiveFile");
    Path archives = Files.createDirectories(project.resolve("cli/target"));
    Files.writeString(archives.resolve("btrdb-17.0.2.jsa"), "");
    assertThat(run(Map.of(), "info").out).doesNotContain("SharedArchiveFile");
    Path own = Files.writeString(archives.resolve("btrdb-17.0.1.jsa"), "");
    assertThat(run(Map.of(), "info").out).contains("<-XX:SharedArchiveFile=" + own + ">");
  }

  @Test
  void keepsWorkingDirectoryArgumentsAndStatus() throws Exception {
    Run run = run(Map.of("STATUS", "7"), "import", "two words.csv", "", "*", "$HOME", "\"q\"");
    assertThat(run.status).isEqualTo(7);
    assertThat(run.out)
        .startsWith("cwd " + dir.getFileName() + "\n")
        .endsWith("<import>\n<two words.csv>\n<>\n<*>\n<$HOME>\n<\"q\">\n");
  }

  @Test
  void argumentsAreUtf8InEveryLocale() throws Exception {
    for (String locale : List.of("", "C", "de_DE.ISO-8859-1", "xx_XX.UTF-8")) {
      assertThat(run(Map.of("LC_ALL", locale, "LANG", locale), "info").out())
          .as(locale)
          .contains("locale C.UTF-8 UTF-8\n");
    }
  }

  @Test
  void findsItsProjectThroughSymbolicLinks() throws Exception {
    Path bin = Files.createDirectories(dir.resolve("bin"));
    Files.createSymbolicLink(bin.resolve("b1"), Path.of("..", "a checkout's dir", "btrdb"));
    Files.createSymbolicLink(bin.resolve("b2"), bin.resolve("b1"));
    Run run = finish(start(bin.resolve("b2"), Map.of(), "info"));
    assertThat(run.out).contains("a checkout's dir/cli/target/btrdb-cli.jar>");
  }

  @Test
  void saysWhichJavaItNeeds() throws Exception {
    java("11.0.2");
    Run old = run(Map.of(), "info");
    assertThat(old.status).isEqualTo(1);
    assertThat(old.err).matches("btrdb: needs Java 17 or newer, .* is 11.0.2\n");
    Run none = run(Map.of("JAVA_HOME", dir.resolve("nowhere").toString()), "info");
    assertThat(none.status).isEqualTo(1);
    assertThat(none.err).startsWith("btrdb: JAVA_HOME has no bin/java: ");
    assertThat(dir.resolve("builds")).doesNotExist();
  }

  @Test
  void silencesWarningsOnlyWhereTheOptionExists() throws Exception {
    assertThat(run(Map.of(), "info").out).doesNotContain("--sun-misc");
    java("25");
    assertThat(run(Map.of(), "info").out).contains("<--sun-misc-unsafe-memory-access=allow>");
  }

  @Test
  void reportsAFailedBuild() throws Exception {
    script(tools.resolve("mvn"), "echo broken; exit 1");
    Run run = run(Map.of(), "info");
    assertThat(run.status).isEqualTo(1);
    assertThat(run.out).isEmpty();
    assertThat(run.err).endsWith("broken\nbtrdb: the build failed; its messages are above\n");
  }

  @Test
  void saysWhenSourcesAreNewerButDoesNotBuild() throws Exception {
    run(Map.of(), "info");
    Path source = Files.writeString(project.resolve("driver/src/main/java/A.java"), "");
    FileTime built = Files.getLastModifiedTime(project.resolve("driver/target/btrdb-driver.jar"));
    Files.setLastModifiedTime(source, FileTime.from(built.toInstant().plus(Duration.ofSeconds(5))));
    Run run = run(Map.of(), "info");
    assertThat(run.status).isZero();
    assertThat(run.err).startsWith("btrdb: sources of driver are newer than the build");
    assertThat(Files.readAllLines(dir.resolve("builds"))).hasSize(1);
  }

  private record Run(int status, String out, String err) {}

  private Run run(Map<String, String> variables, String... arguments) throws Exception {
    return finish(start(variables, arguments));
  }

  private Process start(Map<String, String> variables, String... arguments) throws IOException {
    return start(project.resolve("btrdb"), variables, arguments);
  }

  private Process start(Path launcher, Map<String, String> variables, String... arguments)
      throws IOException {
    List<String> command = new ArrayList<>(List.of(launcher.toString()));
    command.addAll(List.of(arguments));
    ProcessBuilder builder = new ProcessBuilder(command).directory(dir.toFile());
    builder.environment().put("JAVA_HOME", jdk.toString());
    builder.environment().put("PATH", tools + ":" + System.getenv("PATH"));
    builder.environment().putAll(variables);
    return builder.start();
  }

  private static Run finish(Process process) throws Exception {
    // Both fit into the pipes' buffers: one may be read after the other.
    String out = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    String err = new String(process.getErrorStream().readAllBytes(), StandardCharsets.UTF_8);
    return new Run(process.waitFor(), out, err);
  }

  private void java(String version) throws IOException {
    Path bin = Files.createDirectories(jdk.resolve("bin"));
    Files.writeString(
        jdk.resolve("release"), "IMPLEMENTOR=\"x\"\nJAVA_VERSION=\"" + version + "\"\n");
    script(
        bin.resolve("java"),
        """
        echo "cwd ${PWD##*/}"
        echo "locale ${LC_ALL:-} $(locale charmap)"
        for argument in "$@"; do echo "<$argument>"; done
        exit "${STATUS:-0}"
        """);
  }

  private static void script(Path file, String body) throws IOException {
    Files.writeString(file, "#!/bin/sh\n" + body);
    executable(file);
  }

  private static void executable(Path file) throws IOException {
    Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rwxr-xr-x"));
  }
}
