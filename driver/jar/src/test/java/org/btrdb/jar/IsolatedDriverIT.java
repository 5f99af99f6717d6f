package org.btrdb.jar;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.Statement;
import java.util.List;
import java.util.Map;
import org.btrdb.client.Btrdb;
import org.btrdb.client.spi.BtrdbConnector;
import org.btrdb.embedded.server.BtrdbServer;
import org.btrdb.jar.inside.AnswersOf;
import org.btrdb.jar.inside.FoundDrivers;
import org.btrdb.jar.inside.LogRecords;
import org.btrdb.jar.inside.StatementRun;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The driver of the one jar, alone in its class loader, beside the same from separate jars. */
final class IsolatedDriverIT {
  private static final String SHADED = "org.btrdb.jdbc.shaded.";

  private static IsolatedJar jar;

  @TempDir Path directory;

  @BeforeAll
  static void load() {
    jar = IsolatedJar.with();
  }

  @AfterAll
  static void unload() {
    jar.close();
  }

  @Test
  void seesOnlyTheJdkAndItself() throws Exception {
    assertThat(jar.loader().getParent()).isSameAs(ClassLoader.getPlatformClassLoader());
    Class<?> driver = jar.loader().loadClass("org.btrdb.jdbc.BtrdbDriver");
    assertThat(driver.getClassLoader()).isSameAs(jar.loader());
    assertThat(driver.getProtectionDomain().getCodeSource().getLocation())
        .isEqualTo(IsolatedJar.file().toUri().toURL());
  }

  @Test
  void isTheOnlyDriver() throws Exception {
    assertThat(jar.apply(FoundDrivers.class, "")).containsExactly("org.btrdb.jdbc.BtrdbDriver");
  }

  @Test
  void answersLikeSeparateJarsInMemory() throws Exception {
    List<String> separate = new StatementRun().apply("jdbc:btrdb:mem:separate");
    assertThat(jar.apply(StatementRun.class, "jdbc:btrdb:mem:one"))
        .containsExactlyElementsOf(separate);
    // And what they answer is an answer, on each of the ways there are.
    assertThat(separate).noneMatch(line -> line.contains("refused: XX"));
    assertThat(separate.stream().filter(line -> line.contains("\n  refused: "))).hasSizeLessThan(5);
    assertThat(separate)
        .anyMatch(line -> line.contains("path: Calcite's Enumerable"))
        .anyMatch(line -> line.contains("LISTAGG") && line.contains("229.5,230.5,228.0"))
        .anyMatch(line -> line.contains("2026-03-01 12:00:00.000000000 (java.sql.Timestamp) | 2"));

    // Whatever Calcite's and Avatica's drivers did when their classes were loaded.
    for (String url : List.of("jdbc:calcite:", "jdbc:avatica:remote:url=http://127.0.0.1:1")) {
      assertThat(jar.apply(AnswersOf.class, url)).isEmpty();
    }
    assertThat(jar.apply(AnswersOf.class, "jdbc:btrdb:mem:one"))
        .containsExactly("org.btrdb.jdbc.BtrdbDriver");
  }

  /** Class names of the store, if there were any in its files, would be relocated too. */
  @Test
  void writesFilesThatSeparateJarsRead() throws Exception {
    String url = "jdbc:btrdb:file:" + directory.resolve("one");
    assertThat(jar.apply(StatementRun.class, url)).isNotEmpty();
    try (Connection connection = DriverManager.getConnection(url);
        Statement statement = connection.createStatement();
        ResultSet rows = statement.executeQuery("SELECT COUNT(*), MAX(value) FROM lab.volts")) {
      assertThat(rows.next()).isTrue();
      assertThat(rows.getLong(1)).isEqualTo(103);
      assertThat(rows.getDouble(2)).isEqualTo(230.5);
    }
  }

  @Test
  void answersLikeSeparateJarsFromAServer() throws Exception {
    List<String> separate;
    try (Btrdb btrdb = BtrdbConnector.open("mem", "served-separate", Map.of());
        BtrdbServer server = BtrdbServer.start(btrdb, BtrdbServer.LOOPBACK, 0)) {
      separate = new StatementRun().apply("jdbc:btrdb://127.0.0.1:" + server.port());
    }
    try (Btrdb btrdb = BtrdbConnector.open("mem", "served-plain", Map.of());
        BtrdbServer server = BtrdbServer.start(btrdb, BtrdbServer.LOOPBACK, 0)) {
      assertThat(jar.apply(StatementRun.class, "jdbc:btrdb://127.0.0.1:" + server.port()))
          .as("plaintext")
          .containsExactlyElementsOf(separate);
    }
    try (Btrdb btrdb = BtrdbConnector.open("mem", "served-tls", Map.of());
        BtrdbServer server = BtrdbServer.start(btrdb, BtrdbServer.LOOPBACK, 0);
        TlsFront front = TlsFront.before(server.port(), directory)) {
      String url =
          "jdbc:btrdb://127.0.0.1:" + front.port() + "?tls=true&caBundle=" + front.certificate();
      assertThat(jar.apply(StatementRun.class, url)).as("TLS").containsExactlyElementsOf(separate);
    }
  }

  @Test
  void logsToJavaUtilLogging() throws Exception {
    PrintStream before = System.err;
    ByteArrayOutputStream said = new ByteArrayOutputStream();
    try (IsolatedJar fresh = IsolatedJar.with();
        Btrdb btrdb = BtrdbConnector.open("mem", "logs", Map.of());
        BtrdbServer server = BtrdbServer.start(btrdb, BtrdbServer.LOOPBACK, 0)) {
      System.setErr(new PrintStream(said, true, StandardCharsets.UTF_8));
      assertThat(fresh.apply(LogRecords.class, "jdbc:btrdb://127.0.0.1:" + server.port()))
          .anyMatch(name -> name.startsWith(SHADED + "org.apache.calcite")) // by way of slf4j
          .anyMatch(name -> name.startsWith(SHADED + "io.grpc"));
    } finally {
      System.setErr(before);
    }
    assertThat(said.toString(StandardCharsets.UTF_8)).isEmpty();
  }

  @Test
  void loadsNettysNativeTransport() throws Exception {
    Class<?> epoll =
        jar.loader().loadClass(SHADED + "io.grpc.netty.shaded.io.netty.channel.epoll.Epoll");
    Object cause = epoll.getMethod("unavailabilityCause").invoke(null);
    if (System.getProperty("os.name").equals("Linux")
        && List.of("amd64", "aarch64").contains(System.getProperty("os.arch"))) {
      assertThat(cause).isNull();
    }
  }
}
