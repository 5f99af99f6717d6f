package org.btrdb.sql.exec;

import java.util.ArrayList;
import java.util.List;
import org.apache.calcite.rel.type.RelDataType;
import org.apache.calcite.rel.type.RelDataTypeField;
import org.apache.calcite.sql.type.SqlTypeUtil;
import org.btrdb.sql.SqlRefusal;
import org.btrdb.sql.row.Column;
import org.btrdb.sql.row.ColumnType;
import org.btrdb.sql.row.ColumnType.Kind;
import org.jspecify.annotations.Nullable;

/** Calcite's types as users of the session see them. */
final class ColumnTypes {
  private ColumnTypes() {}

  /** The columns of a validated query. */
  static List<Column> columns(RelDataType rowType, List<? extends @Nullable List<String>> origins) {
    List<Column> columns = new ArrayList<>();
    for (RelDataTypeField field : rowType.getFieldList()) {
      List<String> origin = origins.get(field.getIndex());
      boolean known = origin != null && origin.size() >= 3;
      int last = known ? origin.size() - 1 : 0;
      columns.add(
          new Column(
              field.getName(),
              known ? origin.get(last) : field.getName(),
              known ? origin.get(last - 2) : null,
              known ? origin.get(last - 1) : null,
              of(field.getType()),
              field.getType().isNullable()));
    }
    return columns;
  }

  /** The type of a value; refused if no value of it can be answered. */
  static ColumnType of(RelDataType type) {
    int precision = type.getPrecision();
    int scale = Math.max(0, type.getScale());
    return switch (type.getSqlTypeName()) {
      case BOOLEAN -> new ColumnType(Kind.BOOLEAN, 1, 0);
      case TINYINT -> new ColumnType(Kind.TINYINT, 3, 0);
      case SMALLINT -> new ColumnType(Kind.SMALLINT, 5, 0);
      case INTEGER -> new ColumnType(Kind.INTEGER, 10, 0);
      case BIGINT -> new ColumnType(Kind.BIGINT, 19, 0);
      case REAL -> new ColumnType(Kind.REAL, 7, 0);
      case FLOAT, DOUBLE -> ColumnType.DOUBLE;
      case DECIMAL -> new ColumnType(Kind.DECIMAL, precision, scale);
      case CHAR -> new ColumnType(Kind.CHAR, precision, 0);
      case VARCHAR -> new ColumnType(Kind.VARCHAR, precision, 0);
      case BINARY, VARBINARY -> new ColumnType(Kind.VARBINARY, precision, 0);
      case DATE -> new ColumnType(Kind.DATE, 10, 0);
      case TIMESTAMP -> ColumnType.TIMESTAMP;
      case UUID -> new ColumnType(Kind.UUID, 36, 0);
      case MAP -> new ColumnType(Kind.MAP, -1, 0);
      case ARRAY, MULTISET -> new ColumnType(Kind.ARRAY, -1, 0);
      case NULL -> new ColumnType(Kind.NULL, 0, 0);
      default -> {
        if (SqlTypeUtil.isInterval(type)) {
          throw new SqlRefusal(
              SqlRefusal.Reason.UNSUPPORTED,
              "a column of type " + type + "; use TIMESTAMPDIFF(NANOSECOND, a, b)",
              null);
        }
        yield new ColumnType(Kind.OTHER, -1, 0);
      }
    };
  }
}
