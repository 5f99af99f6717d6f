package org.btrdb.embedded;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.btrdb.embedded.Fixture.SCOPE;

import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.UUID;
import org.btrdb.client.Btrdb;
import org.btrdb.client.error.BtrdbException;
import org.btrdb.client.error.ErrorCode;
import org.btrdb.client.model.NewStream;
import org.btrdb.client.model.StreamDescriptor;
import org.btrdb.client.model.StreamQuery;
import org.btrdb.embedded.store.Store;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Kills a JVM that edits and obliterates streams, and looks whether all indexes agree. */
class CrashEditTest {
  @TempDir Path directory;

  @Test
  void killedEditorLeavesOneTruthAndNoNodes() throws Exception {
    killRepeatedly(4, new Random().nextLong());
  }

  @Test
  @Tag("long")
  void manyKilledEditorsLeaveOneTruthAndNoNodes() throws Exception {
    killRepeatedly(40, new Random().nextLong());
  }

  private void killRepeatedly(int kills, long seed) throws Exception {
    Random random = new Random(seed);
    Map<Integer, String> last = new HashMap<>();
    int first = 0;
    for (int kill = 0; kill < kills; kill++) {
      int lines = 1 + random.nextInt(14);
      try (ChildJvm child =
          ChildJvm.start(
              CrashEditor.class, List.of(), directory.toString(), Integer.toString(first))) {
        for (int i = 0; i < lines; i++) {
          note(child.readLine(), last);
        }
        child.kill();
        child.remainingLines().forEach(line -> note(line, last));
        child.exitStatus();
      }
      first = last.keySet().stream().mapToInt(i -> i).max().orElse(0) + 2;
      check("seed " + seed + ", kill " + kill, last, first);
    }
    removeAll("seed " + seed);
  }

  private static void note(@Nullable String line, Map<Integer, String> last) {
    assertThat(line).matches("(created|edited|obliterate|obliterated) \\d+");
    String[] words = String.valueOf(line).split(" ", -1);
    last.put(Integer.parseInt(words[1]), words[0]);
  }

  private void check(String what, Map<Integer, String> last, int end) {
    try (Btrdb btrdb = Fixture.directory(directory)) {
      for (int i = 0; i < end; i++) {
        String as = what + ", stream " + i;
        UUID uuid = CrashEditor.uuid(i);
        String step = last.getOrDefault(i, "none");
        StreamDescriptor stream = btrdb.stream(uuid, SCOPE).orElse(null);
        if (step.equals("obliterated")) {
          assertThat(stream).as(as).isNull();
        } else if (!step.equals("obliterate") && !step.equals("none")) {
          assertThat(stream).as(as).isNotNull();
        }
        if (stream == null && step.startsWith("obliterate")) {
          assertGone(btrdb, uuid, as);
        } else if (stream != null) {
          assertOneTruth(btrdb, stream, as);
          assertThat(stream.propertyVersion())
              .as(as)
              .isGreaterThanOrEqualTo(step.equals("none") || step.equals("created") ? 1 : 3);
        }
      }
    }
  }

  private static void assertOneTruth(Btrdb btrdb, StreamDescriptor stream, String as) {
    for (StreamQuery query :
        List.of(
            StreamQuery.inCollection(stream.collection()).withTag("name", stream.name()),
            StreamQuery.underPrefix("").withTag("name", stream.name()))) {
      assertThat(Fixture.all(btrdb.lookup(query, SCOPE))).as(as).containsExactly(stream);
    }
    assertThat(Fixture.all(btrdb.collections(stream.collection(), SCOPE)))
        .as(as)
        .contains(stream.collection());
    boolean moved = stream.propertyVersion() > 1;
    assertThat(stream.collection()).as(as).startsWith(moved ? "moved/" : "new");
    assertThat(stream.unit()).as(as).isEqualTo(moved ? "volts" : "");
    assertThat(stream.annotations())
        .as(as)
        .isEqualTo(stream.propertyVersion() > 2 ? Map.of("a", "b") : Map.of());
  }

  private static void assertGone(Btrdb btrdb, UUID uuid, String as) {
    assertThatThrownBy(() -> btrdb.create(new NewStream(uuid, "again", Map.of(), Map.of()), SCOPE))
        .as(as)
        .extracting(e -> ((BtrdbException) e).code())
        .isEqualTo(ErrorCode.UUID_REUSED);
  }

  private void removeAll(String what) {
    try (Btrdb btrdb = Fixture.directory(directory)) {
      for (StreamDescriptor stream :
          Fixture.all(btrdb.lookup(StreamQuery.underPrefix(""), SCOPE))) {
        btrdb.obliterate(stream.uuid(), SCOPE);
      }
      assertThat(Fixture.all(btrdb.collections("", SCOPE))).as(what).isEmpty();
    }
    try (Store store = Store.open(directory)) {
      assertThat(store.nodeCount()).as(what).isZero();
    }
  }
}
