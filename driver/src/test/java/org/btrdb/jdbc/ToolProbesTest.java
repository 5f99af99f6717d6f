package org.btrdb.jdbc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.sql.Connection;
import java.sql.DatabaseMetaData;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What tools that cannot run here ask before anything else: docs/datagrip.md, docs/reports.md. */
final class ToolProbesTest {
  private final TestData data = new TestData();

  @BeforeEach
  void fill() {
    data.ramp("plant", "a", 1);
    data.ramp("plant", "b", 1);
    data.ramp("other", "c", 1);
  }

  @AfterEach
  void close() {
    data.close();
  }

  @Test
  void ideIntrospectsACollectionWithOneCallForEachQuestion() throws SQLException {
    try (Connection connection = data.connect()) {
      connection.setClientInfo("ApplicationName", "IDE");
      assertThat(connection.isValid(5)).isTrue();
      DatabaseMetaData meta = connection.getMetaData();
      assertThat(names(meta.getTables(null, "plant", "%", null), "TABLE_NAME"))
          .containsExactly("a", "b");
      assertThat(names(meta.getColumns(null, "plant", "%", "%"), "COLUMN_NAME"))
          .containsExactly("time", "value", "time", "value");
      assertThat(names(meta.getPrimaryKeys(null, "plant", "a"), "COLUMN_NAME")).isEmpty();
      assertThat(names(meta.getIndexInfo(null, "plant", "a", false, true), "INDEX_NAME")).isEmpty();
      try (Statement statement = connection.createStatement()) {
        assertThat(names(statement.executeQuery("SELECT rpc FROM btrdb.session_rpcs"), "rpc"))
            .containsExactly("LookupStreams", "LookupStreams");
      }
    }
  }

  @Test
  void whatADatabaseCannotDoIsRefusedWithoutHarm() throws SQLException {
    try (Connection connection = data.connect();
        Statement statement = connection.createStatement()) {
      for (String probe :
          List.of(
              "SELECT TOP 1 * FROM plant.a",
              "CREATE LOCAL TEMPORARY TABLE \"#T\" (COL INTEGER) ON COMMIT PRESERVE ROWS")) {
        assertThatExceptionOfType(SQLException.class)
            .isThrownBy(() -> statement.execute(probe))
            .satisfies(e -> assertThat(e.getSQLState()).isEqualTo("42601"));
      }
      assertThatExceptionOfType(SQLException.class)
          .isThrownBy(() -> statement.execute("SELECT version()"))
          .satisfies(e -> assertThat(e.getSQLState()).isEqualTo("42000"));
      assertThat(connection.isValid(5)).isTrue();
    }
  }

  /** BIRT and Spark ask for columns without rows. */
  @Test
  void preparedStatementTellsItsColumnsBeforeItRuns() throws SQLException {
    try (Connection connection = data.connect();
        PreparedStatement statement =
            connection.prepareStatement("SELECT time, value FROM plant.a WHERE time > ?")) {
      assertThat(statement.getMetaData().getColumnCount()).isEqualTo(2);
    }
  }

  private static List<String> names(ResultSet rows, String column) throws SQLException {
    try (rows) {
      List<String> names = new ArrayList<>();
      while (rows.next()) {
        names.add(rows.getString(column));
      }
      return names;
    }
  }
}
