package org.btrdb.jar.inside;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.DatabaseMetaData;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.ResultSetMetaData;
import java.sql.SQLException;
import java.sql.Statement;
import java.sql.Timestamp;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;

/**
 * Creates, fills and asks a BTrDB that is empty: from a URL to one line for each statement of
 * {@code statements.sql} and each call, with all that was answered.
 */
public final class StatementRun implements Function<String, List<String>> {
  private static final String[] FILL = {
    "CREATE TABLE lab.volts (time TIMESTAMP(9) NOT NULL, value DOUBLE NOT NULL)",
    "INSERT INTO lab.volts (time, value) VALUES"
        + " (TIMESTAMP '2026-03-01 12:00:00.000000001', 229.5),"
        + " (TIMESTAMP '2026-03-01 12:00:00.000000002', 230.5),"
        + " (TIMESTAMP '2026-03-01 12:01:00', 228)",
  };

  private final List<String> lines = new ArrayList<>();

  @Override
  public List<String> apply(String url) {
    try {
      Class.forName("org.btrdb.jdbc.BtrdbDriver"); // DriverManager looks by the context loader
      try (Connection connection = DriverManager.getConnection(url);
          Statement statement = connection.createStatement()) {
        for (String sql : FILL) {
          statement.execute(sql);
        }
        batch(connection);
        for (String sql : statements()) {
          lines.add(sql + "\n  " + answer(statement, sql));
        }
        DatabaseMetaData metaData = connection.getMetaData();
        lines.add("getTables\n  " + rows(metaData.getTables(null, "lab", "%", null)));
        lines.add("getColumns\n  " + rows(metaData.getColumns(null, "lab", "volts", "%")));
        lines.add("getTypeInfo\n  " + rows(metaData.getTypeInfo()));
        lines.add(
            "product\n  "
                + metaData.getDatabaseProductName()
                + " "
                + metaData.getDatabaseProductVersion());
      }
      return lines;
    } catch (SQLException | IOException | ClassNotFoundException e) {
      throw new IllegalStateException(e);
    }
  }

  private static void batch(Connection connection) throws SQLException {
    try (PreparedStatement insert =
        connection.prepareStatement("INSERT INTO lab.volts (time, value) VALUES (?, ?)")) {
      for (int i = 0; i < 100; i++) {
        insert.setTimestamp(
            1, Timestamp.from(Instant.parse("2026-03-02T00:00:00.000000007Z").plusSeconds(i)));
        insert.setDouble(2, i / 8.0);
        insert.addBatch();
      }
      insert.executeBatch();
    }
  }

  private static List<String> statements() throws IOException {
    try (InputStream in = StatementRun.class.getResourceAsStream("statements.sql")) {
      if (in == null) {
        throw new IOException("no statements.sql");
      }
      String text = new String(in.readAllBytes(), StandardCharsets.UTF_8);
      return text.lines().filter(line -> !line.isBlank() && !line.startsWith("--")).toList();
    }
  }

  private static String answer(Statement statement, String sql) {
    try {
      return rows(statement.executeQuery(sql));
    } catch (SQLException e) {
      return "refused: " + e.getSQLState() + " " + e.getMessage();
    }
  }

  private static String rows(ResultSet rows) throws SQLException {
    try (rows) {
      ResultSetMetaData shape = rows.getMetaData();
      StringBuilder text = new StringBuilder();
      for (int i = 1; i <= shape.getColumnCount(); i++) {
        text.append(i == 1 ? "" : " | ")
            .append(shape.getColumnLabel(i))
            .append(' ')
            .append(shape.getColumnTypeName(i));
      }
      while (rows.next()) {
        text.append("\n  ");
        for (int i = 1; i <= shape.getColumnCount(); i++) {
          Object object = rows.getObject(i);
          String shown =
              object == null
                  ? "null"
                  : rows.getString(i) + " (" + object.getClass().getName() + ")";
          text.append(i == 1 ? "" : " | ").append(shown);
        }
      }
      return text.toString();
    }
  }
}
