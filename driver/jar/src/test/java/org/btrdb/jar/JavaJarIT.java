package org.btrdb.jar;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.btrdb.client.Btrdb;
import org.btrdb.client.spi.BtrdbConnector;
import org.btrdb.embedded.server.BtrdbServer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code java -jar} on the one jar, in a process of its own. */
final class JavaJarIT {
  @TempDir Path directory;

  @Test
  void saysWhatItIs() throws Exception {
    Said said = java();
    assertThat(said.status).isZero();
    assertThat(said.err).isEmpty();
    assertThat(said.out)
        .startsWith("BTrDB JDBC driver ")
        .contains(IsolatedJar.file().toString(), "jdbc:btrdb:mem:NAME", "connectTimeout");
  }

  @Test
  void triesAConnectionAndSaysNothingElse() throws Exception {
    String url;
    try (Btrdb btrdb = BtrdbConnector.open("mem", "java-jar", Map.of());
        BtrdbServer server = BtrdbServer.start(btrdb, BtrdbServer.LOOPBACK, 0)) {
      url = "jdbc:btrdb://127.0.0.1:" + server.port();
      Said said = java("--test", url);
      assertThat(said.err).isEmpty();
      assertThat(said.status).isZero();
      assertThat(said.out).startsWith(url + ": BTrDB ").hasLineCount(1);
    }
    Said said = java(url + "?connectTimeout=2000");
    assertThat(said.status).isEqualTo(1);
    assertThat(said.err).startsWith("error: ").hasLineCount(1);
    assertThat(said.out).isEmpty();
  }

  @Test
  void wrongUsage() throws Exception {
    assertThat(java("--what").status).isEqualTo(2);
  }

  private Said java(String... arguments) throws IOException, InterruptedException {
    List<String> command =
        new ArrayList<>(
            List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:TieredStopAtLevel=1"));
    if (Runtime.version().feature() >= 24) {
      command.add("--sun-misc-unsafe-memory-access=allow"); // else the JVM warns of Netty
    }
    command.addAll(List.of("-jar", IsolatedJar.file().toString()));
    command.addAll(List.of(arguments));
    Path out = directory.resolve("out");
    Path err = directory.resolve("err");
    Process process =
        new ProcessBuilder(command)
            .redirectOutput(out.toFile())
            .redirectError(err.toFile())
            .start();
    int status = process.waitFor();
    return new Said(
        status,
        Files.readString(out, StandardCharsets.UTF_8),
        Files.readString(err, StandardCharsets.UTF_8));
  }

  private record Said(int status, String out, String err) {}
}
