package org.btrdb.jdbc;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.InputStream;
import java.io.PrintWriter;
import java.io.Reader;
import java.io.StringReader;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.math.BigDecimal;
import java.sql.Connection;
import java.sql.DatabaseMetaData;
import java.sql.Date;
import java.sql.Driver;
import java.sql.JDBCType;
import java.sql.ParameterMetaData;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.ResultSetMetaData;
import java.sql.SQLException;
import java.sql.SQLFeatureNotSupportedException;
import java.sql.SQLWarning;
import java.sql.Statement;
import java.sql.Time;
import java.sql.Timestamp;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.GregorianCalendar;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Properties;
import java.util.Set;
import java.util.TimeZone;
import java.util.TreeSet;
import java.util.concurrent.Executor;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import javax.sql.ConnectionPoolDataSource;
import javax.sql.DataSource;
import javax.sql.PooledConnection;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Walks every method of java.sql and javax.sql by reflection: given what makes sense it answers,
 * unless it is listed here as not supported; given anything else it answers or says with an
 * SQLState why not; closed it says so. Nothing but SQLException leaves the driver.
 */
class EveryMethodTest {
  private static final List<Class<?>> INTERFACES =
      List.of(
          Driver.class,
          DataSource.class,
          ConnectionPoolDataSource.class,
          PooledConnection.class,
          Connection.class,
          Statement.class,
          PreparedStatement.class,
          ResultSet.class,
          ResultSetMetaData.class,
          ParameterMetaData.class,
          DatabaseMetaData.class);

  /** What is not supported, by the reason. */
  private static final Map<String, Set<String>> UNSUPPORTED =
      Map.of(
          "BTrDB has no such types",
              Set.of(
                  "createArrayOf",
                  "createBlob",
                  "createClob",
                  "createNClob",
                  "createSQLXML",
                  "createStruct",
                  "getArray",
                  "getBlob",
                  "getClob",
                  "getNClob",
                  "getRef",
                  "getRowId",
                  "getSQLXML",
                  "getURL(int)",
                  "getURL(String)",
                  "setArray",
                  "setBlob",
                  "setClob",
                  "setNClob",
                  "setRef",
                  "setRowId",
                  "setSQLXML",
                  "setURL"),
          "BTrDB has no procedures", Set.of("prepareCall"),
          "BTrDB has no transactions",
              Set.of("setSavepoint", "releaseSavepoint", "rollback(Savepoint)"),
          "BTrDB has no shards",
              Set.of(
                  "setShardingKey",
                  "setShardingKeyIfValid",
                  "createShardingKeyBuilder",
                  "createConnectionBuilder",
                  "createPooledConnectionBuilder"),
          "results go forward",
              Set.of(
                  "absolute",
                  "afterLast",
                  "beforeFirst",
                  "first",
                  "isLast",
                  "last",
                  "previous",
                  "relative",
                  "getCursorName"),
          "results are read-only",
              Set.of(
                  "cancelRowUpdates",
                  "deleteRow",
                  "insertRow",
                  "moveToCurrentRow",
                  "moveToInsertRow",
                  "refreshRow",
                  "updateRow"),
          "nothing that is stored or compared is binary", Set.of("setBinaryStream", "setBytes"),
          "no stream or list has times of day", Set.of("setTime"),
          "java.sql gave them up", Set.of("getUnicodeStream", "setUnicodeStream"),
          "values are not cut", Set.of("setMaxFieldSize"));

  private static final Set<String> FINE_WHEN_CLOSED =
      Set.of(
          "close",
          "isClosed",
          "isValid",
          "abort",
          "unwrap",
          "isWrapperFor",
          "isSimpleIdentifier",
          "enquoteIdentifier",
          "enquoteLiteral",
          "enquoteNCharLiteral",
          "beginRequest",
          "endRequest");

