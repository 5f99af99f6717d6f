package org.btrdb.embedded.streamsql;

import static java.util.stream.Collectors.joining;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.IntStream;
import org.btrdb.client.Btrdb;
import org.btrdb.client.CallScope;
import org.btrdb.client.error.BtrdbException;
import org.btrdb.client.error.ErrorCode;
import org.btrdb.client.model.NewStream;
import org.btrdb.client.spi.BtrdbConnector;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What statements mean, one by one. */
@Timeout(60)
class StreamsQueryTest {
  private static final CallScope SCOPE = CallScope.unbounded();
  private static final UUID FIRST = UUID.fromString("00000000-0000-4000-8000-000000000001");
  private static final UUID LAST = UUID.fromString("f0000000-0000-4000-8000-000000000002");

  @SuppressWarnings("NullAway.Init")
  private static Btrdb btrdb;

  @BeforeAll
  static void fill() {
    btrdb = BtrdbConnector.open("mem", UUID.randomUUID().toString(), Map.of());
    create(FIRST, "grid/a", "VPHM", "volts", Map.of("rate", "30", "note", "it's \"so\""));
    create(UUID.randomUUID(), "grid/a", "VPHA", "deg", Map.of("rate", "60"));
    create(UUID.randomUUID(), "grid/b", "VPHM", "volts", Map.of("rate", "9"));
    create(UUID.randomUUID(), "grid/b", "I%_x", "amps", Map.of());
    create(LAST, "other", "\u00c4rger", "", Map.of("rate", "none"));
  }

  private static void create(
      UUID uuid, String collection, String name, String unit, Map<String, String> annotations) {
    btrdb.create(
        new NewStream(uuid, collection, Map.of("name", name, "unit", unit), annotations), SCOPE);
  }

  @AfterAll
  static void close() {
    btrdb.close();
  }

  private static List<List<@Nullable Object>> rows(String sql, String... parameters) {
    StreamsQuery query = StreamsQuery.of(sql, List.of(parameters));
    List<List<@Nullable Object>> all = new ArrayList<>();
    try (Rows rows = query.run(btrdb, SCOPE)) {
      for (@Nullable Object[] row = rows.next(); row != null; row = rows.next()) {
        all.add(Arrays.asList(Arrays.copyOf(row, query.columns().size())));
      }
      assertThat(rows.next()).isNull();
    }
    return all;
  }

  private static @Nullable Object one(String expression, String... parameters) {
    List<List<@Nullable Object>> rows =
        rows("SELECT " + expression + "\nFROM streams WHERE collection = 'other'", parameters);
    assertThat(rows).hasSize(1);
    return rows.get(0).get(0);
  }

  private static List<@Nullable Object> column(String sql, String... parameters) {
    return rows(sql, parameters).stream().<@Nullable Object>map(row -> row.get(0)).toList();
  }

  private static List<@Nullable Object> names(String condition, String... parameters) {
    return column(
        "SELECT name FROM streams WHERE " + condition + " ORDER BY collection, name", parameters);
  }

  @Test
  void documentedForms() {
    assertThat(column("SELECT COUNT(uuid) FROM streams")).containsExactly(5L);
    assertThat(StreamsQuery.of("SELECT COUNT(uuid) FROM streams", List.of()).columns())
        .containsExactly("count");
    assertThat(column("SELECT COUNT(uuid) FROM streams WHERE collection=$1::text", "grid/a"))
        .containsExactly(2L);
    assertThat(
            column(
                "SELECT COUNT(uuid) FROM streams WHERE annotations->$1::text IS NOT NULL", "rate"))
        .containsExactly(4L);
    String keys = "select distinct(skeys(annotations)) as annotations from streams";
    assertThat(column(keys)).containsExactlyInAnyOrder("rate", "note");
    assertThat(StreamsQuery.of(keys, List.of()).columns()).containsExactly("annotations");
    assertThat(column(keys + " where collection like $1", "grid/b%")).containsExactly("rate");
    assertThat(column("select distinct(name) as name from streams where collection like $1", "g%"))
        .containsExactlyInAnyOrder("VPHM", "VPHA", "I%_x");
    assertThat(column("select distinct(unit) as unit from streams")).hasSize(4);
    assertThat(column("select name from streams where collection = $1 order by name;", "grid/a"))
        .containsExactly("VPHA", "VPHM");
    assertThat(rows("select * from streams where name = $1 or name = $2", "VPHM", "VPHA"))
        .hasSize(3);
    assertThat(
            column("SELECT uuid FROM streams WHERE name = $1 OR name = $2", "VPHA", "\u00c4rger"))
        .hasSize(2)
        .contains(LAST);
  }

