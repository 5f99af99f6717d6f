package org.btrdb.sql;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import org.btrdb.client.CallScope;
import org.btrdb.client.model.NewStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** The tables of schema btrdb, and that their conditions become conditions of the look-up. */
class SystemTablesTest {
  private static final UUID FREQ = UUID.fromString("07d28a44-4991-492d-b9c5-2d8cec5aa6d4");

  private final TestBtrdb db = new TestBtrdb();

  SystemTablesTest() {
    create(UUID.randomUUID(), "sunshine/PMU1", Map.of("name", "L1MAG", "unit", "volts"));
    create(UUID.randomUUID(), "sunshine/PMU1", Map.of("name", "L1ANG", "unit", "deg"));
    create(UUID.randomUUID(), "sunshine/PMU10", Map.of("name", "L1MAG", "unit", "volts"));
    create(FREQ, "USEAST_NOC1/90807", Map.of("name", "FREQ"));
    create(UUID.randomUUID(), "Ümläut→/ß", Map.of("name", "s", "unit", "volts"));
  }

  private void create(UUID uuid, String collection, Map<String, String> tags) {
    db.btrdb()
        .create(
            new NewStream(uuid, collection, tags, Map.of("state", "VT")), CallScope.unbounded());
  }

  @AfterEach
  void close() {
    db.close();
  }

  @Test
  void collectionsBelowAPrefixAreOneListing() {
    assertThat(
            db.rows(
                "SELECT collection FROM btrdb.collections WHERE collection LIKE 'sunshine/%' ORDER"
                    + " BY collection"))
        .containsExactly(List.of("sunshine/PMU1"), List.of("sunshine/PMU10"));
    assertThat(db.allCalls()).containsExactly("collections");
    assertThat(db.rows("SELECT * FROM btrdb.collections WHERE collection = 'sunshine/PMU1'"))
        .hasSize(1);
    assertThat(db.rows("SELECT * FROM btrdb.collections WHERE collection LIKE 'sunshine/PMU_'"))
        .hasSize(1);
    assertThat(
            db.rows("SELECT * FROM btrdb.collections WHERE collection LIKE 'USEAST!_%' ESCAPE '!'"))
        .hasSize(1);
    assertThat(db.rows("SELECT * FROM btrdb.collections")).hasSize(4);
  }

  @Test
  void streamsAreOneLookUpWithTheirConditionsInIt() {
    assertThat(
            db.rows(
                "SELECT name, unit FROM btrdb.streams WHERE collection = 'sunshine/PMU1' ORDER BY"
                    + " name"))
        .containsExactly(List.of("L1ANG", "deg"), List.of("L1MAG", "volts"));
    assertThat(db.allCalls()).containsExactly("lookup");
    assertThat(
            db.rows(
                "SELECT collection FROM btrdb.streams WHERE collection LIKE 'sunshine/%' AND unit ="
                    + " 'volts' AND tags['name'] = ? AND annotations['state'] = 'VT' ORDER BY 1",
                "L1MAG"))
        .containsExactly(List.of("sunshine/PMU1"), List.of("sunshine/PMU10"));
    assertThat(db.allCalls()).containsExactly("lookup");
    assertThat(
            db.rows(
                "SELECT unit, COUNT(*) AS streams, COUNT(DISTINCT collection) FROM btrdb.streams"
                    + " GROUP BY unit ORDER BY streams DESC, unit"))
        .containsExactly(
            List.of("volts", 3L, 3L), List.of("deg", 1L, 1L), Arrays.asList(null, 1L, 1L));
    assertThat(db.rows("SELECT collection FROM btrdb.streams WHERE unit IS NULL OR unit = ''"))
        .containsExactly(List.of("USEAST_NOC1/90807"));
    assertThat(db.rows("SELECT collection FROM btrdb.streams WHERE unit <> 'volts'"))
        .containsExactly(List.of("sunshine/PMU1"));
    assertThat(db.rows("SELECT 1 FROM btrdb.streams WHERE unit = ''")).isEmpty();
    assertThat(db.rows("SELECT name FROM btrdb.streams WHERE collection = 'Ümläut→/ß'"))
        .containsExactly(List.of("s"));
  }

