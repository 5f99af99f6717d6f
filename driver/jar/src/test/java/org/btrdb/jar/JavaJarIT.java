package org.btrdb.jar;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
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
    JavaProcess said = java();
    assertThat(said.status()).isZero();
    assertThat(said.err()).isEmpty();
    assertThat(said.out())
        .startsWith("BTrDB JDBC driver ")
        .contains(IsolatedJar.file().toString(), "jdbc:btrdb:mem:NAME", "connectTimeout");
  }

  @Test
  void triesAConnectionAndSaysNothingElse() throws Exception {
    String url;
    try (Btrdb btrdb = BtrdbConnector.open("mem", "java-jar", Map.of());
        BtrdbServer server = BtrdbServer.start(btrdb, BtrdbServer.LOOPBACK, 0)) {
      url = "jdbc:btrdb://127.0.0.1:" + server.port();
      JavaProcess said = java("--test", url);
      assertThat(said.err()).isEmpty();
      assertThat(said.status()).isZero();
      assertThat(said.out()).startsWith(url + ": BTrDB ").hasLineCount(1);
    }
    JavaProcess said = java(url + "?connectTimeout=2000");
    assertThat(said.status()).isEqualTo(1);
    assertThat(said.err()).startsWith("error: ").hasLineCount(1);
    assertThat(said.out()).isEmpty();
  }

  @Test
  void wrongUsage() throws Exception {
    assertThat(java("--what").status()).isEqualTo(2);
  }

  private JavaProcess java(String... arguments) throws IOException, InterruptedException {
    List<String> all =
        new ArrayList<>(List.of("-XX:TieredStopAtLevel=1", "-jar", IsolatedJar.file().toString()));
    all.addAll(List.of(arguments));
    return JavaProcess.run(directory, all.toArray(String[]::new));
  }
}