  /** A helper that is passed around builds these. */
  @Test
  void formsThatUsersBuild() {
    assertThat(
            rows(
                "select * from streams where collection similar to $1 and name in ($2,$3) and"
                    + " annotations -> 'rate' in ($4,$5)",
                "%a%|%b%",
                "VPHM",
                "VPHA",
                "30",
                "60"))
        .hasSize(2);
    assertThat(
            rows(
                "select * from streams where collection similar to $1 and  uuid in ($2) and "
                    + " property_version in ($3) and  distiller in ($4)",
                "%grid%",
                FIRST.toString(),
                "1",
                ""))
        .hasSize(1);
  }

  @Test
  void aStarIsAllColumns() {
    String sql = "SELECT * FROM streams WHERE uuid = '" + FIRST + "'";
    assertThat(StreamsQuery.of(sql, List.of()).columns())
        .containsExactly(
            "uuid",
            "collection",
            "name",
            "unit",
            "ingress",
            "distiller",
            "property_version",
            "annotations");
    assertThat(rows(sql))
        .containsExactly(
            List.of(
                FIRST,
                "grid/a",
                "VPHM",
                "volts",
                "",
                "",
                1L,
                Map.of("rate", "30", "note", "it's \"so\"")));
  }

  @Test
  void namesFoldAndQuotedOnesDoNot() {
    assertThat(column("sElEcT NAME FROM Streams WHERE \"collection\" = 'other'")).hasSize(1);
    assertThat(column("SELECT s.name FROM streams AS s WHERE s.unit = 'deg'")).hasSize(1);
    assertThat(column("SELECT s.* FROM public.streams s WHERE unit = 'deg'")).hasSize(1);
    assertThat(StreamsQuery.of("SELECT name AS N, unit \"U\" FROM streams", List.of()).columns())
        .containsExactly("n", "U");
    assertThat(
            StreamsQuery.of(
                    "SELECT name::text, count(*), lower(unit), 'x'::text, 1 n FROM streams"
                        + " GROUP BY name, unit",
                    List.of())
                .columns())
        .containsExactly("name", "count", "lower", "text", "n");
  }

