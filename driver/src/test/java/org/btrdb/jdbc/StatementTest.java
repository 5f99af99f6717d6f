package org.btrdb.jdbc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.io.ByteArrayInputStream;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.lang.ref.WeakReference;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.sql.BatchUpdateException;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLDataException;
import java.sql.SQLException;
import java.sql.SQLFeatureNotSupportedException;
import java.sql.SQLSyntaxErrorException;
import java.sql.SQLTimeoutException;
import java.sql.SQLWarning;
import java.sql.Statement;
import java.sql.Timestamp;
import java.sql.Types;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Calendar;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TimeZone;
import java.util.UUID;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.btrdb.client.CallScope;
import org.btrdb.client.error.BtrdbException;
import org.btrdb.client.error.ErrorCode;
import org.btrdb.client.model.MetadataChange;
import org.btrdb.client.time.IsoTime;
import org.btrdb.sql.row.Column;
import org.btrdb.sql.row.ColumnType;
import org.btrdb.sql.row.RowCursor;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

@Timeout(60)
class StatementTest {
  private static final String NEIGHBOURS = "2018-01-01T00:00:00.12345678";

  private final TestData data = new TestData();
  private Connection connection;

  @BeforeEach
  void connect() throws SQLException {
    connection = data.connect();
  }

  @AfterEach
  void close() throws SQLException {
    connection.close();
    data.close();
  }

  private static void hasState(String state, SQLException e) {
    assertThat(e.getSQLState()).as(e.getMessage()).isEqualTo(state);
  }

  private interface Action {
    void run() throws SQLException;
  }

  private static void fails(Class<? extends SQLException> type, String state, Action action) {
    assertThatExceptionOfType(SQLException.class)
        .isThrownBy(action::run)
        .isInstanceOf(type)
        .satisfies(e -> hasState(state, e))
        .satisfies(e -> assertThat(e.getMessage()).doesNotContain("\n"));
  }

  private List<Double> values(PreparedStatement statement) throws SQLException {
    List<Double> values = new ArrayList<>();
    try (ResultSet result = statement.executeQuery()) {
      while (result.next()) {
        values.add(result.getDouble("value"));
      }
    }
    return values;
  }

  /** Ten points a nanosecond apart; the value is the last digit. */
  private void neighbours() {
    long[] times = new long[10];
    double[] values = new double[10];
    for (int i = 0; i < 10; i++) {
      times[i] = IsoTime.nanosOf(Instant.parse(NEIGHBOURS + i + "Z"));
      values[i] = i;
    }
    data.insert(data.stream("n/s", "s"), times, values);
  }

  @ParameterizedTest
  @ValueSource(doubles = {-0.0, Double.NaN, Double.NEGATIVE_INFINITY, Double.MIN_VALUE, 0.1})
  void doublesAreBoundAsTheyAre(double value) throws SQLException {
    try (PreparedStatement statement = connection.prepareStatement("SELECT CAST(? AS DOUBLE)")) {
      statement.setDouble(1, value);
      try (ResultSet row = statement.executeQuery()) {
        assertThat(row.next()).isTrue();
        assertThat(Double.doubleToRawLongBits(row.getDouble(1)))
            .isEqualTo(Double.doubleToRawLongBits(value));
      }
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"UTC", "America/New_York", "Asia/Kathmandu"})
  void everyWayToSetATimeKeepsItsNanoseconds(String zone) throws SQLException {
    neighbours();
    TimeZone before = TimeZone.getDefault();
    TimeZone.setDefault(TimeZone.getTimeZone(zone));
    try (PreparedStatement statement =
        connection.prepareStatement(
            "SELECT time, value FROM \"n/s\".s WHERE time > ? AND time <= ?")) {
      Instant from = Instant.parse(NEIGHBOURS + "3Z");
      Instant to = Instant.parse(NEIGHBOURS + "5Z");
      Calendar tokyo = Calendar.getInstance(TimeZone.getTimeZone("Asia/Tokyo"), Locale.ROOT);

      statement.setTimestamp(1, Timestamp.from(from));
      statement.setTimestamp(2, Timestamp.from(to), tokyo);
      assertThat(values(statement)).containsExactly(4.0, 5.0);
      statement.setObject(1, from);
      statement.setObject(2, LocalDateTime.ofInstant(to, ZoneOffset.UTC));
      assertThat(values(statement)).containsExactly(4.0, 5.0);
      statement.setObject(1, OffsetDateTime.ofInstant(from, ZoneOffset.ofHours(5)));
      statement.setObject(2, to.atZone(ZoneOffset.ofHours(-3)));
      assertThat(values(statement)).containsExactly(4.0, 5.0);
      statement.setString(1, NEIGHBOURS + "3Z");
      statement.setString(2, "2018-01-01 00:00:00.123456785");
      assertThat(values(statement)).containsExactly(4.0, 5.0);
      statement.setLong(1, IsoTime.nanosOf(from));
      statement.setObject(2, IsoTime.nanosOf(to), Types.BIGINT);
      assertThat(values(statement)).containsExactly(4.0, 5.0);
      statement.setObject(1, Timestamp.from(from), Types.TIMESTAMP);
      statement.setObject(2, "2018-01-01T00:00:00.123456785Z", Types.VARCHAR);
      assertThat(values(statement)).containsExactly(4.0, 5.0);
    } finally {
      TimeZone.setDefault(before);
    }
  }

