package org.btrdb.cli.rows;

import java.sql.ResultSet;
import java.sql.ResultSetMetaData;
import java.sql.SQLException;
import java.sql.Types;
import org.jspecify.annotations.Nullable;

/** The columns of a result set and the texts of its current row. */
final class Cells {
  private final ResultSet rows;
  private final String[] labels;
  private final int[] types;

  private Cells(ResultSet rows, String[] labels, int[] types) {
    this.rows = rows;
    this.labels = labels;
    this.types = types;
  }

  static Cells of(ResultSet rows) throws SQLException {
    ResultSetMetaData meta = rows.getMetaData();
    String[] labels = new String[meta.getColumnCount()];
    int[] types = new int[labels.length];
    for (int i = 0; i < labels.length; i++) {
      labels[i] = meta.getColumnLabel(i + 1);
      types[i] = meta.getColumnType(i + 1);
    }
    return new Cells(rows, labels, types);
  }

  int count() {
    return labels.length;
  }

  String[] labels() {
    return labels.clone();
  }

  boolean isFloating(int index) {
    return types[index] == Types.DOUBLE || types[index] == Types.FLOAT;
  }

  boolean isInteger(int index) {
    return switch (types[index]) {
      case Types.BIGINT, Types.INTEGER, Types.SMALLINT, Types.TINYINT -> true;
      default -> false;
    };
  }

  boolean isNumber(int index) {
    return isFloating(index) || isInteger(index) || types[index] == Types.DECIMAL;
  }

  boolean isBoolean(int index) {
    return types[index] == Types.BOOLEAN;
  }

  /** The text of a cell of the current row; doubles read back to the same bits. */
  @Nullable String text(int index) throws SQLException {
    if (isFloating(index)) {
      double value = rows.getDouble(index + 1);
      return rows.wasNull() ? null : Double.toString(value);
    }
    if (isInteger(index)) {
      long value = rows.getLong(index + 1);
      return rows.wasNull() ? null : Long.toString(value);
    }
    return rows.getString(index + 1);
  }
}