  @ParameterizedTest
  @CsvSource(
      delimiterString = "##",
      quoteCharacter = '`',
      value = {
        "name LIKE 'VPH_' ## VPHA VPHM VPHM",
        "name LIKE '%H%' ## VPHA VPHM VPHM",
        "name LIKE 'I\\%\\_x' ## I%_x",
        "name LIKE 'I!%!_x' ESCAPE '!' ## I%_x",
        "name LIKE 'I\\%%' ESCAPE '' ## ",
        "name NOT LIKE '%' ## ",
        "name ILIKE 'vph%' ## VPHA VPHM VPHM",
        "name ILIKE '\u00e4%' ## \u00c4rger",
        "name ~~ 'VPHA' ## VPHA",
        "name !~~* 'vph%' ## I%_x \u00c4rger",
        "collection SIMILAR TO 'grid/(a|c)' ## VPHA VPHM",
        "name SIMILAR TO 'VPH[A-L]' ## VPHA",
        "name SIMILAR TO 'V(PH|x)+M' ## VPHM VPHM",
        "name ~ '^VPH[^A]$' ## VPHM VPHM",
        "name ~ 'PH' ## VPHA VPHM VPHM",
        "name ~ 'A$|^I' ## VPHA I%_x",
        "name ~* 'vph(a|z)?$' ## VPHA",
        "name !~ '.' ## ",
        "name ~ '\\%' ## I%_x",
        "uuid = '{00000000-0000-4000-8000-000000000001}' ## VPHM",
        "uuid > '7fffffff-ffff-ffff-ffff-ffffffffffff' AND collection = 'other' ## \u00c4rger",
        "property_version = 1 AND property_version < 1.5 AND unit = 'deg' ## VPHA",
        "(annotations->'rate') ~ '^[0-9]+$' AND (annotations->'rate')::int > 20 ## VPHA VPHM",
        "annotations ? 'note' ## VPHM",
        "NOT annotations ? 'rate' ## I%_x",
        "annotations @> 'rate=>60' ## VPHA",
        "annotations @> '\"rate\"=>\"30\", note => \"it''s \\\"so\\\"\"'::hstore ## VPHM",
        "'rate=>60, x=>y' @> annotations ## VPHA I%_x",
        "annotations = hstore('rate', '9') ## VPHM",
        "annotations->'rate' BETWEEN '3' AND '60' ## VPHA VPHM",
        "annotations->'rate' NOT IN ('30', '60') ## VPHM \u00c4rger",
        "annotations->'rate' NOT IN ('30', NULL) ## ",
        "annotations->'rate' IS DISTINCT FROM '30' AND collection = 'grid/a' ## VPHA",
        "(annotations->'rate' = '30') IS UNKNOWN ## I%_x",
        "(annotations->'rate' = '30') IS NOT TRUE AND collection LIKE 'grid%' ## VPHA I%_x VPHM",
        "NOT (annotations->'rate' = '30' OR unit = '') ## VPHA VPHM",
        "starts_with(collection, 'grid/b') ## I%_x VPHM",
        "unit ISNULL ## ",
        "length(unit) = 0 OR unit = 'a' || 'mp' || 's' ## I%_x \u00c4rger",
        "true ## VPHA VPHM I%_x VPHM \u00c4rger",
        "NULL ## ",
        "name = 'x' OR NULL ## ",
      })
  void conditions(String condition, @Nullable String expected) {
    assertThat(names(condition))
        .containsExactly(expected == null ? new Object[0] : expected.split(" ", -1));
  }

  @Test
  void expressions() {
    assertThat(one("lower(name)")).isEqualTo("\u00e4rger");
    assertThat(one("upper('stra\u00dfe')")).isEqualTo("STRA\u00dfE");
    assertThat(one("length('\ud83d\ude00x')")).isEqualTo(2L);
    assertThat(one("left('\ud83d\ude00xy', 2)")).isEqualTo("\ud83d\ude00x");
    assertThat(one("left('abc', -1) || right('abc', 2) || right('abc', -1)")).isEqualTo("abbcbc");
    assertThat(one("split_part('a/b/c', '/', 2) || split_part('a/b/c', '/', -1)")).isEqualTo("bc");
    assertThat(one("split_part('a/b', '/', 3)")).isEqualTo("");
    assertThat(one("strpos('abc', 'c')")).isEqualTo(3L);
    assertThat(one("coalesce(annotations->'x', $1, 'z')", "y")).isEqualTo("y");
    assertThat(one("nullif(unit, '')")).isNull();
    assertThat(one("exist(annotations, 'rate')")).isEqualTo(true);
    assertThat(one("name || property_version")).isEqualTo("\u00c4rger1");
    assertThat(one("annotations::text")).isEqualTo("\"rate\"=>\"none\"");
    assertThat(one("('a=>NULL'::hstore)->'a'")).isNull();
    assertThat(one("-1::bigint")).isEqualTo(-1L);
    assertThat(one("' 17 '::int")).isEqualTo(17L);
    assertThat(one("2.5::int")).isEqualTo(3L);
    assertThat(one("2.5::float::int")).isEqualTo(2L);
    assertThat(one("1.50::numeric")).isEqualTo(new BigDecimal("1.50"));
    assertThat(one("$1::float8", "1e3")).isEqualTo(1000.0);
    assertThat(one("1e20::float8::text")).isEqualTo("1e+20");
    assertThat(one("0.5::float8::text")).isEqualTo("0.5");
    assertThat(one("'NaN'::float8 > 'Infinity'::float8")).isEqualTo(true);
    assertThat(one("'yes'::bool")).isEqualTo(true);
    assertThat(one("CAST(uuid AS text)")).isEqualTo(LAST.toString());
    assertThat(one("name = 'x' /* a /* nested */ comment */ -- and more")).isEqualTo(false);
    assertThat(one("'it''s'")).isEqualTo("it's");
  }

