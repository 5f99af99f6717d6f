package org.btrdb.sql;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.TreeMap;
import java.util.UUID;
import org.btrdb.client.CallScope;
import org.btrdb.client.batch.PointBatch;
import org.btrdb.client.model.MergePolicy;
import org.btrdb.client.model.NewStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Points of many streams below each other. */
class TallTest {
  private static final long SEED = Long.getLong("seed", new Random().nextLong());

  private final TestBtrdb db = new TestBtrdb();
  private final List<Stream> streams = new ArrayList<>();

  /** What was written. */
  private record Stream(
      UUID uuid,
      String collection,
      @Nullable String name,
      @Nullable String unit,
      PointBatch points) {}

  @AfterEach
  void close() {
    db.close();
  }

  private void stream(
      String collection,
      @Nullable String name,
      @Nullable String unit,
      long[] times,
      double[] values) {
    UUID uuid = UUID.randomUUID();
    Map<String, String> tags = new TreeMap<>();
    if (name != null) {
      tags.put("name", name);
    }
    tags.put("ingress", String.valueOf(streams.size()));
    if (unit != null) {
      tags.put("unit", unit);
    }
    db.btrdb()
        .create(
            new NewStream(uuid, collection, tags, Map.of("place", "at " + collection)),
            CallScope.unbounded());
    db.btrdb().insert(uuid, PointBatch.of(times, values), MergePolicy.NEVER, CallScope.unbounded());
    streams.add(new Stream(uuid, collection, name, unit, PointBatch.of(times, values)));
  }

  private long version(int stream) {
    return db.btrdb().version(streams.get(stream).uuid(), CallScope.unbounded()).major();
  }

  private void twoDevices() {
    stream("sun/PMU1", "V", "volts", new long[] {1, 3, 5}, new double[] {10, 30, 50});
    stream("sun/PMU1", "A", "amps", new long[] {2, 3}, new double[] {2, 3});
    stream("sun/PMU10", "V", "volts", new long[] {4}, new double[] {400});
    stream("sun/PMU10", "A", null, new long[] {}, new double[] {});
  }

  @Test
  void rowsOfACollectionComeStreamAfterStreamOrInTheOrderAskedFor() {
    twoDevices();
    assertThat(
            db.rows(
                "SELECT name, TO_NANOS(time), value FROM tall.\"sun/PMU1\" WHERE time <"
                    + " FROM_NANOS(5) ORDER BY name, time"))
        .containsExactly(
            List.of("A", 2L, 2.0),
            List.of("A", 3L, 3.0),
            List.of("V", 1L, 10.0),
            List.of("V", 3L, 30.0));
    assertThat(db.allCalls()).containsExactly("lookup", "lookup", "raw", "raw");
    assertThat(
            db.rows(
                "SELECT TO_NANOS(time), value FROM tall.\"sun/PMU1\" WHERE time < FROM_NANOS(5)"
                    + " ORDER BY time"))
        .extracting(row -> row.get(0))
        .containsExactly(1L, 2L, 3L, 3L);
    assertThat(
            db.rows(
                "SELECT collection, unit, version, annotations['place'] FROM btrdb.points"
                    + " WHERE collection LIKE 'sun/PMU1%' AND name = 'V' AND time = FROM_NANOS(4)"))
        .containsExactly(List.of("sun/PMU10", "volts", version(2), "at sun/PMU10"));
  }

  @Test
  void conditionsOnStreamsAreAnsweredByTheLookUpOrByTestingWhatItFound() {
    twoDevices();
    String count = "SELECT COUNT(*) FROM btrdb.points WHERE ";
    assertThat(db.rows(count + "collection = 'sun/PMU1'")).containsExactly(List.of(5L));
    assertThat(db.calls()).containsExactly("windows", "windows");
    assertThat(db.rows(count + "unit <> 'volts'")).containsExactly(List.of(2L));
    assertThat(db.calls()).containsExactly("windows");
    assertThat(db.rows(count + "collection LIKE 'sun/PMU_'")).containsExactly(List.of(5L));
    assertThat(db.rows(count + "UPPER(name) = 'V' OR unit = 'amps'")).containsExactly(List.of(6L));
    assertThat(db.rows(count + "tags['unit'] = 'volts' AND annotations['place'] LIKE '%PMU10'"))
        .containsExactly(List.of(1L));
    assertThat(db.rows(count + "collection = ? AND name = ?", "sun/PMU1", "A"))
        .containsExactly(List.of(2L));
    assertThat(db.rows(count + "uuid = '" + streams.get(0).uuid() + "'"))
        .containsExactly(List.of(3L));
    assertThat(db.rows(count + "collection = 'sun/PMU1' AND collection = 'other'"))
        .containsExactly(List.of(0L));
    assertThat(db.allCalls()).isEmpty();
  }

