package org.btrdb.jdbc;

import static org.assertj.core.api.Assertions.assertThat;

import java.sql.Connection;
import java.sql.DatabaseMetaData;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.UUID;
import org.btrdb.client.CallScope;
import org.btrdb.client.model.NewStream;
import org.btrdb.embedded.server.BtrdbServer;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/**
 * Metadata of 100,000 streams in 10,000 collections, over loopback: what it costs, and how long.
 */
class ManyStreamsTest {
  private static final int COLLECTIONS = 10_000;
  private static final int STREAMS_EACH = 10;
  private static final int TRIES = 5;

  private static final TestData DATA = new TestData();
  private static BtrdbServer server;
  private static Connection connection;
  private static DatabaseMetaData meta;

  @BeforeAll
  static void fill() throws SQLException {
    for (int c = 0; c < COLLECTIONS; c++) {
      for (int s = 0; s < STREAMS_EACH; s++) {
        DATA.btrdb()
            .create(
                new NewStream(
                    new UUID(c, s),
                    "plant/" + c % 100 + "/PMU" + c,
                    Map.of("name", "S" + s, "unit", "volts"),
                    Map.of()),
                CallScope.unbounded());
      }
    }
    server = BtrdbServer.start(DATA.btrdb(), BtrdbServer.LOOPBACK, 0);
    connection =
        DriverManager.getConnection("jdbc:btrdb://" + BtrdbServer.LOOPBACK + ":" + server.port());
    meta = connection.getMetaData();
  }

  @AfterAll
  static void close() throws SQLException {
    connection.close();
    server.close();
    DATA.close();
  }

  /** A metadata call. */
  @FunctionalInterface
  private interface Call {
    ResultSet result() throws SQLException;
  }

  /** The shortest of some tries: other work of the machine is none of ours. */
  private static Duration shortest(String what, int rows, Call call) throws SQLException {
    long best = Long.MAX_VALUE;
    for (int i = 0; i < TRIES; i++) {
      long begun = System.nanoTime();
      assertThat(count(call.result())).as(what).isEqualTo(rows);
      best = Math.min(best, System.nanoTime() - begun);
    }
    System.out.printf(Locale.ROOT, "%s: %.1f ms for %d rows%n", what, best / 1e6, rows);
    return Duration.ofNanos(best);
  }

  private static int count(ResultSet result) throws SQLException {
    int rows = 0;
    try (result) {
      while (result.next()) {
        rows++;
      }
    }
    return rows;
  }

  private static long lastStatement() throws SQLException {
    try (Statement statement = connection.createStatement();
        ResultSet rows =
            statement.executeQuery("SELECT MAX(statement_id) FROM btrdb.session_rpcs")) {
      rows.next();
      return rows.getLong(1);
    }
  }

  /** The calls of the statements after one, by their names. */
  private static Map<String, Integer> callsAfter(long statementId) throws SQLException {
    Map<String, Integer> calls = new TreeMap<>();
    try (Statement statement = connection.createStatement();
        ResultSet rows =
            statement.executeQuery(
                "SELECT rpc, COUNT(*) FROM btrdb.session_rpcs WHERE statement_id > "
                    + statementId
                    + " GROUP BY rpc")) {
      while (rows.next()) {
        calls.put(rows.getString(1), rows.getInt(2));
      }
    }
    return calls;
  }

  private static Map<String, Integer> callsOf(int rows, Call call) throws SQLException {
    long before = lastStatement();
    assertThat(count(call.result())).isEqualTo(rows);
    return callsAfter(before);
  }

  @Test
  void tenThousandSchemasAreListedInLessThanTwoSeconds() throws SQLException {
    assertThat(shortest("getSchemas", COLLECTIONS + 4, () -> meta.getSchemas()))
        .isLessThan(Duration.ofSeconds(2));
    assertThat(callsOf(COLLECTIONS + 4, () -> meta.getSchemas()))
        .isEqualTo(Map.of("ListCollections", 1));
    assertThat(callsOf(100, () -> meta.getSchemas(null, "plant/42/%")))
        .isEqualTo(Map.of("ListCollections", 1));
  }

  @Test
  void columnsOfOneTableTakeLessThanFiftyMilliseconds() throws SQLException {
    Call columns = () -> meta.getColumns(null, "plant/42/PMU4242", "S3", null);
    assertThat(shortest("getColumns of a stream", 2, columns)).isLessThan(Duration.ofMillis(50));
    assertThat(callsOf(2, columns)).isEqualTo(Map.of("LookupStreams", 1));
    Call device = () -> meta.getColumns(null, "wide", "plant/42/PMU4242", null);
    assertThat(shortest("getColumns of a device", STREAMS_EACH + 1, device))
        .isLessThan(Duration.ofMillis(50));
    assertThat(callsOf(STREAMS_EACH + 1, device))
        .isEqualTo(Map.of("ListCollections", 1, "LookupStreams", 1));
  }

  @Test
  void tablesOfOneSchemaAreOneLookUp() throws SQLException {
    Call tables = () -> meta.getTables(null, "plant/42/PMU4242", "%", null);
    shortest("getTables of a schema", STREAMS_EACH, tables);
    assertThat(callsOf(STREAMS_EACH, tables)).isEqualTo(Map.of("LookupStreams", 1));
    assertThat(callsOf(0, () -> meta.getTables(null, "plant/42/none", "%", null)))
        .isEqualTo(Map.of("LookupStreams", 1));
  }

  /** As tools look for one table, or for none, wherever it may be. */
  @Test
  void aTableOfAnySchemaIsLookedUpAndNotListed() throws SQLException {
    String[] onlyTables = {"TABLE"};
    Call everywhere = () -> meta.getTables(null, null, "S3", onlyTables);
    shortest("getTables of a name in any schema", COLLECTIONS, everywhere);
    assertThat(callsOf(COLLECTIONS, everywhere)).isEqualTo(Map.of("LookupStreams", 1));
    assertThat(callsOf(0, () -> meta.getTables(null, null, "NOSUCHTABLE", null)))
        .isEqualTo(Map.of("LookupStreams", 1, "ListCollections", 2));
  }

  @Test
  void everyTableIsListedAsItIsReadAndNoFurther() throws SQLException {
    allTables("getTables of everything", COLLECTIONS * (STREAMS_EACH + 2) + 10 + 3);
    long before = lastStatement();
    try (ResultSet some = meta.getTables(null, null, "S%", null)) {
      for (int i = 0; i < 25; i++) {
        assertThat(some.next()).isTrue();
      }
    }
    assertThat(callsAfter(before)).isEqualTo(Map.of("ListCollections", 1, "LookupStreams", 8));
  }

  private static void allTables(String what, int rows) throws SQLException {
    long begun = System.nanoTime();
    assertThat(count(meta.getTables(null, null, null, null))).isEqualTo(rows);
    System.out.printf(
        Locale.ROOT, "%s: %.0f ms for %d rows%n", what, (System.nanoTime() - begun) / 1e6, rows);
  }
}