  @Test
  void parametersAreValuesAndNothingElse() {
    String evil = "x' OR '1'='1'; DROP TABLE streams; --";
    assertThat(names("name = $1", evil)).isEmpty();
    assertThat(one("$1", evil)).isEqualTo(evil);
    assertThat(one("$1 || $2", "$2", "\u0000\"")).isEqualTo("$2\u0000\"");
    assertThat(names("collection = $1", "a\u0000b")).isEmpty();
    assertThat(names("collection LIKE $1 || '%'", "grid/b")).hasSize(2);
    assertThat(names("uuid = $1 AND collection = $2", FIRST.toString(), "grid/a")).hasSize(1);
    assertThat(column("SELECT name FROM streams ORDER BY name LIMIT $1 OFFSET $2", "2", "1"))
        .containsExactly("VPHA", "VPHM");
  }

  @Test
  void groups() {
    assertThat(
            rows(
                "SELECT collection, count(*), count(DISTINCT unit) AS units, min(name), max(name)"
                    + " FROM streams GROUP BY collection ORDER BY 2 DESC, collection"))
        .containsExactly(
            List.of("grid/a", 2L, 2L, "VPHA", "VPHM"),
            List.of("grid/b", 2L, 2L, "I%_x", "VPHM"),
            List.of("other", 1L, 1L, "\u00c4rger", "\u00c4rger"));
    assertThat(
            rows(
                "SELECT split_part(collection, '/', 1) AS top, count(annotations->'rate') n"
                    + " FROM streams GROUP BY top HAVING count(*) > 1"))
        .containsExactly(List.of("grid", 3L));
    assertThat(rows("SELECT count(*), max(name) FROM streams WHERE false"))
        .containsExactly(Arrays.asList(0L, null));
    assertThat(rows("SELECT name FROM streams WHERE false GROUP BY 1")).isEmpty();
    assertThat(column("SELECT annotations FROM streams GROUP BY annotations")).hasSize(5);
    assertThat(
            column("SELECT unit FROM streams GROUP BY unit ORDER BY count(*) DESC, unit LIMIT 2"))
        .containsExactly("volts", "");
  }

  @Test
  void orderAndPages() {
    assertThat(column("SELECT annotations->'rate' AS r FROM streams ORDER BY r"))
        .containsExactly("30", "60", "9", "none", null);
    assertThat(column("SELECT annotations->'rate' AS r FROM streams ORDER BY r DESC"))
        .containsExactly(null, "none", "9", "60", "30");
    assertThat(
            column("SELECT annotations->'rate' r FROM streams ORDER BY r DESC NULLS LAST LIMIT 1"))
        .containsExactly("none");
    assertThat(column("SELECT name FROM streams ORDER BY length(name) DESC, uuid LIMIT 1"))
        .containsExactly("\u00c4rger");
    assertThat(column("SELECT DISTINCT unit FROM streams ORDER BY unit OFFSET 1 LIMIT 2"))
        .containsExactly("amps", "deg");
    assertThat(column("SELECT skeys(annotations) k FROM streams ORDER BY k LIMIT 3"))
        .containsExactly("note", "rate", "rate");
    assertThat(column("SELECT svals(annotations) FROM streams WHERE unit = 'deg'"))
        .containsExactly("60");
    assertThat(column("SELECT name FROM streams LIMIT 0")).isEmpty();
    assertThat(column("SELECT name FROM streams LIMIT ALL OFFSET 4")).hasSize(1);
    assertThat(column("SELECT name FROM streams OFFSET 9")).isEmpty();
  }