  @Test
  void literalsKeepTheirNanosecondsBothWays() throws SQLException {
    neighbours();
    try (Statement statement = connection.createStatement();
        ResultSet result =
            statement.executeQuery(
                "SELECT time FROM \"n/s\".s WHERE time >= TIMESTAMP '2018-01-01"
                    + " 00:00:00.123456788'")) {
      result.next();
      assertThat(result.getTimestamp(1).toInstant()).isEqualTo(NEIGHBOURS + "8Z");
      result.next();
      assertThat(result.getString(1)).isEqualTo("2018-01-01 00:00:00.123456789");
      assertThat(result.next()).isFalse();
    }
  }

  /** In both executors: computed directly, and by Calcite's Enumerable. */
  @Test
  void bytesAreAnArrayHoweverTheyWereComputed() throws SQLException {
    for (String sql :
        List.of("SELECT X'4142'", "SELECT X'4142', JSON_ARRAYAGG(a) FROM (SELECT 1 AS a)")) {
      try (Statement select = connection.createStatement();
          ResultSet result = select.executeQuery(sql)) {
        assertThat(result.next()).isTrue();
        assertThat(result.getObject(1)).isEqualTo(new byte[] {0x41, 0x42});
        assertThat(result.getBytes(1)).containsExactly(0x41, 0x42);
        assertThat(result.getString(1)).isEqualTo("4142");
      }
    }
  }

  @Test
  void batchStoresEveryRowWithItsNanoseconds() throws SQLException {
    data.stream("b", "s");
    try (PreparedStatement insert =
            connection.prepareStatement("INSERT INTO \"b\".s (time, value) VALUES (?, ?)");
        Statement select = connection.createStatement()) {
      for (int i = 0; i < 1000; i++) {
        insert.setLong(1, 1_000_000_007L * i + i);
        insert.setDouble(2, i);
        insert.addBatch();
      }
      assertThat(insert.executeBatch()).hasSize(1000).containsOnly(1);
      assertThat(insert.executeBatch()).isEmpty();

      try (ResultSet result = select.executeQuery("SELECT time, value FROM \"b\".s")) {
        for (int i = 0; i < 1000; i++) {
          assertThat(result.next()).isTrue();
          assertThat(result.getLong("time")).isEqualTo(1_000_000_007L * i + i);
          assertThat(result.getDouble("value")).isEqualTo(i);
        }
        assertThat(result.next()).isFalse();
      }
    }
  }

  @Test
  void batchOfSeveralComputedRowsStoresAllOrNamesTheRowThatIsNull() throws SQLException {
    data.stream("b", "s");
    try (PreparedStatement insert =
            connection.prepareStatement(
                "INSERT INTO \"b\".s (time, value) VALUES (?, ? * 2), (TIME_ADD(?, 5), 7)");
        Statement select = connection.createStatement()) {
      for (int i = 0; i < 3000; i++) {
        insert.setLong(1, 10L * i);
        insert.setDouble(2, i);
        insert.setLong(3, 10L * i);
        insert.addBatch();
      }
      assertThat(insert.executeBatch()).hasSize(3000).containsOnly(2);

      insert.setLong(1, 1_000_000);
      insert.setDouble(2, 1);
      insert.setNull(3, Types.TIMESTAMP);
      insert.addBatch();
      assertThatExceptionOfType(BatchUpdateException.class)
          .isThrownBy(insert::executeBatch)
          .withMessageContaining("(row 2)")
          .satisfies(e -> hasState("23502", e));

      try (ResultSet result = select.executeQuery("SELECT time, value FROM \"b\".s")) {
        for (int i = 0; i < 6000; i++) {
          assertThat(result.next()).isTrue();
          assertThat(result.getLong("time")).isEqualTo(5L * i);
          assertThat(result.getDouble("value")).isEqualTo(i % 2 == 0 ? i : 7);
        }
        assertThat(result.next()).isFalse();
      }
    }
  }

  @Test
  void failedBatchSaysWhatWasDone() throws SQLException {
    data.stream("b", "s");
    String insert = "INSERT INTO \"b\".s (time, value) VALUES (TIMESTAMP '2020-01-01 00:00:00', 1)";
    try (Statement statement = connection.createStatement()) {
      statement.addBatch(insert);
      statement.addBatch("INSERT INTO nosuch.s (time, value) VALUES (1, 1)");
      statement.addBatch(insert);
      assertThatExceptionOfType(BatchUpdateException.class)
          .isThrownBy(statement::executeBatch)
          .satisfies(e -> assertThat(e.getUpdateCounts()).containsExactly(1))
          .satisfies(e -> hasState("42S02", e));
    }
  }

  /** Each row is done by itself, and what was done stays done. */
  @Test
  void failedPreparedBatchSaysWhatWasDone() throws SQLException {
    data.ramp("b", "s", 10);
    data.stream("b", "t");
    try (PreparedStatement delete =
            connection.prepareStatement(
                "DELETE FROM \"b\".s WHERE time < ? OR time BETWEEN ? AND ?");
        PreparedStatement flush = connection.prepareStatement("CALL btrdb.flush(?)");
        PreparedStatement update =
            connection.prepareStatement("UPDATE btrdb.streams SET collection = ? WHERE name = ?");
        PreparedStatement count = connection.prepareStatement("SELECT COUNT(*) FROM \"b\".s")) {
      for (long gapSeconds : new long[] {0, 0, 2, 0}) {
        delete.setLong(1, 4_000_000_000L - gapSeconds * 1_000_000_000L);
        delete.setLong(2, 4_000_000_000L);
        delete.setLong(3, 5_000_000_000L);
        delete.addBatch();
      }
      failsAfter("0A000", delete, 6, 0);
      try (ResultSet row = count.executeQuery()) {
        assertThat(row.next()).isTrue();
        assertThat(row.getLong(1)).isEqualTo(4);
      }
      for (String stream : List.of("b/s", "b/t", "b/missing", "b/s")) {
        flush.setString(1, stream);
        flush.addBatch();
      }
      failsAfter("42S02", flush, 1, 1);
      update.setString(1, null);
      update.setString(2, "s");
      update.addBatch();
      failsAfter("23502", update);
      update.setString(1, "c");
      update.addBatch();
      update.setString(1, null);
      update.addBatch();
      failsAfter("23502", update, 1);
    }
  }

