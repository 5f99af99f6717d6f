package org.btrdb.jdbc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.sql.ResultSet;
import java.sql.ResultSetMetaData;
import java.sql.SQLDataException;
import java.sql.SQLException;
import java.sql.Statement;
import java.sql.Timestamp;
import java.sql.Types;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.util.ArrayList;
import java.util.Calendar;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TimeZone;
import java.util.UUID;
import org.btrdb.client.time.IsoTime;
import org.btrdb.sql.row.Column;
import org.btrdb.sql.row.ColumnType;
import org.btrdb.sql.row.ColumnType.Kind;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ResultSetTest {
  private static final String INSTANT = "2018-03-11T02:30:00.123456789Z"; // a gap in New York

  private final TestData data = new TestData();
  private BtrdbConnection connection;

  @BeforeEach
  void connect() throws SQLException {
    connection = (BtrdbConnection) data.connect();
  }

  @AfterEach
  void close() throws SQLException {
    connection.close();
    data.close();
  }

  /** One row of the given kinds and values, on its row already. */
  private ResultSet row(Object... kindsAndValues) throws SQLException {
    List<Column> columns = new ArrayList<>();
    List<@Nullable Object> values = new ArrayList<>();
    for (int i = 0; i < kindsAndValues.length; i += 2) {
      ColumnType type = new ColumnType((Kind) kindsAndValues[i], -1, 0);
      String label = "c" + (i / 2 + 1);
      columns.add(new Column(label, label, null, null, type, true));
      values.add(kindsAndValues[i + 1].equals("NULL") ? null : kindsAndValues[i + 1]);
    }
    BtrdbStatement statement = (BtrdbStatement) connection.createStatement();
    List<@Nullable Object[]> rows = List.<@Nullable Object[]>of(values.toArray());
    ResultSet result = statement.run(scope -> statement.show(columns, MetadataRows.of(rows)));
    assertThat(result.next()).isTrue();
    return result;
  }

  private interface Getter {
    @Nullable Object get() throws SQLException;
  }

  private static void refused(String state, Getter getter) {
    assertThatExceptionOfType(SQLException.class)
        .isThrownBy(getter::get)
        .isInstanceOf(SQLDataException.class)
        .satisfies(e -> assertThat(e.getSQLState()).as(e.getMessage()).isEqualTo(state));
  }

  @Test
  void integersAreRangeChecked() throws SQLException {
    ResultSet row =
        row(Kind.BIGINT, 300L, Kind.BIGINT, 40_000L, Kind.BIGINT, 1L << 40, Kind.BIGINT, -128L);

    refused("22003", () -> row.getByte(1));
    assertThat(row.getShort(1)).isEqualTo((short) 300);
    refused("22003", () -> row.getShort(2));
    assertThat(row.getInt(2)).isEqualTo(40_000);
    refused("22003", () -> row.getInt(3));
    refused("22003", () -> row.getObject(3, Integer.class));
    assertThat(row.getLong(3)).isEqualTo(1L << 40);
    assertThat(row.getByte(4)).isEqualTo((byte) -128);
    assertThat(row.getObject(4, Byte.class)).isEqualTo((byte) -128);
  }

  @Test
  void doublesDropTheirFractionAndRefuseWhatDoesNotFit() throws SQLException {
    ResultSet row =
        row(
            Kind.DOUBLE,
            2.9,
            Kind.DOUBLE,
            -2.9,
            Kind.DOUBLE,
            3e9,
            Kind.DOUBLE,
            1e19,
            Kind.DOUBLE,
            Double.NaN,
            Kind.DOUBLE,
            1e300,
            Kind.DOUBLE,
            0x1p63,
            Kind.DOUBLE,
            -0x1p63);

    assertThat(row.getInt(1)).isEqualTo(2);
    assertThat(row.getInt(2)).isEqualTo(-2);
    refused("22003", () -> row.getInt(3));
    assertThat(row.getLong(3)).isEqualTo(3_000_000_000L);
    refused("22003", () -> row.getLong(4));
    refused("22003", () -> row.getLong(5));
    refused("22003", () -> row.getBigDecimal(5));
    assertThat(row.getDouble(5)).isNaN();
    refused("22003", () -> row.getFloat(6));
    assertThat(row.getFloat(1)).isEqualTo(2.9f);
    refused("22003", () -> row.getLong(7));
    assertThat(row.getLong(8)).isEqualTo(Long.MIN_VALUE);
    assertThat(row.getBigDecimal(1)).isEqualByComparingTo("2.9");
    assertThat(row.getString(1)).isEqualTo("2.9");
    assertThat(row.getBoolean(1)).isTrue();
  }

  @Test
  void decimalsAndTextAreRangeChecked() throws SQLException {
    ResultSet row =
        row(
            Kind.DECIMAL,
            new BigDecimal("1E+1000000000"),
            Kind.DECIMAL,
            new BigDecimal("12.99"),
            Kind.DECIMAL,
            new BigDecimal("9223372036854775808"),
            Kind.VARCHAR,
            " 42 ",
            Kind.VARCHAR,
            "forty",
            Kind.DECIMAL,
            new BigDecimal("1E-1000000000"),
            Kind.VARCHAR,
            "-1E400",
            Kind.VARCHAR,
            "-Infinity");

    refused("22003", () -> row.getLong(1));
    refused("22003", () -> row.getDouble(1));
    assertThat(row.getInt(2)).isEqualTo(12);
    refused("22003", () -> row.getLong(3));
    assertThat(row.getObject(3, BigInteger.class)).isEqualTo("9223372036854775808");
    assertThat(row.getInt(4)).isEqualTo(42);
    refused("22018", () -> row.getInt(5));
    refused("22018", () -> row.getDouble(5));
    refused("22018", () -> row.getBoolean(5));
    refused("22018", () -> row.getTimestamp(5));
    assertThat(row.getLong(6)).isZero();
    refused("22003", () -> row.getDouble(7));
    assertThat(row.getDouble(8)).isEqualTo(Double.NEGATIVE_INFINITY);
  }

  @Test
  void asciiStreamsHoldAsciiOnly() throws Exception {
    ResultSet row = row(Kind.VARCHAR, "volts", Kind.VARCHAR, "°C");

    assertThat(row.getAsciiStream(1).readAllBytes())
        .isEqualTo("volts".getBytes(StandardCharsets.US_ASCII));
    refused("22018", () -> row.getAsciiStream(2));
  }

  @Test
  void nullIsZeroOrNullAndWasNullSaysSo() throws SQLException {
    ResultSet row = row(Kind.DOUBLE, "NULL", Kind.TIMESTAMP, "NULL", Kind.BIGINT, 0L);

    assertThat(row.getDouble(1)).isZero();
    assertThat(row.wasNull()).isTrue();
    assertThat(row.getLong(3)).isZero();
    assertThat(row.wasNull()).isFalse();
    assertThat(row.getTimestamp(2)).isNull();
    assertThat(row.getObject(2, Instant.class)).isNull();
    assertThat(row.getString(1)).isNull();
    assertThat(row.getBoolean(1)).isFalse();
    assertThat(row.wasNull()).isTrue();
  }

  @Test
  void objectsAreOfTheClassThatMetadataNames() throws Exception {
    UUID uuid = UUID.randomUUID();
    ResultSet row =
        row(
            Kind.BOOLEAN,
            true,
            Kind.TINYINT,
            1,
            Kind.SMALLINT,
            2,
            Kind.INTEGER,
            3,
            Kind.BIGINT,
            4L,
            Kind.REAL,
            5.5,
            Kind.DOUBLE,
            6.5,
            Kind.DECIMAL,
            new BigDecimal("7.5"),
            Kind.VARCHAR,
            "x",
            Kind.CHAR,
            "y",
            Kind.VARBINARY,
            new byte[] {1},
            Kind.DATE,
            17_000L,
            Kind.TIME,
            1_000_000_000L,
            Kind.TIMESTAMP,
            1L,
            Kind.UUID,
            uuid,
            Kind.MAP,
            Map.of(),
            Kind.ARRAY,
            List.of(1));
    ResultSetMetaData meta = row.getMetaData();

    for (int i = 1; i <= meta.getColumnCount(); i++) {
      assertThat(row.getObject(i))
          .as("column %d", i)
          .isExactlyInstanceOf(
              meta.getColumnTypeName(i).matches("MAP|ARRAY")
                  ? row.getObject(i).getClass()
                  : Class.forName(meta.getColumnClassName(i)));
      assertThat(row.getObject(i)).isInstanceOf(Class.forName(meta.getColumnClassName(i)));
      assertThat(row.getString(i)).isNotNull();
      assertThat(meta.getColumnDisplaySize(i)).isPositive();
    }
    assertThat(row.getObject(15, UUID.class)).isEqualTo(uuid);
    assertThat(row.getBytes(11)).containsExactly(1);
    assertThat(row.getString(13)).isEqualTo("00:00:01");
  }

  @Test
  void timestampIsDescribedWithNineDigits() throws SQLException {
    ResultSetMetaData meta = row(Kind.TIMESTAMP, 1L).getMetaData();

    assertThat(meta.getColumnType(1)).isEqualTo(Types.TIMESTAMP);
    assertThat(meta.getColumnTypeName(1)).isEqualTo("TIMESTAMP");
    assertThat(meta.getPrecision(1)).isEqualTo(29);
    assertThat(meta.getScale(1)).isEqualTo(9);
    assertThat(meta.getColumnDisplaySize(1)).isEqualTo(29);
  }

  /** The whole table "stored instant x getter x JVM zone x Calendar". */
  @ParameterizedTest
  @ValueSource(strings = {"UTC", "America/New_York", "Asia/Kathmandu"})
  void instantsDoNotDependOnTheZoneOfTheJvm(String zone) throws SQLException {
    TimeZone before = TimeZone.getDefault();
    TimeZone.setDefault(TimeZone.getTimeZone(zone));
    try {
      for (String text :
          List.of(INSTANT, "1969-12-31T23:59:59.999999999Z", "2018-11-04T05:30:00Z")) {
        checkInstant(Instant.parse(text));
      }
    } finally {
      TimeZone.setDefault(before);
    }
  }

  private void checkInstant(Instant instant) throws SQLException {
    ResultSet row = row(Kind.TIMESTAMP, IsoTime.nanosOf(instant));
    LocalDateTime utc = LocalDateTime.ofInstant(instant, ZoneOffset.UTC);
    Calendar tokyo = Calendar.getInstance(TimeZone.getTimeZone("Asia/Tokyo"), Locale.ROOT);

    assertThat(row.getLong(1)).isEqualTo(IsoTime.nanosOf(instant));
    assertThat(row.getTimestamp(1).toInstant()).isEqualTo(instant);
    assertThat(row.getTimestamp(1, tokyo).toInstant()).isEqualTo(instant);
    assertThat(((Timestamp) row.getObject(1)).toInstant()).isEqualTo(instant);
    assertThat(row.getObject(1, Timestamp.class).toInstant()).isEqualTo(instant);
    assertThat(row.getObject(1, Instant.class)).isEqualTo(instant);
    assertThat(row.getObject(1, LocalDateTime.class)).isEqualTo(utc);
    assertThat(row.getObject(1, OffsetDateTime.class)).isEqualTo(instant.atOffset(ZoneOffset.UTC));
    assertThat(row.getObject(1, ZonedDateTime.class)).isEqualTo(instant.atZone(ZoneOffset.UTC));
    assertThat(row.getObject(1, Long.class)).isEqualTo(IsoTime.nanosOf(instant));
    assertThat(row.getObject(1, String.class)).isEqualTo(IsoTime.format(IsoTime.nanosOf(instant)));
    assertThat(row.getString(1)).hasSize(29).startsWith(utc.toLocalDate() + " ");
    assertThat(row.getDate(1).toLocalDate()).isEqualTo(utc.toLocalDate());
    assertThat(row.getObject(1, LocalDate.class)).isEqualTo(utc.toLocalDate());
    assertThat(row.getObject(1, LocalTime.class)).isEqualTo(utc.toLocalTime());
    assertThat(row.getTime(1).toLocalTime()).isEqualTo(utc.toLocalTime().withNano(0));
    assertThat(Instant.ofEpochMilli(row.getDate(1, tokyo).getTime()))
        .isEqualTo(utc.toLocalDate().atStartOfDay(tokyo.getTimeZone().toZoneId()).toInstant());
    assertThat(row.getBigDecimal(1)).isEqualByComparingTo(BigDecimal.valueOf(row.getLong(1)));
    refused("07006", () -> row.getDouble(1));
    refused("07006", () -> row.getBoolean(1));
  }

  @Test
  void labelsAreFoundInAnyCaseAndTheFirstOneWins() throws SQLException {
    try (Statement statement = connection.createStatement();
        ResultSet result = statement.executeQuery("SELECT 1 AS ab, 2 AS AB, 3 AS \"b c\"")) {
      result.next();

      assertThat(result.getInt("Ab")).isEqualTo(1);
      assertThat(result.getInt("B C")).isEqualTo(3);
      assertThatExceptionOfType(SQLException.class)
          .isThrownBy(() -> result.getInt("x"))
          .withMessage("no column 'x': the result has ab, AB, b c")
          .satisfies(e -> assertThat(e.getSQLState()).isEqualTo("07009"));
      assertThatExceptionOfType(SQLException.class)
          .isThrownBy(() -> result.getInt(4))
          .satisfies(e -> assertThat(e.getSQLState()).isEqualTo("07009"));
    }
  }

  @Test
  void aLabelInItsExactSpellingComesBeforeOthers() throws SQLException {
    try (Statement statement = connection.createStatement();
        ResultSet result = statement.executeQuery("SELECT 1 AS \"Va\", 2 AS \"va\"")) {
      assertThat(result.next()).isTrue();
      assertThat(result.getInt("va")).isEqualTo(2);
      assertThat(result.getInt("Va")).isEqualTo(1);
      assertThat(result.getInt("VA")).isEqualTo(1);
    }
  }

  @Test
  void knowsWhereItStands() throws SQLException {
    data.ramp("a", "r", 2);
    try (Statement statement = connection.createStatement()) {
      ResultSet result = statement.executeQuery("SELECT value FROM \"a\".r");
      assertThatExceptionOfType(SQLException.class)
          .isThrownBy(() -> result.getInt(1))
          .withMessageContaining("call next() first")
          .satisfies(e -> assertThat(e.getSQLState()).isEqualTo("24000"));
      assertThat(result.isBeforeFirst()).isTrue();
      assertThat(result.isBeforeFirst()).isTrue();
      assertThat(result.next()).isTrue();
      assertThat(result.isBeforeFirst()).isFalse();
      assertThat(result.isFirst()).isTrue();
      assertThat(result.getInt(1)).isZero();
      assertThat(result.getRow()).isEqualTo(1);
      assertThat(result.next()).isTrue();
      assertThat(result.getInt(1)).isEqualTo(1);
      assertThat(result.next()).isFalse();
      assertThat(result.next()).isFalse();
      assertThat(result.isAfterLast()).isTrue();
      assertThat(result.getRow()).isZero();
      assertThat(result.isClosed()).isFalse();
      assertThatExceptionOfType(SQLException.class)
          .isThrownBy(() -> result.getInt(1))
          .satisfies(e -> assertThat(e.getSQLState()).isEqualTo("24000"));
    }
  }

  @Test
  void emptyResultIsNeitherBeforeFirstNorAfterLast() throws SQLException {
    try (Statement statement = connection.createStatement()) {
      ResultSet result = statement.executeQuery("SELECT * FROM (VALUES (1)) AS t(x) WHERE x > 1");
      assertThat(result.isBeforeFirst()).isFalse();
      assertThat(result.next()).isFalse();
      assertThat(result.isAfterLast()).isFalse();
    }
  }

  private static void failsAsNoCurrentRow(Getter getter) {
    assertThatExceptionOfType(SQLException.class)
        .isThrownBy(getter::get)
        .satisfies(e -> assertThat(e.getSQLState()).isEqualTo("24000"));
  }

  private static void failsAgainAndAgain(ResultSet result) {
    for (int i = 0; i < 3; i++) {
      for (Getter again : List.<Getter>of(result::isBeforeFirst, result::next)) {
        assertThatExceptionOfType(SQLException.class)
            .isThrownBy(again::get)
            .withMessage("division by zero")
            .satisfies(e -> assertThat(e.getSQLState()).isEqualTo("22012"));
      }
    }
  }

  @Test
  void aFailedReadIsNoEndOfTheRows() throws SQLException {
    data.ramp("f", "r", 5);
    String third = "SELECT 10 / (CAST(value AS INTEGER) - %d) FROM \"f\".r";
    try (Statement statement = connection.createStatement()) {
      ResultSet result = statement.executeQuery(String.format(Locale.ROOT, third, 2));
      assertThat(result.isBeforeFirst()).isTrue();
      assertThat(result.next()).isTrue();
      assertThat(result.next()).isTrue();
      refused("22012", result::next);
      refused("22012", result::isAfterLast);
      failsAsNoCurrentRow(() -> result.getInt(1));
      failsAgainAndAgain(result);
      failsAgainAndAgain(statement.executeQuery(String.format(Locale.ROOT, third, 0)));
      failsAsNoCurrentRow(result::next); // it was closed
    }
  }
}
