package org.btrdb.jdbc;

import java.sql.Array;
import java.sql.Driver;
import java.sql.DriverPropertyInfo;
import java.sql.ResultSet;
import java.sql.ResultSetMetaData;
import java.sql.SQLException;
import java.sql.SQLWarning;
import java.sql.Wrapper;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** What java.sql answers, as text that is the same in every run. */
final class Answers {
  /** Rows of a result that are shown, and its last one besides. */
  private static final int SHOWN_ROWS = 60;

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

  /** An answer in one line. */
  String text(@Nullable Object answer) throws SQLException {
    if (answer instanceof ResultSet result) {
      return "ResultSet(" + String.join(", ", columns(result.getMetaData())) + ")";
    }
    if (answer instanceof DriverPropertyInfo[] properties) {
      return Arrays.stream(properties).map(Answers::property).toList().toString();
    }
    if (answer instanceof SQLWarning warning) {
      return "SQLWarning "
          + warning.getSQLState()
          + " "
          + stable(String.valueOf(warning.getMessage()));
    }
    if (answer instanceof String text) {
      return '"' + stable(text) + '"';
    }
    if (answer instanceof Wrapper) {
      Class<?> type =
          Arrays.stream(
                  answer.getClass().getSuperclass() == Object.class
                      ? answer.getClass().getInterfaces()
                      : interfaces(answer.getClass()))
              .filter(each -> each.getName().startsWith("java.sql."))
              .findFirst()
              .orElse(Wrapper.class);
      return type.getSimpleName();
    }
    return stable(String.valueOf(answer));
  }

  private static Class<?>[] interfaces(Class<?> type) {
    List<Class<?>> all = new ArrayList<>();
    for (Class<?> each = type; each != null; each = each.getSuperclass()) {
      all.addAll(Arrays.asList(each.getInterfaces()));
    }
    return all.toArray(Class<?>[]::new);
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

  /**
   * The rows that were not read, a line each; many are shown as some, their number and the last.
   */
  List<String> rows(ResultSet result) throws SQLException {
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
      if (count <= SHOWN_ROWS) {
        lines.add(last);
      }
    }
    if (count > SHOWN_ROWS) {
      lines.subList(3, lines.size()).clear();
      lines.add(String.format(Locale.ROOT, "    … %d rows …", count - lines.size() - 1));
      lines.add(last);
    }
    return lines;
  }

  /** Without what differs from run to run and from release to release. */
  private String stable(String text) {
    return text.replace(data.url(), "jdbc:btrdb:mem:NAME")
        .replace(Product.DRIVER_VERSION, "VERSION")
        .replaceAll("[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}", "UUID")
        .replace("\n", "\\n");
  }
}
