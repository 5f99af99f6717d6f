package org.btrdb.jdbc;

import java.sql.Connection;
import java.sql.DatabaseMetaData;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Properties;
import java.util.function.Function;
import java.util.function.Predicate;
import org.btrdb.client.model.ServerInfo;
import org.btrdb.sql.row.ColumnType;
import org.jspecify.annotations.Nullable;

/**
 * DatabaseMetaData over the catalogue: collections are schemas, streams are tables of {@code time}
 * and {@code value}, what is made of streams are views, and {@code INFORMATION_SCHEMA} has system
 * tables. Lists are fetched as they are read and never remembered; listing schemas or tables makes
 * statements look up their names again, too. No Calcite class is loaded.
 */
final class BtrdbDatabaseMetaData extends FixedMetaData {
  private final BtrdbConnection connection;

  BtrdbDatabaseMetaData(BtrdbConnection connection) {
    this.connection = connection;
  }

  private ResultSet none(MetadataShape shape) throws SQLException {
    return connection.emptyResult(shape);
  }

  private ResultSet rows(MetadataShape shape, List<@Nullable Object[]> rows) throws SQLException {
    return connection.result(shape, scope -> MetadataRows.of(rows));
  }

  /** There are no catalogs: only none, or "without a catalog", can match. */
  private static boolean isForeign(@Nullable String catalog) {
    return catalog != null && !catalog.isEmpty();
  }

  private NamePattern pattern(@Nullable String text) {
    return NamePattern.of(text, connection.url().flag(BtrdbProperty.LITERAL_UNDERSCORE));
  }

  // Schemas, tables, columns.

  @Override
  public ResultSet getCatalogs() throws SQLException {
    return none(MetadataShape.CATALOGS);
  }

  @Override
  public ResultSet getSchemas() throws SQLException {
    return getSchemas(null, null);
  }

  @Override
  public ResultSet getSchemas(@Nullable String catalog, @Nullable String schemaPattern)
      throws SQLException {
    if (isForeign(catalog)) {
      return none(MetadataShape.SCHEMAS);
    }
    connection.session().refresh();
    return listed(
        MetadataShape.SCHEMAS,
        listing ->
            listing
                .schemas(pattern(schemaPattern))
                .as(schema -> new @Nullable Object[] {schema, null}));
  }

  /** Rows made as they are read. */
  private ResultSet listed(
      MetadataShape shape, Function<CatalogListing, Listing<@Nullable Object[]>> rows)
      throws SQLException {
    return connection.result(
        shape,
        scope -> {
          Listing<@Nullable Object[]> listing =
              rows.apply(new CatalogListing(connection.session().catalog(), scope));
          return MetadataRows.of(listing, listing::close);
        });
  }

  @Override
  public ResultSet getTableTypes() throws SQLException {
    return rows(
        MetadataShape.TABLE_TYPES,
        List.<@Nullable Object[]>of(
            new @Nullable Object[] {MetadataTables.SYSTEM_TABLE},
            new @Nullable Object[] {MetadataTables.TABLE},
            new @Nullable Object[] {MetadataTables.VIEW}));
  }

  @Override
  public ResultSet getTables(
      @Nullable String catalog,
      @Nullable String schemaPattern,
      @Nullable String tablePattern,
      String @Nullable [] types)
      throws SQLException {
    if (isForeign(catalog)) {
      return none(MetadataShape.TABLES);
    }
    Predicate<String> wanted = type -> types == null || Arrays.asList(types).contains(type);
    NamePattern schemas = pattern(schemaPattern);
    NamePattern tables = pattern(tablePattern);
    connection.session().refresh();
    return listed(
        MetadataShape.TABLES,
        listing ->
            Listing.of(
                    List.of(MetadataTables.SYSTEM_TABLE, MetadataTables.TABLE, MetadataTables.VIEW))
                .where(wanted)
                .each(
                    type ->
                        switch (type) {
                          case MetadataTables.TABLE ->
                              listing.streams(schemas, tables).as(MetadataTables::tableRow);
                          case MetadataTables.VIEW -> views(listing, schemas, tables);
                          default ->
                              listing
                                  .informationTables(schemas, tables)
                                  .as(MetadataTables::systemRow);
                        }));
  }

  private static Listing<@Nullable Object[]> views(
      CatalogListing listing, NamePattern schemas, NamePattern tables) {
    return listing
        .reservedSchemas(schemas)
        .each(
            schema ->
                listing
                    .reservedTables(schema, tables)
                    .as(table -> MetadataTables.viewRow(schema, table)));
  }

