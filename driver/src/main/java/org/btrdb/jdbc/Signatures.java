package org.btrdb.jdbc;

import java.sql.DatabaseMetaData;
import java.sql.Types;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.calcite.avatica.AvaticaParameter;
import org.apache.calcite.avatica.ColumnMetaData;
import org.apache.calcite.avatica.Meta;
import org.btrdb.sql.row.Column;
import org.btrdb.sql.row.ColumnType;

/** Columns and parameters as Avatica describes them. */
final class Signatures {
  private Signatures() {}

  static Meta.Signature of(
      String sql, List<Column> columns, List<ColumnType> parameters, boolean query) {
    List<ColumnMetaData> described = new ArrayList<>();
    for (Column column : columns) {
      described.add(column(described.size(), column));
    }
    return new Meta.Signature(
        described,
        sql,
        parameters(parameters),
        Map.of(),
        Meta.CursorFactory.ARRAY,
        query ? Meta.StatementType.SELECT : Meta.StatementType.INSERT);
  }

  private static List<AvaticaParameter> parameters(List<ColumnType> types) {
    List<AvaticaParameter> parameters = new ArrayList<>();
    for (ColumnType type : types) {
      parameters.add(
          new AvaticaParameter(
              isNumber(type),
              Math.max(0, type.precision()),
              type.scale(),
              jdbcType(type),
              typeName(type),
              className(type),
              "?" + parameters.size()));
    }
    return parameters;
  }

  private static ColumnMetaData column(int ordinal, Column column) {
    ColumnType type = column.type();
    return new ColumnMetaData(
        ordinal,
        false,
        true,
        true,
        false,
        column.nullable() ? DatabaseMetaData.columnNullable : DatabaseMetaData.columnNoNulls,
        isNumber(type),
        displaySize(type),
        column.label(),
        column.name(),
        column.schema() == null ? "" : column.schema(),
        Math.max(0, type.precision()),
        type.scale(),
        column.table() == null ? "" : column.table(),
        "",
        ColumnMetaData.scalar(jdbcType(type), typeName(type), ColumnMetaData.Rep.OBJECT),
        true,
        false,
        false,
        className(type));
  }

  static boolean isNumber(ColumnType type) {
    return switch (type.kind()) {
      case TINYINT, SMALLINT, INTEGER, BIGINT, REAL, DOUBLE, DECIMAL -> true;
      default -> false;
    };
  }

  private static int displaySize(ColumnType type) {
    return switch (type.kind()) {
      case TIMESTAMP -> 29;
      case DOUBLE, REAL -> 24;
      case BIGINT -> 20;
      case INTEGER -> 11;
      case BOOLEAN -> 5;
      default -> type.precision() > 0 ? type.precision() : Integer.MAX_VALUE;
    };
  }

  static int jdbcType(ColumnType type) {
    return switch (type.kind()) {
      case BOOLEAN -> Types.BOOLEAN;
      case TINYINT -> Types.TINYINT;
      case SMALLINT -> Types.SMALLINT;
      case INTEGER -> Types.INTEGER;
      case BIGINT -> Types.BIGINT;
      case REAL -> Types.REAL;
      case DOUBLE -> Types.DOUBLE;
      case DECIMAL -> Types.DECIMAL;
      case VARCHAR -> Types.VARCHAR;
      case CHAR -> Types.CHAR;
      case VARBINARY -> Types.VARBINARY;
      case DATE -> Types.DATE;
      case TIME -> Types.TIME;
      case TIMESTAMP -> Types.TIMESTAMP;
      case NULL -> Types.NULL;
      case UUID, MAP, ARRAY, OTHER -> Types.OTHER;
    };
  }

  static String typeName(ColumnType type) {
    return type.kind().name();
  }

  static String className(ColumnType type) {
    Class<?> javaClass =
        switch (type.kind()) {
          case BOOLEAN -> Boolean.class;
          case TINYINT -> Byte.class;
          case SMALLINT -> Short.class;
          case INTEGER -> Integer.class;
          case BIGINT -> Long.class;
          case REAL, DOUBLE -> Double.class;
          case DECIMAL -> java.math.BigDecimal.class;
          case VARCHAR, CHAR -> String.class;
          case VARBINARY -> byte[].class;
          case DATE -> java.sql.Date.class;
          case TIME -> java.sql.Time.class;
          case TIMESTAMP -> java.sql.Timestamp.class;
          case UUID -> java.util.UUID.class;
          case MAP -> Map.class;
          case ARRAY -> List.class;
          case NULL, OTHER -> Object.class;
        };
    return javaClass.getName();
  }
}
