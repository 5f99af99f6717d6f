package org.btrdb.jdbc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.sql.Connection;
import java.sql.DatabaseMetaData;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.ResultSetMetaData;
import java.sql.SQLException;
import java.sql.Statement;
import java.sql.Types;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.UUID;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.assertj.core.api.SoftAssertions;
import org.btrdb.sql.aggregate.DialectAggregate;
import org.btrdb.sql.expression.NumberFunctions;
import org.btrdb.sql.tablefunction.TableFunction;
import org.btrdb.sql.time.GapFunctions;
import org.btrdb.sql.time.TimeFunctions;
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

  private List<String> tablesOf(String schema) {
    try {
      return tables(schema, "%");
    } catch (SQLException e) {
      throw new IllegalStateException(e);
    }
  }

  @Test
  void schemasAreCollectionsThatMatch() throws SQLException {
    assertThat(column(meta.getSchemas(), "TABLE_SCHEM"))
        .containsExactly(
            "INFORMATION_SCHEMA", "btrdb", "grid/aXb", "grid/a_b", "lab%", "tall", "wide");
    assertThat(schemas("%")).hasSize(7);
    assertThat(schemas("_a%")).containsExactly("lab%", "tall");
    assertThat(schemas("wide")).containsExactly("wide");
    assertThat(schemas("uuid")).isEmpty();
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
    List<String> everything = tables(null, null);
    assertThat(everything)
        .startsWith("COLUMNS", "SCHEMATA", "TABLES", "volts", "ampsX1", "amps_1", "volts", "t");
    assertThat(everything.subList(8, everything.size()))
        .isEqualTo(Stream.of("btrdb", "tall", "wide").flatMap(s -> tablesOf(s).stream()).toList());
    assertThat(tables(null, "volts")).containsExactly("volts", "volts");
    assertThat(column(meta.getTables(null, "grid%", "volts", null), "TABLE_SCHEM"))
        .containsExactly("grid/aXb", "grid/a_b");
    assertThat(tables("grid/aX%", "volts")).containsExactly("volts");
    assertThat(tables("%", "v%")).containsExactly("volts", "volts");
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
    assertThat(column(meta.getTableTypes(), "TABLE_TYPE"))
        .containsExactly("SYSTEM TABLE", "TABLE", "VIEW");
    assertThat(
            column(meta.getTables(null, null, "%", new String[] {"SYSTEM TABLE"}), "TABLE_SCHEM"))
        .containsOnly("INFORMATION_SCHEMA")
        .hasSize(3);
    assertThat(column(meta.getTables(null, null, "%", new String[] {"TABLE"}), "TABLE_SCHEM"))
        .doesNotContain("wide", "tall", "btrdb", "INFORMATION_SCHEMA")
        .hasSize(5);
    assertThat(column(meta.getTables(null, null, "%", new String[] {"VIEW"}), "TABLE_SCHEM"))
        .containsOnly("btrdb", "tall", "wide");
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
    assertThat(column(meta.getColumns(null, "grid/%", null, null), "COLUMN_NAME")).hasSize(8);
    assertThat(column(meta.getColumns(null, null, "volts", "time"), "TABLE_SCHEM"))
        .containsExactly("grid/aXb", "grid/a_b");
    assertThat(column(meta.getColumns(null, null, null, "time"), "TABLE_SCHEM"))
        .containsExactly(
            "btrdb",
            "grid/aXb",
            "grid/a_b",
            "grid/a_b",
            "grid/a_b",
            "lab%",
            "tall",
            "tall",
            "tall",
            "wide",
            "wide",
            "wide");
  }

  @Test
  void devicesHaveAColumnForEachStream() throws SQLException {
    assertThat(tables("wide", "%")).containsExactly("grid/aXb", "grid/a_b", "lab%");
    assertThat(tables("wide", "grid/%")).containsExactly("grid/aXb", "grid/a_b");
    assertThat(tables("wide", "grid/a\\_b")).containsExactly("grid/a_b");
    assertThat(tables("wide", "grid/a")).isEmpty();
    assertThat(tables("wide", "")).isEmpty();
    try (ResultSet columns = meta.getColumns(null, "wide", "grid/a\\_b", null)) {
      List<String> shown = new ArrayList<>();
      while (columns.next()) {
        shown.add(
            columns.getString("COLUMN_NAME")
                + " "
                + columns.getString("TYPE_NAME")
                + " "
                + columns.getString("IS_NULLABLE")
                + " "
                + columns.getInt("ORDINAL_POSITION")
                + " "
                + columns.getString("REMARKS"));
      }
      assertThat(shown)
          .containsExactly(
              "time TIMESTAMP NO 1 UTC, nanoseconds",
              "ampsX1 DOUBLE YES 2 null",
              "amps_1 DOUBLE YES 3 null",
              "volts DOUBLE YES 4 V");
    }
    assertThat(column(meta.getColumns(null, "wide", "%", "volts"), "TABLE_NAME"))
        .containsExactly("grid/aXb", "grid/a_b");
  }

  @Test
  void tallAndSystemTablesAreViews() throws SQLException {
    assertThat(tables("tall", "grid%")).containsExactly("grid/aXb", "grid/a_b");
    assertThat(column(meta.getColumns(null, "tall", "grid/a\\_b", null), "COLUMN_NAME"))
        .containsExactly(
            "time",
            "value",
            "collection",
            "name",
            "unit",
            "uuid",
            "version",
            "tags",
            "annotations");
    assertThat(tables("btrdb", "%"))
        .containsExactly(
            "annotations",
            "cluster_members",
            "collections",
            "metadata_usage",
            "points",
            "server_info",
            "session_rpcs",
            "stream_stats",
            "streams",
            "tags");
    assertThat(column(meta.getTables(null, "btrdb", "s%s", null), "TABLE_TYPE"))
        .containsOnly("VIEW")
        .hasSize(3);
    try (ResultSet columns = meta.getColumns(null, "btrdb", "streams", "%n%")) {
      assertThat(columns.next()).isTrue();
      assertThat(columns.getString("COLUMN_NAME")).isEqualTo("collection");
      assertThat(columns.getInt("DATA_TYPE")).isEqualTo(Types.VARCHAR);
      assertThat(columns.getInt("COLUMN_SIZE")).isEqualTo(Integer.MAX_VALUE);
      assertThat(columns.getInt("ORDINAL_POSITION")).isEqualTo(2);
      assertThat(columns.getInt("NULLABLE")).isEqualTo(DatabaseMetaData.columnNoNulls);
      assertThat(columns.next()).isTrue();
      assertThat(columns.getString("COLUMN_NAME")).isEqualTo("name");
      assertThat(columns.getString("IS_NULLABLE")).isEqualTo("YES");
    }
  }

  /** The standard's schema has system tables, with the columns that a query of them gives. */
  @Test
  void informationSchemaIsListedAsItIsRead() throws SQLException {
    assertThat(schemas("INF%")).containsExactly("INFORMATION_SCHEMA");
    assertThat(tables("INFORMATION_SCHEMA", "%")).containsExactly("COLUMNS", "SCHEMATA", "TABLES");
    assertThat(column(meta.getTables(null, "INFORMATION_SCHEMA", "T%", null), "TABLE_TYPE"))
        .containsExactly("SYSTEM TABLE");
    try (Statement statement = connection.createStatement()) {
      for (String table : tables("INFORMATION_SCHEMA", "%")) {
        List<String> listed = new ArrayList<>();
        try (ResultSet columns = meta.getColumns(null, "INFORMATION_SCHEMA", table, null)) {
          while (columns.next()) {
            listed.add(
                columns.getString("COLUMN_NAME")
                    + " "
                    + columns.getString("TYPE_NAME")
                    + " "
                    + columns.getInt("NULLABLE"));
          }
        }
        List<String> read = new ArrayList<>();
        try (ResultSet rows = statement.executeQuery("SELECT * FROM INFORMATION_SCHEMA." + table)) {
          ResultSetMetaData shape = rows.getMetaData();
          for (int i = 1; i <= shape.getColumnCount(); i++) {
            read.add(
                shape.getColumnName(i)
                    + " "
                    + shape.getColumnTypeName(i)
                    + " "
                    + shape.isNullable(i));
          }
        }
        assertThat(listed).as(table).isEqualTo(read);
      }
    }
    data.stream("information_schema", "hidden");
    assertThat(schemas("inf%")).isEmpty();
    assertThat(tables(null, "hidden")).isEmpty();
  }

  /** What is listed can be asked for under the name that is listed, and has those columns. */
  @Test
  void whatIsListedCanBeQueried() throws SQLException {
    data.stream("twins", "t", Map.of("unit", "V"), Map.of());
    data.stream("twins", "t", Map.of("unit", "A"), Map.of());
    data.stream("twins", "T", Map.of(), Map.of());
    data.stream("twins", "", Map.of(), Map.of());
    data.stream("q\"uote'/ü.日本 x", "TIME", Map.of(), Map.of());
    Map<String, List<String>> columns = new LinkedHashMap<>();
    try (ResultSet result = meta.getColumns(null, null, null, null)) {
      while (result.next()) {
        String table =
            quoted(result.getString("TABLE_SCHEM")) + "." + quoted(result.getString("TABLE_NAME"));
        columns.computeIfAbsent(table, t -> new ArrayList<>()).add(result.getString("COLUMN_NAME"));
      }
    }
    Set<String> tables = new LinkedHashSet<>();
    try (ResultSet result = meta.getTables(null, null, null, null)) {
      while (result.next()) {
        tables.add(
            quoted(result.getString("TABLE_SCHEM")) + "." + quoted(result.getString("TABLE_NAME")));
      }
    }
    assertThat(tables).hasSize(3 + 10 + 10 + 2 * 5).isEqualTo(columns.keySet());
    for (String table : tables) {
      try (Statement statement = connection.createStatement();
          ResultSet rows = statement.executeQuery("SELECT * FROM " + table + " LIMIT 0")) {
        List<String> shown = new ArrayList<>();
        for (int i = 1; i <= rows.getMetaData().getColumnCount(); i++) {
          shown.add(rows.getMetaData().getColumnName(i));
        }
        assertThat(shown).as(table).isEqualTo(columns.get(table));
      }
    }
  }

  private static String quoted(String name) {
    return '"' + name.replace("\"", "\"\"") + '"';
  }

  @Test
  void schemasThatAreNoCollectionsCanHaveOtherNames() throws SQLException {
    data.stream("wide", "w");
    assertThat(schemas("w%")).containsExactly("wide");
    assertThat(tables("wide", "%")).contains("wide").doesNotContain("w");
    try (Connection other =
        DriverManager.getConnection(
            data.url() + "?wideSchema=devices&tallSchema=long&uuidSchema=id&systemSchema=sys")) {
      DatabaseMetaData renamed = other.getMetaData();
      assertThat(column(renamed.getSchemas(), "TABLE_SCHEM"))
          .containsExactly(
              "INFORMATION_SCHEMA",
              "devices",
              "grid/aXb",
              "grid/a_b",
              "lab%",
              "long",
              "sys",
              "wide");
      assertThat(column(renamed.getTables(null, "wide", "%", null), "TABLE_NAME"))
          .containsExactly("w");
      assertThat(column(renamed.getTables(null, "devices", "%", null), "TABLE_NAME"))
          .contains("wide");
      assertThat(column(renamed.getTables(null, "id", volts.toString(), null), "TABLE_SCHEM"))
          .containsExactly("id");
      try (Statement statement = other.createStatement()) {
        assertThat(column(statement.executeQuery("SELECT * FROM wide.w"), "value")).isEmpty();
        assertThat(column(statement.executeQuery("SELECT * FROM sys.collections"), "collection"))
            .hasSize(4);
      }
    }
    assertThatThrownBy(() -> DriverManager.getConnection(data.url() + "?wideSchema=tall"))
        .isInstanceOf(SQLException.class)
        .hasMessageContaining("four different names");
  }

  /** Names are remembered for statements, never for metadata; asking for tables refreshes. */
  @Test
  void metadataIsFreshAndRefreshesNames() throws SQLException {
    assertThat(columnsOf("grid/aXb")).containsExactly("time", "volts");
    data.stream("grid/aXb", "new");
    assertThat(columnsOf("grid/aXb")).containsExactly("time", "volts");
    assertThat(column(meta.getColumns(null, "wide", "grid/aXb", null), "COLUMN_NAME"))
        .containsExactly("time", "new", "volts");
    assertThat(tables("grid/aXb", "%")).containsExactly("new", "volts");
    assertThat(columnsOf("grid/aXb")).containsExactly("time", "new", "volts");
    data.stream("grid/aXb", "newer");
    schemas("%");
    assertThat(columnsOf("grid/aXb")).containsExactly("time", "new", "newer", "volts");
  }

  private List<String> columnsOf(String table) throws SQLException {
    List<String> columns = new ArrayList<>();
    try (PreparedStatement statement =
        connection.prepareStatement("SELECT * FROM " + quoted(table))) {
      ResultSetMetaData shape = statement.getMetaData();
      for (int i = 1; i <= shape.getColumnCount(); i++) {
        columns.add(shape.getColumnName(i));
      }
    }
    return columns;
  }

  /** As callers that never close them, on a connection of a pool. */
  @Test
  void resultsThatWereReadToTheirEndAreNotKept() throws SQLException {
    BtrdbConnection ours = connection.unwrap(BtrdbConnection.class);
    ResultSet result = connection.getMetaData().getTables(null, null, null, null);
    assertThat(ours.statementMap).hasSize(1);
    while (result.next()) {
      assertThat(result.getString("TABLE_NAME")).isNotNull();
    }
    assertThat(ours.statementMap).isEmpty();
    assertThat(result.isClosed()).isFalse();
    assertThat(result.next()).isFalse();
    result.close();
    assertThat(result.isClosed()).isTrue();
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

  /** Only a number can be unsigned, and text is as long as the columns of tables say. */
  @Test
  void typesAreDescribedAsColumnsAre() throws SQLException {
    Map<String, Integer> sizes = new LinkedHashMap<>();
    try (ResultSet info = meta.getTypeInfo()) {
      while (info.next()) {
        assertThat(info.getBoolean("UNSIGNED_ATTRIBUTE")).isFalse();
        int precision = info.getInt("PRECISION");
        assertThat(info.wasNull() || precision > 0).as(info.getString(1)).isTrue();
        sizes.put(info.getString("TYPE_NAME"), precision);
      }
    }
    assertThat(sizes).containsKey("TIMESTAMP").doesNotContainKey("TIME"); // which is refused
    try (ResultSet columns = meta.getColumns(null, null, null, null)) {
      while (columns.next()) {
        String type = columns.getString("TYPE_NAME");
        assertThat(columns.getInt("COLUMN_SIZE")).as(type).isEqualTo(sizes.get(type));
      }
    }
  }

  /** Wide tables have a column for each stream. */
  @Test
  void tablesHaveAnyNumberOfColumns() throws SQLException {
    assertThat(meta.getMaxColumnsInTable()).isZero();
  }

  @Test
  void keysIndexesAndRoutinesAreEmptyButShaped() throws SQLException {
    assertShape(meta.getPrimaryKeys(null, "a", "b"), 6, "PK_NAME");
    assertShape(meta.getImportedKeys(null, "a", "b"), 14, "DEFERRABILITY");
    assertShape(meta.getIndexInfo(null, "a", "b", false, true), 13, "FILTER_CONDITION");
    assertShape(meta.getBestRowIdentifier(null, "a", "b", 0, true), 8, "PSEUDO_COLUMN");
    assertShape(meta.getProcedures(null, null, null), 9, "SPECIFIC_NAME");
    assertShape(meta.getFunctions(null, "a", null), 6, "SPECIFIC_NAME");
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

  /** Tools that compute an order themselves, as Calcite does, go by what is said here. */
  @Test
  void nullsAreSortedWhereItIsSaid() throws SQLException {
    data.ramp("nulls", "s", 3);
    String keys = "SELECT NULLIF(value, 1) AS k FROM \"nulls\".s ORDER BY k";
    try (Statement statement = connection.createStatement()) {
      boolean lastUp = endsInNull(statement.executeQuery(keys));
      boolean lastDown = endsInNull(statement.executeQuery(keys + " DESC"));
      assertThat(meta.nullsAreSortedAtEnd()).isEqualTo(lastUp && lastDown);
      assertThat(meta.nullsAreSortedAtStart()).isEqualTo(!lastUp && !lastDown);
      assertThat(meta.nullsAreSortedHigh()).isEqualTo(lastUp && !lastDown);
      assertThat(meta.nullsAreSortedLow()).isEqualTo(!lastUp && lastDown);
    }
  }

  private static boolean endsInNull(ResultSet rows) throws SQLException {
    List<String> keys = column(rows, "k");
    assertThat(keys).hasSize(3).containsOnlyOnce((String) null);
    return keys.indexOf(null) == 2;
  }

  /** A statement that says what a tool asks about runs if, and only if, that is supported. */
  @Test
  void whatIsSaidToBeSupportedRuns() throws SQLException {
    data.ramp("s", "r", 3);
    connection.setSchema("s");
    SoftAssertions softly = new SoftAssertions();
    String join = "SELECT a.value FROM r a %s JOIN r b ON a.value = b.value + 1";
    runsIf(softly, meta.supportsColumnAliasing(), "SELECT value AS v FROM r");
    runsIf(softly, meta.supportsTableCorrelationNames(), "SELECT x.value FROM r AS x");
    runsIf(softly, meta.supportsExpressionsInOrderBy(), "SELECT value FROM r ORDER BY -value");
    runsIf(softly, meta.supportsOrderByUnrelated(), "SELECT value FROM r ORDER BY time");
    runsIf(softly, meta.supportsGroupBy(), "SELECT value FROM r GROUP BY value");
    runsIf(softly, meta.supportsGroupByUnrelated(), "SELECT COUNT(*) FROM r GROUP BY value");
    runsIf(softly, meta.supportsGroupByBeyondSelect(), "SELECT value FROM r GROUP BY value, time");
    runsIf(
        softly,
        meta.supportsLikeEscapeClause(),
        "SELECT name FROM btrdb.streams WHERE name LIKE '!_%' ESCAPE '!'");
    runsIf(softly, meta.supportsOuterJoins(), join.replace("%s", "LEFT"));
    runsIf(softly, meta.supportsLimitedOuterJoins(), join.replace("%s", "RIGHT"));
    runsIf(softly, meta.supportsFullOuterJoins(), join.replace("%s", "FULL"));
    String where = "SELECT value FROM r a WHERE ";
    runsIf(
        softly,
        meta.supportsSubqueriesInComparisons(),
        where + "value = (SELECT MAX(value) FROM r)");
    runsIf(softly, meta.supportsSubqueriesInExists(), where + "EXISTS (SELECT value FROM r)");
    runsIf(softly, meta.supportsSubqueriesInIns(), where + "value IN (SELECT value FROM r)");
    runsIf(
        softly,
        meta.supportsSubqueriesInQuantifieds(),
        where + "value >= ALL (SELECT value FROM r)");
    runsIf(
        softly,
        meta.supportsCorrelatedSubqueries(),
        where + "value = (SELECT MAX(value) FROM r b WHERE b.time <= a.time)");
    runsIf(softly, meta.supportsUnion(), "SELECT value FROM r UNION SELECT value FROM r");
    runsIf(softly, meta.supportsUnionAll(), "SELECT value FROM r UNION ALL SELECT value FROM r");
    runsIf(softly, meta.supportsSchemasInDataManipulation(), "SELECT value FROM \"s\".r");
    runsIf(softly, meta.supportsCatalogsInDataManipulation(), "SELECT value FROM \"c\".\"s\".r");
    runsIf(softly, meta.supportsSelectForUpdate(), "SELECT value FROM r FOR UPDATE");
    softly.assertAll();
  }

  private void runsIf(SoftAssertions softly, boolean isSupported, String sql) throws SQLException {
    try (Statement statement = connection.createStatement()) {
      boolean ran = false;
      String failure = "it ran";
      try (ResultSet rows = statement.executeQuery(sql)) {
        while (rows.next()) {
          rows.getObject(1);
        }
        ran = true;
      } catch (SQLException e) {
        failure = e.getMessage();
      }
      softly.assertThat(ran).as(sql + ": " + failure).isEqualTo(isSupported);
    }
  }

  @Test
  void functionsAreThoseOfTheDialect() throws SQLException {
    List<String> scalar = new ArrayList<>();
    List<String> table = new ArrayList<>();
    try (ResultSet functions = meta.getFunctions(null, null, "%")) {
      while (functions.next()) {
        String name = functions.getString("FUNCTION_NAME");
        assertThat(functions.getString("REMARKS")).startsWith(name + "(");
        (functions.getInt("FUNCTION_TYPE") == DatabaseMetaData.functionReturnsTable
                ? table
                : scalar)
            .add(name);
      }
    }
    assertThat(table)
        .containsExactlyInAnyOrderElementsOf(
            Arrays.stream(TableFunction.values()).map(TableFunction::functionName).toList());
    assertThat(scalar)
        .containsExactlyInAnyOrderElementsOf(
            Stream.concat(
                    Stream.of("max_by", "min_by"),
                    Stream.of(
                            TimeFunctions.ALL.stream(),
                            GapFunctions.ALL.stream(),
                            NumberFunctions.ALL.stream(),
                            DialectAggregate.ALL.stream()
                                .filter(f -> f.meaning() != DialectAggregate.Meaning.OF_PAIRS))
                        .flatMap(f -> f)
                        .map(f -> f.getName().toLowerCase(Locale.ROOT))
                        .filter(name -> !name.startsWith("btrdb_")))
                .toList());
    try (ResultSet one = meta.getFunctions("", "", "date\\_bi_")) {
      assertThat(one.next()).isTrue();
      assertThat(one.getString(3)).isEqualTo("date_bin");
      assertThat(one.next()).isFalse();
    }
  }

  /** Each scalar function is called with its arguments, and answers the type listed for it. */
  @Test
  void functionColumnsAreWhatFunctionsTakeAndAnswer() throws SQLException {
    data.ramp("functions", "s", 1);
    try (ResultSet functions = meta.getFunctions(null, null, "%");
        Statement statement = connection.createStatement()) {
      while (functions.next()) {
        String name = functions.getString("FUNCTION_NAME");
        String signature = functions.getString("REMARKS");
        List<String> arguments = new ArrayList<>();
        List<String> values = new ArrayList<>();
        int result = Types.NULL;
        try (ResultSet columns = meta.getFunctionColumns(null, null, name, null)) {
          while (columns.next()) {
            switch (columns.getShort("COLUMN_TYPE")) {
              case DatabaseMetaData.functionReturn -> {
                assertThat(columns.getInt("ORDINAL_POSITION")).isEqualTo(0);
                result = columns.getInt("DATA_TYPE");
              }
              case DatabaseMetaData.functionColumnIn -> {
                arguments.add(columns.getString("COLUMN_NAME"));
                assertThat(columns.getInt("ORDINAL_POSITION")).isEqualTo(arguments.size());
                values.add(value(name, columns));
              }
              default -> assertThat(columns.getInt("COLUMN_TYPE")).isEqualTo(5);
            }
          }
        }
        String called = signature.substring(0, signature.indexOf(')') + 1);
        assertThat(called.replaceAll("[\\[\\] ]", ""))
            .isEqualTo(name + "(" + String.join(",", arguments) + ")");
        if (functions.getInt("FUNCTION_TYPE") == DatabaseMetaData.functionNoTable) {
          String call =
              name
                  + "("
                  + String.join(", ", values)
                  + ")"
                  + (name.equals("unwrap_angle") ? " OVER (ORDER BY time)" : "");
          try (ResultSet row = statement.executeQuery(statement(name, call))) {
            assertThat(row.getMetaData().getColumnType(1)).as(call).isEqualTo(result);
            assertThat(row.next()).as(call).isTrue();
          }
        }
      }
    }
  }

  private static String statement(String name, String call) {
    String key = "date_bin_gapfill(1000000, time)";
    String filled =
        " FROM \"functions\".s WHERE time >= FROM_NANOS(0) AND time < FROM_NANOS(9) GROUP BY ";
    return switch (name) {
      case "date_bin_gapfill" -> "SELECT " + key + filled + key;
      case "interpolate", "locf" -> "SELECT " + call.replace("value", "AVG(value)") + filled + key;
      default -> "SELECT " + call + " FROM \"functions\".s";
    };
  }

  private static String value(String function, ResultSet argument) throws SQLException {
    return switch (argument.getInt("DATA_TYPE")) {
      case Types.TIMESTAMP -> "time";
      case Types.DOUBLE -> argument.getString("COLUMN_NAME").equals("fraction") ? "0.5" : "value";
      case Types.INTEGER -> "30";
      case Types.BIGINT -> "1000000";
      default ->
          switch (function) {
            case "nanos" -> "'5ms'";
            case "time_in" -> "'2018-01'";
            case "time_floor" ->
                argument.getString("COLUMN_NAME").equals("zone") ? "'Europe/Berlin'" : "'P1D'";
            default -> "'hour'";
          };
    };
  }

  /** Sizes are those of columns of the same types. */
  @Test
  void functionColumnsAreDescribedAsColumnsAre() throws SQLException {
    Map<String, String> sizes = new LinkedHashMap<>();
    try (ResultSet info = meta.getTypeInfo()) {
      while (info.next()) {
        sizes.put(info.getString("TYPE_NAME"), String.valueOf(info.getObject("PRECISION")));
      }
    }
    try (ResultSet columns = meta.getFunctionColumns(null, null, null, null)) {
      while (columns.next()) {
        String type = columns.getString("TYPE_NAME");
        String size = sizes.getOrDefault(type, "null"); // an argument may be an array
        assertThat(String.valueOf(columns.getObject("PRECISION"))).as(type).isEqualTo(size);
        assertThat(String.valueOf(columns.getObject("CHAR_OCTET_LENGTH")))
            .as(type)
            .isEqualTo(type.equals("VARCHAR") ? size : "null");
        assertThat(columns.getObject("LENGTH")).as(type).isNull();
      }
    }
  }

  @Test
  void columnsOfTableFunctionsAreThoseOfTheirRows() throws SQLException {
    assertThat(column(meta.getFunctionColumns(null, null, "nearest", "%"), "COLUMN_NAME"))
        .containsExactly("stream_id", "at", "backward", "version", "time", "value");
    assertThat(column(meta.getFunctionColumns(null, null, "n%r_st", "v%"), "COLUMN_NAME"))
        .containsExactly("version", "value");
    assertThat(column(meta.getFunctionColumns(null, null, "windows", "mean"), "IS_NULLABLE"))
        .containsExactly("NO");
    assertThat(column(meta.getFunctionColumns(null, null, "windows", "stddev"), "IS_NULLABLE"))
        .containsExactly("YES");
    assertThat(column(meta.getFunctionColumns("other", null, "%", "%"), "COLUMN_NAME")).isEmpty();
    assertThat(column(meta.getFunctionColumns(null, "a", "%", "%"), "COLUMN_NAME")).isEmpty();
    assertShape(meta.getFunctionColumns(null, null, "nothing", null), 17, "SPECIFIC_NAME");
  }

  /** Calls of the functions listed for escapes, each over a stream named s. */
  private static final Map<String, String> ESCAPED =
      Stream.of(
              "ABS(-1) ACOS(0.5) ASIN(0.5) ATAN(1) ATAN2(1,2) CEILING(1.5) COS(1) COT(1) DEGREES(1)"
                  + " EXP(1) FLOOR(1.5) LOG(2) LOG10(2) MOD(5,3) PI() POWER(2,3) RADIANS(1) RAND()"
                  + " ROUND(1.55,1) SIGN(-2) SIN(1) SQRT(2) TAN(1) TRUNCATE(1.55,1) ASCII('a')"
                  + " CHAR(65) CONCAT('a','b') DIFFERENCE('a','b') INSERT('abc',1,1,'x') LCASE('A')"
                  + " LEFT('abc',2) LENGTH('abc') LOCATE('b','abc') LTRIM('a') REPEAT('a',2)"
                  + " REPLACE('a','a','b') RIGHT('abc',2) RTRIM('a') SOUNDEX('a') SPACE(2)"
                  + " SUBSTRING('abc',2,1) UCASE('a') IFNULL(1,2) CURDATE() DAYOFMONTH(time)"
                  + " DAYOFWEEK(time) DAYOFYEAR(time) HOUR(time) MINUTE(time) MONTH(time) NOW()"
                  + " QUARTER(time) SECOND(time) TIMESTAMPADD(SQL_TSI_DAY,1,time)"
                  + " TIMESTAMPDIFF(SQL_TSI_DAY,time,time) WEEK(time) YEAR(time)")
          .flatMap(calls -> Arrays.stream(calls.split(" ")))
          .collect(
              Collectors.toMap(call -> call.substring(0, call.indexOf('(')), Function.identity()));

  @Test
  void everyFunctionListedForEscapesRuns() throws SQLException {
    data.ramp("escapes", "s", 1);
    Set<String> listed = new TreeSet<>();
    for (String names :
        List.of(
            meta.getNumericFunctions(),
            meta.getStringFunctions(),
            meta.getSystemFunctions(),
            meta.getTimeDateFunctions())) {
      listed.addAll(Arrays.asList(names.split(",")));
    }
    assertThat(listed).isEqualTo(ESCAPED.keySet());
    try (Statement statement = connection.createStatement()) {
      for (String call : ESCAPED.values()) {
        try (ResultSet result =
            statement.executeQuery("SELECT {fn " + call + "} FROM \"escapes\".s")) {
          assertThat(result.next()).as(call).isTrue();
          assertThat(result.getString(1)).as(call).isNotNull();
        }
      }
    }
  }
}
