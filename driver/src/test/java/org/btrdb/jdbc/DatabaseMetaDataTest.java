package org.btrdb.jdbc;

import static org.assertj.core.api.Assertions.assertThat;

import java.sql.Connection;
import java.sql.DatabaseMetaData;
import java.sql.ResultSet;
import java.sql.ResultSetMetaData;
import java.sql.SQLException;
import java.sql.Types;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class DatabaseMetaDataTest {
  private final TestData data = new TestData();
  private Connection connection;
  private DatabaseMetaData meta;
  private UUID volts = new UUID(0, 0);

  @BeforeEach
  void fill() throws SQLException {
    volts = data.stream("grid/a_b", "volts", Map.of("unit", "V"), Map.of("site", "north"));
    data.stream("grid/a_b", "amps_1");
    data.stream("grid/a_b", "ampsX1");
    data.stream("grid/aXb", "volts");
    data.stream("lab%", "t");
    connection = data.connect();
    meta = connection.getMetaData();
  }

  @AfterEach
  void close() throws SQLException {
    connection.close();
    data.close();
  }

  private static List<String> column(ResultSet result, String label) throws SQLException {
    List<String> values = new ArrayList<>();
    try (result) {
      while (result.next()) {
        values.add(result.getString(label));
      }
    }
    return values;
  }

  private List<String> schemas(@Nullable String pattern) throws SQLException {
    return column(meta.getSchemas(null, pattern), "TABLE_SCHEM");
  }

  private List<String> tables(@Nullable String schema, @Nullable String table) throws SQLException {
    return column(meta.getTables(null, schema, table, null), "TABLE_NAME");
  }

  @Test
  void schemasAreCollectionsThatMatch() throws SQLException {
    assertThat(column(meta.getSchemas(), "TABLE_SCHEM"))
        .containsExactly("grid/aXb", "grid/a_b", "lab%");
    assertThat(schemas("%")).hasSize(3);
    assertThat(schemas("grid/%")).containsExactly("grid/aXb", "grid/a_b");
    assertThat(schemas("grid/a_b")).containsExactly("grid/aXb", "grid/a_b");
    assertThat(schemas("grid/a\\_b")).containsExactly("grid/a_b");
    assertThat(schemas("lab\\%")).containsExactly("lab%");
    assertThat(schemas("")).isEmpty();
    assertThat(schemas("GRID/%")).isEmpty();
    assertThat(column(meta.getSchemas("cat", null), "TABLE_SCHEM")).isEmpty();
  }

  @Test
  void tablesAreStreamsThatMatch() throws SQLException {
    assertThat(tables(null, null)).containsExactly("volts", "ampsX1", "amps_1", "volts", "t");
    assertThat(tables("grid/a\\_b", "%")).containsExactly("ampsX1", "amps_1", "volts");
    assertThat(tables("grid/a_b", "volts")).containsExactly("volts", "volts");
    assertThat(tables("grid/a\\_b", "amps_1")).containsExactly("ampsX1", "amps_1");
    assertThat(tables("grid/a\\_b", "amps\\_1")).containsExactly("amps_1");
    assertThat(tables("grid/a\\_b", "VOLTS")).isEmpty();
    assertThat(tables("grid/a\\_b", "")).isEmpty();
    assertThat(tables("", null)).isEmpty();
    assertThat(tables("nosuch", "%")).isEmpty();
    assertThat(tables("nosuch", "x")).isEmpty();
    assertThat(column(meta.getTables("cat", null, null, null), "TABLE_NAME")).isEmpty();
  }

  @Test
  void everyStreamIsATableOfTheUuidSchemaWhenAskedForExactly() throws SQLException {
    assertThat(tables("uuid", volts.toString())).containsExactly(volts.toString());
    assertThat(tables("uuid", "nonsense")).isEmpty();
    assertThat(tables("uuid", "%")).isEmpty();
  }

  @Test
  void tableTypesFilter() throws SQLException {
    assertThat(column(meta.getTableTypes(), "TABLE_TYPE")).containsExactly("TABLE");
    String schema = "grid/a\\_b";
    assertThat(
            column(meta.getTables(null, schema, "%", new String[] {"VIEW", "TABLE"}), "TABLE_TYPE"))
        .containsOnly("TABLE")
        .hasSize(3);
    assertThat(column(meta.getTables(null, schema, "%", new String[] {"VIEW"}), "TABLE_NAME"))
        .isEmpty();
    assertThat(column(meta.getTables(null, schema, "%", new String[0]), "TABLE_NAME")).isEmpty();
  }

  @Test
  void ambiguousStreamsHaveTablesOfTheirOwn() throws SQLException {
    data.stream("twins", "t", Map.of("unit", "V"), Map.of());
    data.stream("twins", "t", Map.of("unit", "A"), Map.of());
    List<String> names = tables("twins", "%");
    assertThat(names).hasSize(2).allMatch(name -> name.startsWith("t#"));
    assertThat(tables("twins", "t")).isEmpty();
    assertThat(tables("twins", names.get(0))).containsExactly(names.get(0));
  }

  @Test
  void columnsAreTimeAndValue() throws SQLException {
    try (ResultSet columns = meta.getColumns(null, "grid/a\\_b", "volts", "%")) {
      assertThat(columns.next()).isTrue();
      assertThat(columns.getString("COLUMN_NAME")).isEqualTo("time");
      assertThat(columns.getInt("DATA_TYPE")).isEqualTo(Types.TIMESTAMP);
      assertThat(columns.getString("TYPE_NAME")).isEqualTo("TIMESTAMP");
      assertThat(columns.getInt("COLUMN_SIZE")).isEqualTo(29);
      assertThat(columns.getInt("DECIMAL_DIGITS")).isEqualTo(9);
      assertThat(columns.getInt("NULLABLE")).isEqualTo(DatabaseMetaData.columnNoNulls);
      assertThat(columns.getString("IS_NULLABLE")).isEqualTo("NO");
      assertThat(columns.getInt("ORDINAL_POSITION")).isEqualTo(1);
      assertThat(columns.next()).isTrue();
      assertThat(columns.getString("COLUMN_NAME")).isEqualTo("value");
      assertThat(columns.getInt("DATA_TYPE")).isEqualTo(Types.DOUBLE);
      assertThat(columns.getString("TYPE_NAME")).isEqualTo("DOUBLE");
      assertThat(columns.getObject("DECIMAL_DIGITS")).isNull();
      assertThat(columns.getString("REMARKS")).isEqualTo("V");
      assertThat(columns.getString("TABLE_SCHEM")).isEqualTo("grid/a_b");
      assertThat(columns.next()).isFalse();
    }
    assertThat(column(meta.getColumns(null, "lab\\%", "t", "v%"), "COLUMN_NAME"))
        .containsExactly("value");
    assertThat(column(meta.getColumns(null, null, null, null), "COLUMN_NAME")).hasSize(10);
  }

  @Test
  void remarksTellUnitAndAnnotations() throws SQLException {
    assertThat(column(meta.getTables(null, "grid/a\\_b", "volts", null), "REMARKS"))
        .containsExactly("site=north, unit=V");
  }

  @Test
  void typeNamesOfColumnsAreThoseOfTypeInfo() throws SQLException {
    List<String> types = column(meta.getTypeInfo(), "TYPE_NAME");
    assertThat(types).contains("TIMESTAMP", "DOUBLE", "BIGINT", "VARCHAR").doesNotHaveDuplicates();
    assertThat(types).containsAll(column(meta.getColumns(null, null, null, null), "TYPE_NAME"));
    List<Integer> codes = new ArrayList<>();
    try (ResultSet info = meta.getTypeInfo()) {
      while (info.next()) {
        codes.add(info.getInt("DATA_TYPE"));
        if (info.getString("TYPE_NAME").equals("TIMESTAMP")) {
          assertThat(info.getInt("PRECISION")).isEqualTo(29);
          assertThat(info.getInt("MAXIMUM_SCALE")).isEqualTo(9);
        }
      }
    }
    assertThat(codes).isSorted();
  }

  @Test
  void keysIndexesAndRoutinesAreEmptyButShaped() throws SQLException {
    assertShape(meta.getPrimaryKeys(null, "a", "b"), 6, "PK_NAME");
    assertShape(meta.getImportedKeys(null, "a", "b"), 14, "DEFERRABILITY");
    assertShape(meta.getIndexInfo(null, "a", "b", false, true), 13, "FILTER_CONDITION");
    assertShape(meta.getBestRowIdentifier(null, "a", "b", 0, true), 8, "PSEUDO_COLUMN");
    assertShape(meta.getProcedures(null, null, null), 9, "SPECIFIC_NAME");
    assertShape(meta.getFunctions(null, null, null), 6, "SPECIFIC_NAME");
    assertShape(meta.getCatalogs(), 1, "TABLE_CAT");
    assertShape(meta.getUDTs(null, null, null, null), 7, "BASE_TYPE");
    assertShape(meta.getVersionColumns(null, "a", "b"), 8, "PSEUDO_COLUMN");
  }

  private static void assertShape(ResultSet result, int columns, String last) throws SQLException {
    try (result) {
      ResultSetMetaData shape = result.getMetaData();
      assertThat(shape.getColumnCount()).isEqualTo(columns);
      assertThat(shape.getColumnLabel(columns)).isEqualTo(last);
      assertThat(result.next()).isFalse();
    }
  }

  @Test
  void saysWhatItIs() throws SQLException {
    assertThat(meta.getDatabaseProductName()).isEqualTo("BTrDB");
    assertThat(meta.getDatabaseMajorVersion()).isEqualTo(5);
    assertThat(meta.getDatabaseProductVersion()).startsWith("5.");
    assertThat(meta.getJDBCMajorVersion()).isEqualTo(4);
    assertThat(meta.getJDBCMinorVersion()).isEqualTo(3);
    assertThat(meta.getIdentifierQuoteString()).isEqualTo("\"");
    assertThat(meta.getSearchStringEscape()).isEqualTo("\\");
    assertThat(meta.storesMixedCaseIdentifiers()).isTrue();
    assertThat(meta.supportsCatalogsInDataManipulation()).isFalse();
    assertThat(meta.supportsSchemasInDataManipulation()).isTrue();
    assertThat(meta.supportsTransactions()).isFalse();
    assertThat(meta.getConnection()).isSameAs(connection);
    assertThat(meta.getURL()).isEqualTo(data.url());
  }
}
