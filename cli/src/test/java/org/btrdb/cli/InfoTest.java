package org.btrdb.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import org.junit.jupiter.api.Test;

final class InfoTest {
  private static final String URL = "jdbc:btrdb:mem:info-test";

  /** Schemas that are no collections count neither among many nor among few. */
  @Test
  void countsCollectionsAndNothingElse() throws SQLException {
    try (Connection connection = DriverManager.getConnection(URL);
        Statement statement = connection.createStatement()) {
      assertThat(CliRun.here("info", "--url", URL).out())
          .contains("collections  0\nstreams      0\n");
      for (int made = 1; made <= 22; made++) {
        statement.execute("CREATE TABLE \"c" + made + "\".s (time TIMESTAMP(9), value DOUBLE)");
        String out = CliRun.here("info", "--url", URL).out();
        assertThat(out).contains("collections  " + made + "\nstreams      " + made + "\n");
        assertThat(out.contains("  c1  1\n")).as(out).isEqualTo(made <= 20);
      }
    }
  }
}