  private static final String QUERY =
      "SELECT time, value, name, uuid, tags, value > 1 AS flag, CAST(time AS DATE) AS d,"
          + " X'00' AS b, 1 AS i FROM tall.\"a\""
          + " WHERE value >= ? AND time >= ? AND name = ? AND uuid <> ? AND CAST(time AS DATE) >= ?"
          + " AND (value > 0) <> ?";
  private static final List<String> LABELS =
      List.of("time", "value", "name", "uuid", "tags", "flag", "d", "b", "i");
  private static final int PARAMETERS = 6;

  /** Quickly planned. */
  private static final String SMALL_QUERY = "SELECT * FROM \"a\".r WHERE value >= ?";

  private static final String UPDATE = "INSERT INTO \"a\".r VALUES (?, ?)";

  private final TestData data = new TestData();

  @BeforeEach
  void fill() {
    data.ramp("a", "r", 3);
  }

  @AfterEach
  void close() {
    data.close();
  }

  static Stream<Class<?>> interfaces() {
    return INTERFACES.stream();
  }

  /** Objects of a type: several where one cannot do all, such as a query and an update. */
  private List<Object> targets(Class<?> type, Connection connection, String sql)
      throws SQLException {
    if (type == Driver.class) {
      return List.of(new BtrdbDriver());
    }
    if (type == DataSource.class) {
      BtrdbDataSource source = new BtrdbDataSource();
      source.setUrl(data.url());
      return List.of(source);
    }
    if (type == ConnectionPoolDataSource.class || type == PooledConnection.class) {
      BtrdbConnectionPoolDataSource source = new BtrdbConnectionPoolDataSource();
      source.setUrl(data.url());
      return List.of(type == PooledConnection.class ? source.getPooledConnection() : source);
    }
    if (type == Connection.class) {
      return List.of(connection);
    }
    if (type == DatabaseMetaData.class) {
      return List.of(connection.getMetaData());
    }
    if (type == Statement.class) {
      return List.of(connection.createStatement());
    }
    PreparedStatement query = query(connection, sql);
    if (type == PreparedStatement.class) {
      PreparedStatement update = connection.prepareStatement(UPDATE);
      update.setTimestamp(1, new Timestamp(5));
      update.setDouble(2, 1);
      return List.of(query, update);
    }
    if (type == ParameterMetaData.class) {
      return List.of(query.getParameterMetaData());
    }
    ResultSet result = query.executeQuery();
    assertThat(result.next()).isTrue();
    return List.of(type == ResultSet.class ? result : result.getMetaData());
  }

  private static PreparedStatement query(Connection connection, String sql) throws SQLException {
    PreparedStatement query = connection.prepareStatement(sql);
    query.setInt(1, 0);
    if (sql.equals(QUERY)) {
      query.setTimestamp(2, new Timestamp(0));
      query.setString(3, "r");
      query.setString(4, "00000000-0000-0000-0000-000000000000");
      query.setDate(5, Date.valueOf("1960-01-01"));
      query.setBoolean(6, true);
    }
    return query;
  }

  /** Planning a query for each method would take minutes; connections themselves are cheap. */
  private Connection usable(Class<?> type, Connection connection) throws SQLException {
    if (type == Connection.class) {
      connection.close();
    }
    return connection.isClosed() ? data.connect() : connection;
  }

  private static List<Method> methods(Class<?> type) {
    return Arrays.stream(type.getMethods())
        .filter(m -> !Modifier.isStatic(m.getModifiers()))
        .toList();
  }

  /** Arguments that make sense, for a column or parameter where the first one names it. */
  private @Nullable Object[] sensible(Class<?> type, Method method, int column) {
    Class<?>[] types = method.getParameterTypes();
    @Nullable Object[] given = new Object[types.length];
    int numbers = 0;
    for (int i = 0; i < types.length; i++) {
      given[i] =
          types[i] == int.class
              ? (Object) number(method, i == 0 ? column : ++numbers, numbers)
              : sensible(type, method, types[i], column);
    }
    return given;
  }

