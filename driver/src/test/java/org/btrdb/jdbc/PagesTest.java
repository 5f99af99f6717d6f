package org.btrdb.jdbc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.io.IOException;
import java.lang.reflect.Field;
import java.math.BigDecimal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Blob;
import java.sql.Connection;
import java.sql.JDBCType;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.ResultSetMetaData;
import java.sql.SQLException;
import java.sql.Statement;
import java.sql.Time;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalTime;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.StringJoiner;
import java.util.TreeSet;
import java.util.UUID;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.btrdb.client.error.ErrorCode;
import org.btrdb.sql.SqlRefusal;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The tables of pages of docs are what the driver does. */
final class PagesTest {
  /** One value of each type; the example of a type is the expression that makes it. */
  private static final Map<String, String> EXAMPLES = examples();

  private static final Map<String, Class<?>> FORMS = forms();

  private final TestData data = new TestData();

  private static Map<String, String> examples() {
    Map<String, String> examples = new LinkedHashMap<>();
    examples.put("BOOLEAN", "TRUE");
    examples.put("TINYINT", "CAST(1 AS TINYINT)");
    examples.put("SMALLINT", "CAST(1 AS SMALLINT)");
    examples.put("INTEGER", "1");
    examples.put("BIGINT", "CAST(1 AS BIGINT)");
    examples.put("REAL", "CAST(1.5 AS REAL)");
    examples.put("DOUBLE", "CAST(1.5 AS DOUBLE)");
    examples.put("DECIMAL", "CAST(1.5 AS DECIMAL(10, 2))");
    examples.put("VARCHAR", "CAST('a' AS VARCHAR)");
    examples.put("CHAR", "'a'");
    examples.put("VARBINARY", "CAST(X'00ff' AS VARBINARY)");
    examples.put("DATE", "DATE '2016-07-01'");
    examples.put("TIMESTAMP", "TIMESTAMP '2016-07-01 00:00:00.000000001'");
    examples.put("UUID", "uuid");
    examples.put("MAP", "tags");
    examples.put("ARRAY", "ARRAY[1, 2]");
    return Collections.unmodifiableMap(examples);
  }

  private static Map<String, Class<?>> forms() {
    Map<String, Class<?>> forms = new LinkedHashMap<>();
    forms.put("`getLong`", Long.class);
    forms.put("`getDouble`", Double.class);
    forms.put("`getBigDecimal`", BigDecimal.class);
    forms.put("`getBoolean`", Boolean.class);
    forms.put("`getTimestamp`", Instant.class);
    forms.put("`getDate`", LocalDate.class);
    forms.put("`getTime`", LocalTime.class);
    forms.put("`getBytes`", byte[].class);
    forms.put("`UUID`", UUID.class);
    return Collections.unmodifiableMap(forms);
  }

  @BeforeEach
  void fill() {
    data.ramp("plant", "s", 1);
  }

  @AfterEach
  void close() {
    data.close();
  }

  @Test
  void propertiesAreThoseOfTheDriver() throws IOException {
    StringBuilder table = new StringBuilder("| property | default | meaning |\n|---|---|---|\n");
    for (BtrdbProperty property : BtrdbProperty.values()) {
      String fallback = property.defaultValue();
      String choices =
          property.choices().isEmpty()
              ? ""
              : " One of `" + String.join("`, `", property.choices()) + "`.";
      table
          .append("| `")
          .append(property.key())
          .append("` | ")
          .append(fallback.isEmpty() ? "" : "`" + fallback + "` ")
          .append("| ")
          .append(property.description())
          .append(choices)
          .append(" |\n");
    }
    assertThat(page("properties.md")).contains(table);
  }

  @Test
  void typesAreThoseOfTheDriver() throws Exception {
    StringBuilder table =
        new StringBuilder(
            "| SQL | example | `getColumnType` | `getObject` | `getString` |\n|---|---|---|---|---|\n");
    for (Map.Entry<String, String> example : EXAMPLES.entrySet()) {
      try (Connection connection = data.connect();
          Statement statement = connection.createStatement();
          ResultSet row = row(statement, example.getValue())) {
        ResultSetMetaData shape = row.getMetaData();
        assertThat(shape.getColumnTypeName(1)).isEqualTo(example.getKey());
        table
            .append(cell("`" + example.getKey() + "`"))
            .append(cell("`" + example.getValue() + "`"))
            .append(cell("`" + JDBCType.valueOf(shape.getColumnType(1)).getName() + "`"))
            .append(cell("`" + shape.getColumnClassName(1).replace("[B", "byte[]") + "`"))
            .append(cell(example.getKey().equals("UUID") ? "" : "`" + row.getString(1) + "`"))
            .append("|\n");
      }
    }
    assertThat(page("types.md")).contains(table);
  }

  @Test
  void gettersAreThoseOfTheDriver() throws Exception {
    StringJoiner head = new StringJoiner(" | ", "| SQL | ", " |\n");
    FORMS.keySet().forEach(head::add);
    StringBuilder table =
        new StringBuilder(head.toString()).append("|---".repeat(FORMS.size() + 1)).append("|\n");
    for (Map.Entry<String, String> example : EXAMPLES.entrySet()) {
      table.append(cell("`" + example.getKey() + "`"));
      for (Class<?> form : FORMS.values()) {
        table.append(cell(answer(example.getValue(), form)));
      }
      table.append("|\n");
    }
    assertThat(page("types.md")).contains(table);
  }

