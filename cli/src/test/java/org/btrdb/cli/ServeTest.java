package org.btrdb.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Properties;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.btrdb.client.grpc.TestCertificates;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** {@code btrdb serve} in a process of its own, and what JDBC sees of it. */
@Timeout(240)
class ServeTest {
  private static final String LOADER = "0123456789ABCDEF01234567";
  private static final String READER = "76543210FEDCBA9876543210";

  @TempDir Path dir;

  private static String url(ChildProcess server) throws InterruptedException {
    Matcher url = Pattern.compile("jdbc:btrdb://\\S+").matcher(server.firstLine());
    assertThat(url.find()).isTrue();
    return url.group();
  }

  private static ChildProcess serve(Path dir, String... more) throws IOException {
    List<String> arguments = new ArrayList<>(List.of("serve", "--data", "data", "--port", "0"));
    arguments.addAll(List.of(more));
    return ChildProcess.start(dir, "exec \"$@\"", arguments.toArray(String[]::new));
  }

  private static Path makePrivate(Path file) throws IOException {
    return Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-------"));
  }

  private static Connection connect(String url, String key) throws SQLException {
    Properties properties = new Properties();
    properties.setProperty("apiKey", key);
    return DriverManager.getConnection(url, properties);
  }

  private static void assertState(String state, Connection connection, String sql)
      throws SQLException {
    try (Statement statement = connection.createStatement()) {
      assertThatThrownBy(
              () -> {
                statement.execute(sql);
                try (ResultSet rows = statement.getResultSet()) {
                  assertThat(rows.next()).isTrue();
                }
              })
          .as(sql)
          .isInstanceOfSatisfying(
              SQLException.class,
              e -> assertThat(e.getSQLState()).as(e.getMessage()).isEqualTo(state))
          .hasMessageNotContaining("\n");
    }
  }

  @Test
  void keysAndTlsAsJdbcSeesThem() throws Exception {
    TestCertificates certificates = TestCertificates.make(dir);
    makePrivate(Path.of(certificates.key("alone")));
    certificates.certificate("alone");
    makePrivate(
        Files.writeString(
            dir.resolve("keys.yaml"),
            """
            public: {read: [open/]}
            users:
              loader: {keys: [LOADER], read: [""], write: [plant/, open/]}
              reader: {keys: [READER], read: [plant/]}
            """
                .replace("LOADER", LOADER)
                .replace("READER", READER)));
    try (ChildProcess server =
        serve(
            dir,
            "--tls-certificate",
            "alone.crt",
            "--tls-key",
            "alone.key",
            "--keys",
            "keys.yaml")) {
      String told = url(server);
      assertThat(told).endsWith("?tls=true&caBundle=alone.crt");
      assertThat(server.firstLine().lines().skip(1))
          .containsExactly("clients send a key of keys.yaml: apiKey=KEY");
      String url = told.replace("alone.crt", dir.resolve("alone.crt").toString());
      String uuid = fill(url);
      try (Connection reader = connect(url, READER);
          Connection nobody = DriverManager.getConnection(url)) {
        assertThat(count(reader, "\"plant/a\".s")).isEqualTo(1);
        assertState(
            "42501", reader, "INSERT INTO \"plant/a\".s VALUES (TIMESTAMP '2026-01-01', 2)");
        assertState(
            "42501", reader, "CREATE TABLE \"plant/a\".t (time TIMESTAMP(9), value DOUBLE)");
        assertState("42S02", reader, "SELECT * FROM \"open/a\".s");
        assertState("42S02", nobody, "SELECT * FROM \"plant/a\".s");
        assertThat(collections(nobody)).containsExactly("open/a");
        assertThat(collections(reader)).containsExactly("plant/a");
        assertState("42501", nobody, "SELECT * FROM uuid.\"" + uuid + "\"");
      }
      String wrong = "AAAAAAAAAAAAAAAAAAAAAAAA";
      assertThatThrownBy(() -> connect(url, wrong))
          .isInstanceOfSatisfying(
              SQLException.class, e -> assertThat(e.getSQLState()).isEqualTo("28000"))
          .hasMessageContaining("invalid api key")
          .hasMessageNotContaining(wrong);
      server.terminate();
      CliRun end = server.finished();
      assertThat(end.err()).isEmpty();
      assertThat(end.out()).doesNotContain(LOADER).doesNotContain(READER);
    }
  }

  private static String fill(String url) throws SQLException {
    try (Connection loader = connect(url, LOADER);
        Statement statement = loader.createStatement()) {
      for (String stream : List.of("\"plant/a\".s", "\"open/a\".s")) {
        statement.execute("CREATE TABLE " + stream + " (time TIMESTAMP(9), value DOUBLE)");
        statement.execute("INSERT INTO " + stream + " VALUES (TIMESTAMP '2026-01-01 00:00:00', 1)");
      }
      assertState("42501", loader, "CREATE TABLE secret.s (time TIMESTAMP(9), value DOUBLE)");
      try (ResultSet rows =
          statement.executeQuery("SELECT uuid FROM btrdb.streams WHERE collection = 'plant/a'")) {
        assertThat(rows.next()).isTrue();
        return rows.getString(1);
      }
    }
  }