  private static void failsAfter(String state, PreparedStatement statement, int... counts) {
    assertThatExceptionOfType(BatchUpdateException.class)
        .isThrownBy(statement::executeBatch)
        .satisfies(e -> hasState(state, e))
        .satisfies(e -> assertThat(e.getUpdateCounts()).containsExactly(counts))
        .satisfies(e -> assertThat(e.getMessage()).doesNotContain("\n"))
        .satisfies(e -> assertThat(e.getCause()).isInstanceOf(SQLException.class));
  }

  @Test
  void parametersAreConvertedOrRefusedNeverRounded() throws SQLException {
    data.ramp("a", "r", 10);
    try (PreparedStatement statement =
        connection.prepareStatement("SELECT value FROM \"a\".r WHERE value >= ? LIMIT ?")) {
      statement.setString(1, "3");
      statement.setLong(2, 2L);
      assertThat(values(statement)).containsExactly(3.0, 4.0);
      statement.setInt(1, 8);
      statement.setString(2, "1");
      assertThat(values(statement)).containsExactly(8.0);
      fails(SQLException.class, "22018", () -> statement.setString(1, "three"));
      fails(SQLException.class, "22003", () -> statement.setString(1, "1E400"));
      fails(
          SQLDataException.class,
          "22018",
          () ->
              statement.setAsciiStream(
                  1, new ByteArrayInputStream("3°".getBytes(StandardCharsets.UTF_8))));
      fails(SQLException.class, "22003", () -> statement.setDouble(2, 1.5));
      fails(SQLException.class, "22003", () -> statement.setBigDecimal(2, new BigDecimal("1e19")));
      fails(SQLException.class, "07009", () -> statement.setInt(3, 1));
      fails(SQLFeatureNotSupportedException.class, "0A000", () -> statement.setBytes(1, null));
      statement.clearParameters();
      fails(SQLSyntaxErrorException.class, "07001", statement::executeQuery);
      assertThat(statement.getParameterMetaData().getParameterCount()).isEqualTo(2);
      assertThat(statement.getMetaData().getColumnLabel(1)).isEqualTo("value");
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "SELECT value FROM \"a\".r LIMIT ? OFFSET ?",
        "SELECT value FROM \"a\".r ORDER BY value LIMIT ? OFFSET ?",
        "SELECT value FROM \"a\".r UNION ALL SELECT value FROM \"a\".r LIMIT ? OFFSET ?",
        "SELECT * FROM (SELECT value FROM \"a\".r ORDER BY -value LIMIT ? OFFSET ?) ORDER BY 1",
      })
  void limitsAreAsLongAsLiterals(String sql) throws SQLException {
    data.ramp("a", "r", 10);
    try (PreparedStatement statement = connection.prepareStatement(sql)) {
      assertThat(statement.getParameterMetaData().getParameterType(1)).isEqualTo(Types.BIGINT);
      int all = sql.contains("UNION") ? 20 : 10;
      statement.setLong(1, Long.MAX_VALUE);
      statement.setLong(2, 1);
      assertThat(values(statement)).hasSize(all - 1);
      statement.setInt(1, 2);
      statement.setLong(2, 0);
      assertThat(values(statement)).hasSize(2);
      statement.setLong(2, Long.MAX_VALUE);
      assertThat(values(statement)).isEmpty();
    }
  }

  /** Where Calcite's generated code counts the rows. */
  @Test
  void limitsOfGeneratedCodeAreTakenOrRefused() throws SQLException {
    data.ramp("a", "r", 10);
    try (PreparedStatement statement =
        connection.prepareStatement(
            "SELECT value, COLLECT(value) FROM \"a\".r GROUP BY value LIMIT ? OFFSET ?")) {
      statement.setLong(1, Integer.MAX_VALUE);
      statement.setLong(2, 3);
      assertThat(values(statement)).hasSize(7);
      statement.setLong(1, Integer.MAX_VALUE + 1L);
      fails(SQLDataException.class, "22003", () -> values(statement));
    }
  }

  @Test
  void escapesOfJdbcAreRead() throws SQLException {
    data.ramp("a", "r", 10);
    data.ramp("a", "s", 5);
    assertThat(rows("SELECT value FROM \"a\".r {limit 3}")).isEqualTo(3);
    assertThat(rows("SELECT value FROM \"a\".r {limit 4}")).isEqualTo(4);
    assertThat(rows("SELECT value FROM \"a\".r {LIMIT 3 OFFSET 8}")).isEqualTo(2);
    assertThat(
            rows(
                "SELECT r.value, s.value FROM {oj \"a\".r LEFT OUTER JOIN \"a\".s"
                    + " ON r.time = {fn TIMESTAMPADD(SQL_TSI_SECOND, 0, s.time)}}"
                    + " WHERE r.time >= {ts '1970-01-01 00:00:04'} {limit 100}"))
        .isEqualTo(6);
    assertThat(rows("SELECT name FROM btrdb.streams WHERE name LIKE 'r|%' {escape '|'}")).isZero();
    assertThat(rows("SELECT value AS oj FROM \"a\".r {limit 1}")).isEqualTo(1);
    for (String sql : List.of("SELECT 1 {limit 1", "SELECT 1 {other 1}", "{oj", "SELECT {")) {
      fails(SQLSyntaxErrorException.class, "42601", () -> rows(sql));
    }
  }

