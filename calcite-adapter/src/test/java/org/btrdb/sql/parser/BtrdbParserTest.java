package org.btrdb.sql.parser;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.Random;
import java.util.stream.Stream;
import org.apache.calcite.sql.SqlCall;
import org.apache.calcite.sql.SqlLiteral;
import org.apache.calcite.sql.SqlNode;
import org.apache.calcite.sql.SqlSelect;
import org.apache.calcite.sql.SqlSnapshot;
import org.apache.calcite.sql.dialect.CalciteSqlDialect;
import org.apache.calcite.util.Litmus;
import org.apache.calcite.util.TimestampString;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What the dialect accepts, what it makes of it, and how it says no. */
class BtrdbParserTest {
  private static final String NAMES =
      "time value min max mean count stddev sum avg uuid start end name unit version year month"
          + " day hour minute second result rank system filter power position language method date"
          + " timestamp rows range row current window interval stream partition over measure values"
          + " lag lead at period percent release open close groups mod abs lower upper";

  static Stream<String> statements() {
    return lines("statements.sql");
  }

  static Stream<String> acceptance() {
    return Arrays.stream(read("acceptance.sql").split("\n\n", -1)).filter(s -> !s.isBlank());
  }

  static Stream<String> names() {
    return Arrays.stream(NAMES.split(" ", -1));
  }

  @ParameterizedTest
  @MethodSource("statements")
  void parsesAndRoundTrips(String sql) {
    roundTrip(sql);
  }

  @ParameterizedTest
  @MethodSource("acceptance")
  void parsesAndRoundTripsTheAcceptanceQueries(String sql) {
    roundTrip(sql);
  }

  private static void roundTrip(String sql) {
    SqlNode tree = BtrdbParser.parse(sql);
    String again = print(tree);
    SqlNode same = BtrdbParser.parse(again);
    assertThat(print(same)).isEqualTo(again);
    // Calcite's trees of these two do not even equal themselves.
    if (!sql.contains("{fn") && !sql.contains("TABLESAMPLE")) {
      assertThat(same.equalsDeep(tree, Litmus.IGNORE)).as(again).isTrue();
    }
  }

  @ParameterizedTest
  @MethodSource("names")
  void takesTheWordForAName(String word) {
    String sql =
        "SELECT #, t.#, f(#, 1 + #) AS #, # AS x, 2 AS #, COUNT(*) AS # FROM t AS # JOIN s.# ON #.# = 1"
            + " WHERE # > 1 AND 2 < # AND # IS NOT NULL AND # IN (1, 2) AND # BETWEEN 1 AND #"
            + " AND (# = 3 OR # LIKE 'a') AND g(# => 1) AND CASE WHEN # = 1 THEN # ELSE # END > 1"
            + " AND (#) = -# AND CAST(# AS VARCHAR) = #::VARCHAR AND FLOOR(# TO HOUR) = ?"
            + " GROUP BY #, x HAVING MIN(#) > 2 ORDER BY # DESC, x, #";
    assertThat(print(BtrdbParser.parse(sql.replace("#", word))))
        .isEqualTo(print(BtrdbParser.parse(sql.replace("#", "\"" + word + "\""))));
    roundTrip("INSERT INTO # (a, #) VALUES (1, 2)".replace("#", word));
    roundTrip("CREATE TABLE c.# (# TIMESTAMP, b DOUBLE) WITH (# = 'x')".replace("#", word));
    roundTrip("WITH # AS (SELECT 1 AS #) SELECT * FROM #".replace("#", word));
  }

  @ParameterizedTest
  @CsvSource({
    "2018-01-01 00:00:00.123456789, 2018-01-01 00:00:00.123456789",
    "2018-01-01T00:00:00.5Z, 2018-01-01 00:00:00.5",
    "2018-01-01T00:00:00.000000001+02:00, 2017-12-31 22:00:00.000000001",
    "2018-01-01 00:00:00-05:30, 2018-01-01 05:30:00",
    "2018-01-01T12:30Z, 2018-01-01 12:30:00",
    "2018-01-01, 2018-01-01 00:00:00",
  })
  void keepsEveryDigitOfATimestamp(String text, String utc) {
    SqlLiteral literal = (SqlLiteral) selected("SELECT TIMESTAMP '" + text + "'");
    assertThat(literal.getValueAs(TimestampString.class)).isEqualTo(new TimestampString(utc));
    assertThat(literal.toString()).isEqualTo("TIMESTAMP '" + utc + "'");
  }

