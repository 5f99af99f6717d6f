package org.btrdb.jdbc;

import java.sql.Array;
import java.sql.Driver;
import java.sql.DriverPropertyInfo;
import java.sql.ResultSet;
import java.sql.ResultSetMetaData;
import java.sql.SQLException;
import java.sql.Wrapper;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** What java.sql answers, as text that is the same in every run. */
final class Answers {
  private static final int FIRST_ROWS = 3;

  private final TestData data;

  Answers(TestData data) {
    this.data = data;
  }

  /** Whether a call answers a value, and not an object of java.sql or nothing. */
  static boolean isValue(TracedCall call) {
    Class<?> type = call.returns();
    return type != void.class
        && type != DriverPropertyInfo[].class
        && !Wrapper.class.isAssignableFrom(type)
        && !Driver.class.isAssignableFrom(type)
        && !Array.class.isAssignableFrom(type);
  }

  /** What a call answered, in one line. */
  String text(TracedCall call, @Nullable Object answer) throws SQLException {
    if (answer instanceof ResultSet result) {
      return "ResultSet(" + String.join(", ", columns(result.getMetaData())) + ")";
    }
    if (answer instanceof DriverPropertyInfo[] properties) {
      return Arrays.stream(properties).map(Answers::property).toList().toString();
    }
    if (answer instanceof Wrapper) {
      return call.returns().getSimpleName();
    }
    if (answer instanceof String text) {
      return '"' + stable(text) + '"';
    }
    return stable(String.valueOf(answer));
  }

  private static String property(DriverPropertyInfo property) {
    return property.name
        + "="
        + property.value
        + (property.required ? " required" : "")
        + (property.choices == null ? "" : " " + Arrays.toString(property.choices));
  }

  /** A failure in one line. */
  String failure(SQLException e) {
    return e.getClass().getSimpleName()
        + " "
        + e.getSQLState()
        + " "
        + stable(Objects.requireNonNull(e.getMessage()));
  }

  private static List<String> columns(ResultSetMetaData shape) throws SQLException {
    List<String> columns = new ArrayList<>();
    for (int i = 1; i <= shape.getColumnCount(); i++) {
      columns.add(shape.getColumnLabel(i) + " " + shape.getColumnTypeName(i));
    }
    return columns;
  }

  /** The rows that were not read, a line each; of many the first ones and the last. */
  List<String> rows(ResultSet result, int most) throws SQLException {
    List<String> lines = new ArrayList<>();
    int columns = result.getMetaData().getColumnCount();
    String last = "";
    int count = 0;
    while (result.next()) {
      List<String> cells = new ArrayList<>();
      for (int i = 1; i <= columns; i++) {
        cells.add(stable(String.valueOf(result.getObject(i))));
      }
      last = "    " + String.join(" | ", cells);
      count++;
      if (count <= most) {
        lines.add(last);
      }
    }
    if (count > most) {
      lines.subList(FIRST_ROWS, lines.size()).clear();
      lines.add(String.format(Locale.ROOT, "    … %d rows …", count - FIRST_ROWS - 1));
      lines.add(last);
    }
    return lines;
  }

  /** Without what differs from run to run and from release to release. */
  private String stable(String text) {
    return (text.equals(Product.DRIVER_VERSION) ? "VERSION" : text)
        .replace(data.url(), "jdbc:btrdb:mem:NAME")
        .replaceAll("[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}", "UUID")
        .replace("\n", "\\n");
  }
}