  @Test
  void aggregatesOfGroupsOfStreamsAreCombinedStatistics() {
    twoDevices();
    assertThat(
            db.rows(
                "SELECT unit, COUNT(*), MIN(value), MAX(value), AVG(value), TO_NANOS(MIN(time)),"
                    + " TO_NANOS(MAX(time)) FROM btrdb.points WHERE collection LIKE 'sun/%'"
                    + " GROUP BY unit ORDER BY unit"))
        .containsExactly(
            List.of("amps", 2L, 2.0, 3.0, 2.5, 2L, 3L),
            List.of("volts", 4L, 10.0, 400.0, 122.5, 1L, 5L));
    assertThat(db.calls()).doesNotContain("raw");
    assertThat(
            db.rows(
                "SELECT tags['unit'], TO_NANOS(date_bin(2, time)) AS t, SUM(value) FROM"
                    + " btrdb.points WHERE collection LIKE 'sun/%' AND time >= FROM_NANOS(0) AND"
                    + " time < FROM_NANOS(6) GROUP BY tags['unit'], date_bin(2, time)"
                    + " ORDER BY 1, 2"))
        .containsExactly(
            List.of("amps", 2L, 5.0),
            List.of("volts", 0L, 10.0),
            List.of("volts", 2L, 30.0),
            List.of("volts", 4L, 450.0));
    assertThat(db.rows("SELECT DISTINCT name FROM tall.\"sun/PMU10\""))
        .containsExactly(List.of("V"));
    assertThat(db.rows("SELECT COUNT(*), MAX(value) FROM tall.\"sun/PMU1\" WHERE name = 'none'"))
        .containsExactly(Arrays.asList(0L, null));
  }

  @Test
  void theLatestPointOfEachStreamIsOneNearestEach() {
    twoDevices();
    String latest =
        "SELECT name, unit, TO_NANOS(time) AS t, value FROM tall.\"sun/PMU1\" QUALIFY"
            + " ROW_NUMBER() OVER (PARTITION BY uuid ORDER BY time DESC) = 1";
    assertThat(db.rows(latest))
        .containsExactlyInAnyOrder(List.of("V", "volts", 5L, 50.0), List.of("A", "amps", 3L, 3.0));
    assertThat(db.calls()).containsExactly("nearest", "nearest");
    assertThat(
            db.rows(
                "SELECT name, TO_NANOS(time), version FROM btrdb.points WHERE collection LIKE"
                    + " 'sun/%' AND time < FROM_NANOS(3) QUALIFY ROW_NUMBER() OVER (PARTITION BY"
                    + " collection, uuid ORDER BY time DESC) <= 1"))
        .containsExactlyInAnyOrder(List.of("V", 1L, version(0)), List.of("A", 2L, version(1)));
    assertThat(
            db.rows(
                "SELECT name, TO_NANOS(time) FROM tall.\"sun/PMU1\" QUALIFY ROW_NUMBER() OVER"
                    + " (PARTITION BY uuid ORDER BY time) = 1"))
        .containsExactlyInAnyOrder(List.of("V", 1L), List.of("A", 2L));
    assertThat(db.calls()).containsExactly("nearest", "nearest");
    assertThat(
            db.rows(
                "SELECT name, t FROM (SELECT name, TO_NANOS(time) AS t, value, ROW_NUMBER() OVER"
                    + " (PARTITION BY uuid ORDER BY time DESC) AS rn FROM tall.\"sun/PMU1\")"
                    + " WHERE rn = 1 AND value > 10"))
        .containsExactly(List.of("V", 5L));
    assertThat(db.calls()).containsExactly("nearest", "nearest");
  }

  @Test
  void allPointsOfAllStreamsAreReadOnlyWhenThatIsAskedForByName() {
    twoDevices();
    assertThatThrownBy(() -> db.rows("SELECT * FROM btrdb.points WHERE time > FROM_NANOS(2)"))
        .isInstanceOf(SqlRefusal.class)
        .hasMessageContaining("every stream")
        .hasMessageContaining("fullScan");
    assertThatThrownBy(() -> db.rows("SELECT * FROM btrdb.points WHERE collection LIKE '%'"))
        .isInstanceOf(SqlRefusal.class)
        .hasMessageContaining("every stream");
    assertThatThrownBy(() -> db.rows("SELECT * FROM tall.\"sun/PMU1\""))
        .isInstanceOf(SqlRefusal.class)
        .hasMessageContaining("range of time");
    assertThatThrownBy(() -> db.rows("SELECT COUNT(*) FROM btrdb.points"))
        .isInstanceOf(SqlRefusal.class)
        .hasMessageContaining("would read every stream");
    assertThat(db.rows("SELECT * FROM btrdb.points LIMIT 2")).hasSize(2);
    assertThat(db.rows("SELECT value FROM tall.\"sun/PMU1\" LIMIT 1")).hasSize(1);
    assertThat(db.calls()).containsExactly("raw");
  }

