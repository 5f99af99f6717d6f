package org.btrdb.jdbc;

import java.sql.DatabaseMetaData;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Types;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.apache.calcite.avatica.AvaticaDatabaseMetaData;
import org.btrdb.client.CallScope;
import org.btrdb.client.Cursor;
import org.btrdb.client.model.ServerInfo;
import org.btrdb.sql.catalog.Catalog;
import org.btrdb.sql.catalog.StreamTable;
import org.btrdb.sql.row.Column;
import org.btrdb.sql.row.ColumnType;
import org.btrdb.sql.row.ColumnType.Kind;
import org.jspecify.annotations.Nullable;

/**
 * The catalogue as JDBC shows it: collections are schemas, streams are tables, there are no
 * catalogs. No Calcite class is loaded by any of it.
 */
final class BtrdbDatabaseMetaData extends AvaticaDatabaseMetaData {
  private static final String TABLE = "TABLE";

  private final BtrdbConnection connection;

  BtrdbDatabaseMetaData(BtrdbConnection connection) {
    super(connection);
    this.connection = connection;
  }

  private static List<Column> columns(String... namesAndKinds) {
    List<Column> columns = new ArrayList<>();
    for (String entry : namesAndKinds) {
      boolean number = entry.endsWith("#");
      String name = number ? entry.substring(0, entry.length() - 1) : entry;
      ColumnType type =
          number ? new ColumnType(Kind.INTEGER, 10, 0) : new ColumnType(Kind.VARCHAR, -1, 0);
      columns.add(new Column(name, name, null, null, type, true));
    }
    return columns;
  }

  private interface Listing {
    ResultSet list() throws SQLException;
  }

  private ResultSet listed(Listing listing) throws SQLException {
    connection.checkUsable();
    try {
      return listing.list();
    } catch (RuntimeException e) {
      throw SqlErrors.of(e);
    }
  }

  private List<String> schemas(NamePattern pattern) {
    List<String> names = new ArrayList<>();
    try (Cursor<List<String>> cursor =
        catalog().schemas(pattern.literalPrefix(), CallScope.unbounded())) {
      while (cursor.next()) {
        cursor.current().stream().filter(pattern::matches).forEach(names::add);
      }
    }
    return names;
  }

  private Catalog catalog() {
    return connection.session().catalog();
  }

  @Override
  public ResultSet getSchemas() throws SQLException {
    return getSchemas(null, null);
  }

  @Override
  public ResultSet getSchemas(@Nullable String catalogName, @Nullable String schemaPattern)
      throws SQLException {
    return listed(
        () -> {
          List<@Nullable Object[]> rows = new ArrayList<>();
          for (String schema : schemas(NamePattern.of(schemaPattern))) {
            rows.add(new Object[] {schema, null});
          }
          return connection.metadataRows(columns("TABLE_SCHEM", "TABLE_CATALOG"), rows);
        });
  }

  @Override
  public ResultSet getCatalogs() throws SQLException {
    return listed(() -> connection.metadataRows(columns("TABLE_CAT"), List.of()));
  }

  @Override
  public ResultSet getTableTypes() throws SQLException {
    List<@Nullable Object[]> rows = List.<@Nullable Object[]>of(new Object[] {TABLE});
    return listed(() -> connection.metadataRows(columns("TABLE_TYPE"), rows));
  }

  private interface TableVisitor {
    void visit(StreamTable table);
  }

  private void visitTables(
      @Nullable String schemaPattern, @Nullable String tablePattern, TableVisitor visitor) {
    NamePattern tables = NamePattern.of(tablePattern);
    for (String schema : schemas(NamePattern.of(schemaPattern))) {
      for (StreamTable table : catalog().tables(schema, CallScope.unbounded())) {
        if (tables.matches(table.table())) {
          visitor.visit(table);
        }
      }
    }
  }

