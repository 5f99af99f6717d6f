package org.btrdb.sql.operator;

import java.math.BigDecimal;
import java.util.Objects;
import org.btrdb.sql.expression.ValueType;
import org.btrdb.sql.row.RowCursor;

/** Columns of any kind of number as doubles. */
final class Numbers {
  private Numbers() {}

  /** A number that is not NULL. */
  static double doubleOf(RowCursor row, int column, ValueType type) {
    return switch (type.storage()) {
      case LONG -> row.getLong(column);
      case DOUBLE -> row.getDouble(column);
      case OBJECT -> ((BigDecimal) Objects.requireNonNull(row.getObject(column))).doubleValue();
    };
  }
}
