package org.btrdb.sql.validate;

import java.util.Locale;
import java.util.Optional;
import org.apache.calcite.sql.SqlIdentifier;
import org.apache.calcite.sql.SqlNode;
import org.btrdb.sql.parser.BtrdbParser;

/**
 * The tables of {@code INFORMATION_SCHEMA} that people and tools look for, as queries over the
 * system tables: {@code SCHEMATA}, {@code TABLES} and {@code COLUMNS} of collections and streams.
 * The tables that show several streams are not among them.
 */
final class InformationSchema {
  private static final String NAME = "INFORMATION_SCHEMA";

  private static final String SCHEMATA =
      """
      SELECT CAST(NULL AS VARCHAR) AS catalog_name, collection AS schema_name
      FROM {system}.collections
      """;

  private static final String TABLES =
      """
      SELECT CAST(NULL AS VARCHAR) AS table_catalog, table_schema, table_name,
        'BASE TABLE' AS table_type
      FROM {system}.streams
      """;

  private static final String COLUMNS =
      """
      SELECT CAST(NULL AS VARCHAR) AS table_catalog, s.table_schema, s.table_name, c.column_name,
        c.ordinal_position, 'NO' AS is_nullable, c.data_type, c.datetime_precision
      FROM {system}.streams AS s
      CROSS JOIN (VALUES
        (CAST('time' AS VARCHAR), 1, CAST('TIMESTAMP' AS VARCHAR), 9),
        ('value', 2, 'DOUBLE', CAST(NULL AS INTEGER)))
        AS c (column_name, ordinal_position, data_type, datetime_precision)
      """;

  private final String system;

  /**
   * The queries over the system tables.
   *
   * @param systemSchema the schema that those are in
   */
  InformationSchema(String systemSchema) {
    this.system = '"' + systemSchema.replace("\"", "\"\"") + '"';
  }

  /** Whether a name is of this schema. */
  static boolean has(SqlIdentifier table) {
    return table.names.size() == 2 && table.names.get(0).equalsIgnoreCase(NAME);
  }

  /** The query that a table of this schema stands for; empty if it has no such table. */
  Optional<SqlNode> query(SqlIdentifier table) {
    String sql =
        switch (table.names.get(1).toUpperCase(Locale.ROOT)) {
          case "SCHEMATA" -> SCHEMATA;
          case "TABLES" -> TABLES;
          case "COLUMNS" -> COLUMNS;
          default -> null;
        };
    return Optional.ofNullable(sql).map(q -> BtrdbParser.parse(q.replace("{system}", system)));
  }
}