  @Override
  public ResultSet getColumns(
      @Nullable String catalog,
      @Nullable String schemaPattern,
      @Nullable String tablePattern,
      @Nullable String columnPattern)
      throws SQLException {
    if (isForeign(catalog)) {
      return none(MetadataShape.COLUMNS);
    }
    return listed(
        MetadataShape.COLUMNS,
        listing ->
            listing
                .tables(pattern(schemaPattern), pattern(tablePattern))
                .each(
                    table -> Listing.of(MetadataTables.columnRows(table, pattern(columnPattern)))));
  }

  @Override
  public ResultSet getTypeInfo() throws SQLException {
    List<@Nullable Object[]> rows = new ArrayList<>();
    for (ColumnType.Kind kind : ColumnType.Kind.values()) {
      switch (kind) {
        case ARRAY, NULL, OTHER -> {} // appear in results, no column of a table has them
        case TIME -> {} // refused wherever a statement could name it
        default -> rows.add(typeRow(kind));
      }
    }
    rows.sort((a, b) -> Integer.compare(jdbcType(a), jdbcType(b)));
    return rows(MetadataShape.TYPE_INFO, rows);
  }

  private static int jdbcType(@Nullable Object[] typeRow) {
    return typeRow[1] instanceof Integer type ? type : 0;
  }

  private static @Nullable Object[] typeRow(ColumnType.Kind kind) {
    SqlTypeInfo info = SqlTypeInfo.of(kind);
    boolean isText = kind == ColumnType.Kind.VARCHAR || kind == ColumnType.Kind.CHAR;
    int precision =
        isText || kind == ColumnType.Kind.VARBINARY ? Integer.MAX_VALUE : info.precision();
    String prefix =
        switch (kind) {
          case VARCHAR, CHAR -> "'";
          case VARBINARY -> "X'";
          case DATE, TIMESTAMP, UUID -> info.name() + " '";
          default -> null;
        };
    ColumnType widest = new ColumnType(kind, info.precision(), info.precision());
    return new @Nullable Object[] {
      info.name(),
      info.jdbcType(),
      precision > 0 ? precision : null,
      prefix,
      prefix == null ? null : "'",
      kind == ColumnType.Kind.DECIMAL ? "precision,scale" : isText ? "length" : null,
      DatabaseMetaData.typeNullable,
      isText,
      kind == ColumnType.Kind.MAP ? DatabaseMetaData.typePredNone : DatabaseMetaData.typeSearchable,
      false,
      false,
      false,
      info.name(),
      kind == ColumnType.Kind.TIMESTAMP ? 9 : 0,
      SqlTypeInfo.scale(widest),
      null,
      null,
      info.signed() ? 10 : null
    };
  }

  @Override
  public ResultSet getClientInfoProperties() throws SQLException {
    return rows(
        MetadataShape.CLIENT_INFO,
        List.<@Nullable Object[]>of(
            new @Nullable Object[] {
              "ApplicationName",
              BtrdbConnection.MAX_CLIENT_INFO_LENGTH,
              "",
              "Name of the calling program"
            }));
  }

  // The connection and the product.

  @Override
  public Connection getConnection() {
    return connection;
  }

  /** The place only: no property, so no secret. */
  @Override
  public String getURL() {
    return connection.url().display();
  }

  @Override
  public String getUserName() {
    return connection.url().get(BtrdbProperty.USER);
  }

  @Override
  public boolean isReadOnly() throws SQLException {
    return connection.isReadOnly();
  }

  @Override
  public String getDatabaseProductName() {
    return Product.NAME;
  }

  private ServerInfo server() throws SQLException {
    connection.checkOpen();
    try {
      return connection.btrdb().info();
    } catch (RuntimeException e) {
      throw connection.failed(SqlErrors.of(e));
    }
  }

  @Override
  public String getDatabaseProductVersion() throws SQLException {
    return server().build();
  }

  @Override
  public int getDatabaseMajorVersion() throws SQLException {
    return server().majorVersion();
  }

  @Override
  public int getDatabaseMinorVersion() throws SQLException {
    return server().minorVersion();
  }

  @Override
  public String getDriverName() {
    return Product.DRIVER_NAME;
  }

  @Override
  public String getDriverVersion() {
    return Product.DRIVER_VERSION;
  }

  /** Avatica's server properties: there is no Avatica server. */
  @Override
  public Properties getRemoteAvaticaProperties() {
    return new Properties();
  }

  /** Empty: there is no Avatica server. */
  @Override
  public String getAvaticaServerVersion() {
    return "";
  }

  @Override
  public <T> T unwrap(Class<T> type) throws SQLException {
    return Wrapping.unwrap(this, type);
  }

  @Override
  public boolean isWrapperFor(Class<?> type) {
    return Wrapping.isWrapper(this, type);
  }

  // What BTrDB does not have.