  @ParameterizedTest
  @CsvSource(
      delimiterString = "##",
      quoteCharacter = '`',
      value = {
        "## character 1: the end: SELECT is expected",
        "DELETE FROM streams ## character 1: 'delete': SELECT is expected",
        "SELECT 1 FROM streams, streams ## character 22: ',': not expected here",
        "SELECT 1 FROM streams JOIN streams b ## character 23: 'join': not expected",
        "SELECT 1 FROM pg_user ## character 15: 'pg_user': the one relation is streams",
        "SELECT 1e1000::float8 FROM streams ## is out of the range of double precision",
        "SELECT skeys(hstore(min(name), 'x')) FROM streams ## SKEYS and SVALS cannot be grouped",
        "SELECT password FROM streams ## character 8: no column is called 'password'",
        "SELECT t.name FROM streams s ## character 8: no relation is called 't'",
        "SELECT name, name FROM streams ## character 14: two columns would be called 'name'",
        "SELECT name FROM streams WHERE name = 'x ## character 39: what is quoted has no end",
        "SELECT name FROM streams /* x ## character 26: a comment has no end",
        "SELECT name FROM streams WHERE name = $3 ## character 39: there is no parameter $3",
        "SELECT name FROM streams WHERE uuid = 'x' ## character 39: 'x' is no uuid",
        "SELECT name FROM streams WHERE uuid = 'x'::text ## text cannot be compared",
        "SELECT name FROM streams WHERE uuid LIKE 'a%' ## character 32: it is uuid",
        "SELECT name FROM streams WHERE name ## character 32: it is text, but boolean is needed",
        "SELECT name FROM streams WHERE name = 1 ## cannot be compared",
        "SELECT name FROM streams WHERE name = 'a' = 'b' ## character 43: '=': not expected",
        "SELECT name FROM streams WHERE name LIKE unit ## a pattern must be a constant",
        "SELECT name FROM streams WHERE name LIKE 'a\\' ## it ends in its escape character",
        "SELECT name FROM streams WHERE name ~ 'a{3}' ## counted repetition",
        "SELECT name FROM streams WHERE name ~ '(?=a)' ## a group that begins with (?",
        "SELECT name FROM streams WHERE name ~ '(a' ## a bracket opens",
        "SELECT name FROM streams WHERE name ~ '\\w' ## is not supported",
        "SELECT name FROM streams WHERE property_version + 1 = 2 ## character 49: '+': arithmetic",
        "SELECT name FROM streams WHERE name IN (SELECT 1) ## character 41: 'select': a value",
        "SELECT name FROM streams WHERE (SELECT true) ## character 33: 'select': subqueries",
        "SELECT name FROM streams WHERE count(*) > 1 ## no aggregates",
        "SELECT name, count(*) FROM streams ## column name is neither in GROUP BY",
        "SELECT pg_sleep(10) FROM streams ## character 8: function 'pg_sleep' is not supported",
        "SELECT count(*) OVER () FROM streams ## character 17: 'over': not",
        "SELECT DISTINCT ON (name) name FROM streams ## DISTINCT ON is not supported",
        "SELECT DISTINCT name FROM streams ORDER BY unit ## with DISTINCT",
        "SELECT name FROM streams ORDER BY annotations ## hstore has no order",
        "SELECT name FROM streams ORDER BY 2 ## no number 2",
        "SELECT name FROM streams LIMIT -1 ## LIMIT must not be negative",
        "SELECT name FROM streams LIMIT name ## it is text, but bigint",
        "SELECT name FROM streams; SELECT 1 ## character 27: 'select': not expected",
        "SELECT skeys(annotations) || 'x' FROM streams ## stand alone",
        "SELECT skeys(annotations) a, svals(annotations) b FROM streams ## not two",
        "SELECT annotations ?| 'a' FROM streams ## operator '?|' is not supported",
        "SELECT name::json FROM streams ## type 'json' is not supported",
        "SELECT name::varchar(3) FROM streams ## types have no length",
        "SELECT E'x' FROM streams ## character 8: literals are written",
        "SELECT 99999999999999999999::int FROM streams ## is out of",
        "SELECT 3000000000::int FROM streams ## out of range",
        "SELECT name FROM streams UNION SELECT unit FROM streams ## 'union': not expected",
        "SELECT name FROM streams FOR UPDATE ## 'for': not expected",
        "SELECT (annotations->'rate')::int FROM streams ## 'none' is no bigint",
        "SELECT name FROM streams WHERE name = { ## is no part of SQL",
      })
  void refusals(@Nullable String sql, String said) {
    assertThatThrownBy(() -> rows(sql == null ? "" : sql))
        .hasMessageContaining(said)
        .extracting(e -> ((BtrdbException) e).code())
        .isEqualTo(ErrorCode.BAD_SQL);
  }

  @Test
  void moreParametersThanTheStatementHasAreRefused() {
    assertThatThrownBy(() -> rows("SELECT $1 FROM streams", "a", "b"))
        .hasMessageContaining("2 parameters were given, but the statement has no $2");
  }