  private static int number(Method method, int value, int which) {
    return switch (method.getName()) {
      case "createStatement" ->
          List.of(
                  ResultSet.TYPE_FORWARD_ONLY,
                  ResultSet.CONCUR_READ_ONLY,
                  ResultSet.HOLD_CURSORS_OVER_COMMIT)
              .get(which);
      case "prepareStatement" ->
          method.getParameterCount() == 2
              ? Statement.RETURN_GENERATED_KEYS
              : List.of(
                      ResultSet.TYPE_FORWARD_ONLY,
                      ResultSet.CONCUR_READ_ONLY,
                      ResultSet.HOLD_CURSORS_OVER_COMMIT)
                  .get(which - 1);
      case "setFetchDirection" -> ResultSet.FETCH_FORWARD;
      case "getMoreResults" -> Statement.CLOSE_CURRENT_RESULT;
      case "setHoldability" -> ResultSet.HOLD_CURSORS_OVER_COMMIT;
      default -> value;
    };
  }

  private @Nullable Object sensible(Class<?> type, Method method, Class<?> wanted, int column) {
    if (wanted == String.class) {
      return text(type, method, column);
    }
    if (wanted == Class.class) {
      return method.getName().equals("getObject") ? String.class : type;
    }
    if (wanted == Object.class) {
      return type == PreparedStatement.class ? "1" : null;
    }
    return VALUES.stream().filter(wanted::isInstance).findFirst().orElseGet(() -> made(wanted));
  }

  private static final List<Object> VALUES =
      List.of(
          true,
          (byte) 1,
          (short) 1,
          1L,
          1f,
          1.0,
          BigDecimal.ONE,
          new Timestamp(0),
          Time.valueOf("00:00:01"),
          Date.valueOf("2020-01-01"),
          new GregorianCalendar(TimeZone.getTimeZone("UTC"), Locale.ROOT),
          JDBCType.VARCHAR,
          Map.of(),
          new byte[] {1},
          new int[] {1},
          new String[] {"value"},
          new Object[] {1},
          new Properties());

  /** What cannot be used twice, primitives, and null for what nobody can make. */
  private static @Nullable Object made(Class<?> wanted) {
    if (wanted == InputStream.class) {
      return new ByteArrayInputStream(new byte[] {'1'});
    }
    if (wanted == Reader.class) {
      return new StringReader("1");
    }
    if (wanted == PrintWriter.class) {
      return new PrintWriter(System.out, true, java.nio.charset.StandardCharsets.UTF_8);
    }
    if (wanted == Executor.class) {
      return (Executor) Runnable::run;
    }
    return wanted.isPrimitive() ? primitive(wanted) : null;
  }

  private static Object primitive(Class<?> wanted) {
    return wanted == boolean.class
        ? (Object) true
        : wanted == long.class
            ? (Object) 1L
            : wanted == double.class
                ? (Object) 1.0
                : wanted == float.class
                    ? (Object) 1f
                    : wanted == short.class ? (Object) (short) 1 : (Object) (byte) 1;
  }

  private String text(Class<?> type, Method method, int column) {
    String name = method.getName();
    if (type == Driver.class) {
      return data.url();
    }
    if (type == ResultSet.class) {
      return LABELS.get(column - 1);
    }
    if (name.contains("Update") || name.equals("addBatch")) {
      return "INSERT INTO \"a\".r VALUES (TIMESTAMP '2000-01-01 00:00:00', 1)";
    }
    return name.startsWith("execute") || name.startsWith("prepare") || name.equals("nativeSQL")
        ? "SELECT value FROM \"a\".r"
        : "1";
  }