  private int rows(String sql) throws SQLException {
    try (Statement statement = connection.createStatement();
        ResultSet result = statement.executeQuery(sql)) {
      int rows = 0;
      while (result.next()) {
        rows++;
      }
      return rows;
    }
  }

  @Test
  void whatIsValidAndHardlyMeantIsAWarningOfTheExecution() throws SQLException {
    data.ramp("a", "r", 10);
    String hidden = "SELECT date_bin('5s', time) AS time, COUNT(*) FROM \"a\".r GROUP BY time";
    try (Statement statement = connection.createStatement();
        PreparedStatement prepared = connection.prepareStatement(hidden)) {
      statement.executeQuery(hidden).close();
      SQLWarning warning = statement.getWarnings();
      assertThat(warning.getMessage()).contains("GROUP BY 1");
      hasState("01000", warning);
      assertThat(warning.getNextWarning() == null).isTrue();
      statement.clearWarnings();
      assertThat(statement.getWarnings() == null).isTrue();
      statement.executeQuery(hidden).close();
      statement.executeQuery("SELECT 1").close();
      assertThat(statement.getWarnings() == null).isTrue();
      prepared.executeQuery().close();
      assertThat(prepared.getWarnings().getMessage()).contains("GROUP BY 1");
    }
  }

  @Test
  void endStateOfResultsAndCountsIsRight() throws SQLException {
    data.stream("a", "s");
    try (Statement statement = connection.createStatement()) {
      assertThat(statement.getUpdateCount()).isEqualTo(-1);
      assertThat(statement.execute("SELECT 1")).isTrue();
      ResultSet result = statement.getResultSet();
      assertThat(statement.getUpdateCount()).isEqualTo(-1);
      assertThat(statement.getMoreResults()).isFalse();
      assertThat(result.isClosed()).isTrue();
      assertThat(statement.getResultSet()).isNull();
      assertThat(statement.getLargeUpdateCount()).isEqualTo(-1);

      String insert =
          "INSERT INTO \"a\".s (time, value) VALUES (TIMESTAMP '2020-01-01 00:00:00', 1)";
      assertThat(statement.execute(insert)).isFalse();
      assertThat(statement.getResultSet()).isNull();
      assertThat(statement.getUpdateCount()).isEqualTo(1);
      assertThat(statement.getMoreResults()).isFalse();
      assertThat(statement.getUpdateCount()).isEqualTo(-1);
      assertThat(statement.executeUpdate(insert, Statement.RETURN_GENERATED_KEYS)).isEqualTo(1);
      try (ResultSet keys = statement.getGeneratedKeys()) {
        assertThat(keys.next()).isFalse();
      }
    }
  }

  @Test
  void keysEndWithTheirStatementOrItsNextExecution() throws SQLException {
    BtrdbConnection own = connection.unwrap(BtrdbConnection.class);
    List<ResultSet> keys = new ArrayList<>();
    try (Statement statement = connection.createStatement()) {
      for (int i = 0; i < 6; i++) {
        if (i % 2 == 0) {
          statement.execute("SELECT 1");
          assertThat(keys).allMatch(StatementTest::isClosed);
        }
        ResultSet more = statement.getGeneratedKeys();
        assertThat(keys).allMatch(StatementTest::isClosed);
        assertThat(own.statementMap).hasSize(2);
        assertThat(more.next()).isFalse();
        assertThat(statement.getResultSet().isClosed()).isFalse();
        assertThat(own.statementMap).hasSize(1);
        keys.add(more);
      }
    }
    assertThat(keys).allMatch(StatementTest::isClosed);
    assertThat(own.statementMap).isEmpty();
  }

  private static boolean isClosed(ResultSet result) {
    return ((BtrdbResultSet) result).isClosed();
  }

  @Test
  void wrongKindOfStatementIsRefusedBeforeItRuns() throws SQLException {
    data.stream("a", "s");
    try (Statement statement = connection.createStatement()) {
      fails(
          SQLException.class,
          "HY010",
          () ->
              statement.executeQuery(
                  "INSERT INTO \"a\".s (time, value) VALUES (TIMESTAMP '2020-01-01 00:00:00', 1)"));
      fails(SQLException.class, "HY010", () -> statement.executeUpdate("SELECT 1"));
      try (ResultSet result = statement.executeQuery("SELECT COUNT(*) FROM \"a\".s")) {
        result.next();
        assertThat(result.getLong(1)).isZero();
      }
    }
  }

  @Test
  void errorsHaveStateClassAndOneLine() throws SQLException {
    data.stream("a", "s");
    try (Statement statement = connection.createStatement()) {
      fails(SQLSyntaxErrorException.class, "42601", () -> statement.execute("SELECT FROM"));
      fails(SQLSyntaxErrorException.class, "42S02", () -> statement.execute("SELECT * FROM x.y"));
      fails(
          SQLSyntaxErrorException.class,
          "42S22",
          () -> statement.execute("SELECT nope FROM \"a\".s"));
      fails(
          SQLException.class,
          "07001",
          () -> statement.execute("SELECT value FROM \"a\".s WHERE value > ?"));
      assertThat(statement.execute("SELECT 1")).isTrue();
    }
  }

