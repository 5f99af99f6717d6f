package org.btrdb.embedded;

import static org.assertj.core.api.Assertions.assertThat;
import static org.btrdb.embedded.Fixture.SCOPE;

import java.util.Map;
import java.util.UUID;
import org.btrdb.client.model.NewStream;
import org.btrdb.client.model.StreamQuery;
import org.junit.jupiter.api.Test;

/** Searches that go on while streams change. */
class MovingStreamTest {
  private static final int STREAMS = 5;

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