  private static long count(Connection connection, String stream) throws SQLException {
    try (Statement statement = connection.createStatement();
        ResultSet rows = statement.executeQuery("SELECT COUNT(*) FROM " + stream)) {
      assertThat(rows.next()).isTrue();
      return rows.getLong(1);
    }
  }

  private static List<String> collections(Connection connection) throws SQLException {
    List<String> names = new ArrayList<>();
    try (ResultSet tables =
        connection.getMetaData().getTables(null, null, "s", new String[] {"TABLE"})) {
      while (tables.next()) {
        names.add(tables.getString("TABLE_SCHEM"));
      }
    }
    return names;
  }

  @Test
  void whatWasAcknowledgedBeforeSigtermIsThereAndNothingElse() throws Exception {
    try (ChildProcess server = serve(dir, "--grace", "30")) {
      String url = url(server) + "?retryTimeout=0";
      try (Connection connection = DriverManager.getConnection(url);
          Statement statement = connection.createStatement()) {
        for (int i = 0; i < 3; i++) {
          statement.execute("CREATE TABLE w.s" + i + " (time TIMESTAMP(9), value DOUBLE)");
        }
      }
      CountDownLatch enough = new CountDownLatch(300);
      List<CompletableFuture<Long>> writers = new ArrayList<>();
      for (int i = 0; i < 3; i++) {
        String stream = "w.s" + i;
        writers.add(
            CompletableFuture.supplyAsync(
                () -> writeUntilRefused(url, stream, enough),
                task -> new Thread(task, stream).start()));
      }
      enough.await();
      server.terminate();
      CliRun end = server.finished();
      assertThat(end.err()).isEmpty();
      assertThat(end.status()).isZero();
      try (Connection again =
          DriverManager.getConnection("jdbc:btrdb:file:" + dir.resolve("data"))) {
        for (int i = 0; i < 3; i++) {
          assertThat(count(again, "w.s" + i)).isEqualTo(writers.get(i).get(30, TimeUnit.SECONDS));
        }
      }
    }
  }

  /** Writes point after point; how many were acknowledged. */
  private static long writeUntilRefused(String url, String stream, CountDownLatch enough) {
    long acknowledged = 0;
    try (Connection connection = DriverManager.getConnection(url);
        PreparedStatement insert =
            connection.prepareStatement("INSERT INTO " + stream + " VALUES (?, 1)")) {
      while (true) {
        insert.setLong(1, acknowledged);
        assertThat(insert.executeUpdate()).isEqualTo(1);
        acknowledged++;
        enough.countDown();
      }
    } catch (SQLException e) {
      assertThat(e.getSQLState()).as(e.getMessage()).isEqualTo("08006");
      return acknowledged;
    }
  }

  @Test
  void whoOpensItToOthersIsWarned() throws Exception {
    try (ChildProcess server = serve(dir, "--host", "0.0.0.0")) {
      assertThat(url(server)).startsWith("jdbc:btrdb://127.0.0.1:");
      server.terminate();
      assertThat(server.finished().err())
          .isEqualTo(
              "warning: others than this machine may reach 0.0.0.0, and nothing is encrypted, keys"
                  + " neither (--tls-certificate, --tls-key)\n"
                  + "warning: whoever reaches 0.0.0.0 may read, change and remove all (--keys)\n");
    }
  }

  @Test
  void optionsThatMakeNoSenseAreOneLine() throws Exception {
    Path data = dir.resolve("data");
    CliRun half = CliRun.here("serve", "--data", data.toString(), "--port", "0", "--tls-key", "k");
    assertThat(half.status()).isEqualTo(2);
    assertThat(half.err())
        .startsWith("error: Missing")
        .contains("--tls-certificate")
        .hasLineCount(1);
    CliRun calls =
        CliRun.here("serve", "--data", data.toString(), "--port", "0", "--max-calls", "0");
    assertThat(calls.status()).isEqualTo(2);
    assertThat(calls.err()).contains("--max-calls is 1 or more").hasLineCount(1);
    OneLine.assertFailure(
        CliRun.here("serve", "--data", data.toString(), "--port", "0", "--keys", "none.yaml"),
        "keys file 'none.yaml': no such file");
    Path keys = makePrivate(Files.writeString(dir.resolve("k.yaml"), "users: " + LOADER + "\n"));
    CliRun wrong =
        CliRun.here("serve", "--data", data.toString(), "--port", "0", "--keys", keys.toString());
    OneLine.assertFailure(wrong, "keys file '" + keys + "': line 1: users is no mapping");
    assertThat(wrong.err()).doesNotContain(LOADER);
  }
}
