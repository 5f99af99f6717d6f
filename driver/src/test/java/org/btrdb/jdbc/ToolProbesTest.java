package org.btrdb.jdbc;

import static org.assertj.core.api.Assertions.as;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.sql.Connection;
import java.sql.DatabaseMetaData;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import org.assertj.core.api.InstanceOfAssertFactories;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What tools that cannot run here ask before anything else: docs/dbeaver.md and others. */
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

  /** It does not escape names, and takes every row that comes for the one table it asked for. */
  @Test
  void dbeaverShowsTheColumnsOfOneTable() throws SQLException {
    data.ramp("pmu_1", "stream_0", 1);
    data.ramp("pmu_1", "streamX0", 1);
    data.ramp("pmuX1", "stream_0", 1);
    try (Connection connection =
        DriverManager.getConnection(data.url() + "?literalUnderscore=true")) {
      DatabaseMetaData meta = connection.getMetaData();
      assertThat(names(meta.getSchemas(null, "pmu_1"), "TABLE_SCHEM")).containsExactly("pmu_1");
      assertThat(names(meta.getSchemas(null, "pmu\\_1"), "TABLE_SCHEM")).containsExactly("pmu_1");
      assertThat(names(meta.getTables(null, "pmu_1", "stream%", null), "TABLE_NAME"))
          .containsExactly("streamX0", "stream_0");
      assertThat(names(meta.getColumns(null, "pmu_1", "stream_0", "%"), "TABLE_SCHEM"))
          .containsExactly("pmu_1", "pmu_1");
      assertThat(names(meta.getColumns(null, "pmu_1", "stream_0", "%"), "TABLE_NAME"))
          .containsExactly("stream_0", "stream_0");
    }
  }

  /** The next page is the same statement with twice the rows, of which the first are skipped. */
  @Test
  void dbeaverPagesByMaxRows() throws SQLException {
    data.ramp("plant", "long", 100_000);
    try (Connection connection = data.connect();
        Statement statement =
            connection.createStatement(ResultSet.TYPE_FORWARD_ONLY, ResultSet.CONCUR_READ_ONLY)) {
      for (int most : new int[] {200, 400}) {
        statement.setMaxRows(most);
        statement.setFetchSize(200);
        assertThat(statement.execute("SELECT * FROM plant.long")).isTrue();
        List<String> values = names(statement.getResultSet(), "value");
        assertThat(values).hasSize(most).endsWith(most - 1 + ".0");
        assertThat(statement.getMoreResults()).isFalse();
        assertThat(statement.getLargeUpdateCount()).isEqualTo(-1);
      }
      // What was cut short did not read the rest.
      assertThat(
              names(
                  statement.executeQuery(
                      "SELECT MAX(row_count) AS most FROM btrdb.session_rpcs"
                          + " WHERE rpc = 'RawValues'"),
                  "most"))
          .singleElement(as(InstanceOfAssertFactories.STRING))
          .asInt()
          .isLessThan(5_000);
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