  @Test
  void aUuidIsOneStreamInfo() {
    assertThat(
            db.rows(
                "SELECT collection, name, unit, property_version FROM btrdb.streams WHERE uuid ="
                    + " UUID '07d28a44-4991-492d-b9c5-2d8cec5aa6d4'"))
        .containsExactly(Arrays.asList("USEAST_NOC1/90807", "FREQ", null, 1L));
    assertThat(db.allCalls()).containsExactly("stream");
    assertThat(db.rows("SELECT name FROM btrdb.streams WHERE uuid = ?", FREQ)).hasSize(1);
    assertThat(db.rows("SELECT name FROM btrdb.streams WHERE uuid = ?", FREQ.toString()))
        .hasSize(1);
    assertThat(
            db.rows(
                "SELECT name FROM btrdb.streams WHERE uuid IN (UUID '"
                    + FREQ
                    + "', UUID '"
                    + UUID.randomUUID()
                    + "')"))
        .containsExactly(List.of("FREQ"));
    assertThat(db.allCalls()).containsExactly("stream", "stream");
  }

  @Test
  void namesOfTablesAreThoseThatCanBeQueried() {
    for (List<?> row :
        db.rows("SELECT table_schema, table_name FROM btrdb.streams WHERE unit = 'volts'")) {
      assertThat(db.rows("SELECT * FROM \"" + row.get(0) + "\".\"" + row.get(1) + "\"")).isEmpty();
    }
  }

  @Test
  void namesOfTablesOfChosenStreamsCostFewCalls() {
    create(new UUID(1, 1), "twins", Map.of("name", "S", "unit", "volts"));
    create(new UUID(2, 2), "twins", Map.of("name", "S", "unit", "amps"));
    create(new UUID(3, 3), "twins", Map.of("name", "S#00000000", "unit", "amps"));
    assertThat(
            db.rows(
                "SELECT table_name FROM btrdb.streams WHERE collection = 'sunshine/PMU1' AND name ="
                    + " 'L1MAG'"))
        .containsExactly(List.of("L1MAG"));
    assertThat(db.allCalls()).containsExactly("lookup");
    assertThat(db.rows("SELECT table_name FROM btrdb.streams WHERE uuid = ?", FREQ))
        .containsExactly(List.of("FREQ"));
    assertThat(db.allCalls()).containsExactly("stream", "lookup");
    String first = "S#00000000000000010000000000000001".substring(0, 18);
    assertThat(db.rows("SELECT table_name FROM btrdb.streams WHERE uuid = ?", new UUID(1, 1)))
        .containsExactly(List.of(first));
    assertThat(db.rows("SELECT table_name FROM btrdb.streams WHERE name = 'S' AND unit = 'volts'"))
        .containsExactly(List.of(first));
    assertThat(db.rows("SELECT * FROM twins." + '"' + first + '"')).isEmpty();
  }

  @Test
  void tagsAndAnnotationsAreUnfolded() {
    assertThat(
            db.rows(
                "SELECT key, value FROM btrdb.tags WHERE collection = 'sunshine/PMU1' AND key ="
                    + " 'unit' ORDER BY value"))
        .containsExactly(List.of("unit", "deg"), List.of("unit", "volts"));
    assertThat(db.rows("SELECT COUNT(*) FROM btrdb.annotations")).containsExactly(List.of(5L));
    assertThat(db.rows("SELECT annotations['state'] FROM btrdb.streams WHERE name = 'FREQ'"))
        .containsExactly(List.of("VT"));
  }

  @Test
  void statisticsOfStreamsCostWhatIsAskedFor() {
    db.stream("stats", "a", new long[] {5, 6, 7}, new double[] {1, 2, 3});
    db.stream("stats", "b", new long[0], new double[0]);
    assertThat(
            db.rows(
                "SELECT name, version, minor_version FROM btrdb.stream_stats WHERE collection ="
                    + " 'stats' ORDER BY name"))
        .containsExactly(List.of("a", 10L, 3L), List.of("b", 10L, 0L));
    assertThat(db.allCalls()).containsExactly("lookup", "version", "version");
    assertThat(
            db.rows(
                "SELECT name, TO_NANOS(earliest), TO_NANOS(latest), latest_value, point_count FROM"
                    + " btrdb.stream_stats WHERE collection = 'stats' ORDER BY name"))
        .containsExactly(List.of("a", 5L, 7L, 3.0, 3L), Arrays.asList("b", null, null, null, 0L));
    for (String cheap :
        List.of(
            "SELECT name, unit FROM btrdb.stream_stats",
            "SELECT name FROM btrdb.stream_stats WHERE unit <> 'volts'",
            "SELECT COUNT(*) FROM btrdb.stream_stats",
            "SELECT t.name FROM btrdb.tags AS g JOIN btrdb.streams AS t ON g.uuid = t.uuid")) {
      db.rows(cheap);
      assertThat(db.allCalls()).as(cheap).containsOnly("lookup");
    }
    db.rows("SELECT name FROM btrdb.stream_stats WHERE latest_value > 0 ORDER BY version");
    assertThat(db.calls()).containsOnly("nearest", "version");
  }