  @Test
  void exampleReadsTimes() throws SQLException {
    List<String> seen = new ArrayList<>();
    try (Connection connection = data.connect()) {
      try (PreparedStatement statement =
          connection.prepareStatement("SELECT time, value FROM plant.s WHERE time >= ?")) {
        statement.setObject(1, Instant.parse("1970-01-01T00:00:00Z"));
        try (ResultSet rows = statement.executeQuery()) {
          while (rows.next()) {
            Instant time = rows.getObject("time", Instant.class);
            long nanos = rows.getLong("time");
            seen.add(time + " " + nanos + " " + rows.getDouble("value"));
          }
        }
      }
    }
    assertThat(seen).containsExactly("1970-01-01T00:00:00Z 0 0.0");
  }

  @Test
  void whatThePageSaysIsRefusedIs() throws SQLException {
    try (Connection connection = data.connect();
        PreparedStatement time =
            connection.prepareStatement("SELECT * FROM plant.s WHERE time = ?")) {
      assertRefused("0A000", () -> time.setTime(1, Time.valueOf("01:02:03")));
      assertRefused("0A000", () -> time.setArray(1, null));
      assertRefused("0A000", () -> time.setBlob(1, (Blob) null));
      assertRefused("22003", () -> time.setBigDecimal(1, new BigDecimal("1.5")));
    }
  }

  @Test
  void rangesAreThoseOfThePage() throws SQLException {
    try (Connection connection = data.connect();
        PreparedStatement insert =
            connection.prepareStatement("INSERT INTO plant.s VALUES (?, ?)")) {
      for (String time : List.of("1933-06-21T00:00:00Z", "2079-08-07T00:00:00Z")) {
        insert.setObject(1, Instant.parse(time));
        insert.setDouble(2, Double.MAX_VALUE);
        insert.executeUpdate();
      }
      for (double value : new double[] {Double.NaN, Double.POSITIVE_INFINITY}) {
        insert.setDouble(2, value);
        assertRefused("22003", insert::executeUpdate);
      }
      insert.setObject(1, Instant.parse("1933-06-19T00:00:00Z"));
      insert.setDouble(2, 1);
      assertRefused("22008", insert::executeUpdate);
    }
  }

  @Test
  void statesAreThoseOfTheDriver() throws Exception {
    Set<String> states = new TreeSet<>();
    for (ErrorCode code : ErrorCode.values()) {
      states.add(code.sqlState());
    }
    for (SqlRefusal.Reason reason : SqlRefusal.Reason.values()) {
      states.add(reason.sqlState());
    }
    for (Field constant : SqlErrors.class.getDeclaredFields()) {
      if (constant.getType() == String.class) {
        constant.setAccessible(true);
        states.add((String) Objects.requireNonNull(constant.get(null)));
      }
    }
    Set<String> told = new TreeSet<>();
    Matcher row = Pattern.compile("(?m)^\\| `(\\w{5})` ").matcher(page("troubleshooting.md"));
    while (row.find()) {
      assertThat(told.add(row.group(1))).as(row.group(1)).isTrue();
    }
    assertThat(told).isEqualTo(states);
  }

  @Test
  void textsOfDifferentLengthsAreNotPadded() throws SQLException {
    try (Connection connection = data.connect();
        Statement statement = connection.createStatement();
        ResultSet row =
            row(
                statement,
                "CASE WHEN 1 > 30 THEN 'high' ELSE 'no' END, MAP['high', 'a', 'no', 'bb']['no']")) {
      assertThat(row.getString(1)).isEqualTo("no");
      assertThat(row.getString(2)).isEqualTo("bb");
    }
  }

  private static void assertRefused(String state, ThrowingCallable call) {
    assertThatExceptionOfType(SQLException.class)
        .isThrownBy(call)
        .satisfies(e -> assertThat(e.getSQLState()).as(e.getMessage()).isEqualTo(state));
  }

  private String answer(String expression, Class<?> form) throws SQLException {
    try (Connection connection = data.connect();
        Statement statement = connection.createStatement();
        ResultSet row = row(statement, expression)) {
      row.getObject(1, form);
      return "yes";
    } catch (SQLException e) {
      return switch (e.getSQLState()) {
        case "22018" -> "parsed";
        case "07006" -> "";
        default -> throw e;
      };
    }
  }

  private static ResultSet row(Statement statement, String expression) throws SQLException {
    ResultSet row = statement.executeQuery("SELECT " + expression + " FROM btrdb.streams");
    assertThat(row.next()).isTrue();
    return row;
  }

  private static String cell(String text) {
    return text.isEmpty() ? "| " : "| " + text + " ";
  }

  private static String page(String name) throws IOException {
    Path at = Path.of("").toAbsolutePath();
    while (!Files.isDirectory(at.resolve("docs"))) {
      at = Objects.requireNonNull(at.getParent(), "no docs in or above here");
    }
    return Files.readString(at.resolve("docs").resolve(name));
  }
}