  @Override
  public ResultSet getTables(
      @Nullable String catalogName,
      @Nullable String schemaPattern,
      @Nullable String tablePattern,
      String @Nullable [] types)
      throws SQLException {
    return listed(
        () -> {
          List<@Nullable Object[]> rows = new ArrayList<>();
          if (types == null || Arrays.asList(types).contains(TABLE)) {
            visitTables(
                schemaPattern,
                tablePattern,
                t ->
                    rows.add(
                        new Object[] {
                          null,
                          t.schema(),
                          t.table(),
                          TABLE,
                          remarks(t),
                          null,
                          null,
                          null,
                          null,
                          null
                        }));
          }
          return connection.metadataRows(
              columns(
                  "TABLE_CAT",
                  "TABLE_SCHEM",
                  "TABLE_NAME",
                  "TABLE_TYPE",
                  "REMARKS",
                  "TYPE_CAT",
                  "TYPE_SCHEM",
                  "TYPE_NAME",
                  "SELF_REFERENCING_COL_NAME",
                  "REF_GENERATION"),
              rows);
        });
  }

  private static String remarks(StreamTable table) {
    String description = table.stream().annotations().getOrDefault("description", "");
    String unit = table.stream().unit();
    String inUnit = unit.isEmpty() ? "" : "in " + unit;
    return description.isEmpty() ? inUnit : description + (unit.isEmpty() ? "" : ", " + inUnit);
  }

  @Override
  public ResultSet getColumns(
      @Nullable String catalogName,
      @Nullable String schemaPattern,
      @Nullable String tablePattern,
      @Nullable String columnPattern)
      throws SQLException {
    NamePattern wanted = NamePattern.of(columnPattern);
    return listed(
        () -> {
          List<@Nullable Object[]> rows = new ArrayList<>();
          visitTables(
              schemaPattern,
              tablePattern,
              table -> {
                if (wanted.matches("time")) {
                  rows.add(column(table, "time", Types.TIMESTAMP, "TIMESTAMP", 29, 9, 1, ""));
                }
                if (wanted.matches("value")) {
                  rows.add(
                      column(table, "value", Types.DOUBLE, "DOUBLE", 15, null, 2, remarks(table)));
                }
              });
          return connection.metadataRows(
              columns(
                  "TABLE_CAT",
                  "TABLE_SCHEM",
                  "TABLE_NAME",
                  "COLUMN_NAME",
                  "DATA_TYPE#",
                  "TYPE_NAME",
                  "COLUMN_SIZE#",
                  "BUFFER_LENGTH#",
                  "DECIMAL_DIGITS#",
                  "NUM_PREC_RADIX#",
                  "NULLABLE#",
                  "REMARKS",
                  "COLUMN_DEF",
                  "SQL_DATA_TYPE#",
                  "SQL_DATETIME_SUB#",
                  "CHAR_OCTET_LENGTH#",
                  "ORDINAL_POSITION#",
                  "IS_NULLABLE",
                  "SCOPE_CATALOG",
                  "SCOPE_SCHEMA",
                  "SCOPE_TABLE",
                  "SOURCE_DATA_TYPE#",
                  "IS_AUTOINCREMENT",
                  "IS_GENERATEDCOLUMN"),
              rows);
        });
  }

  private static @Nullable Object[] column(
      StreamTable table,
      String name,
      int type,
      String typeName,
      int size,
      @Nullable Integer digits,
      int ordinal,
      String remarks) {
    return new Object[] {
      null,
      table.schema(),
      table.table(),
      name,
      type,
      typeName,
      size,
      null,
      digits,
      10,
      DatabaseMetaData.columnNoNulls,
      remarks,
      null,
      null,
      null,
      null,
      ordinal,
      "NO",
      null,
      null,
      null,
      null,
      "NO",
      "NO"
    };
  }

