package org.btrdb.jdbc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DatabaseMetaData;
import java.sql.DriverManager;
import java.sql.ParameterMetaData;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.ResultSetMetaData;
import java.sql.SQLException;
import java.sql.SQLFeatureNotSupportedException;
import java.sql.Statement;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Deque;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Calls that real clients made of H2, made of us.
 *
 * <p>The recordings name no object and leave out repeated calls: a call goes to the newest open
 * object of its type, and a column is read from the first row if no row was asked for. They lie
 * beside the project, or where {@code -Dtraces} says.
 */
class TraceReplayTest {
  private static final Path TRACES =
      Path.of(System.getProperty("traces", "../../shared/data/jdbc-client-traces"));

  /** The metadata of a result of these says the same as the recording. */
  private static final Set<String> SAME = Set.of("getColumnLabel", "getColumnType");

  private final Deque<Connection> connections = new ArrayDeque<>();
  private final Deque<Statement> statements = new ArrayDeque<>();
  private final Deque<ResultSet> results = new ArrayDeque<>();
  private final Set<ResultSet> onRow = Collections.newSetFromMap(new IdentityHashMap<>());
  private final List<String> wrong = new ArrayList<>();
  private @Nullable DatabaseMetaData database;
  private @Nullable ResultSetMetaData columns;
  private @Nullable ParameterMetaData parameters;
  private boolean ofH2;
  private int made;
  private int skipped;
  private int skippedOfH2;

  @ParameterizedTest
  @ValueSource(
      strings = {
        "connection-pools",
        "dbeaver-generic",
        "hibernate-spring-mybatis-jdbi",
        "jooq-codegen",
        "spark",
        "sqlline"
      })
  void weAnswerWhatTheyAsk(String client) throws Exception {
    Path file = TRACES.resolve(client + ".txt");
    assumeTrue(Files.exists(file), "no recordings beside the project");
    try (TestData data = new TestData()) {
      fill(data);
      String url = data.url() + "?schema=plant/a";
      for (String line : Files.readAllLines(file)) {
        if (line.startsWith("=== connect")) {
          connections.push(DriverManager.getConnection(url));
          continue;
        }
        TracedCall call = TracedCall.parse(line);
        if (call != null) {
          replay(call, url);
        }
      }
      for (Connection connection : connections) {
        connection.close();
      }
    }
    System.out.println(
        client
            + ": "
            + made
            + " calls made; not made: "
            + skippedOfH2
            + " on statements over H2's own tables, "
            + skipped
            + " without an object or a row");
    assertThat(wrong).isEmpty();
    assertThat(made).isGreaterThan(20 * skipped);
  }

  /** What the recordings' statement makes in H2, but for its columns time_ns and name. */
  private static void fill(TestData data) {
    UUID uuid = data.stream("plant/a", "stream_0");
    long[] times = new long[1000];
    double[] values = new double[1000];
    for (int i = 0; i < times.length; i++) {
      times[i] = 1_704_067_200_123_456_789L + (i + 1) * 1_000_000_000L;
      values[i] = Math.sin((i + 1) * 0.1);
    }
    data.insert(uuid, times, values);
  }

  private void replay(TracedCall recorded, String url) throws SQLException {
    TracedCall call =
        recorded.withArguments(recorded.arguments().stream().map(this::ours).toList());
    Object target = target(call, url);
    if (call.type().equals("Connection") || call.type().equals("DatabaseMetaData")) {
      ofH2 = String.join(" ", call.arguments()).contains("INFORMATION_SCHEMA.");
    }
    if (ofH2) {
      skippedOfH2++;
      return;
    }
    if (target == null) {
      skipped++;
      return;
    }
    try {
      boolean ended = call.error() != null && call.error().contains("Timeout");
      if (ended) {
        ((Statement) target).setQueryTimeout(1);
      }
      if (target instanceof ResultSet result
          && call.readsColumn()
          && onRow.add(result)
          && !result.next()) {
        onRow.remove(result);
        skipped++;
        return;
      }
      made++;
      Object answer = call.on(target);
      if (ended) {
        // Ours computes when the first row is asked for.
        ((Statement) target).getResultSet().next();
      }
      keep(answer, call);
      if (call.error() != null) {
        wrong.add("no failure: " + call);
      }
      check(call, answer);
    } catch (SQLFeatureNotSupportedException e) {
      if (!"0A000".equals(e.getSQLState())) {
        wrong.add(call + ": " + e.getSQLState() + " " + e);
      }
    } catch (SQLException e) {
      String state = e.getSQLState();
      boolean proper = state != null && (state.startsWith("42") || state.equals("57014"));
      if (call.error() == null || !proper) {
        wrong.add(call + ": " + state + " " + e);
      }
    } catch (Throwable e) {
      wrong.add(call + ": " + e);
    }
  }

