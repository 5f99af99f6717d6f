package org.btrdb.embedded.streamsql;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Properties;
import org.btrdb.client.model.StreamDescriptor;
import org.jspecify.annotations.Nullable;

/** The relation in H2, which has all of it but hstore. */
final class H2Streams implements AutoCloseable {
  private static final String URL =
      "jdbc:h2:mem:;MODE=PostgreSQL;DATABASE_TO_LOWER=TRUE;DEFAULT_NULL_ORDERING=HIGH";

  private final Connection connection;

  private H2Streams(Connection connection) {
    this.connection = connection;
  }

  static H2Streams of(List<StreamDescriptor> streams) {
    try {
      return filled(streams);
    } catch (SQLException e) {
      throw new IllegalStateException(e);
    }
  }

  private static H2Streams filled(List<StreamDescriptor> streams) throws SQLException {
    Connection connection = new org.h2.Driver().connect(URL, new Properties());
    try (Statement statement = connection.createStatement()) {
      statement.execute(
          "CREATE TABLE streams (uuid UUID, collection VARCHAR, name VARCHAR, unit VARCHAR,"
              + " ingress VARCHAR, distiller VARCHAR, property_version BIGINT)");
    }
    try (PreparedStatement insert =
        connection.prepareStatement("INSERT INTO streams VALUES (?, ?, ?, ?, ?, ?, ?)")) {
      for (StreamDescriptor stream : streams) {
        @Nullable Object[] row = Relation.row(stream);
        for (int i = 0; i < 7; i++) {
          insert.setObject(i + 1, row[i]);
        }
        insert.execute();
      }
    }
    return new H2Streams(connection);
  }

  /** The rows of a statement, as text. */
  List<String> rows(String sql) {
    List<String> rows = new ArrayList<>();
    try (Statement statement = connection.createStatement();
        ResultSet result = statement.executeQuery(sql)) {
      int columns = result.getMetaData().getColumnCount();
      while (result.next()) {
        List<@Nullable String> row = new ArrayList<>();
        for (int i = 1; i <= columns; i++) {
          row.add(result.getString(i));
        }
        rows.add(row.toString());
      }
    } catch (SQLException e) {
      throw new IllegalStateException(e);
    }
    return rows;
  }

  @Override
  public void close() {
    try {
      connection.close();
    } catch (SQLException e) {
      throw new IllegalStateException(e);
    }
  }
}