  /** What Calcite parses and then stumbles over without a word that helps. */
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "SELECT USER                                | USER is not supported",
        "SELECT CURRENT_USER FROM btrdb.streams     | CURRENT_USER is not supported",
        "SELECT 1 FROM btrdb.streams WHERE SESSION_USER = name | SESSION_USER is not supported",
        "SELECT UPPER(SYSTEM_USER)                  | SYSTEM_USER is not supported",
        "SELECT {fn USER()}                         | {fn USER} is not supported",
        "SELECT {fn DAYNAME(DATE '2020-01-01')}     | {fn DAYNAME} is not supported",
        "SELECT {fn MONTHNAME(DATE '2020-01-01')}   | {fn MONTHNAME} is not supported",
        "SELECT CAST(? AS VARBINARY)                | a parameter AS VARBINARY is not supported",
        "SELECT CAST(? AS BINARY(3))                | a parameter AS BINARY is not supported",
      })
  void whatIsNotSupportedIsRefusedByItsName(String sql, String message) throws SQLException {
    assertThatExceptionOfType(SQLFeatureNotSupportedException.class)
        .isThrownBy(() -> connection.prepareStatement(sql))
        .withMessageContaining(message)
        .satisfies(e -> hasState("0A000", e));
    assertThat(rows("SELECT 1 AS \"user\", CAST(X'00' AS VARBINARY)")).isEqualTo(1);
  }

  @Test
  void maxRowsLimitStatementsAndPreparedStatements() throws SQLException {
    data.ramp("a", "r", 100);
    try (Statement statement = connection.createStatement();
        PreparedStatement prepared = connection.prepareStatement("SELECT value FROM \"a\".r")) {
      statement.setMaxRows(7);
      prepared.setLargeMaxRows(7);
      try (ResultSet result = statement.executeQuery("SELECT value FROM \"a\".r")) {
        int rows = 0;
        while (result.next()) {
          rows++;
        }
        assertThat(rows).isEqualTo(7);
      }
      assertThat(values(prepared)).hasSize(7);
      prepared.setMaxRows(0);
      assertThat(values(prepared)).hasSize(100);
      fails(SQLException.class, "HY024", () -> statement.setMaxRows(-1));
    }
  }

  @Test
  void executingAgainClosesTheLastResult() throws SQLException {
    try (Statement statement = connection.createStatement()) {
      ResultSet first = statement.executeQuery("SELECT 1");
      statement.executeQuery("SELECT 2");
      assertThat(first.isClosed()).isTrue();
      fails(SQLException.class, "24000", first::next);
    }
  }

  @Test
  void closeOnCompletionClosesWithTheResult() throws SQLException {
    Statement statement = connection.createStatement();
    statement.closeOnCompletion();
    statement.executeQuery("SELECT 1");
    ResultSet second = statement.executeQuery("SELECT 2");
    assertThat(statement.isClosed()).isFalse();
    second.close();
    assertThat(statement.isClosed()).isTrue();
  }

  @Test
  void connectionCloseClosesStatementsAndResults() throws SQLException {
    Statement statement = connection.createStatement();
    ResultSet result = statement.executeQuery("SELECT 1");
    ResultSet metadata = connection.getMetaData().getTableTypes();
    connection.close();
    connection.close();
    assertThat(statement.isClosed()).isTrue();
    assertThat(result.isClosed()).isTrue();
    assertThat(metadata.isClosed()).isTrue();
    assertThat(connection.isValid(1)).isFalse();
    fails(SQLException.class, "08003", connection::createStatement);
    fails(SQLException.class, "HY010", () -> statement.execute("SELECT 1"));
    fails(SQLException.class, "24000", result::next);
  }

  @Test
  void closedStatementsAreForgotten() throws SQLException {
    for (int i = 0; i < 1000; i++) {
      connection.createStatement().close();
      connection.prepareStatement("SELECT 1").close();
      connection.getMetaData().getTableTypes().close();
    }
    assertThat(((BtrdbConnection) connection).statementMap).isEmpty();
  }

  @Test
  void cancelEndsReadingAndTheStatementStaysUsable() throws Exception {
    data.ramp("a", "r", 200_000);
    try (Statement statement = connection.createStatement()) {
      ResultSet result = statement.executeQuery("SELECT time, value FROM \"a\".r");
      assertThat(result.next()).isTrue();
      Thread canceller = new Thread(() -> cancel(statement));
      canceller.start();
      canceller.join();
      assertThatExceptionOfType(SQLException.class)
          .isThrownBy(
              () -> {
                while (result.next()) {
                  result.getLong(1);
                }
              })
          .satisfies(e -> hasState("57014", e));
      fails(SQLException.class, "57014", result::next);
      try (ResultSet again = statement.executeQuery("SELECT COUNT(*) FROM \"a\".r")) {
        again.next();
        assertThat(again.getLong(1)).isEqualTo(200_000);
      }
    }
  }

  private static void cancel(Statement statement) {
    try {
      statement.cancel();
    } catch (SQLException e) {
      throw new AssertionError(e);
    }
  }

  @Test
  void cancelBeforeAnythingRanDoesNothing() throws SQLException {
    try (Statement statement = connection.createStatement()) {
      statement.cancel();
      assertThat(statement.execute("SELECT 1")).isTrue();
    }
  }

  /** A cursor that waits as one does for a server that says nothing, until its scope ends. */
  private static final class SilentRows implements RowCursor {
    private final CallScope scope;
    private final CountDownLatch waiting = new CountDownLatch(1);

    SilentRows(CallScope scope) {
      this.scope = scope;
    }

    @Override
    public boolean next() {
      CountDownLatch ended = new CountDownLatch(1);
      scope.onCancel(ended::countDown);
      waiting.countDown();
      try {
        boolean cancelled =
            ended.await(Math.min(scope.remainingNanos(), 50_000_000_000L), TimeUnit.NANOSECONDS);
        throw new BtrdbException(
            cancelled ? ErrorCode.CANCELLED : ErrorCode.DEADLINE_EXCEEDED, "ended");
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        throw new BtrdbException(ErrorCode.CANCELLED, "interrupted", e);
      }
    }

    @Override
    public boolean isNull(int column) {
      return true;
    }

    @Override
    public long getLong(int column) {
      return 0;
    }

    @Override
    public double getDouble(int column) {
      return 0;
    }

    @Override
    public @Nullable Object getObject(int column) {
      return null;
    }

    @Override
    public void close() {}
  }

  private static ResultSet silent(BtrdbStatement statement, List<SilentRows> out)
      throws SQLException {
    List<Column> columns = List.of(new Column("c", "c", null, null, ColumnType.DOUBLE, true));
    return statement.run(
        scope -> {
          SilentRows rows = new SilentRows(scope);
          out.add(rows);
          return statement.show(columns, rows);
        });
  }

  @Test
  void cancelWakesAReaderThatWaits() throws Exception {
    BtrdbStatement statement = (BtrdbStatement) connection.createStatement();
    List<SilentRows> rows = new ArrayList<>();
    ResultSet result = silent(statement, rows);
    Thread canceller =
        new Thread(
            () -> {
              try {
                rows.get(0).waiting.await();
                cancel(statement);
              } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
              }
            });
    canceller.start();
    long startNanos = System.nanoTime();
    fails(SQLException.class, "57014", result::next);
    assertThat(System.nanoTime() - startNanos).isLessThan(5_000_000_000L);
    canceller.join();
    assertThat(statement.execute("SELECT 1")).isTrue();
  }

  @Test
  void queryTimeoutIsASqlTimeoutException() throws SQLException {
    BtrdbStatement statement = (BtrdbStatement) connection.createStatement();
    statement.setQueryTimeout(1);
    ResultSet result = silent(statement, new ArrayList<>());
    fails(SQLTimeoutException.class, "57014", result::next);
  }

  /** A statement that takes many seconds to plan and has next to no rows. */
  private String statementLongToPlan() {
    data.ramp("long", "s", 1);
    StringBuilder sql = new StringBuilder("SELECT COUNT(*) FROM \"long\".s AS s0");
    for (int i = 1; i < 400; i++) {
      sql.append(" JOIN \"long\".s AS s").append(i).append(" ON s0.time = s").append(i);
      sql.append(".time");
    }
    return String.join(" UNION ALL ", Collections.nCopies(6, sql));
  }

  @Test
  void queryTimeoutEndsPlanning() throws SQLException {
    String sql = statementLongToPlan();
    try (Statement statement = connection.createStatement()) {
      statement.setQueryTimeout(1);
      // Time of the processor, as others may want it too while the tests run.
      ThreadMXBean threads = ManagementFactory.getThreadMXBean();
      long startNanos = threads.getCurrentThreadCpuTime();
      fails(SQLTimeoutException.class, "57014", () -> statement.executeQuery(sql));
      assertThat(threads.getCurrentThreadCpuTime() - startNanos)
          .isLessThan(TimeUnit.SECONDS.toNanos(3));
    }
  }

  @Test
  void cancelEndsPlanning() throws Exception {
    String sql = statementLongToPlan();
    try (Statement statement = connection.createStatement()) {
      CountDownLatch ended = new CountDownLatch(1);
      Thread canceller =
          new Thread(
              () -> {
                while (ended.getCount() > 0) { // one of them comes while it is planned
                  cancel(statement);
                  Thread.onSpinWait();
                }
              });
      canceller.start();
      try {
        fails(SQLException.class, "57014", () -> statement.executeQuery(sql));
      } finally {
        ended.countDown();
        canceller.join();
      }
    }
  }

  @Test
  void queryTimeoutOfTheUrlIsTheDefault() throws SQLException {
    try (Connection other = java.sql.DriverManager.getConnection(data.url() + "?queryTimeout=17");
        Statement statement = other.createStatement()) {
      assertThat(statement.getQueryTimeout()).isEqualTo(17);
    }
  }

  @Test
  void networkTimeoutEndsACallThatNobodyAnswersAndTheConnectionWithIt() throws SQLException {
    connection.setNetworkTimeout(Runnable::run, 200);
    BtrdbStatement statement = (BtrdbStatement) connection.createStatement();
    ResultSet result = silent(statement, new ArrayList<>());
    fails(SQLTimeoutException.class, "08006", result::next);
    assertThat(connection.isClosed()).isTrue();
    assertThat(connection.isValid(1)).isFalse();
  }

  @Test
  void networkTimeoutEndsTheOtherStatementsOfTheConnectionToo() throws SQLException {
    data.ramp("a", "r", 500_000);
    PreparedStatement prepared = connection.prepareStatement("SELECT 1");
    ResultSet open = connection.createStatement().executeQuery("SELECT value FROM \"a\".r");
    assertThat(open.next()).isTrue();
    connection.setNetworkTimeout(Runnable::run, 200);
    ResultSet result = silent((BtrdbStatement) connection.createStatement(), new ArrayList<>());
    fails(SQLTimeoutException.class, "08006", result::next);
    fails(SQLException.class, "08003", prepared::executeQuery);
    assertThatExceptionOfType(SQLException.class)
        .isThrownBy(
            () -> {
              while (open.next()) {
                assertThat(open.getDouble(1)).isNotNegative();
              }
            });
  }

  /** Timers that wait for hours would hold it for as long. */
  @Test
  void networkTimeoutHoldsNoConnectionThatWasClosed() throws SQLException {
    WeakReference<Connection> closed = closedWithTimeout();
    for (int i = 0; i < 50 && closed.get() != null; i++) {
      System.gc();
    }
    assertThat(closed.get() == null).isTrue();
  }

  private WeakReference<Connection> closedWithTimeout() throws SQLException {
    try (Connection own = data.connect();
        PreparedStatement prepared = own.prepareStatement("SELECT 1")) {
      own.setNetworkTimeout(Runnable::run, 10 * 3_600_000);
      try (PreparedStatement timed = own.prepareStatement("SELECT CAST(? AS INTEGER)");
          Statement statement = own.createStatement()) {
        timed.setInt(1, 1);
        for (int i = 0; i < 100; i++) {
          try (ResultSet row = timed.executeQuery()) {
            assertThat(row.next()).isTrue();
          }
          statement.executeQuery("SELECT 1").close();
          fails(SQLException.class, "42601", () -> statement.execute("SELECT FROM"));
        }
        prepared.executeQuery(); // left to the connection
      }
      return new WeakReference<>(own);
    }
  }

  @Test
  void networkTimeoutDoesNotCountTheReadersOwnTime() throws Exception {
    data.ramp("a", "r", 3);
    try (Statement statement = connection.createStatement()) {
      statement.executeQuery("SELECT value FROM \"a\".r").close(); // loads Calcite
      connection.setNetworkTimeout(Runnable::run, 500);
      try (ResultSet result = statement.executeQuery("SELECT value FROM \"a\".r")) {
        assertThat(result.next()).isTrue();
        assertThat(new CountDownLatch(1).await(1200, TimeUnit.MILLISECONDS)).isFalse();
        assertThat(result.next()).isTrue();
      }
    }
    assertThat(connection.isClosed()).isFalse();
  }

  @Test
  void abortEndsAReaderThatWaits() throws Exception {
    BtrdbStatement statement = (BtrdbStatement) connection.createStatement();
    List<SilentRows> rows = new ArrayList<>();
    ResultSet result = silent(statement, rows);
    Thread aborter =
        new Thread(
            () -> {
              try {
                rows.get(0).waiting.await();
                connection.abort(Runnable::run);
              } catch (InterruptedException | SQLException e) {
                throw new AssertionError(e);
              }
            });
    aborter.start();
    assertThatExceptionOfType(SQLException.class)
        .isThrownBy(result::next)
        .satisfies(e -> assertThat(e.getSQLState()).isEqualTo("57014"));
    aborter.join();
    assertThat(connection.isClosed()).isTrue();
  }

  @Test
  void readOnlyConnectionRefusesUpdates() throws SQLException {
    data.stream("a", "s");
    connection.setReadOnly(true);
    try (Statement statement = connection.createStatement()) {
      fails(
          SQLException.class,
          "25006",
          () ->
              statement.execute(
                  "INSERT INTO \"a\".s (time, value) VALUES (TIMESTAMP '2020-01-01 00:00:00', 1)"));
      fails(
          SQLException.class,
          "25006",
          () -> statement.executeQuery("SELECT /*+ CONSISTENCY(FLUSH) */ value FROM \"a\".s"));
      statement.executeQuery("SELECT /*+ CONSISTENCY(PINNED) */ value FROM \"a\".s").close();
    }
  }

  @Test
  void consistencyOfTheUrlIsThatOfEveryQuery() throws SQLException {
    data.insert(data.stream("a", "s"), new long[] {1, 2}, new double[] {1, 2});
    for (String mode : List.of("latest", "pinned", "flush")) {
      try (Connection other = DriverManager.getConnection(data.url() + "?consistency=" + mode);
          Statement statement = other.createStatement();
          ResultSet count = statement.executeQuery("SELECT COUNT(*) FROM \"a\".s")) {
        assertThat(count.next()).isTrue();
        assertThat(count.getLong(1)).as(mode).isEqualTo(mode.equals("pinned") ? 0 : 2);
      }
    }
  }

  @Test
  void transactionsAreHarmlessAndARollbackThatCannotBeWarns() throws SQLException {
    data.stream("a", "s");
    assertThat(connection.getAutoCommit()).isTrue();
    connection.commit();
    connection.rollback();
    connection.setAutoCommit(false);
    connection.rollback();
    assertThat((Throwable) connection.getWarnings()).isNull();
    try (Statement statement = connection.createStatement()) {
      statement.execute(
          "INSERT INTO \"a\".s (time, value) VALUES (TIMESTAMP '2020-01-01 00:00:00', 1)");
    }
    connection.rollback();
    assertThat(connection.getWarnings().getMessage()).contains("rollback undid nothing");
    connection.clearWarnings();
    assertThat((Throwable) connection.getWarnings()).isNull();
    connection.setTransactionIsolation(Connection.TRANSACTION_REPEATABLE_READ);
    assertThat(connection.getTransactionIsolation()).isEqualTo(Connection.TRANSACTION_NONE);
    fails(SQLFeatureNotSupportedException.class, "0A000", connection::setSavepoint);
  }

  @Test
  void schemaOfTheConnectionResolvesOnePartNames() throws SQLException {
    data.ramp("a/b", "r", 3);
    try (Connection other = java.sql.DriverManager.getConnection(data.url() + "?schema=a%2Fb");
        Statement statement = other.createStatement()) {
      assertThat(other.getSchema()).isEqualTo("a/b");
      assertThat(statement.execute("SELECT value FROM r")).isTrue();
      other.setSchema(null);
      assertThat(other.getSchema()).isNull();
      fails(SQLException.class, "42S02", () -> statement.execute("SELECT value FROM r"));
    }
  }

  @Test
  void mergePolicyOfTheUrlIsHonoured() throws SQLException {
    data.stream("a", "s");
    String insert =
        "INSERT INTO \"a\".s (time, value) VALUES (TIMESTAMP '2020-01-01 00:00:00', %d)";
    try (Connection other =
            java.sql.DriverManager.getConnection(data.url() + "?mergePolicy=replace");
        Statement statement = other.createStatement()) {
      statement.execute(String.format(Locale.ROOT, insert, 1));
      statement.execute(String.format(Locale.ROOT, insert, 2));
      try (ResultSet result = statement.executeQuery("SELECT value FROM \"a\".s")) {
        assertThat(result.next()).isTrue();
        assertThat(result.getDouble("value")).isEqualTo(2);
        assertThat(result.next()).isFalse();
      }
    }
  }

  @Test
  void scrollableResultsAreReplacedWithAWarning() throws SQLException {
    try (Statement statement =
        connection.createStatement(ResultSet.TYPE_SCROLL_INSENSITIVE, ResultSet.CONCUR_UPDATABLE)) {
      assertThat(statement.getResultSetType()).isEqualTo(ResultSet.TYPE_FORWARD_ONLY);
      assertThat(statement.getResultSetConcurrency()).isEqualTo(ResultSet.CONCUR_READ_ONLY);
      assertThat(connection.getWarnings().getSQLState()).isEqualTo("01S02");
    }
  }

  @Test
  void clientInfoTakesApplicationNameAndWarnsOfOthers() throws SQLException {
    connection.setClientInfo("ApplicationName", "test");
    assertThat(connection.getClientInfo("ApplicationName")).isEqualTo("test");
    assertThat((Throwable) connection.getWarnings()).isNull();
    connection.setClientInfo("Colour", "blue");
    assertThat(connection.getWarnings().getMessage()).contains("'Colour'");
    assertThat(connection.getClientInfo("Colour")).isNull();
    connection.clearWarnings();
    int longest;
    try (ResultSet properties = connection.getMetaData().getClientInfoProperties()) {
      assertThat(properties.next()).isTrue();
      longest = properties.getInt("MAX_LEN");
    }
    connection.setClientInfo("ApplicationName", "a".repeat(longest) + "b");
    assertThat(connection.getClientInfo("ApplicationName")).isEqualTo("a".repeat(longest));
    assertThat(connection.getWarnings().getSQLState()).isEqualTo("01004");
  }

  @Test
  void aSortBeyondMaxHeldBytesIsRefused() throws SQLException {
    try (TestData many = new TestData()) {
      many.ramp("c", "s", 10_000);
      String sort = "SELECT value FROM \"c\".s ORDER BY -value";
      try (Connection small = DriverManager.getConnection(many.url() + "?maxHeldBytes=20000");
          Statement statement = small.createStatement()) {
        org.assertj.core.api.Assertions.assertThatThrownBy(
                () -> {
                  try (ResultSet rows = statement.executeQuery(sort)) {
                    rows.next();
                  }
                })
            .isInstanceOfSatisfying(
                SQLException.class, e -> assertThat(e.getSQLState()).isEqualTo("54000"))
            .hasMessageContainingAll("more than 20000 bytes", "LIMIT");
      }
      try (Connection usual = many.connect();
          Statement statement = usual.createStatement();
          ResultSet rows = statement.executeQuery(sort)) {
        assertThat(rows.next()).isTrue();
        assertThat(rows.getDouble(1)).isEqualTo(9_999);
      }
    }
  }

  /** Trap 19 of the design: names may come to stand for other streams while statements are held. */
  @Test
  void aHeldStatementNoticesARenamedStreamAsAFreshOneDoes() throws SQLException {
    for (String lifetime : List.of("0", "30")) {
      try (TestData named = new TestData()) {
        UUID first = named.ramp("c", "s", 3);
        String sql = "SELECT COUNT(*) FROM \"c\".s WHERE time >= ?";
        try (Connection own =
                DriverManager.getConnection(named.url() + "?nameLifetime=" + lifetime);
            PreparedStatement held = own.prepareStatement(sql)) {
          assertThat(count(held)).isEqualTo(3);
          named
              .btrdb()
              .setTags(
                  first,
                  named.btrdb().stream(first, CallScope.unbounded())
                      .orElseThrow()
                      .propertyVersion(),
                  null,
                  MetadataChange.setting(Map.of("name", "old")),
                  CallScope.unbounded());
          named.ramp("c", "s", 5);
          if (!lifetime.equals("0")) { // listing forgets what is remembered
            own.getMetaData().getTables(null, null, "%", null).close();
          }
          try (PreparedStatement fresh = own.prepareStatement(sql)) {
            assertThat(count(held)).isEqualTo(count(fresh)).isEqualTo(5);
          }
        }
      }
    }
  }

  private static int count(PreparedStatement statement) throws SQLException {
    statement.setTimestamp(1, new Timestamp(0));
    try (ResultSet rows = statement.executeQuery()) {
      rows.next();
      return rows.getInt(1);
    }
  }
}
