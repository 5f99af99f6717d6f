package org.btrdb.jdbc;

import static org.assertj.core.api.Assertions.assertThat;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import sqlline.SqlLine;

/** HikariCP and SQLLine, the real ones. */
class ClientsTest {
  private final TestData data = new TestData();

  @BeforeEach
  void fill() {
    data.ramp("ett/h1", "OT", 5);
  }

  @AfterEach
  void close() {
    data.close();
  }

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void hikariPoolsConnections(boolean autoCommit) throws SQLException {
    HikariConfig config = new HikariConfig();
    config.setJdbcUrl(data.url());
    config.setMaximumPoolSize(2);
    config.setAutoCommit(autoCommit);
    config.setReadOnly(true);
    config.setSchema("ett/h1");
    config.setTransactionIsolation("TRANSACTION_READ_COMMITTED");
    try (HikariDataSource pool = new HikariDataSource(config)) {
      Connection physical = null;
      for (int i = 0; i < 10; i++) {
        try (Connection connection = pool.getConnection();
            PreparedStatement statement =
                connection.prepareStatement("SELECT COUNT(*) FROM OT WHERE value < ?")) {
          statement.setInt(1, i);
          try (ResultSet result = statement.executeQuery()) {
            assertThat(result.next()).isTrue();
            assertThat(result.getInt(1)).isEqualTo(Math.min(i, 5));
          }
          assertThat(connection.getAutoCommit()).isEqualTo(autoCommit);
          connection.setSchema("elsewhere");
          connection.setNetworkTimeout(Runnable::run, 5000);
          Connection now = connection.unwrap(BtrdbConnection.class);
          assertThat(physical == null || physical == now || i < 2).isTrue();
          physical = now;
          if (!autoCommit) {
            connection.rollback();
          }
        }
      }
      assertThat(pool.getHikariPoolMXBean().getActiveConnections()).isZero();
    }
  }

  private String sqlline(Path directory, String script) throws IOException {
    ByteArrayOutputStream output = new ByteArrayOutputStream();
    SqlLine line = new SqlLine();
    PrintStream stream = new PrintStream(output, true, StandardCharsets.UTF_8);
    line.setOutputStream(stream);
    line.setErrorStream(stream);
    String[] arguments = {
      "-u",
      data.url(),
      "-n",
      "joe",
      "-p",
      "s3cret",
      "-d",
      "org.btrdb.jdbc.BtrdbDriver",
      "-f",
      Files.writeString(directory.resolve("script.sql"), script).toString(),
      "--historyFile=" + directory.resolve("history"),
      "--maxWidth=200"
    };
    line.begin(arguments, new ByteArrayInputStream(new byte[0]), false);
    return output.toString(StandardCharsets.UTF_8);
  }

  @Test
  void sqllineListsTablesAndQueries(@TempDir Path directory) throws IOException {
    String output =
        sqlline(
            directory,
            """
            !tables
            !columns OT
            !describe OT
            !metadata getURL
            SELECT time, value FROM "ett/h1".OT WHERE value >= 3;
            SELECT nope FROM "ett/h1".OT;
            """);

    assertThat(output).contains("ett/h1").contains("TABLE");
    assertThat(output).contains("| 4.0 ");
    assertThat(output).contains("2 rows selected");
    assertThat(output).contains("Column 'nope' not found").contains("state=42S22");
    assertThat(output).doesNotContain("s3cret").doesNotContain("Exception:");
  }
}