  @Test
  void randomStatementsAgreeWithTheModel() {
    Random random = new Random(SEED);
    String[] names = {"L1", "L2", "FREQ"};
    String[] units = {"volts", "amps", "Hz"};
    for (int i = 0; i < 12; i++) {
      int points = random.nextInt(200);
      long[] times = random.longs(points, -500, 500).sorted().toArray();
      double[] values = random.doubles(points, -10, 10).toArray();
      stream(
          "c/" + random.nextInt(3),
          random.nextInt(6) == 0 ? null : names[random.nextInt(3)],
          random.nextInt(6) == 0 ? null : units[random.nextInt(3)],
          times,
          values);
    }
    for (int i = 0; i < 100; i++) {
      long from = random.nextLong(-600, 600);
      long to = from + random.nextLong(600);
      String unit = units[random.nextInt(3)];
      long width = random.nextLong(1, 300);
      String where =
          " FROM btrdb.points WHERE collection LIKE 'c/%' AND unit = '"
              + unit
              + "' AND time >= FROM_NANOS("
              + from
              + ") AND time < FROM_NANOS("
              + to
              + ")";
      String sql =
          "SELECT name, TO_NANOS(date_bin("
              + width
              + ", time)) AS t, COUNT(*), MIN(value), MAX(value), SUM(value), STDDEV_POP(value)"
              + where
              + " GROUP BY name, date_bin("
              + width
              + ", time) ORDER BY name NULLS FIRST, t";
      Map<List<Object>, List<Double>> expected =
          new TreeMap<>(
              Comparator.<List<Object>, String>comparing(k -> (String) k.get(0))
                  .thenComparing(k -> (Long) k.get(1)));
      List<List<Object>> points = new ArrayList<>();
      for (Stream stream : streams) {
        for (int p = 0; p < stream.points().size(); p++) {
          long time = stream.points().time(p);
          if (unit.equals(stream.unit()) && time >= from && time < to) {
            String name = stream.name() == null ? "" : stream.name();
            expected
                .computeIfAbsent(
                    List.of(name, Math.floorDiv(time, width) * width), k -> new ArrayList<>())
                .add(stream.points().value(p));
            points.add(List.of(stream.collection(), time));
          }
        }
      }
      List<List<@Nullable Object>> rows = db.rows(sql);
      String hint = "seed " + SEED + ": " + sql;
      assertThat(rows).as(hint).hasSize(expected.size());
      int at = 0;
      for (Map.Entry<List<Object>, List<Double>> group : expected.entrySet()) {
        List<@Nullable Object> row = rows.get(at++);
        List<Double> values = group.getValue();
        double mean = values.stream().mapToDouble(v -> v).average().orElseThrow();
        double var =
            values.stream().mapToDouble(v -> (v - mean) * (v - mean)).sum() / values.size();
        assertThat(Objects.requireNonNullElse(row.get(0), ""))
            .as(hint)
            .isEqualTo(group.getKey().get(0));
        assertThat(row.get(1)).as(hint).isEqualTo(group.getKey().get(1));
        assertThat(row.get(2)).as(hint).isEqualTo((long) values.size());
        assertThat(row.get(3))
            .as(hint)
            .isEqualTo(values.stream().min(Double::compare).orElseThrow());
        assertThat(row.get(4))
            .as(hint)
            .isEqualTo(values.stream().max(Double::compare).orElseThrow());
        assertThat((double) Objects.requireNonNull(row.get(5)))
            .as(hint)
            .isCloseTo(values.stream().mapToDouble(v -> v).sum(), within(1e-9));
        assertThat((double) Objects.requireNonNull(row.get(6)))
            .as(hint)
            .isCloseTo(Math.sqrt(var), within(1e-9));
      }
      points.sort(
          Comparator.<List<Object>, String>comparing(k -> (String) k.get(0))
              .reversed()
              .thenComparing(k -> (Long) k.get(1)));
      assertThat(
              db.rows(
                  "SELECT collection, TO_NANOS(time)" + where + " ORDER BY collection DESC, time"))
          .as(hint)
          .isEqualTo(points);
    }
  }
}
