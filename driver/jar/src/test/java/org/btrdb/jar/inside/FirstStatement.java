package org.btrdb.jar.inside;

import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;

/** A program that asks one statement of a database and reads the first row. */
public final class FirstStatement {
  private FirstStatement() {}

  /**
   * Runs it.
   *
   * @param args a URL and a statement
   */
  public static void main(String[] args) throws SQLException {
    try (Connection connection = DriverManager.getConnection(args[0]);
        Statement statement = connection.createStatement()) {
      if (statement.execute(args[1])) {
        try (ResultSet rows = statement.getResultSet()) {
          rows.next();
        }
      }
    }
  }
}
