package org.btrdb.jdbc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.sql.Connection;
import java.sql.JDBCType;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.ResultSetMetaData;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Table functions through java.sql: types of arguments and columns, SQLStates. */
class TableFunctionTest {
  private final TestData data = new TestData();
  private final UUID uuid = data.ramp("a/b", "s", 10);
  private Connection connection;

  @BeforeEach
  void connect() throws SQLException {
    connection = data.connect();
  }

  @AfterEach
  void close() throws SQLException {
    connection.close();
    data.close();
  }

  @Test
  void argumentsOfEveryJdbcType() throws SQLException {
    String sql = "SELECT * FROM windows(width => ?, stream_id => ?, start => ?, end => ?)";
    try (PreparedStatement statement = connection.prepareStatement(sql)) {
      assertThat(statement.getParameterMetaData().getParameterType(1))
          .isEqualTo(JDBCType.BIGINT.getVendorTypeNumber());
      assertThat(statement.getParameterMetaData().getParameterType(2))
          .isEqualTo(JDBCType.VARCHAR.getVendorTypeNumber());
      assertThat(statement.getParameterMetaData().getParameterType(3))
          .isEqualTo(JDBCType.TIMESTAMP.getVendorTypeNumber());
      statement.setLong(1, 4_000_000_000L);
      statement.setObject(2, uuid);
      statement.setTimestamp(3, new Timestamp(0));
      statement.setObject(4, Instant.ofEpochSecond(10));
      assertThat(means(statement)).containsExactly(1.5, 5.5);
      statement.setObject(1, "4000000000");
      statement.setString(2, "a/b/s");
      statement.setString(3, "1970-01-01T00:00:00Z");
      statement.setLong(4, 10_000_000_000L);
      assertThat(means(statement)).containsExactly(1.5, 5.5);
    }
  }

  private static List<Double> means(PreparedStatement statement) throws SQLException {
    List<Double> means = new ArrayList<>();
    try (ResultSet rows = statement.executeQuery()) {
      while (rows.next()) {
        means.add(rows.getDouble("mean"));
        assertThat(rows.getLong("count")).isEqualTo(4);
        assertThat(rows.getTimestamp("time").getTime()).isEqualTo((means.size() - 1) * 4000L);
        assertThat(rows.getDouble("stddev")).isEqualTo(Math.sqrt(1.25));
      }
    }
    return means;
  }

  @Test
  void columnsAreDescribed() throws SQLException {
    for (Map.Entry<String, String> from :
        Map.of(
                "windows('a/b/s', 0, 9, 3)",
                "[time TIMESTAMP, min DOUBLE, mean DOUBLE, max DOUBLE, count BIGINT, stddev DOUBLE]",
                "\"a/b\".s$pw30",
                "[time TIMESTAMP, min DOUBLE, mean DOUBLE, max DOUBLE, count BIGINT, stddev DOUBLE]",
                "nearest('a/b/s', 0)",
                "[time TIMESTAMP, value DOUBLE]",
                "changes('a/b/s', 0)",
                "[start_time TIMESTAMP, end_time TIMESTAMP, version BIGINT]",
                "streamset(ARRAY['a/b/s'], 0, 9)",
                "[time TIMESTAMP, a/b/s DOUBLE]")
            .entrySet()) {
      try (PreparedStatement statement =
          connection.prepareStatement("SELECT * FROM " + from.getKey())) {
        ResultSetMetaData columns = statement.getMetaData();
        List<String> described = new ArrayList<>();
        for (int i = 1; i <= columns.getColumnCount(); i++) {
          described.add(
              columns.getColumnLabel(i) + " " + JDBCType.valueOf(columns.getColumnType(i)));
        }
        assertThat(described).as(from.getKey()).hasToString(from.getValue());
      }
    }
  }

  @Test
  void failuresHaveTheirStates() {
    refused("raw_values('a/b/none', 0, 1)", "42S02");
    refused("windows('a/b/s', 0, 9, -1)", "22023");
    refused("aligned_windows('a/b/s', 0, 9, 63)", "22023");
    refused("raw_values('a/b/s', 9, 0)", "22008");
    refused("raw_values(TRUE, 9, 0)", "42000");
    refused("resample('a/b/s', 0, 9, 1, 'spline')", "22018");
  }

  private void refused(String call, String state) {
    assertThatThrownBy(
            () -> {
              try (PreparedStatement statement =
                      connection.prepareStatement("SELECT * FROM " + call);
                  ResultSet rows = statement.executeQuery()) {
                rows.next();
              }
            })
        .as(call)
        .isInstanceOf(SQLException.class)
        .satisfies(e -> assertThat(((SQLException) e).getSQLState()).as(call).isEqualTo(state))
        .satisfies(e -> assertThat(e.getMessage()).doesNotContain("\n"));
  }
}