  @Test
  void whatWouldTakeTheServerDownIsRefused() {
    String depth = "(".repeat(5000) + "1" + ")".repeat(5000);
    String chain = "name" + " || name".repeat(5000);
    String casts = "name" + "::text".repeat(5000);
    String nots = "NOT ".repeat(5000) + "true";
    String minus = "- ".repeat(5000) + "1";
    for (String expression : List.of(depth, chain, casts, nots, minus)) {
      assertThatThrownBy(() -> rows("SELECT " + expression + " FROM streams"))
          .hasMessageContaining("nested too deeply")
          .extracting(e -> ((BtrdbException) e).code())
          .isEqualTo(ErrorCode.BAD_SQL);
    }
    String in = "name IN ('a', 'b')";
    String between = "name = 'a'";
    for (int i = 0; i < 21; i++) {
      in = "(" + in + ") IN (true, false)";
      between = "(" + between + ") BETWEEN false AND true";
    }
    String brackets = "name";
    for (int i = 0; i < 20; i++) {
      brackets = "(" + brackets + " || 'x'".repeat(190) + ")";
    }
    for (String expression : List.of(in, between, brackets)) {
      assertThatThrownBy(() -> rows("SELECT " + expression + " FROM streams"))
          .hasMessageContaining("nested too deeply")
          .extracting(e -> ((BtrdbException) e).code())
          .isEqualTo(ErrorCode.BAD_SQL);
    }
    String escaped = "hstore('a', '\"')";
    for (int i = 0; i < 40; i++) {
      escaped = "hstore('a', " + escaped + "::text)";
    }
    String nested = escaped;
    assertThatThrownBy(() -> rows("SELECT " + nested + " FROM streams"))
        .hasMessageContaining("a text grows longer than 1048576");
    String items =
        IntStream.range(0, 100).mapToObj(i -> "$1 || $1 AS c" + i).collect(joining(", "));
    assertThatThrownBy(() -> rows("SELECT " + items + " FROM streams", "x".repeat(32_000)))
        .extracting(e -> ((BtrdbException) e).code())
        .isEqualTo(ErrorCode.TOO_LARGE);
    assertThat(rows("SELECT name FROM streams WHERE name = 'a'" + " OR name = 'b'".repeat(4000)))
        .isEmpty();
    assertThatThrownBy(() -> rows("SELECT $1 FROM streams", "x".repeat(70_000)))
        .hasMessageContaining("more than 65536");
    assertThatThrownBy(
            () -> rows("SELECT " + "$1 || ".repeat(9) + "$1 FROM streams", "x".repeat(10_000)))
        .hasMessageContaining("a text grows longer");
    assertThatThrownBy(() -> rows("SELECT 1 FROM streams WHERE name ~ $1", "(".repeat(400)))
        .hasMessageContaining("nested too deeply");
    assertThatThrownBy(() -> rows("SELECT 1 FROM streams WHERE name LIKE $1", "%".repeat(2000)))
        .hasMessageContaining("longer than 1000");
  }

  /** The pattern of which java.util.regex would not live to see the end. */
  @Test
  void patternsTakeNoMoreThanTheirLengthTimesThatOfTheText() {
    String text = "a".repeat(5000);
    assertThat(one("$1 ~ '^(a*)*(a|aa)+b$'", text)).isEqualTo(false);
    assertThat(one("$1 LIKE '" + "%a".repeat(400) + "b'", text)).isEqualTo(false);
    assertThat(one("$1 LIKE '" + "%a".repeat(400) + "'", text)).isEqualTo(true);
    assertThat(one("$1 SIMILAR TO '(" + "a?".repeat(300) + "|%)*'", text)).isEqualTo(true);
  }

  @Test
  void aCancelledStatementEnds() {
    CallScope scope = CallScope.unbounded();
    StreamsQuery query = StreamsQuery.of("SELECT count(*) FROM streams", List.of());
    try (Rows rows = query.run(btrdb, scope)) {
      scope.cancel();
      assertThatThrownBy(rows::next)
          .extracting(e -> ((BtrdbException) e).code())
          .isEqualTo(ErrorCode.CANCELLED);
    }
  }
}
