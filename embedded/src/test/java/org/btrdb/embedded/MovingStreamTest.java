package org.btrdb.embedded;

import static org.assertj.core.api.Assertions.assertThat;
import static org.btrdb.embedded.Fixture.SCOPE;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.btrdb.client.model.MetadataChange;
import org.btrdb.client.model.NewStream;
import org.btrdb.client.model.StreamDescriptor;
import org.btrdb.client.model.StreamQuery;
import org.btrdb.embedded.meta.MetadataEdit;
import org.btrdb.embedded.meta.StreamSearch;
import org.btrdb.embedded.store.Store;
import org.junit.jupiter.api.Test;

/** Searches that go on while streams change. */
class MovingStreamTest {
  private static final int STREAMS = 5;

  @Test
  void streamThatMovesAheadOfASearchIsToldOnce() {
    Engine engine = Engine.open(Store.inMemory("moving"));
    for (int i = 0; i < STREAMS; i++) {
      engine.create(new NewStream(new UUID(1, i), "c" + i, Map.of("name", "n"), Map.of()));
    }
    StreamSearch search = engine.index().search(StreamQuery.underPrefix("c"));
    List<UUID> told = new ArrayList<>();
    for (int step = 0; !search.atEnd(); step++) {
      search.next(1).stream().map(StreamDescriptor::uuid).forEach(told::add);
      MetadataChange nothing = MetadataChange.setting(Map.of());
      engine.edit(new UUID(1, 0), MetadataEdit.tags(0, "c7" + Math.min(step, 8), nothing));
    }
    assertThat(told).doesNotHaveDuplicates().hasSize(STREAMS);
    engine.close();
  }

  /** However much is to be told, no part of an answer is much of it. */
  @Test
  void partsOfAnswersAreBoundedByWhatStreamsHold() {
    try (var btrdb = Fixture.memory()) {
      for (int i = 0; i < STREAMS; i++) {
        UUID uuid = new UUID(2, i);
        btrdb.create(new NewStream(uuid, "large", Map.of("name", "n" + i), large()), SCOPE);
      }
      int parts = 0;
      int streams = 0;
      try (var cursor = btrdb.lookup(StreamQuery.inCollection("large"), SCOPE)) {
        while (cursor.next()) {
          parts++;
          assertThat(cursor.current().size()).isLessThanOrEqualTo(2);
          streams += cursor.current().size();
        }
      }
      assertThat(streams).isEqualTo(STREAMS);
      assertThat(parts).isEqualTo(3);
    }
  }

  private static Map<String, String> large() {
    Map<String, String> annotations = new java.util.HashMap<>();
    for (int i = 0; i < 2500; i++) {
      annotations.put("k" + i, "v".repeat(250));
    }
    return annotations;
  }
}
