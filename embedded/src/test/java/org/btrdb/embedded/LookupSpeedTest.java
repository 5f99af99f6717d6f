package org.btrdb.embedded;

import static org.assertj.core.api.Assertions.assertThat;
import static org.btrdb.embedded.Fixture.SCOPE;

import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.UUID;
import org.btrdb.client.Btrdb;
import org.btrdb.client.model.NewStream;
import org.btrdb.client.model.StreamDescriptor;
import org.btrdb.client.model.StreamQuery;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** A name or a tag among 100,000 streams is found without looking at the others. */
@Tag("long")
class LookupSpeedTest {
  private static final int COLLECTIONS = 5_000;
  private static final int NAMES = 20;
  private static final int LOOKUPS = 2_000;

  @Test
  void lookupsDoNotScan() {
    long seed = new Random().nextLong();
    Random random = new Random(seed);
    try (Btrdb btrdb = Fixture.memory()) {
      long begun = System.nanoTime();
      for (int i = 0; i < COLLECTIONS * NAMES; i++) {
        Map<String, String> tags =
            Map.of("name", "n" + i % NAMES, "unit", "volts", "distiller", "d" + i / NAMES);
        btrdb.create(
            new NewStream(UUID.randomUUID(), "grid/sensor" + i / NAMES, tags, Map.of()), SCOPE);
      }
      report("create", begun, COLLECTIONS * NAMES);
      for (int round = 0; round < 2; round++) {
        begun = System.nanoTime();
        for (int i = 0; i < LOOKUPS; i++) {
          String collection = "grid/sensor" + random.nextInt(COLLECTIONS);
          assertThat(find(btrdb, StreamQuery.inCollection(collection).withTag("name", "n7")))
              .hasSize(1);
        }
        long named = report("collection and name", begun, LOOKUPS);
        begun = System.nanoTime();
        for (int i = 0; i < LOOKUPS; i++) {
          String distiller = "d" + random.nextInt(COLLECTIONS);
          assertThat(find(btrdb, StreamQuery.underPrefix("").withTag("distiller", distiller)))
              .hasSize(NAMES);
        }
        long tagged = report("tag with 20 streams", begun, LOOKUPS);
        begun = System.nanoTime();
        assertThat(find(btrdb, StreamQuery.underPrefix("grid"))).hasSize(COLLECTIONS * NAMES);
        long scan = report("scan", begun, 1);
        assertThat(named * 50).as("seed %s", seed).isLessThan(scan);
        assertThat(tagged * 20).as("seed %s", seed).isLessThan(scan);
      }
    }
  }

  private static List<StreamDescriptor> find(Btrdb btrdb, StreamQuery query) {
    return Fixture.all(btrdb.lookup(query, SCOPE));
  }

  private static long report(String what, long begun, int times) {
    long nanos = (System.nanoTime() - begun) / times;
    System.out.printf(java.util.Locale.ROOT, "%s: %.1f us each%n", what, nanos / 1e3);
    return nanos;
  }
}
