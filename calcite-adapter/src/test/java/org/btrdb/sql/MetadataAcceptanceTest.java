package org.btrdb.sql;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.UUID;
import java.util.stream.Collectors;
import org.btrdb.client.CallScope;
import org.btrdb.client.batch.PointBatch;
import org.btrdb.client.model.MergePolicy;
import org.btrdb.client.model.NewStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The statements about metadata as they were promised, with the calls that stand beside them. */
class MetadataAcceptanceTest {
  private static final UUID FREQ = UUID.fromString("07d28a44-4991-492d-b9c5-2d8cec5aa6d4");
  private static final long HOUR = 3_600_000_000_000L;

  private final TestBtrdb db = new TestBtrdb();
  private final List<NewStream> streams = new ArrayList<>();

  /** The newest point of each stream that has one. */
  private final Map<UUID, Long> latest = new HashMap<>();

  @BeforeEach
  void fill() {
    for (String device : List.of("sunshine/PMU1", "sunshine/PMU3", "sunshine/PMU10", "sunshine")) {
      for (String phase : List.of("L1", "L2", "L3", "C1", "C2", "C3")) {
        String unit = phase.startsWith("L") ? "volts" : "amps";
        stream(UUID.randomUUID(), device, Map.of("name", phase + "MAG", "unit", unit));
        stream(UUID.randomUUID(), device, Map.of("name", phase + "ANG", "unit", "deg"));
      }
      stream(UUID.randomUUID(), device, Map.of("name", "LSTATE"));
    }
    stream(FREQ, "USEAST_NOC1/90807", Map.of("name", "FREQ", "unit", "hertz"));
    stream(UUID.randomUUID(), "USEAST_NOC1/90807", Map.of("name", "DFDT"));
    stream(UUID.randomUUID(), "USEAST_NOC1/90808", Map.of("unit", "volts"));
    stream(UUID.randomUUID(), "USEAST_NOC1/90809", Map.of("name", "empty"));
    stream(UUID.randomUUID(), "USEASTXNOC1/90807", Map.of("name", "FREQ", "unit", "volts"));
    long now = System.currentTimeMillis() * 1_000_000;
    for (int i = 0; i < streams.size(); i++) {
      NewStream stream = streams.get(i);
      if (!stream.tags().getOrDefault("name", "").equals("empty")) {
        long last = now - (i % 3) * (2 * HOUR) - 1_000L * i;
        db.btrdb()
            .insert(
                stream.uuid(),
                PointBatch.of(new long[] {last - 5, last}, new double[] {1, i}),
                MergePolicy.NEVER,
                CallScope.unbounded());
        latest.put(stream.uuid(), last);
      }
    }
  }

  private void stream(UUID uuid, String collection, Map<String, String> tags) {
    NewStream stream = new NewStream(uuid, collection, tags, Map.of("state", "VT"));
    db.btrdb().create(stream, CallScope.unbounded());
    streams.add(stream);
  }

  @AfterEach
  void close() {
    db.close();
  }

  private List<List<@Nullable Object>> answer(String number, String... calls) throws IOException {
    List<List<@Nullable Object>> rows = db.rows(AcceptanceStatement.sql(number));
    assertThat(db.allCalls()).as(number).containsExactlyInAnyOrder(calls);
    return rows;
  }

  private static String[] calls(String first, int times, String each) {
    List<String> calls = new ArrayList<>(Collections.nCopies(times, each));
    calls.add(first);
    return calls.toArray(String[]::new);
  }

  private List<NewStream> in(String collection) {
    return streams.stream().filter(s -> s.collection().equals(collection)).toList();
  }

  private List<NewStream> under(String prefix) {
    return streams.stream().filter(s -> s.collection().startsWith(prefix)).toList();
  }

  private static @Nullable String tag(NewStream stream, String key) {
    return stream.tags().get(key);
  }

  @Test
  void q01CollectionsUnderAPrefix() throws IOException {
    assertThat(answer("Q01", "collections"))
        .containsExactly(
            List.of("sunshine/PMU1"), List.of("sunshine/PMU10"), List.of("sunshine/PMU3"));
  }

