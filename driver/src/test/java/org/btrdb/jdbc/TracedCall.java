package org.btrdb.jdbc;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.sql.Connection;
import java.sql.DatabaseMetaData;
import java.sql.Driver;
import java.sql.ParameterMetaData;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.ResultSetMetaData;
import java.sql.Statement;
import java.sql.Timestamp;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Calendar;
import java.util.GregorianCalendar;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Properties;
import java.util.TimeZone;
import java.util.concurrent.Executor;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * A call as it is written in a recording: {@code DatabaseMetaData.getTables(null, "a", "%", null)}.
 *
 * @param arguments as they are printed; {@code executor}, {@code calendar ZONE} and {@code url}
 *     stand for what differs from run to run
 */
record TracedCall(String type, String method, List<String> arguments) {
  private static final Pattern CALL = Pattern.compile("([A-Z]\\w+)\\.(\\w+)\\((.*)\\)");
  private static final Pattern SQL = Pattern.compile("(\".*\")((?:, -?\\d+)*)");
  private static final Pattern ARGUMENT = Pattern.compile("\"[^\"]*\"|[^,]+");
  private static final Map<String, Class<?>> TYPES =
      Map.of(
          "Driver", Driver.class,
          "Connection", Connection.class,
          "Statement", Statement.class,
          "PreparedStatement", PreparedStatement.class,
          "ResultSet", ResultSet.class,
          "ResultSetMetaData", ResultSetMetaData.class,
          "ParameterMetaData", ParameterMetaData.class,
          "DatabaseMetaData", DatabaseMetaData.class);

  /** The call of a text; null for one that is no call on an object of java.sql. */
  static @Nullable TracedCall parse(String text) {
    Matcher matcher = CALL.matcher(text);
    if (!matcher.matches() || !TYPES.containsKey(matcher.group(1))) {
      return null;
    }
    String method = matcher.group(2);
    String given = matcher.group(3);
    Matcher sql = SQL.matcher(given);
    List<String> arguments = new ArrayList<>();
    if ((method.startsWith("execute") || method.equals("prepareStatement")) && sql.matches()) {
      arguments.add(sql.group(1));
      given = sql.group(2);
    }
    Matcher next = ARGUMENT.matcher(given);
    while (next.find()) {
      String argument = next.group().strip();
      if (!argument.isEmpty()) {
        arguments.add(argument);
      }
    }
    return new TracedCall(matcher.group(1), method, List.copyOf(arguments));
  }

  TracedCall withArguments(List<String> others) {
    return new TracedCall(type, method, List.copyOf(others));
  }

  boolean is(String ofType, String ofMethod) {
    return type.equals(ofType) && method.equals(ofMethod);
  }

  /** As it is written in a recording. */
  @Override
  public String toString() {
    return type + "." + method + "(" + String.join(", ", arguments) + ")";
  }

  /** Whether it reads a column of the row. */
  boolean readsColumn() {
    return type.equals("ResultSet") && method.startsWith("get") && !arguments.isEmpty();
  }

  private Method found() {
    Class<?> interfaceType = Objects.requireNonNull(TYPES.get(type));
    return Arrays.stream(interfaceType.getMethods())
        .filter(m -> m.getName().equals(method) && fits(m))
        .findFirst()
        .orElseThrow(() -> new IllegalStateException("no such method: " + this));
  }

  /** What the method is declared to answer. */
  Class<?> returns() {
    return found().getReturnType();
  }

  /** Calls the method; what it throws comes out as it is. */
  @Nullable Object on(Object target, String url) throws Throwable {
    Method found = found();
    @Nullable Object[] values = new Object[arguments.size()];
    for (int i = 0; i < values.length; i++) {
      values[i] = value(arguments.get(i), found.getParameterTypes()[i], url);
    }
    try {
      return found.invoke(target, values);
    } catch (InvocationTargetException e) {
      throw e.getCause();
    }
  }

  private boolean fits(Method candidate) {
    Class<?>[] types = candidate.getParameterTypes();
    if (types.length != arguments.size()) {
      return false;
    }
    for (int i = 0; i < types.length; i++) {
      if (!fits(arguments.get(i), types[i])) {
        return false;
      }
    }
    return true;
  }

  private static boolean fits(String argument, Class<?> type) {
    if (argument.startsWith("\"")) {
      return type == String.class;
    }
    if (argument.startsWith("class ")) {
      return type == Class.class;
    }
    if (argument.startsWith("calendar ")) {
      return type == Calendar.class;
    }
    if (argument.equals("executor")) {
      return type == Executor.class;
    }
    if (argument.equals("url")) {
      return type == String.class;
    }
    if (argument.equals("{}")) {
      return type == Properties.class;
    }
    if (argument.equals("null")) {
      return type == String.class || type == String[].class || type == Object.class;
    }
    if (argument.equals("true") || argument.equals("false")) {
      return type == boolean.class;
    }
    boolean whole = argument.matches("-?\\d+");
    return type == Object.class
        || (whole && (type == int.class || type == long.class))
        || (type == double.class && argument.matches("-?[\\d.]+"))
        || (type == Timestamp.class && argument.contains(":"));
  }

  private static @Nullable Object value(String argument, Class<?> type, String url)
      throws ClassNotFoundException {
    if (argument.equals("null")) {
      return null;
    }
    if (argument.startsWith("\"")) {
      return argument.substring(1, argument.length() - 1).replace("\\n", "\n");
    }
    if (argument.equals("url")) {
      return url;
    }
    if (type == Properties.class) {
      return new Properties();
    }
    if (type == Class.class) {
      return Class.forName(argument.substring("class ".length()));
    }
    if (type == Executor.class) {
      return (Executor) Runnable::run;
    }
    if (type == Calendar.class) {
      return new GregorianCalendar(
          TimeZone.getTimeZone(argument.substring("calendar ".length())), Locale.ROOT);
    }
    if (type == boolean.class) {
      return Boolean.valueOf(argument);
    }
    if (type == int.class) {
      return Integer.valueOf(argument);
    }
    if (type == long.class) {
      return Long.valueOf(argument);
    }
    if (type == double.class) {
      return Double.valueOf(argument);
    }
    return object(argument);
  }

  /** The object that printed so. */
  private static Object object(String argument) {
    if (argument.matches("-?\\d+")) {
      return Long.valueOf(argument);
    }
    if (!argument.contains(":")) {
      return Double.valueOf(argument);
    }
    if (argument.contains(" ")) {
      return Timestamp.valueOf(argument);
    }
    if (!argument.endsWith("Z")) {
      return LocalDateTime.parse(argument);
    }
    return argument.matches(".*T\\d\\d:\\d\\dZ")
        ? OffsetDateTime.parse(argument)
        : Instant.parse(argument);
  }
}
