package org.btrdb.jdbc;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.btrdb.embedded.server.BtrdbServer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What {@code java -jar} says. */
final class DriverMainTest {
  private static final String KEY = "4Secret4Key4";

  private final ByteArrayOutputStream out = new ByteArrayOutputStream();
  private final ByteArrayOutputStream err = new ByteArrayOutputStream();

  @Test
  void withoutArgumentsItDescribesItself() {
    assertThat(run()).isZero();
    assertThat(out())
        .startsWith(Product.DRIVER_NAME + " " + Product.DRIVER_VERSION)
        .contains("org.btrdb.jdbc.BtrdbDriver", "jdbc:btrdb://", "jdbc:btrdb:file:")
        .contains("classes"); // where it is
    for (BtrdbProperty property : BtrdbProperty.values()) {
      assertThat(out()).containsPattern("(?m)^  " + property.key() + " +\\S");
      assertThat(out().replaceAll("\\s+", " ")).contains(property.description());
    }
    assertThat(out().lines()).allMatch(line -> line.length() <= 100);
    assertThat(err()).isEmpty();
  }

  @Test
  void versionIsOneLine() {
    assertThat(run("--version")).isZero();
    assertThat(out()).hasLineCount(1).contains(Product.DRIVER_VERSION);
  }

  @Test
  void saysWhoAnswered() throws Exception {
    try (TestData data = new TestData();
        BtrdbServer server = BtrdbServer.start(data.btrdb(), BtrdbServer.LOOPBACK, 0)) {
      String place = "jdbc:btrdb://127.0.0.1:" + server.port();
      assertThat(run("--test", place + "?apiKey=" + KEY)).isZero();
      assertThat(out())
          .matches("\\Q" + place + "\\E: BTrDB \\d+\\.\\S+, connected in \\d+ ms\\R")
          .doesNotContain(KEY);
      assertThat(err()).isEmpty();
    }
  }

  @Test
  void aUrlAloneIsTriedToo() {
    assertThat(run("jdbc:btrdb:mem:drivermain")).isZero();
    assertThat(out()).startsWith("jdbc:btrdb:mem:drivermain: BTrDB ");
  }

  @Test
  void nobodyListens() throws Exception {
    int port;
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      port = socket.getLocalPort();
    }
    String url = "jdbc:btrdb://127.0.0.1:" + port + "?connectTimeout=2000&apiKey=" + KEY;
    assertThat(run(url)).isEqualTo(1);
    assertThat(out()).isEmpty();
    assertThat(err())
        .hasLineCount(1)
        .startsWith("error: ")
        .contains("127.0.0.1:" + port, "08001")
        .doesNotContain(KEY);
  }

  @Test
  void tryingADirectoryDoesNotMakeIt(@TempDir Path directory) {
    Path missing = directory.resolve("missing");
    assertThat(run("jdbc:btrdb:file:" + missing)).isEqualTo(1);
    assertThat(err()).hasLineCount(1).contains(missing.toString());
    assertThat(Files.exists(missing)).isFalse();
    assertThat(run("jdbc:btrdb:file:" + missing + "?create=true")).isZero();
    assertThat(Files.isDirectory(missing)).isTrue();
  }

  @Test
  void wrongUsageIsStatusTwo() {
    for (String[] wrong :
        new String[][] {
          {"--tset", "jdbc:btrdb:mem:a"},
          {"jdbc:btrdb:mem:a", KEY},
          {"jdbc:postgresql://127.0.0.1/a?password=" + KEY},
          {"jdbc:btrdb:mem:a?apyKey=" + KEY},
          {"jdbc:btrdb://127.0.0.1:0?apiKey=" + KEY}
        }) {
      err.reset();
      assertThat(run(wrong)).isEqualTo(2);
      assertThat(err()).hasLineCount(1).startsWith("error: ").doesNotContain(KEY);
    }
    assertThat(out()).isEmpty();
  }

  private int run(String... args) {
    return DriverMain.run(
        new PrintStream(out, true, StandardCharsets.UTF_8),
        new PrintStream(err, true, StandardCharsets.UTF_8),
        args);
  }

  private String out() {
    return out.toString(StandardCharsets.UTF_8);
  }

  private String err() {
    return err.toString(StandardCharsets.UTF_8);
  }
}