  @Test
  void statisticsAreAskedForSideBySideAndNotMuchAhead() {
    for (int i = 0; i < 300; i++) {
      create(new UUID(5, i), "many", Map.of("name", "s" + i));
    }
    List<List<@Nullable Object>> rows =
        db.rows("SELECT uuid, version FROM btrdb.stream_stats WHERE collection = 'many'");
    assertThat(rows).hasSize(300).allMatch(row -> Objects.equals(row.get(1), 10L));
    assertThat(db.calls()).hasSize(300).containsOnly("version");
    assertThat(rows.stream().map(row -> row.get(0)))
        .isEqualTo(
            db.rows("SELECT uuid FROM btrdb.streams WHERE collection = 'many'").stream()
                .map(row -> row.get(0))
                .toList());
    assertThat(db.rows("SELECT version FROM btrdb.stream_stats WHERE collection = 'many' LIMIT 5"))
        .hasSize(5);
    assertThat(db.calls()).hasSize(8);
  }

  @Test
  void theServerAndItsClusterAreOneCallEach() {
    assertThat(
            db.rows(
                "SELECT i.build, i.major_version, m.nodename, m.up, m.weight FROM btrdb.server_info"
                    + " AS i CROSS JOIN btrdb.cluster_members AS m"))
        .hasSize(1)
        .allSatisfy(row -> assertThat(row.get(1)).isEqualTo(5));
    assertThat(db.allCalls().stream().filter(c -> !c.equals("info"))).containsExactly("cluster");
    assertThat(db.rows("SELECT major_version FROM btrdb.server_info")).containsExactly(List.of(5));
    assertThat(db.allCalls()).containsOnly("info");
    assertThat(db.rows("SELECT healthy FROM btrdb.server_info")).containsExactly(List.of(true));
    assertThat(db.allCalls().stream().filter(c -> !c.equals("info"))).containsExactly("cluster");
  }

  @Test
  void informationSchemaIsAboutCollectionsAndStreams() {
    assertThat(
            db.rows(
                "SELECT schema_name FROM INFORMATION_SCHEMA.SCHEMATA WHERE schema_name LIKE"
                    + " 'sun%' ORDER BY 1"))
        .containsExactly(List.of("sunshine/PMU1"), List.of("sunshine/PMU10"));
    assertThat(
            db.rows(
                "SELECT table_name, tables.table_type FROM information_schema.tables WHERE"
                    + " table_schema = 'sunshine/PMU1' ORDER BY table_name"))
        .containsExactly(List.of("L1ANG", "BASE TABLE"), List.of("L1MAG", "BASE TABLE"));
    assertThat(
            db.rows(
                "SELECT c.column_name, c.data_type, datetime_precision FROM"
                    + " information_schema.columns AS c JOIN INFORMATION_SCHEMA.TABLES AS t ON"
                    + " c.table_name = t.table_name AND c.table_schema = t.table_schema WHERE"
                    + " t.table_name = 'FREQ' ORDER BY c.ordinal_position"))
        .isEqualTo(
            List.of(List.of("time", "TIMESTAMP", 9), Arrays.asList("value", "DOUBLE", null)));
    assertThat(db.rows("SELECT COUNT(*) FROM (SELECT * FROM information_schema.columns)"))
        .containsExactly(List.of(10L));
  }

  @Test
  void informationSchemaIsReadOnlyAndHasNoOtherTables() {
    for (String sql :
        List.of(
            "SELECT * FROM information_schema.triggers",
            "INSERT INTO information_schema.tables VALUES (1, 2, 3, 4)")) {
      assertThatExceptionOfType(SqlRefusal.class)
          .isThrownBy(() -> db.rows(sql))
          .satisfies(e -> assertThat(e.getMessage()).contains("information_schema"))
          .satisfies(e -> assertThat(e.getMessage()).doesNotContain("\n"));
    }
  }
}
