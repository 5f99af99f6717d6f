package org.btrdb.embedded.streamsql;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.stream.Collectors;
import org.btrdb.client.model.StreamQuery;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Conditions bound what is looked at: not all streams are, where an index can tell. */
class SearchRangeTest {
  private static final String UUID = "00000000-0000-4000-8000-00000000000";

  private static String said(StreamQuery query) {
    return query.collection()
        + (query.isPrefix() ? "*" : "")
        + query.tags().entrySet().stream()
            .map(tag -> " " + tag.getKey() + "=" + tag.getValue().orElseThrow())
            .sorted()
            .collect(Collectors.joining());
  }

  @ParameterizedTest
  @CsvSource(
      delimiterString = "##",
      quoteCharacter = '`',
      value = {
        "true ## *",
        "collection = 'a' ## a",
        "'a' = collection AND unit <> 'x' ## a",
        "collection = $1::text ## p",
        "collection LIKE 'a/b%' ## a/b*",
        "collection LIKE $1 || '/%' AND name = 'n' ## p/* name=n",
        "collection LIKE 'a\\_b_%' ## a_b*",
        "collection LIKE '%a' ## *",
        "collection ILIKE 'a%' ## *",
        "collection NOT LIKE 'a%' ## *",
        "starts_with(collection, 'a') ## a*",
        "collection IN ('a', 'b', 'a') ## a,b",
        "collection = 'a' OR collection = 'b' ## a,b",
        "collection = 'a' OR unit = 'b' ## *",
        "NOT collection = 'a' ## *",
        "collection = NULL ## ",
        "false ## ",
        "name = 'n' AND unit = 'u' AND ingress = '' ## * name=n unit=u",
        "name = 'n' OR name = 'm' ## * name=n,* name=m",
        "name IN ('n', '') ## *",
        "lower(name) = 'n' ## *",
        "(collection = 'a') IS TRUE ## *",
        "uuid = '00000000-0000-4000-8000-000000000001' AND collection = 'a' ## 1",
        "uuid IN ('00000000-0000-4000-8000-000000000001',"
            + " '00000000-0000-4000-8000-000000000002') ## 1,2",
        "uuid <> '00000000-0000-4000-8000-000000000001' ## *",
      })
  void conditionsBoundTheSearch(String condition, @Nullable String expected) {
    String sql = "SELECT name FROM streams WHERE " + condition;
    List<String> parameters = sql.contains("$1") ? List.of("p") : List.of();
    SearchRange range = SearchRange.of(Planner.plan(Parser.parse(sql), parameters).where());
    String searches =
        range.queries().stream().map(SearchRangeTest::said).collect(Collectors.joining(","));
    String uuids =
        range.uuids().stream()
            .map(uuid -> uuid.toString().substring(UUID.length()))
            .collect(Collectors.joining(","));
    assertThat(searches + uuids).isEqualTo(expected == null ? "" : expected);
  }
}
