package org.btrdb.jdbc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import org.btrdb.embedded.server.BtrdbServer;
import org.btrdb.embedded.server.ServerOptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** What a server that knows keys says to {@code isValid}. */
@Timeout(60)
class IsValidTest {
  private static final String READER = "AAAAAAAA0000000000000001";
  private static final String OTHER = "AAAAAAAA0000000000000002";

  @TempDir Path directory;

  private ServerOptions options(int port, String key, String may) throws Exception {
    Path file = Files.createTempFile(directory, "keys", ".yaml");
    Files.writeString(file, "users:\n  someone: {keys: [" + key + "], " + may + "}\n");
    Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-------"));
    return ServerOptions.at(BtrdbServer.LOOPBACK, port).withKeys(file);
  }

  private static String url(BtrdbServer server, String key) {
    return "jdbc:btrdb://" + BtrdbServer.LOOPBACK + ":" + server.port() + "?apiKey=" + key;
  }

  @Test
  void everyKeyThatTheServerKnowsIsValidAndNoOther() throws Exception {
    try (TestData data = new TestData()) {
      data.ramp("plant/a", "s", 3);
      for (String may : new String[] {"read: [plant/]", "read: [other/]", "admin: [\"\"]"}) {
        int port;
        Connection connection;
        try (BtrdbServer server = BtrdbServer.start(data.btrdb(), options(0, READER, may))) {
          port = server.port();
          connection = DriverManager.getConnection(url(server, READER));
          assertThat(connection.isValid(10)).as(may).isTrue();
        }
        try (connection;
            Statement statement = connection.createStatement();
            BtrdbServer server = BtrdbServer.start(data.btrdb(), options(port, OTHER, may))) {
          assertThatExceptionOfType(SQLException.class)
              .isThrownBy(() -> read(statement))
              .satisfies(e -> assertThat(e.getSQLState()).as(e.getMessage()).isEqualTo("28000"));
          assertThat(connection.isValid(10)).as(may).isFalse();
          try (Connection own = DriverManager.getConnection(url(server, OTHER))) {
            assertThat(own.isValid(10)).as(may).isTrue();
          }
        }
      }
    }
  }

  private static void read(Statement statement) throws SQLException {
    try (ResultSet rows = statement.executeQuery("SELECT value FROM \"plant/a\".s")) {
      assertThat(rows.next()).isFalse();
    }
  }
}