  @Test
  void q02StreamsOfOneCollection() throws IOException {
    assertThat(answer("Q02", "lookup"))
        .hasSize(13)
        .isEqualTo(
            in("sunshine/PMU3").stream()
                .sorted(Comparator.comparing(s -> String.valueOf(tag(s, "name"))))
                .map(s -> Arrays.<@Nullable Object>asList(tag(s, "name"), tag(s, "unit"), s.uuid()))
                .toList());
  }

  @Test
  void q03StreamsPerUnit() throws IOException {
    Map<String, List<NewStream>> byUnit =
        under("sunshine/").stream()
            .collect(
                Collectors.groupingBy(
                    s -> String.valueOf(tag(s, "unit")), TreeMap::new, Collectors.toList()));
    List<List<@Nullable Object>> rows = answer("Q03", "lookup");
    assertThat(rows).hasSize(4);
    for (List<@Nullable Object> row : rows) {
      List<NewStream> of = byUnit.get(String.valueOf(row.get(0)));
      assertThat(row.get(1)).isEqualTo((long) Objects.requireNonNull(of).size());
      assertThat(row.get(2)).isEqualTo(3L);
    }
    assertThat(rows.stream().map(row -> (Long) Objects.requireNonNull(row.get(1))))
        .isSortedAccordingTo(Comparator.reverseOrder());
  }

  @Test
  void q04StreamsByTag() throws IOException {
    assertThat(answer("Q04", "lookup"))
        .hasSize(9)
        .containsExactlyInAnyOrderElementsOf(
            under("sunshine/").stream()
                .filter(s -> "volts".equals(tag(s, "unit")))
                .map(s -> Arrays.<@Nullable Object>asList(s.collection(), tag(s, "name"), s.uuid()))
                .toList());
  }

  @Test
  void q06StreamsThatLackANameOrAUnit() throws IOException {
    assertThat(answer("Q06", "lookup"))
        .hasSize(7)
        .containsExactlyInAnyOrderElementsOf(
            streams.stream()
                .filter(s -> tag(s, "name") == null || tag(s, "unit") == null)
                .map(s -> Arrays.<@Nullable Object>asList(s.uuid(), s.collection()))
                .toList());
  }

  @Test
  void q07KeysInUse() throws IOException {
    long all = under("sunshine").size();
    List<List<@Nullable Object>> rows = answer("Q07", "metadataUsage");
    assertThat(rows).contains(List.of("annotation", "state", all), List.of("tag", "name", all));
    assertThat(rows.stream().map(row -> (Long) Objects.requireNonNull(row.get(2))))
        .isSortedAccordingTo(Comparator.reverseOrder());
  }

  @Test
  void q09ServerAndCluster() throws IOException {
    db.rows(AcceptanceStatement.sql("Q09"));
    // What the server is was asked at connect.
    assertThat(db.allCalls().stream().filter(c -> !c.equals("info"))).containsExactly("cluster");
  }

  @Test
  void q11OneStreamByUuid() throws IOException {
    assertThat(answer("Q11", "stream"))
        .containsExactly(List.of("USEAST_NOC1/90807", "FREQ", "hertz", 1L));
  }

  /** One call for each stream whose collection may match, as {@code _} is a wildcard. */
  @Test
  void q47StreamsSilentForAnHour() throws IOException {
    List<NewStream> looked = under("USEAST");
    long hourAgo = System.currentTimeMillis() * 1_000_000 - HOUR;
    List<List<@Nullable Object>> rows = answer("Q47", calls("lookup", 5, "nearest"));
    assertThat(looked).hasSize(5);
    assertThat(rows)
        .containsExactlyElementsOf(
            looked.stream()
                .filter(s -> latest.getOrDefault(s.uuid(), Long.MIN_VALUE) < hourAgo)
                .sorted(Comparator.comparing(s -> latest.getOrDefault(s.uuid(), Long.MAX_VALUE)))
                .map(
                    s ->
                        Arrays.<@Nullable Object>asList(
                            s.collection(), tag(s, "name"), latest.get(s.uuid())))
                .toList());
  }

  @Test
  void q77CurrentVersionsOfACollection() throws IOException {
    assertThat(answer("Q77", calls("lookup", 13, "version")))
        .containsExactlyInAnyOrderElementsOf(
            in("sunshine/PMU3").stream()
                .map(s -> Arrays.<@Nullable Object>asList(tag(s, "name"), 10L, 2L))
                .toList());
  }
}
