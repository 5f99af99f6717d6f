package org.btrdb.jdbc;

import java.sql.DatabaseMetaData;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.btrdb.client.model.StreamDescriptor;
import org.btrdb.sql.catalog.InformationTable;
import org.btrdb.sql.catalog.Relation;
import org.btrdb.sql.catalog.RelationColumn;
import org.btrdb.sql.catalog.StreamTable;
import org.btrdb.sql.catalog.WideTable;
import org.btrdb.sql.row.ColumnType;
import org.jspecify.annotations.Nullable;

/** Rows of getTables and getColumns. */
final class MetadataTables {
  /** Type of the table of a stream. */
  static final String TABLE = "TABLE";

  /** Type of a table that is made of streams, or of what is known about them. */
  static final String VIEW = "VIEW";

  /** Type of the tables of the standard's schema, which tools tend to hide. */
  static final String SYSTEM_TABLE = "SYSTEM TABLE";

  private static final int RADIX = 10;

  private MetadataTables() {}

  static @Nullable Object[] tableRow(StreamTable table) {
    return tableRow(table.schema(), table.table(), TABLE, remarks(table.stream()));
  }

  static @Nullable Object[] viewRow(String schema, String table) {
    return tableRow(schema, table, VIEW, null);
  }

  static @Nullable Object[] systemRow(InformationTable table) {
    return tableRow(InformationTable.SCHEMA, table.name(), SYSTEM_TABLE, null);
  }

  private static @Nullable Object[] tableRow(
      String schema, String table, String type, @Nullable String remarks) {
    return new @Nullable Object[] {
      null, schema, table, type, remarks, null, null, null, null, null
    };
  }

  /** The unit, other tags but the name, and annotations. */
  private static @Nullable String remarks(StreamDescriptor stream) {
    Map<String, String> facts = new TreeMap<>(stream.annotations());
    facts.putAll(stream.tags());
    facts.remove(StreamDescriptor.NAME);
    facts.values().removeIf(String::isEmpty);
    List<String> texts = new ArrayList<>();
    facts.forEach((name, value) -> texts.add(name + "=" + value));
    return texts.isEmpty() ? null : String.join(", ", texts);
  }

  static List<@Nullable Object[]> columnRows(ListedTable table, NamePattern pattern) {
    List<RelationColumn> columns = table.columns();
    List<@Nullable Object[]> rows = new ArrayList<>();
    for (int i = 0; i < columns.size(); i++) {
      if (pattern.matches(columns.get(i).name())) {
        rows.add(columnRow(table, i));
      }
    }
    return rows;
  }

  private static @Nullable Object[] columnRow(ListedTable table, int index) {
    RelationColumn column = table.columns().get(index);
    ColumnType type = column.type();
    SqlTypeInfo info = SqlTypeInfo.of(type.kind());
    boolean isText = type.kind() == ColumnType.Kind.VARCHAR;
    int precision = isText ? Integer.MAX_VALUE : SqlTypeInfo.precision(type);
    boolean isNumber =
        switch (type.kind()) {
          case DOUBLE, BIGINT, INTEGER -> true;
          default -> false;
        };
    boolean hasScale =
        type.kind() == ColumnType.Kind.TIMESTAMP
            || (isNumber && type.kind() != ColumnType.Kind.DOUBLE);
    return new @Nullable Object[] {
      null,
      table.schema(),
      table.name(),
      column.name(),
      info.jdbcType(),
      info.name(),
      precision > 0 ? precision : null,
      null,
      hasScale ? SqlTypeInfo.scale(type) : null,
      isNumber ? RADIX : null,
      column.nullable() ? DatabaseMetaData.columnNullable : DatabaseMetaData.columnNoNulls,
      remarks(table, index),
      null,
      null,
      null,
      isText ? Integer.MAX_VALUE : null,
      index + 1,
      column.nullable() ? "YES" : "NO",
      null,
      null,
      null,
      null,
      "NO",
      "NO"
    };
  }

  /** What times are, and the unit of values. */
  private static @Nullable String remarks(ListedTable table, int index) {
    if (table.columns().get(index).type().kind() == ColumnType.Kind.TIMESTAMP) {
      return "UTC, nanoseconds";
    }
    String unit = table.relation().map(relation -> unit(relation, index)).orElse("");
    return unit.isEmpty() ? null : unit;
  }

  private static String unit(Relation relation, int index) {
    if (relation instanceof StreamTable stream) {
      return stream.stream().unit();
    }
    return relation instanceof WideTable wide ? wide.streams().get(index - 1).stream().unit() : "";
  }
}
