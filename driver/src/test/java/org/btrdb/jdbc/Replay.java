package org.btrdb.jdbc;

import java.sql.Connection;
import java.sql.DatabaseMetaData;
import java.sql.DriverManager;
import java.sql.ParameterMetaData;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.ResultSetMetaData;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Properties;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/**
 * Makes the calls of a recording of us, and writes down what we answer.
 *
 * <p>Recordings name no object and leave out calls that repeat others. A call goes to the newest
 * open object of its type, and a call that a client must have made before another is made first;
 * such calls, and reading what a client left of a result, begin with {@code +}.
 */
final class Replay {
  private static final int ROWS_OF_METADATA = 100;
  private static final int ROWS_LEFT = 5;

  private final String url;
  private final Answers answers;
  private final List<String> lines = new ArrayList<>();
  private final List<String> wrong = new ArrayList<>();
  private final Deque<Connection> connections = new ArrayDeque<>();
  private final Deque<Statement> statements = new ArrayDeque<>();
  private final Deque<ResultSet> results = new ArrayDeque<>();
  private final Map<ResultSet, Set<String>> readOfRow = new HashMap<>();
  private @Nullable DatabaseMetaData database;
  private @Nullable ResultSetMetaData columns;
  private @Nullable ResultSet described;
  private @Nullable ParameterMetaData parameters;

  Replay(TestData data, String url) {
    this.url = url;
    this.answers = new Answers(data);
  }

  /** The lines of the golden file. */
  List<String> lines() {
    return lines;
  }

  /** What no golden file may make right: answers for failures, and failures for answers. */
  List<String> wrong() {
    return wrong;
  }

  void all(List<Recording.Event> events) throws SQLException {
    for (Recording.Event event : events) {
      if (event instanceof Recording.Made made) {
        one(made);
      } else {
        lines.add(event.toString());
        if (event instanceof Recording.Connect connect) {
          connect(connect.properties());
        }
      }
    }
    leave(List.copyOf(results));
    for (Connection connection : connections) {
      connection.close();
    }
  }

  private void connect(String properties) throws SQLException {
    Properties given = new Properties();
    for (String each : properties.replaceAll("[{}]", "").split(", ", -1)) {
      int equals = each.indexOf('=');
      given.setProperty(each.substring(0, equals), each.substring(equals + 1));
    }
    connections.push(DriverManager.getConnection(url, given));
  }

  private void one(Recording.Made made) {
    TracedCall call = made.call();
    try {
      Object target = target(call);
      prepare(call, target);
      Object answer = call.on(target, url);
      lines.add(call + shown(made, answer));
      if (answer instanceof ResultSet && call.type().equals("DatabaseMetaData")) {
        try (ResultSet again = (ResultSet) Objects.requireNonNull(call.on(target, url))) {
          lines.addAll(answers.rows(again, ROWS_OF_METADATA));
        }
      }
      keep(answer, call, target);
      if (made.failure() != null && made.failure().contains("canceled")) {
        cancelled((Statement) target);
      } else if (made.failure() != null) {
        wrong.add("no failure: " + call);
      }
    } catch (SQLException e) {
      lines.add(call + " !! " + answers.failure(e) + recordedFailure(made));
      check(made, e);
    } catch (Throwable e) {
      wrong.add(call + ": " + e);
    }
  }

  private void check(Recording.Made made, SQLException e) {
    String state = e.getSQLState();
    if (made.failure() == null || state == null || !state.startsWith("42")) {
      wrong.add(made.call() + ": " + state + " " + e);
    }
  }

  /** What must have happened before a call, though it was not recorded. */
  private void prepare(TracedCall call, Object target) throws SQLException {
    if (target instanceof ResultSet result && call.readsColumn()) {
      Set<String> read = readOfRow.get(result);
      if (read == null || read.contains(call.toString())) {
        // Nobody reads before the first row, and nobody reads the same twice.
        lines.add("+ ResultSet.next() -> " + result.next());
        read = new HashSet<>();
        readOfRow.put(result, read);
      }
      read.add(call.toString());
    }
    boolean ends = call.method().equals("close") || call.method().equals("getMoreResults");
    if (ends && target instanceof ResultSet result) {
      leave(List.of(result));
    } else if (ends && target instanceof Statement statement) {
      leave(results.stream().filter(result -> owner(result) == statement).toList());
    } else if (ends && target instanceof Connection connection) {
      leave(results.stream().filter(result -> connectionOf(result) == connection).toList());
    }
  }

  private static @Nullable Statement owner(ResultSet result) {
    try {
      return result.isClosed() ? null : result.getStatement();
    } catch (SQLException e) {
      throw new IllegalStateException(e);
    }
  }