  @Test
  void keepsEveryDigitOfAnEscapedTimestamp() {
    SqlLiteral literal = (SqlLiteral) selected("SELECT {ts '2018-01-01 00:00:00.123456789'}");
    assertThat(literal.getValueAs(TimestampString.class))
        .isEqualTo(new TimestampString("2018-01-01 00:00:00.123456789"));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "2018-13-01 00:00:00",
        "2018-02-30",
        "yesterday",
        "2018-01-01 00:00:00.1234567891"
      })
  void refusesAMalformedTimestamp(String text) {
    SqlSyntaxException e = refuse("SELECT time FROM s\n WHERE time > TIMESTAMP '" + text + "'");
    assertThat(e.line()).isEqualTo(2);
    assertThat(e.column()).isEqualTo(15);
    assertThat(e).hasMessageContaining(text);
  }

  @Test
  void readsAVersionAsASnapshot() {
    SqlSelect select = (SqlSelect) BtrdbParser.parse("SELECT * FROM s FOR VERSION AS OF 133");
    SqlSnapshot snapshot = (SqlSnapshot) Objects.requireNonNull(select.getFrom());
    SqlCall period = (SqlCall) snapshot.getPeriod();
    assertThat(period.getOperator().getName()).isEqualTo(BtrdbParser.VERSION_FUNCTION);
    assertThat(period.operand(0).toString()).isEqualTo("133");
    assertThat(period.getParserPosition().getColumnNum()).isEqualTo(35);
  }

  @Test
  void readsTheClausesOfCreateTable() {
    SqlCreateStream create =
        (SqlCreateStream)
            BtrdbParser.parse(
                "CREATE TABLE IF NOT EXISTS \"a/b\".c (time TIMESTAMP(9) NOT NULL, value DOUBLE)"
                    + " WITH (unit = 'V')");
    assertThat(create.ifNotExists).isTrue();
    assertThat(create.name().names).containsExactly("a/b", "c");
    assertThat(create.columns())
        .extracting(SqlCreateStream.Pair::key)
        .containsExactly("time", "value");
    assertThat(create.options()).extracting(SqlCreateStream.Pair::key).containsExactly("unit");
    assertThat(create.options().get(0).value().toString()).isEqualTo("'V'");
  }

  @ParameterizedTest
  @ValueSource(strings = {";", " ; ", ";\n-- end\n", "; /* end */ ", "\n;--"})
  void endsAtASemicolon(String end) {
    assertThat(print(BtrdbParser.parse("SELECT time FROM s" + end)))
        .isEqualTo(print(BtrdbParser.parse("SELECT time FROM s")));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "SELECT time FORM s WHERE|1|18|Unexpected \"s\" at line 1, column 18",
        "SELECT time FROM|1|17|Unexpected end of statement",
        "SELECT time FROM s GROUP time|1|26|Unexpected \"time\"",
        "SELECT time, FROM s|1|14|Unexpected \"FROM\"",
        "DROP TABLE s|1|1|Unexpected \"DROP\"",
        "SELECT; SELECT 1|1|7|Unexpected \";\"",
        "SELECT 1; SELECT 2|1|9|Unexpected \";\"",
        "SELECT 1;;|1|9|Unexpected \";\"",
        "SELECT time FROM s WHERE time > 'abc|1|33|Unexpected \"'\"",
        "CREATE OR REPLACE TABLE s|1|11|CREATE OR REPLACE",
        "SELECT * FROM s FOR VERSION AS OF x|1|21|Unexpected \"VERSION\" at line 1, column 21",
        "SELECT a FROM s WHERE @|1|23|Unexpected character \"@\" at line 1, column 23",
        "SELECT 1 /* no end|1|20|Unterminated comment at line 1, column 20",
        "@|1|1|Unexpected character",
        "SELEC 1|1|1|No statement begins with \"SELEC\" at line 1, column 1",
        "/* c */ BEGIN|1|9|No statement begins with \"BEGIN\"",
        "VALUES 7|1|1|VALUES has its rows in parentheses",
        "SHOW TABLES|1|1|SHOW is not supported; INFORMATION_SCHEMA.TABLES",
        "(1)|1|2|Not a statement",
        "SELECT 1  @ x|1|11|Unexpected character",
      })
  void saysInOneLineWhatIsWrongAndWhere(String sql, int line, int column, String message) {
    SqlSyntaxException e = refuse(sql);
    assertThat(e.getMessage()).startsWith(message).doesNotContain("\n");
    assertThat(List.of(e.line(), e.column())).containsExactly(line, column);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", " ", ";", "-- nothing", "/* open", "\""})
  void refusesWhatIsNoStatement(String sql) {
    assertThat(refuse(sql).getMessage()).doesNotContain("\n");
  }

  @Test
  void refusesEndlessNesting() {
    assertThat(refuse("SELECT " + "(".repeat(100_000) + "1").getMessage()).isNotEmpty();
  }

  @Test
  void answersTokenSoupWithATreeOrASyntaxError() {
    long seed = new Random().nextLong();
    Random random = new Random(seed);
    String[] words =
        (NAMES
                + " ( ) ( ) , . ; ? :: => + - * = < 'x' \"q\" 1 2.5 1e9 [ ] { } {ts {fn"
                + " SELECT FROM WHERE AS CAST CASE WHEN THEN AND IN FOR OF BY GROUP ORDER WITH CREATE"
                + " TABLE EXPLAIN INSERT INTO JSON_OBJECT EXTRACT TO NULL @ ' /* -- \n :")
            .split(" ", -1);
    for (int i = 0; i < 1000; i++) {
      StringBuilder soup = new StringBuilder(random.nextBoolean() ? "SELECT " : "");
      for (int n = random.nextInt(25); n >= 0; n--) {
        soup.append(words[random.nextInt(words.length)]).append(' ');
      }
      try {
        BtrdbParser.parse(soup.toString());
      } catch (SqlSyntaxException e) {
        assertThat(e.getMessage()).as("seed %d: %s", seed, soup).doesNotContain("\n");
      } catch (RuntimeException | Error e) {
        throw new AssertionError("seed " + seed + ": " + soup, e);
      }
    }
  }

  private static SqlNode selected(String sql) {
    return ((SqlSelect) BtrdbParser.parse(sql)).getSelectList().get(0);
  }

  private static SqlSyntaxException refuse(String sql) {
    return Objects.requireNonNull(
        catchThrowableOfType(SqlSyntaxException.class, () -> BtrdbParser.parse(sql)), sql);
  }

  private static String print(SqlNode tree) {
    return tree.toSqlString(
            c -> c.withDialect(CalciteSqlDialect.DEFAULT).withQuoteAllIdentifiers(true))
        .getSql();
  }

  private static Stream<String> lines(String resource) {
    return Arrays.stream(read(resource).split("\n", -1)).filter(s -> !s.isBlank());
  }

  private static String read(String resource) {
    try (InputStream in = BtrdbParserTest.class.getResourceAsStream(resource)) {
      return new String(Objects.requireNonNull(in).readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