  /** Arguments that mean nothing. */
  private static @Nullable Object[] senseless(Method method) {
    return Arrays.stream(method.getParameterTypes())
        .map(
            type ->
                type == int.class
                    ? (Object) Integer.valueOf(-7)
                    : type == long.class
                        ? Long.valueOf(-7)
                        : type == double.class
                            ? (Object) Double.NaN
                            : type == float.class
                                ? (Object) Float.NaN
                                : type.isPrimitive() ? primitive(type) : null)
        .toArray();
  }

  private static @Nullable Throwable call(Method method, Object target, @Nullable Object[] given)
      throws IllegalAccessException {
    try {
      Object answer = method.invoke(target, given);
      if (answer != null && !isKnown(answer)) {
        return new IllegalStateException("nothing walks what it answers: " + answer.getClass());
      }
      return null;
    } catch (InvocationTargetException e) {
      return e.getCause();
    }
  }

  /** Whether an object of java.sql is of a type that is walked. */
  private static boolean isKnown(Object answer) {
    Set<Class<?>> types = new HashSet<>();
    for (Class<?> each = answer.getClass(); each != null; each = each.getSuperclass()) {
      types.addAll(Arrays.asList(each.getInterfaces()));
    }
    return answer instanceof Enum
        || types.stream()
            .filter(t -> t.getName().matches("javax?\\.sql\\.(?!Wrapper).*"))
            .allMatch(t -> INTERFACES.stream().anyMatch(t::isAssignableFrom));
  }

  /** Whether the method takes the number or the label of a column or parameter first. */
  private static int columns(Class<?> type, Method method) {
    Class<?>[] types = method.getParameterTypes();
    if (type == ResultSet.class && types.length > 0) {
      return LABELS.size();
    }
    return type == PreparedStatement.class && types.length > 1 && types[0] == int.class
        ? PARAMETERS
        : 1;
  }

  private static boolean isListed(Method method) {
    String signature =
        method.getName()
            + Arrays.stream(method.getParameterTypes())
                .map(Class::getSimpleName)
                .collect(Collectors.joining(",", "(", ")"));
    return UNSUPPORTED.values().stream()
            .anyMatch(names -> names.contains(method.getName()) || names.contains(signature))
        || (method.getDeclaringClass() == ResultSet.class && method.getName().startsWith("update"));
  }

  /** On a prepared statement, java.sql wants every method that takes SQL to fail. */
  private static boolean takesSqlAgain(Class<?> type, Method method) {
    return type == PreparedStatement.class
        && method.getParameterCount() > 0
        && method.getParameterTypes()[0] == String.class
        && (method.getName().startsWith("execute") || method.getName().equals("addBatch"));
  }

  @ParameterizedTest
  @MethodSource("interfaces")
  void answersWhatMakesSenseOrIsListedAsUnsupported(Class<?> type) throws Exception {
    List<String> wrong = new ArrayList<>();
    Connection connection = data.connect();
    for (Method method : methods(type)) {
      List<Throwable> failures = new ArrayList<>();
      boolean answers = false;
      for (int column = 1; column <= columns(type, method) && !answers; column++) {
        connection = usable(type, connection);
        for (Object target : targets(type, connection, QUERY)) {
          Throwable thrown = call(method, target, sensible(type, method, column));
          answers |= thrown == null;
          if (thrown != null) {
            failures.add(thrown);
          }
        }
      }
      boolean right =
          isListed(method)
              ? !answers
                  && failures.stream().allMatch(EveryMethodTest::isProper)
                  && failures.stream().anyMatch(EveryMethodTest::isUnsupported)
              : takesSqlAgain(type, method)
                  ? !answers && failures.stream().allMatch(e -> hasState(e, "HY010"))
                  : answers && failures.stream().allMatch(EveryMethodTest::isProper);
      if (!right) {
        wrong.add(method + ": " + (answers ? "answers, " : "") + failures);
      }
    }
    connection.close();
    assertThat(wrong).isEmpty();
  }