  @Override
  public ResultSet getAttributes(
      @Nullable String catalog,
      @Nullable String schema,
      @Nullable String table,
      @Nullable String column)
      throws SQLException {
    return none(MetadataShape.ATTRIBUTES);
  }

  @Override
  public ResultSet getBestRowIdentifier(
      @Nullable String catalog,
      @Nullable String schema,
      @Nullable String table,
      int scope,
      boolean nullable)
      throws SQLException {
    return none(MetadataShape.ROW_IDENTIFIER);
  }

  @Override
  public ResultSet getColumnPrivileges(
      @Nullable String catalog,
      @Nullable String schema,
      @Nullable String table,
      @Nullable String column)
      throws SQLException {
    return none(MetadataShape.COLUMN_PRIVILEGES);
  }

  @Override
  public ResultSet getCrossReference(
      @Nullable String parentCatalog,
      @Nullable String parentSchema,
      @Nullable String parentTable,
      @Nullable String foreignCatalog,
      @Nullable String foreignSchema,
      @Nullable String foreignTable)
      throws SQLException {
    return none(MetadataShape.KEYS);
  }

  @Override
  public ResultSet getExportedKeys(
      @Nullable String catalog, @Nullable String schema, @Nullable String table)
      throws SQLException {
    return none(MetadataShape.KEYS);
  }

  @Override
  public ResultSet getFunctionColumns(
      @Nullable String catalog,
      @Nullable String schema,
      @Nullable String function,
      @Nullable String column)
      throws SQLException {
    return isForeign(catalog) || !isOfNoSchema(schema)
        ? none(MetadataShape.FUNCTION_COLUMNS)
        : rows(
            MetadataShape.FUNCTION_COLUMNS,
            ListedFunctions.columns(pattern(function), pattern(column)));
  }

  @Override
  public ResultSet getFunctions(
      @Nullable String catalog, @Nullable String schema, @Nullable String function)
      throws SQLException {
    return isForeign(catalog) || !isOfNoSchema(schema)
        ? none(MetadataShape.FUNCTIONS)
        : rows(MetadataShape.FUNCTIONS, ListedFunctions.rows(pattern(function)));
  }

  /** Functions are in no schema. */
  private boolean isOfNoSchema(@Nullable String schema) {
    return schema == null || pattern(schema).matches("");
  }

  @Override
  public ResultSet getImportedKeys(
      @Nullable String catalog, @Nullable String schema, @Nullable String table)
      throws SQLException {
    return none(MetadataShape.KEYS);
  }

  @Override
  public ResultSet getIndexInfo(
      @Nullable String catalog,
      @Nullable String schema,
      @Nullable String table,
      boolean unique,
      boolean approximate)
      throws SQLException {
    return none(MetadataShape.INDEX_INFO);
  }

  @Override
  public ResultSet getPrimaryKeys(
      @Nullable String catalog, @Nullable String schema, @Nullable String table)
      throws SQLException {
    return none(MetadataShape.PRIMARY_KEYS);
  }

  @Override
  public ResultSet getProcedureColumns(
      @Nullable String catalog,
      @Nullable String schema,
      @Nullable String table,
      @Nullable String column)
      throws SQLException {
    return none(MetadataShape.PROCEDURE_COLUMNS);
  }

  @Override
  public ResultSet getProcedures(
      @Nullable String catalog, @Nullable String schema, @Nullable String table)
      throws SQLException {
    return none(MetadataShape.PROCEDURES);
  }

  @Override
  public ResultSet getPseudoColumns(
      @Nullable String catalog,
      @Nullable String schema,
      @Nullable String table,
      @Nullable String column)
      throws SQLException {
    return none(MetadataShape.PSEUDO_COLUMNS);
  }

  @Override
  public ResultSet getSuperTables(
      @Nullable String catalog, @Nullable String schema, @Nullable String table)
      throws SQLException {
    return none(MetadataShape.SUPER_TABLES);
  }

  @Override
  public ResultSet getSuperTypes(
      @Nullable String catalog, @Nullable String schema, @Nullable String table)
      throws SQLException {
    return none(MetadataShape.SUPER_TYPES);
  }

  @Override
  public ResultSet getTablePrivileges(
      @Nullable String catalog, @Nullable String schema, @Nullable String table)
      throws SQLException {
    return none(MetadataShape.TABLE_PRIVILEGES);
  }

  @Override
  public ResultSet getUDTs(
      @Nullable String catalog,
      @Nullable String schema,
      @Nullable String type,
      int @Nullable [] types)
      throws SQLException {
    return none(MetadataShape.UDTS);
  }

  @Override
  public ResultSet getVersionColumns(
      @Nullable String catalog, @Nullable String schema, @Nullable String table)
      throws SQLException {
    return none(MetadataShape.ROW_IDENTIFIER);
  }
}
