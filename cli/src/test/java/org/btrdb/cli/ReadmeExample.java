package org.btrdb.cli;

import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;

/** The Java example of README.md, word for word: {@link DocsTest} compares them. */
final class ReadmeExample {

  private ReadmeExample() {}

  static void run() throws SQLException {
    try (Connection connection = DriverManager.getConnection("jdbc:btrdb:mem:readme");
        Statement statement = connection.createStatement()) {
      statement.execute(
          "CREATE TABLE lab.volts (time TIMESTAMP(9) NOT NULL, value DOUBLE NOT NULL)");
      statement.execute(
          "INSERT INTO lab.volts (time, value) VALUES"
              + " (TIMESTAMP '2026-03-01 12:00:00.000000001', 229.5),"
              + " (TIMESTAMP '2026-03-01 12:00:00.000000002', 230.5),"
              + " (TIMESTAMP '2026-03-01 12:01:00', 228)");
      ResultSet rows =
          statement.executeQuery(
              "SELECT FLOOR(time TO MINUTE), COUNT(*), AVG(value)"
                  + " FROM lab.volts GROUP BY FLOOR(time TO MINUTE) ORDER BY 1");
      while (rows.next()) {
        System.out.println(rows.getString(1) + "  " + rows.getLong(2) + "  " + rows.getDouble(3));
      }
    }
  }
}