  @ParameterizedTest
  @MethodSource("interfaces")
  void saysWhyNotWhereNothingMakesSense(Class<?> type) throws Exception {
    List<String> wrong = new ArrayList<>();
    Connection connection = data.connect();
    for (Method method : methods(type)) {
      connection = usable(type, connection);
      for (Object target : targets(type, connection, SMALL_QUERY)) {
        Throwable thrown = call(method, target, senseless(method));
        if (thrown != null && !isProper(thrown)) {
          wrong.add(method + ": " + thrown);
        }
      }
    }
    connection.close();
    assertThat(wrong).isEmpty();
  }

  /** A list that names what is supported would hide it when it breaks. */
  @Test
  void everyListedNameIsAMethod() {
    Set<String> names = new TreeSet<>();
    UNSUPPORTED.values().forEach(names::addAll);
    INTERFACES.stream()
        .flatMap(type -> methods(type).stream())
        .forEach(
            method -> {
              names.remove(method.getName());
              if (method.getParameterCount() == 1) {
                names.remove(
                    method.getName() + "(" + method.getParameterTypes()[0].getSimpleName() + ")");
              }
            });
    assertThat(names).isEmpty();
  }

  private static boolean hasState(Throwable thrown, String state) {
    return isProper(thrown) && state.equals(((SQLException) thrown).getSQLState());
  }

  private static boolean isUnsupported(Throwable thrown) {
    return thrown instanceof SQLFeatureNotSupportedException && hasState(thrown, "0A000");
  }

  private static boolean isProper(Throwable thrown) {
    return thrown instanceof SQLException e
        && !(e instanceof SQLWarning)
        && e.getSQLState() != null
        && e.getSQLState().length() == 5
        && !e.getSQLState().startsWith("XX")
        && e.getMessage() != null
        && !e.getMessage().contains("\n")
        && (!(e instanceof SQLFeatureNotSupportedException) || e.getSQLState().equals("0A000"));
  }

  /** What closing an object, or what it depends on, makes of it. */
  static Stream<String> closings() {
    return Stream.of(
        "Connection connection 08003",
        "DatabaseMetaData connection 08003",
        "Statement connection HY010",
        "Statement itself HY010",
        "PreparedStatement connection HY010",
        "PreparedStatement itself HY010",
        "ResultSet connection 24000",
        "ResultSet statement 24000",
        "ResultSet itself 24000",
        "PooledConnection itself 08003");
  }

  @ParameterizedTest
  @MethodSource("closings")
  void closedObjectsSaySo(String closing) throws Exception {
    String[] parts = closing.split(" ", -1);
    Class<?> type =
        INTERFACES.stream()
            .filter(t -> t.getSimpleName().equals(parts[0]))
            .findFirst()
            .orElseThrow();
    List<String> wrong = new ArrayList<>();
    Connection connection = data.connect();
    for (Method method : methods(type)) {
      connection = usable(type, connection);
      for (Object target : targets(type, connection, SMALL_QUERY)) {
        switch (parts[1]) {
          case "connection" -> connection.close();
          case "statement" -> ((ResultSet) target).getStatement().close();
          default -> closeItself(target);
        }
        Throwable thrown = call(method, target, sensible(type, method, 1));
        boolean mayAnswer =
            FINE_WHEN_CLOSED.contains(method.getName())
                || method.getName().matches("(add|remove)\\w+Listener")
                || (type == DatabaseMetaData.class && method.getReturnType() != ResultSet.class);
        boolean right =
            thrown == null ? mayAnswer : isUnsupported(thrown) || hasState(thrown, parts[2]);
        if (!right) {
          wrong.add(method + ": " + thrown);
        }
      }
    }
    connection.close();
    assertThat(wrong).isEmpty();
  }

  private static void closeItself(Object target) throws Exception {
    if (target instanceof PooledConnection pooled) {
      pooled.close();
    } else {
      ((AutoCloseable) target).close();
    }
  }
}