  @Override
  public ResultSet getTypeInfo() throws SQLException {
    List<@Nullable Object[]> rows =
        List.<@Nullable Object[]>of(
            type("BIGINT", Types.BIGINT, 19, null),
            type("BOOLEAN", Types.BOOLEAN, 1, null),
            type("CHAR", Types.CHAR, Integer.MAX_VALUE, "'"),
            type("DATE", Types.DATE, 10, "'"),
            type("DECIMAL", Types.DECIMAL, 19, null),
            type("DOUBLE", Types.DOUBLE, 15, null),
            type("INTEGER", Types.INTEGER, 10, null),
            type("TIMESTAMP", Types.TIMESTAMP, 29, "'"),
            type("VARCHAR", Types.VARCHAR, Integer.MAX_VALUE, "'"));
    return listed(
        () ->
            connection.metadataRows(
                columns(
                    "TYPE_NAME",
                    "DATA_TYPE#",
                    "PRECISION#",
                    "LITERAL_PREFIX",
                    "LITERAL_SUFFIX",
                    "CREATE_PARAMS",
                    "NULLABLE#",
                    "CASE_SENSITIVE#",
                    "SEARCHABLE#",
                    "UNSIGNED_ATTRIBUTE#",
                    "FIXED_PREC_SCALE#",
                    "AUTO_INCREMENT#",
                    "LOCAL_TYPE_NAME",
                    "MINIMUM_SCALE#",
                    "MAXIMUM_SCALE#",
                    "SQL_DATA_TYPE#",
                    "SQL_DATETIME_SUB#",
                    "NUM_PREC_RADIX#"),
                rows));
  }

  private static @Nullable Object[] type(
      String name, int type, int precision, @Nullable String quote) {
    int scale = type == Types.TIMESTAMP ? 9 : 0;
    int caseSensitive = quote == null || scale > 0 ? 0 : 1;
    return new Object[] {
      name,
      type,
      precision,
      quote,
      quote,
      null,
      DatabaseMetaData.typeNullable,
      caseSensitive,
      DatabaseMetaData.typeSearchable,
      0,
      0,
      0,
      name,
      0,
      scale,
      null,
      null,
      10
    };
  }

  @Override
  public String getURL() throws SQLException {
    return super.getURL();
  }

  @Override
  public String getUserName() throws SQLException {
    return "";
  }

  @Override
  public String getDatabaseProductVersion() throws SQLException {
    ServerInfo info = connection.btrdb().info();
    return info.build();
  }

  @Override
  public int getDatabaseMajorVersion() throws SQLException {
    return connection.btrdb().info().majorVersion();
  }

  @Override
  public int getDatabaseMinorVersion() throws SQLException {
    return connection.btrdb().info().minorVersion();
  }

  @Override
  public String getSearchStringEscape() {
    return "\\";
  }

  @Override
  public boolean supportsCatalogsInDataManipulation() {
    return false;
  }

  @Override
  public boolean supportsCatalogsInProcedureCalls() {
    return false;
  }

  @Override
  public boolean supportsCatalogsInTableDefinitions() {
    return false;
  }

  @Override
  public boolean supportsCatalogsInIndexDefinitions() {
    return false;
  }

  @Override
  public boolean supportsCatalogsInPrivilegeDefinitions() {
    return false;
  }

  @Override
  public boolean supportsTransactions() {
    return false;
  }

  @Override
  public boolean supportsBatchUpdates() {
    return true;
  }

  @Override
  public boolean storesMixedCaseIdentifiers() {
    return true;
  }

  @Override
  public boolean storesUpperCaseIdentifiers() {
    return false;
  }

  @Override
  public String getIdentifierQuoteString() {
    return "\"";
  }

  @Override
  public boolean deletesAreDetected(int type) {
    return false;
  }

  @Override
  public boolean insertsAreDetected(int type) {
    return false;
  }

  @Override
  public boolean updatesAreDetected(int type) {
    return false;
  }

  @Override
  public boolean ownUpdatesAreVisible(int type) {
    return false;
  }

  @Override
  public boolean ownDeletesAreVisible(int type) {
    return false;
  }

  @Override
  public boolean ownInsertsAreVisible(int type) {
    return false;
  }

  @Override
  public boolean othersUpdatesAreVisible(int type) {
    return false;
  }

  @Override
  public boolean othersDeletesAreVisible(int type) {
    return false;
  }

  @Override
  public boolean othersInsertsAreVisible(int type) {
    return false;
  }
}
