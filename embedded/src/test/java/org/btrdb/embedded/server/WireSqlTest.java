package org.btrdb.embedded.server;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.btrdb.client.CallScope;
import org.btrdb.client.model.NewStream;
import org.btrdb.proto.v5api.SQLQueryParams;
import org.btrdb.proto.v5api.SQLQueryResponse;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** SQLQuery as any client made from the wire contract sees it. */
@Timeout(60)
class WireSqlTest {
  private static final UUID STREAM = UUID.fromString("0d22a53b-e2ef-4e0a-ab89-b2d48fb2592a");

  @SuppressWarnings("NullAway.Init")
  private static WireClient wire;

  @BeforeAll
  static void serve() {
    wire = WireClient.start();
    create(
        STREAM,
        "sql",
        Map.of("name", "a\"\u2028\ud83d\ude00", "unit", "volts"),
        Map.of("z", "1", "foo", "b\\ar"));
    for (int i = 0; i < 2500; i++) {
      create(UUID.randomUUID(), "many", Map.of("name", "n" + i), Map.of());
    }
  }

  private static void create(
      UUID uuid, String collection, Map<String, String> tags, Map<String, String> annotations) {
    wire.embedded()
        .create(new NewStream(uuid, collection, tags, annotations), CallScope.unbounded());
  }

  @AfterAll
  static void stop() {
    wire.close();
  }

  private static List<SQLQueryResponse> pages(String sql, String... parameters) {
    return WireClient.list(
        wire.stub()
            .sQLQuery(
                SQLQueryParams.newBuilder()
                    .setQuery(sql)
                    .addAllParams(List.of(parameters))
                    .build()));
  }

  private static List<String> rows(String sql, String... parameters) {
    List<String> rows = new ArrayList<>();
    for (SQLQueryResponse page : pages(sql, parameters)) {
      assertThat(page.hasStat()).isFalse();
      page.getSQLQueryRowList().forEach(row -> rows.add(row.toStringUtf8()));
    }
    return rows;
  }

  @Test
  void rowsAreObjectsOfJson() {
    assertThat(rows("SELECT * FROM streams WHERE collection = $1", "sql"))
        .containsExactly(
            "{\"uuid\":\"0d22a53b-e2ef-4e0a-ab89-b2d48fb2592a\",\"collection\":\"sql\","
                + "\"name\":\"a\\\"\\u2028\ud83d\ude00\",\"unit\":\"volts\",\"ingress\":\"\","
                + "\"distiller\":\"\",\"property_version\":1,"
                + "\"annotations\":{\"foo\":\"b\\\\ar\",\"z\":\"1\"}}");
    assertThat(
            rows(
                "SELECT annotations->'no' AS no, unit = 'volts' AS yes, 1.50 AS d, '2'::float8 AS f,"
                    + " 'nan'::float8 AS nan, 'a=>NULL'::hstore AS h FROM streams WHERE uuid = $1",
                STREAM.toString()))
        .containsExactly(
            "{\"no\":null,\"yes\":true,\"d\":1.50,\"f\":2.0,\"nan\":\"NaN\",\"h\":{\"a\":null}}");
  }

  @Test
  void formsOfThePythonClient() {
    assertThat(rows("SELECT COUNT(uuid) FROM streams")).containsExactly("{\"count\":2501}");
    assertThat(rows("SELECT COUNT(uuid) FROM streams WHERE collection=$1::text", "sql"))
        .containsExactly("{\"count\":1}");
    assertThat(
            rows("SELECT COUNT(uuid) FROM streams WHERE annotations->$1::text IS NOT NULL", "foo"))
        .containsExactly("{\"count\":1}");
    assertThat(
            rows(
                "select distinct(skeys(annotations)) as annotations from streams where collection"
                    + " like $1",
                "sql%"))
        .containsExactlyInAnyOrder("{\"annotations\":\"foo\"}", "{\"annotations\":\"z\"}");
    assertThat(rows("select distinct(unit) as unit from streams where collection like $1", "sql%"))
        .containsExactly("{\"unit\":\"volts\"}");
    assertThat(rows("select name from streams where collection = $1 order by name;", "many"))
        .hasSize(2500)
        .startsWith("{\"name\":\"n0\"}", "{\"name\":\"n1\"}", "{\"name\":\"n10\"}");
  }

  @Test
  void pagesAreOfLimitedSizeAndNothingIsOneEmptyPage() {
    assertThat(pages("SELECT name FROM streams WHERE collection = 'many'"))
        .extracting(SQLQueryResponse::getSQLQueryRowCount)
        .containsExactly(1000, 1000, 500);
    List<SQLQueryResponse> none = pages("SELECT name FROM streams WHERE collection = 'none'");
    assertThat(none).containsExactly(SQLQueryResponse.getDefaultInstance());
    String wide = "x".repeat(20_000);
    assertThat(pages("SELECT name, $1 AS x FROM streams WHERE collection = 'many' LIMIT 100", wide))
        .hasSizeGreaterThan(5)
        .allSatisfy(page -> assertThat(page.getSerializedSize()).isLessThan(1 << 20));
  }

  @Test
  void whatIsWrongIsToldInBand() {
    assertThat(pages("SELECT name FROM points"))
        .singleElement()
        .satisfies(
            page -> {
              assertThat(page.getStat().getCode()).isEqualTo(441);
              assertThat(page.getStat().getMsg())
                  .isEqualTo("character 18: 'points': the one relation is streams");
            });
    List<SQLQueryResponse> late =
        pages("SELECT (annotations->'foo')::int AS i FROM streams WHERE collection = 'sql'");
    assertThat(late.get(late.size() - 1).getStat().getCode()).isEqualTo(441);
  }
}
