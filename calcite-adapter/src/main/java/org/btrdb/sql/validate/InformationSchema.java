package org.btrdb.sql.validate;

import java.util.Optional;
import org.apache.calcite.sql.SqlIdentifier;
import org.apache.calcite.sql.SqlNode;
import org.btrdb.sql.catalog.InformationTable;
import org.btrdb.sql.parser.BtrdbParser;

/**
 * The tables of {@code INFORMATION_SCHEMA} that people and tools look for, as queries over the
 * system tables. The tables that show several streams are not among them.
 */
final class InformationSchema {

  private static final String SCHEMATA =
      """
      SELECT CAST(NULL AS VARCHAR) AS CATALOG_NAME, collection AS SCHEMA_NAME
      FROM {system}.collections
      """;

  private static final String TABLES =
      """
      SELECT CAST(NULL AS VARCHAR) AS TABLE_CATALOG, table_schema AS TABLE_SCHEMA,
        table_name AS TABLE_NAME, CAST('BASE TABLE' AS VARCHAR) AS TABLE_TYPE
      FROM {system}.streams
      """;

  private static final String COLUMNS =
      """
      SELECT CAST(NULL AS VARCHAR) AS TABLE_CATALOG, s.table_schema AS TABLE_SCHEMA,
        s.table_name AS TABLE_NAME, c.COLUMN_NAME, c.ORDINAL_POSITION,
        CAST('NO' AS VARCHAR) AS IS_NULLABLE, c.DATA_TYPE, c.DATETIME_PRECISION
      FROM {system}.streams AS s
      CROSS JOIN (VALUES
        (CAST('time' AS VARCHAR), 1, CAST('TIMESTAMP' AS VARCHAR), 9),
        ('value', 2, 'DOUBLE', CAST(NULL AS INTEGER)))
        AS c (COLUMN_NAME, ORDINAL_POSITION, DATA_TYPE, DATETIME_PRECISION)
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
    return table.names.size() == 2 && table.names.get(0).equalsIgnoreCase(InformationTable.SCHEMA);
  }

  /** The query that a table of this schema stands for; empty if it has no such table. */
  Optional<SqlNode> query(SqlIdentifier table) {
    return InformationTable.named(table.names.get(1)).map(this::query);
  }

  private SqlNode query(InformationTable table) {
    String sql =
        switch (table) {
          case SCHEMATA -> SCHEMATA;
          case TABLES -> TABLES;
          case COLUMNS -> COLUMNS;
        };
    return BtrdbParser.parse(sql.replace("{system}", system));
  }
}
