package org.btrdb.cli.rows;

import java.sql.ResultSet;
import java.sql.ResultSetMetaData;
import java.sql.SQLException;
import java.sql.Types;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The columns of a result set and the texts of its current row. */
final class Cells {
  private static final Set<String> NESTED = Set.of("ARRAY", "MAP");

  private final ResultSet rows;
  private final String[] labels;
  private final int[] types;
  private final boolean[] nested;

  private Cells(ResultSet rows, String[] labels, int[] types, boolean[] nested) {
    this.rows = rows;
    this.labels = labels;
    this.types = types;
    this.nested = nested;
  }

  static Cells of(ResultSet rows) throws SQLException {
    ResultSetMetaData meta = rows.getMetaData();
    String[] labels = new String[meta.getColumnCount()];
    int[] types = new int[labels.length];
    boolean[] nested = new boolean[labels.length];
    for (int i = 0; i < labels.length; i++) {
      labels[i] = meta.getColumnLabel(i + 1);
      types[i] = meta.getColumnType(i + 1);
      // JDBC's number of a type is the same for both.
      nested[i] = NESTED.contains(meta.getColumnTypeName(i + 1));
    }
    return new Cells(rows, labels, types, nested);
  }

  int count() {
    return labels.length;
  }

  String[] labels() {
    return labels.clone();
  }

  boolean isFloating(int index) {
    return types[index] == Types.DOUBLE || types[index] == Types.FLOAT || isSingle(index);
  }

  boolean isSingle(int index) {
    return types[index] == Types.REAL;
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

  /** Whether its values are lists or maps. */
  boolean isNested(int index) {
    return nested[index];
  }

  /** The text of a cell of the current row; doubles read back to the same bits. */
  @Nullable String text(int index) throws SQLException {
    if (isSingle(index)) {
      float value = rows.getFloat(index + 1);
      return rows.wasNull() ? null : Float.toString(value);
    }
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
