package org.btrdb.jdbc;

import java.util.Arrays;
import java.util.List;
import org.btrdb.sql.row.Column;
import org.btrdb.sql.row.ColumnType;

/**
 * The columns of each result of DatabaseMetaData, as its Javadoc lays them down: text unless marked
 * {@code :i} (INTEGER), {@code :s} (SMALLINT), {@code :l} (BIGINT) or {@code :b} (BOOLEAN).
 */
enum MetadataShape {
  GENERATED_KEYS("GENERATED_KEY:l"),
  CATALOGS("TABLE_CAT"),
  SCHEMAS("TABLE_SCHEM", "TABLE_CATALOG"),
  TABLE_TYPES("TABLE_TYPE"),
  TABLES(
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
  COLUMNS(
      "TABLE_CAT",
      "TABLE_SCHEM",
      "TABLE_NAME",
      "COLUMN_NAME",
      "DATA_TYPE:i",
      "TYPE_NAME",
      "COLUMN_SIZE:i",
      "BUFFER_LENGTH:i",
      "DECIMAL_DIGITS:i",
      "NUM_PREC_RADIX:i",
      "NULLABLE:i",
      "REMARKS",
      "COLUMN_DEF",
      "SQL_DATA_TYPE:i",
      "SQL_DATETIME_SUB:i",
      "CHAR_OCTET_LENGTH:i",
      "ORDINAL_POSITION:i",
      "IS_NULLABLE",
      "SCOPE_CATALOG",
      "SCOPE_SCHEMA",
      "SCOPE_TABLE",
      "SOURCE_DATA_TYPE:s",
      "IS_AUTOINCREMENT",
      "IS_GENERATEDCOLUMN"),
  TYPE_INFO(
      "TYPE_NAME",
      "DATA_TYPE:i",
      "PRECISION:i",
      "LITERAL_PREFIX",
      "LITERAL_SUFFIX",
      "CREATE_PARAMS",
      "NULLABLE:s",
      "CASE_SENSITIVE:b",
      "SEARCHABLE:s",
      "UNSIGNED_ATTRIBUTE:b",
      "FIXED_PREC_SCALE:b",
      "AUTO_INCREMENT:b",
      "LOCAL_TYPE_NAME",
      "MINIMUM_SCALE:s",
      "MAXIMUM_SCALE:s",
      "SQL_DATA_TYPE:i",
      "SQL_DATETIME_SUB:i",
      "NUM_PREC_RADIX:i"),
  CLIENT_INFO("NAME", "MAX_LEN:i", "DEFAULT_VALUE", "DESCRIPTION"),
  PRIMARY_KEYS("TABLE_CAT", "TABLE_SCHEM", "TABLE_NAME", "COLUMN_NAME", "KEY_SEQ:s", "PK_NAME"),
  KEYS(
      "PKTABLE_CAT",
      "PKTABLE_SCHEM",
      "PKTABLE_NAME",
      "PKCOLUMN_NAME",
      "FKTABLE_CAT",
      "FKTABLE_SCHEM",
      "FKTABLE_NAME",
      "FKCOLUMN_NAME",
      "KEY_SEQ:s",
      "UPDATE_RULE:s",
      "DELETE_RULE:s",
      "FK_NAME",
      "PK_NAME",
      "DEFERRABILITY:s"),
  INDEX_INFO(
      "TABLE_CAT",
      "TABLE_SCHEM",
      "TABLE_NAME",
      "NON_UNIQUE:b",
      "INDEX_QUALIFIER",
      "INDEX_NAME",
      "TYPE:s",
      "ORDINAL_POSITION:s",
      "COLUMN_NAME",
      "ASC_OR_DESC",
      "CARDINALITY:l",
      "PAGES:l",
      "FILTER_CONDITION"),
  ROW_IDENTIFIER(
      "SCOPE:s",
      "COLUMN_NAME",
      "DATA_TYPE:i",
      "TYPE_NAME",
      "COLUMN_SIZE:i",
      "BUFFER_LENGTH:i",
      "DECIMAL_DIGITS:s",
      "PSEUDO_COLUMN:s"),
  TABLE_PRIVILEGES(
      "TABLE_CAT", "TABLE_SCHEM", "TABLE_NAME", "GRANTOR", "GRANTEE", "PRIVILEGE", "IS_GRANTABLE"),
  COLUMN_PRIVILEGES(
      "TABLE_CAT",
      "TABLE_SCHEM",
      "TABLE_NAME",
      "COLUMN_NAME",
      "GRANTOR",
      "GRANTEE",
      "PRIVILEGE",
      "IS_GRANTABLE"),
  PROCEDURES(
      "PROCEDURE_CAT",
      "PROCEDURE_SCHEM",
      "PROCEDURE_NAME",
      "RESERVED1",
      "RESERVED2",
      "RESERVED3",
      "REMARKS",
      "PROCEDURE_TYPE:s",
      "SPECIFIC_NAME"),
  PROCEDURE_COLUMNS(
      "PROCEDURE_CAT",
      "PROCEDURE_SCHEM",
      "PROCEDURE_NAME",
      "COLUMN_NAME",
      "COLUMN_TYPE:s",
      "DATA_TYPE:i",
      "TYPE_NAME",
      "PRECISION:i",
      "LENGTH:i",
      "SCALE:s",
      "RADIX:s",
      "NULLABLE:s",
      "REMARKS",
      "COLUMN_DEF",
      "SQL_DATA_TYPE:i",
      "SQL_DATETIME_SUB:i",
      "CHAR_OCTET_LENGTH:i",
      "ORDINAL_POSITION:i",
      "IS_NULLABLE",
      "SPECIFIC_NAME"),
  FUNCTIONS(
      "FUNCTION_CAT",
      "FUNCTION_SCHEM",
      "FUNCTION_NAME",
      "REMARKS",
      "FUNCTION_TYPE:s",
      "SPECIFIC_NAME"),
  FUNCTION_COLUMNS(
      "FUNCTION_CAT",
      "FUNCTION_SCHEM",
      "FUNCTION_NAME",
      "COLUMN_NAME",
      "COLUMN_TYPE:s",
      "DATA_TYPE:i",
      "TYPE_NAME",
      "PRECISION:i",
      "LENGTH:i",
      "SCALE:s",
      "RADIX:s",
      "NULLABLE:s",
      "REMARKS",
      "CHAR_OCTET_LENGTH:i",
      "ORDINAL_POSITION:i",
      "IS_NULLABLE",
      "SPECIFIC_NAME"),
  PSEUDO_COLUMNS(
      "TABLE_CAT",
      "TABLE_SCHEM",
      "TABLE_NAME",
      "COLUMN_NAME",
      "DATA_TYPE:i",
      "COLUMN_SIZE:i",
      "DECIMAL_DIGITS:i",
      "NUM_PREC_RADIX:i",
      "COLUMN_USAGE",
      "REMARKS",
      "CHAR_OCTET_LENGTH:i",
      "IS_NULLABLE"),
  UDTS(
      "TYPE_CAT", "TYPE_SCHEM", "TYPE_NAME", "CLASS_NAME", "DATA_TYPE:i", "REMARKS", "BASE_TYPE:s"),
  SUPER_TYPES(
      "TYPE_CAT", "TYPE_SCHEM", "TYPE_NAME", "SUPERTYPE_CAT", "SUPERTYPE_SCHEM", "SUPERTYPE_NAME"),
  SUPER_TABLES("TABLE_CAT", "TABLE_SCHEM", "TABLE_NAME", "SUPERTABLE_NAME"),
  ATTRIBUTES(
      "TYPE_CAT",
      "TYPE_SCHEM",
      "TYPE_NAME",
      "ATTR_NAME",
      "DATA_TYPE:i",
      "ATTR_TYPE_NAME",
      "ATTR_SIZE:i",
      "DECIMAL_DIGITS:i",
      "NUM_PREC_RADIX:i",
      "NULLABLE:i",
      "REMARKS",
      "ATTR_DEF",
      "SQL_DATA_TYPE:i",
      "SQL_DATETIME_SUB:i",
      "CHAR_OCTET_LENGTH:i",
      "ORDINAL_POSITION:i",
      "IS_NULLABLE",
      "SCOPE_CATALOG",
      "SCOPE_SCHEMA",
      "SCOPE_TABLE",
      "SOURCE_DATA_TYPE:s");

  @SuppressWarnings("ImmutableEnumChecker") // made by Stream.toList
  private final List<Column> columns;

  MetadataShape(String... specifications) {
    this.columns = Arrays.stream(specifications).map(MetadataShape::column).toList();
  }

  List<Column> columns() {
    return columns;
  }

  private static Column column(String specification) {
    int colon = specification.indexOf(':');
    String name = colon < 0 ? specification : specification.substring(0, colon);
    ColumnType.Kind kind =
        switch (colon < 0 ? "" : specification.substring(colon)) {
          case ":i" -> ColumnType.Kind.INTEGER;
          case ":s" -> ColumnType.Kind.SMALLINT;
          case ":l" -> ColumnType.Kind.BIGINT;
          case ":b" -> ColumnType.Kind.BOOLEAN;
          default -> ColumnType.Kind.VARCHAR;
        };
    return new Column(name, name, null, null, new ColumnType(kind, -1, 0), true);
  }
}
