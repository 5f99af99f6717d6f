package org.btrdb.jdbc;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.sql.Connection;
import java.sql.DatabaseMetaData;
import java.sql.ParameterMetaData;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.ResultSetMetaData;
import java.sql.SQLException;
import java.sql.SQLFeatureNotSupportedException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Executor;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Walks every method of java.sql by reflection: it answers, or says with an SQLState why not;
 * nothing but SQLException leaves the driver, open or closed.
 */
class EveryMethodTest {
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
    return Stream.of(
        Connection.class,
        Statement.class,
        PreparedStatement.class,
        ResultSet.class,
        ResultSetMetaData.class,
        ParameterMetaData.class,
        DatabaseMetaData.class);
  }

  private static Object target(Class<?> type, Connection connection) throws SQLException {
    if (type == Connection.class) {
      return connection;
    }
    if (type == DatabaseMetaData.class) {
      return connection.getMetaData();
    }
    if (type == Statement.class) {
      return connection.createStatement();
    }
    PreparedStatement prepared =
        connection.prepareStatement("SELECT time, value FROM \"a\".r WHERE value >= ?");
    if (type == PreparedStatement.class) {
      return prepared;
    }
    if (type == ParameterMetaData.class) {
      return prepared.getParameterMetaData();
    }
    prepared.setInt(1, 0);
    ResultSet result = prepared.executeQuery();
    result.next();
    return type == ResultSet.class ? result : result.getMetaData();
  }

  private static List<Method> methods(Class<?> type) {
    return Arrays.stream(type.getMethods())
        .filter(m -> !Modifier.isStatic(m.getModifiers()))
        .toList();
  }

  /** Arguments that mean something, and those that mean nothing. */
  private static @Nullable Object[] arguments(Method method, boolean sensible) {
    return Arrays.stream(method.getParameterTypes())
        .map(type -> argument(type, sensible))
        .toArray();
  }

  private static @Nullable Object argument(Class<?> type, boolean sensible) {
    if (type == int.class) {
      return sensible ? 1 : -7;
    }
    if (type == long.class) {
      return sensible ? 1L : -7L;
    }
    if (type == boolean.class) {
      return sensible;
    }
    if (type == double.class) {
      return sensible ? 1.0 : Double.NaN;
    }
    if (type == float.class) {
      return sensible ? 1f : Float.NaN;
    }
    if (type == short.class) {
      return (short) 1;
    }
    if (type == byte.class) {
      return (byte) 1;
    }
    if (!sensible) {
      return null;
    }
    if (type == String.class) {
      return "value";
    }
    if (type == Class.class) {
      return String.class;
    }
    return type == Executor.class ? (Executor) Runnable::run : null;
  }

  private static @Nullable Throwable call(Method method, Object target, @Nullable Object[] given)
      throws IllegalAccessException {
    try {
      method.invoke(target, given);
      return null;
    } catch (InvocationTargetException e) {
      return e.getCause();
    }
  }

  @ParameterizedTest
  @MethodSource("interfaces")
  void answersOrSaysWhyNot(Class<?> type) throws Exception {
    List<String> wrong = new ArrayList<>();
    for (Method method : methods(type)) {
      for (boolean sensible : new boolean[] {true, false}) {
        try (Connection connection = data.connect()) {
          Object target = target(type, connection);
          Throwable thrown = call(method, target, arguments(method, sensible));
          if (thrown != null && !isProper(thrown)) {
            wrong.add(method + " sensible=" + sensible + ": " + thrown);
          }
        }
      }
    }
    assertThat(wrong).isEmpty();
  }

  private static boolean isProper(Throwable thrown) {
    return thrown instanceof SQLException e
        && e.getSQLState() != null
        && e.getSQLState().length() == 5
        && !e.getSQLState().startsWith("XX")
        && e.getMessage() != null
        && !e.getMessage().contains("\n")
        && (!(e instanceof SQLFeatureNotSupportedException) || e.getSQLState().equals("0A000"));
  }

  @ParameterizedTest
  @MethodSource("interfaces")
  void closedObjectsSaySo(Class<?> type) throws Exception {
    List<String> wrong = new ArrayList<>();
    for (Method method : methods(type)) {
      Connection connection = data.connect();
      Object target = target(type, connection);
      connection.close();
      Throwable thrown = call(method, target, arguments(method, true));
      boolean mayAnswer =
          FINE_WHEN_CLOSED.contains(method.getName())
              || type == ResultSetMetaData.class
              || type == ParameterMetaData.class
              || (type == DatabaseMetaData.class && method.getReturnType() != ResultSet.class);
      if (thrown == null ? !mayAnswer : !isProper(thrown)) {
        wrong.add(method + ": " + thrown);
      }
    }
    assertThat(wrong).isEmpty();
  }
}