  private static @Nullable Connection connectionOf(ResultSet result) {
    try {
      Statement statement = owner(result);
      return statement == null ? null : statement.getConnection();
    } catch (SQLException e) {
      throw new IllegalStateException(e);
    }
  }

  /** Shows what was not read of results of statements. */
  private void leave(List<ResultSet> left) throws SQLException {
    for (ResultSet result : left) {
      if (owner(result) != null) {
        lines.add("+ what is left of the result:");
        lines.addAll(answers.rows(result, ROWS_LEFT));
      }
      results.remove(result);
    }
  }

  private String shown(Recording.Made made, @Nullable Object answer) throws SQLException {
    if (made.call().returns() == void.class) {
      return recordedFailure(made);
    }
    String text = answers.text(made.call(), answer);
    boolean same = !Answers.isValue(made.call()) || Recording.shortened(text).equals(made.answer());
    return " -> "
        + text
        + (made.failure() != null
            ? recordedFailure(made)
            : same ? "" : " [recorded " + made.answer() + "]");
  }

  private static String recordedFailure(Recording.Made made) {
    return made.failure() == null ? "" : " [recorded failure: " + made.failure() + "]";
  }

  /** The recorded statement was cancelled while it ran; ours runs when its first row is read. */
  private void cancelled(Statement statement) throws SQLException {
    ResultSet result = statement.getResultSet();
    CompletableFuture<Void> cancelled =
        CompletableFuture.runAsync(
            () -> {
              try {
                statement.cancel();
              } catch (SQLException e) {
                throw new IllegalStateException(e);
              }
            });
    lines.add("+ Statement.cancel(), on another thread");
    try {
      wrong.add("not cancelled: " + result.next());
    } catch (SQLException e) {
      lines.add("+ ResultSet.next() !! " + answers.failure(e));
      if (!"57014".equals(e.getSQLState())) {
        wrong.add("cancelled: " + e);
      }
    }
    cancelled.join();
    results.remove(result);
  }

  private void keep(@Nullable Object answer, TracedCall call, Object target) {
    if (answer instanceof Connection connection && !connections.contains(connection)) {
      wrong.add("another connection: " + call);
    }
    if (answer instanceof ResultSet result) {
      results.push(result);
    } else if (answer instanceof Statement statement) {
      statements.push(statement);
    } else if (answer instanceof DatabaseMetaData meta) {
      database = meta;
    } else if (answer instanceof ResultSetMetaData meta) {
      columns = meta;
      described = target instanceof ResultSet result ? result : null;
    } else if (answer instanceof ParameterMetaData meta) {
      parameters = meta;
    } else if (call.method().equals("next")) {
      readOfRow.put((ResultSet) target, new HashSet<>());
    }
  }

  private Object target(TracedCall call) throws SQLException {
    return switch (call.type()) {
      case "Driver" -> new BtrdbDriver();
      case "Connection" -> connection(call);
      case "Statement" -> open(statements, Statement.class);
      case "PreparedStatement" -> open(statements, PreparedStatement.class);
      case "ResultSet" -> open(results, ResultSet.class);
      case "DatabaseMetaData" -> database();
      case "ResultSetMetaData" -> columns();
      default -> Objects.requireNonNull(parameters, call::toString);
    };
  }

  /** Threads of a client have a statement each: a connection with one is not asked for another. */
  private Connection connection(TracedCall call) throws SQLException {
    Connection newest = open(connections, Connection.class);
    if (call.method().equals("prepareStatement") || call.method().equals("close")) {
      for (Connection each : connections) {
        if (!each.isClosed() && !isBusy(each)) {
          return each;
        }
      }
    }
    return newest;
  }

  private boolean isBusy(Connection connection) throws SQLException {
    for (Statement statement : statements) {
      if (!statement.isClosed() && statement.getConnection() == connection) {
        return true;
      }
    }
    return false;
  }

  private DatabaseMetaData database() throws SQLException {
    if (database == null) {
      throw new IllegalStateException("no metadata");
    }
    return database;
  }

  private ResultSetMetaData columns() throws SQLException {
    if (columns == null || described == null || described.isClosed()) {
      lines.add("+ ResultSet.getMetaData()");
      described = open(results, ResultSet.class);
      columns = described.getMetaData();
    }
    return columns;
  }

  /** The newest that is open; one that a client was done with is forgotten. */
  private static <T> T open(Deque<? extends AutoCloseable> objects, Class<T> type)
      throws SQLException {
    for (AutoCloseable each : List.copyOf(objects)) {
      boolean closed =
          each instanceof Connection connection
              ? connection.isClosed()
              : each instanceof Statement statement
                  ? statement.isClosed()
                  : ((ResultSet) each).isClosed();
      if (closed) {
        objects.remove(each);
      } else if (type.isInstance(each)) {
        return type.cast(each);
      }
    }
    throw new IllegalStateException("no open " + type.getSimpleName());
  }
}