  private void check(TracedCall call, @Nullable Object answer) {
    String expected = call.answer();
    if (expected == null) {
      return;
    }
    boolean isNull = answer == null;
    if (isNull != expected.equals("null") && !call.method().equals("getCatalog")) {
      wrong.add(call + ": " + answer);
    }
    boolean isRow = call.type().equals("ResultSet") && call.method().equals("next");
    boolean same = call.type().equals("ResultSetMetaData") && SAME.contains(call.method());
    if (same || isRow) {
      String ours = answer instanceof String text ? '"' + text + '"' : String.valueOf(answer);
      if (!ours.equals(expected)) {
        wrong.add(call + ": " + ours);
      }
    }
  }

  /** The names and columns of the recordings, in our words. */
  private String ours(String argument) {
    return switch (argument) {
      case "\"S\"" -> "null";
      case "\"PUBLIC\"" -> "\"plant/a\"";
      default ->
          argument
              .replace("S.PUBLIC.\"stream_0\"", "\"plant/a\".\"stream_0\"")
              .replaceAll(
                  "(?i)select \\* from (?!nosuch)",
                  "SELECT \"time\", CAST(\"time\" AS BIGINT) AS \"time_ns\", \"value\","
                      + " 's0' AS \"name\" FROM ")
              .replace(
                  "\"time\",\"time_ns\",\"value\",\"name\"", "\"time\",\"time\",\"value\",'s0'")
              .replaceAll("(?i)(where|and|or) \"time_ns\"", "$1 \"time\"");
    };
  }

  private void keep(@Nullable Object answer, TracedCall call) {
    if (answer instanceof ResultSet result) {
      results.push(result);
    } else if (answer instanceof Statement statement) {
      statements.push(statement);
    } else if (answer instanceof DatabaseMetaData meta) {
      database = meta;
    } else if (answer instanceof ResultSetMetaData meta) {
      columns = meta;
    } else if (answer instanceof ParameterMetaData meta) {
      parameters = meta;
    } else if (call.method().equals("next") && !results.isEmpty()) {
      onRow.add(results.getFirst());
    }
  }

  private @Nullable Object target(TracedCall call, String url) throws SQLException {
    return switch (call.type()) {
      case "Connection" -> connection(url);
      case "Statement" -> statement(Statement.class);
      case "PreparedStatement" -> statement(PreparedStatement.class);
      case "ResultSet" -> result();
      case "DatabaseMetaData" -> database != null ? database : connection(url).getMetaData();
      case "ResultSetMetaData" -> columns;
      default -> parameters;
    };
  }

  private Connection connection(String url) throws SQLException {
    while (!connections.isEmpty() && connections.getFirst().isClosed()) {
      connections.pop();
    }
    if (connections.isEmpty()) {
      connections.push(DriverManager.getConnection(url));
    }
    return Objects.requireNonNull(connections.peek());
  }

  private @Nullable Statement statement(Class<? extends Statement> type) throws SQLException {
    for (Statement statement : statements) {
      if (!statement.isClosed() && type.isInstance(statement)) {
        return statement;
      }
    }
    return null;
  }

  private @Nullable ResultSet result() throws SQLException {
    for (ResultSet result : results) {
      if (!result.isClosed()) {
        return result;
      }
    }
    return null;
  }
}
