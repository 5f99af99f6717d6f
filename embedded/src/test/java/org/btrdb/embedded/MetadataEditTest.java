package org.btrdb.embedded;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.btrdb.embedded.Fixture.SCOPE;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.UUID;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.btrdb.client.Btrdb;
import org.btrdb.client.error.BtrdbException;
import org.btrdb.client.error.ErrorCode;
import org.btrdb.client.model.ClusterState;
import org.btrdb.client.model.MetadataChange;
import org.btrdb.client.model.MetadataUsage;
import org.btrdb.client.model.NewStream;
import org.btrdb.client.model.StreamDescriptor;
import org.btrdb.client.model.StreamQuery;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Edits of tags, collections and annotations, and what the indexes find after them. */
class MetadataEditTest {
  private static final MetadataChange NOTHING = MetadataChange.setting(Map.of());

  @TempDir Path directory;

  @Test
  void case32AnnotationsAreSetAndRemoved() {
    try (Btrdb btrdb = Fixture.memory()) {
      UUID uuid = UUID.randomUUID();
      btrdb.create(new NewStream(uuid, "edits", Map.of("name", "s"), Map.of("foo", "bar")), SCOPE);
      assertThat(describe(btrdb, uuid).propertyVersion()).isEqualTo(1);
      btrdb.setAnnotations(
          uuid, 1, MetadataChange.setting(Map.of("foo", "baz", "two", "2")), SCOPE);
      assertThat(describe(btrdb, uuid).annotations()).isEqualTo(Map.of("foo", "baz", "two", "2"));
      btrdb.setAnnotations(
          uuid, 2, new MetadataChange(Map.of(), Set.of("foo", "two", "three")), SCOPE);
      assertThat(describe(btrdb, uuid).annotations()).isEmpty();
      assertThat(describe(btrdb, uuid).propertyVersion()).isEqualTo(3);
      btrdb.setAnnotations(uuid, 0, NOTHING, SCOPE);
      btrdb.setTags(uuid, 0, null, NOTHING, SCOPE);
      assertThat(describe(btrdb, uuid).propertyVersion()).isEqualTo(5);
    }
  }

  @Test
  void editsOfAnotherPropertyVersionAreRefusedWhole() {
    try (Btrdb btrdb = Fixture.memory()) {
      UUID uuid = Fixture.create(btrdb, "edits", "s");
      StreamDescriptor before = describe(btrdb, uuid);
      assertFails(
          ErrorCode.CONCURRENT_CHANGE,
          () -> btrdb.setAnnotations(uuid, 2, MetadataChange.setting(Map.of("a", "b")), SCOPE));
      assertFails(
          ErrorCode.CONCURRENT_CHANGE, () -> btrdb.setTags(uuid, 2, "else", NOTHING, SCOPE));
      assertThat(describe(btrdb, uuid)).isEqualTo(before);
    }
  }

  @Test
  void namesOutsideTheRulesAreRefusedWhole() {
    try (Btrdb btrdb = Fixture.memory()) {
      UUID uuid = Fixture.create(btrdb, "edits", "s");
      StreamDescriptor before = describe(btrdb, uuid);
      assertFails(ErrorCode.INVALID_NAME, () -> btrdb.setTags(uuid, 0, "", NOTHING, SCOPE));
      assertFails(ErrorCode.INVALID_NAME, () -> btrdb.setTags(uuid, 0, "a\0", NOTHING, SCOPE));
      for (MetadataChange change :
          List.of(
              MetadataChange.setting(Map.of("colour", "red")),
              MetadataChange.setting(Map.of("unit", "x".repeat(256))),
              new MetadataChange(Map.of(), Set.of("colour")))) {
        assertFails(ErrorCode.INVALID_NAME, () -> btrdb.setTags(uuid, 0, "b", change, SCOPE));
      }
      for (MetadataChange change :
          List.of(
              MetadataChange.setting(Map.of("Upper", "x")),
              MetadataChange.setting(Map.of("a", "\uD83D")),
              new MetadataChange(Map.of(), Set.of("-")))) {
        assertFails(ErrorCode.INVALID_NAME, () -> btrdb.setAnnotations(uuid, 0, change, SCOPE));
      }
      assertFails(
          ErrorCode.INVALID_ARGUMENT,
          () ->
              btrdb.setAnnotations(
                  uuid, 0, new MetadataChange(Map.of("a", "b"), Set.of("a")), SCOPE));
      assertThat(describe(btrdb, uuid)).isEqualTo(before);
      assertFails(
          ErrorCode.NO_SUCH_STREAM,
          () -> btrdb.setTags(UUID.randomUUID(), 0, null, NOTHING, SCOPE));
    }
  }

  /** Longer texts than an error should have are told by their beginning. */
  @Test
  void refusalsAreShort() {
    try (Btrdb btrdb = Fixture.memory()) {
      for (String name : List.of("x".repeat(1_000_000), "\uD83D\uDE00".repeat(500_000) + '\0')) {
        assertThatThrownBy(
                () -> btrdb.create(new NewStream(new UUID(1, 1), name, Map.of(), Map.of()), SCOPE))
            .isInstanceOf(BtrdbException.class)
            .satisfies(e -> assertThat(String.valueOf(e.getMessage())).hasSizeLessThan(100));
      }
    }
  }

  @Test
  void annotationsAreBoundedInAll() {
    try (Btrdb btrdb = Fixture.memory()) {
      Map<String, String> most = new HashMap<>();
      for (int i = 0; i < 1024; i++) {
        most.put(String.format(Locale.ROOT, "k%07d", i), "v".repeat(250)); // and 16: 274 each
      }
      int more = ((1 << 20) - 274 * 1024) / 274;
      for (int i = 0; i < more; i++) {
        most.put(String.format(Locale.ROOT, "l%07d", i), "v".repeat(250));
      }
      UUID uuid = UUID.randomUUID();
      btrdb.create(new NewStream(uuid, "edits", Map.of("name", "s"), most), SCOPE);
      MetadataChange oneMore = MetadataChange.setting(Map.of("m0000000", "v".repeat(250)));
      assertFails(ErrorCode.TOO_LARGE, () -> btrdb.setAnnotations(uuid, 0, oneMore, SCOPE));
      btrdb.setAnnotations(uuid, 0, new MetadataChange(Map.of(), Set.of("k0000000")), SCOPE);
      btrdb.setAnnotations(uuid, 0, oneMore, SCOPE);
      most.putAll(oneMore.changes());
      NewStream tooMuch = new NewStream(UUID.randomUUID(), "edits", Map.of("name", "t"), most);
      assertFails(ErrorCode.TOO_LARGE, () -> btrdb.create(tooMuch, SCOPE));
    }
  }

  @Test
  void searchesForKeysThatCannotExistAreRefused() {
    try (Btrdb btrdb = Fixture.memory()) {
      StreamQuery all = StreamQuery.underPrefix("");
      assertFails(ErrorCode.INVALID_NAME, () -> btrdb.lookup(all.withTag("colour", "red"), SCOPE));
      StreamQuery upper = new StreamQuery("", true, Map.of(), Map.of("A", Optional.empty()));
      assertFails(ErrorCode.INVALID_NAME, () -> btrdb.lookup(upper, SCOPE));
    }
  }

  @Test
  void movesOntoAnotherStreamAreRefused() {
    try (Btrdb btrdb = Fixture.memory()) {
      UUID uuid = Fixture.create(btrdb, "here", "s");
      Fixture.create(btrdb, "there", "s");
      Fixture.create(btrdb, "here", "t");
      assertFails(ErrorCode.STREAM_EXISTS, () -> btrdb.setTags(uuid, 0, "there", NOTHING, SCOPE));
      assertFails(
          ErrorCode.STREAM_EXISTS,
          () -> btrdb.setTags(uuid, 0, null, MetadataChange.setting(Map.of("name", "t")), SCOPE));
      assertThat(describe(btrdb, uuid).propertyVersion()).isEqualTo(1);
      btrdb.setTags(uuid, 0, "there", MetadataChange.setting(Map.of("name", "u")), SCOPE);
      Fixture.create(btrdb, "here", "s"); // its old place is free
    }
  }

  @Test
  void movingTheLastStreamMovesTheCollection() {
    try (Btrdb btrdb = Fixture.memory()) {
      UUID uuid = Fixture.create(btrdb, "a/old", "s");
      btrdb.setTags(uuid, 1, "a/new", NOTHING, SCOPE);
      assertThat(Fixture.all(btrdb.collections("a/", SCOPE))).containsExactly("a/new");
    }
  }

  /** Creates, edits and obliterates at random, reopens now and then, and asks every index. */
  @Test
  void randomHistoryAgreesWithBruteForce() {
    long seed = new Random().nextLong();
    Random random = new Random(seed);
    Map<UUID, StreamDescriptor> model = new HashMap<>();
    Set<UUID> gone = new TreeSet<>();
    Btrdb btrdb = Fixture.directory(directory);
    try {
      for (int step = 0; step < 400; step++) {
        if (random.nextInt(40) == 0) {
          btrdb.close();
          btrdb = Fixture.directory(directory);
        }
        change(btrdb, model, gone, random);
        if (step % 10 == 9) {
          compare(btrdb, model, gone, random);
        }
      }
    } catch (RuntimeException | AssertionError e) {
      throw new AssertionError("seed " + seed, e);
    } finally {
      btrdb.close();
    }
  }

  private static void change(
      Btrdb btrdb, Map<UUID, StreamDescriptor> model, Set<UUID> gone, Random random) {
    if (model.isEmpty() || random.nextInt(3) == 0) {
      UUID uuid = UUID.randomUUID();
      Map<String, String> tags = tags(random);
      StreamDescriptor made =
          new StreamDescriptor(uuid, collection(random), allTags(tags), annotations(random), 1);
      NewStream stream = new NewStream(uuid, made.collection(), tags, made.annotations());
      if (isTaken(made, model)) {
        assertFails(ErrorCode.STREAM_EXISTS, () -> btrdb.create(stream, SCOPE));
      } else {
        btrdb.create(stream, SCOPE);
        model.put(uuid, made);
      }
      return;
    }
    List<UUID> uuids = new ArrayList<>(new TreeSet<>(model.keySet()));
    StreamDescriptor old =
        Objects.requireNonNull(model.get(uuids.get(random.nextInt(uuids.size()))));
    UUID uuid = old.uuid();
    if (random.nextInt(6) == 0) {
      btrdb.obliterate(uuid, SCOPE);
      model.remove(uuid);
      gone.add(uuid);
    } else if (random.nextInt(3) == 0) {
      Map<String, String> changes = annotations(random);
      Map<String, String> edited = new HashMap<>(old.annotations());
      edited.putAll(changes);
      edited.remove("kept");
      Map<String, String> set = new HashMap<>(changes);
      set.remove("kept");
      btrdb.setAnnotations(
          uuid, old.propertyVersion(), new MetadataChange(set, Set.of("kept")), SCOPE);
      model.put(uuid, with(old, old.collection(), old.tags(), edited));
    } else {
      String to = random.nextBoolean() ? null : collection(random);
      Map<String, String> changes = tags(random);
      Set<String> removals = changes.containsKey("unit") ? Set.of() : Set.of("unit");
      Map<String, String> edited = new HashMap<>(old.tags());
      edited.putAll(changes);
      removals.forEach(tag -> edited.put(tag, ""));
      String collection = to == null ? old.collection() : to;
      StreamDescriptor next = with(old, collection, edited, old.annotations());
      MetadataChange change = new MetadataChange(changes, removals);
      if (isTaken(next, model)) {
        assertFails(ErrorCode.STREAM_EXISTS, () -> btrdb.setTags(uuid, 0, to, change, SCOPE));
      } else {
        btrdb.setTags(uuid, old.propertyVersion(), to, change, SCOPE);
        model.put(uuid, next);
      }
    }
  }

  private static StreamDescriptor with(
      StreamDescriptor old,
      String collection,
      Map<String, String> tags,
      Map<String, String> annotations) {
    return new StreamDescriptor(
        old.uuid(), collection, tags, annotations, old.propertyVersion() + 1);
  }

  private static boolean isTaken(StreamDescriptor wanted, Map<UUID, StreamDescriptor> model) {
    return model.values().stream()
        .anyMatch(
            other ->
                !other.uuid().equals(wanted.uuid())
                    && other.collection().equals(wanted.collection())
                    && other.tags().equals(wanted.tags()));
  }

  private static String collection(Random random) {
    return List.of("a", "a/b", "ab", "b", "a/b/c").get(random.nextInt(5));
  }

  private static Map<String, String> tags(Random random) {
    Map<String, String> tags = new HashMap<>();
    tags.put("name", "n" + random.nextInt(6));
    if (random.nextBoolean()) {
      tags.put("unit", List.of("volts", "amps", "").get(random.nextInt(3)));
    }
    if (random.nextInt(4) == 0) {
      tags.put("distiller", "d" + random.nextInt(2));
    }
    return tags;
  }

  private static Map<String, String> allTags(Map<String, String> tags) {
    Map<String, String> all = new HashMap<>(tags);
    List.of("name", "unit", "ingress", "distiller").forEach(tag -> all.putIfAbsent(tag, ""));
    return all;
  }

  private static Map<String, String> annotations(Random random) {
    return random.nextBoolean()
        ? Map.of()
        : Map.of("phase", random.nextBoolean() ? "a" : "b", "kept", "x");
  }

  private static void compare(
      Btrdb btrdb, Map<UUID, StreamDescriptor> model, Set<UUID> gone, Random random) {
    model.forEach((uuid, stream) -> assertThat(describe(btrdb, uuid)).isEqualTo(stream));
    for (UUID uuid : gone) {
      assertThat(btrdb.stream(uuid, SCOPE)).isEmpty();
      assertFails(
          ErrorCode.UUID_REUSED,
          () -> btrdb.create(new NewStream(uuid, "again", Map.of(), Map.of()), SCOPE));
    }
    String prefix = List.of("", "a", "a/b", "b").get(random.nextInt(4));
    assertThat(Fixture.all(btrdb.collections(prefix, SCOPE)))
        .containsExactlyElementsOf(
            new TreeSet<>(
                model.values().stream()
                    .map(StreamDescriptor::collection)
                    .filter(c -> c.startsWith(prefix))
                    .toList()));
    for (boolean isPrefix : new boolean[] {true, false}) {
      Map<String, Optional<String>> wanted = new HashMap<>();
      tags(random).forEach((key, value) -> wanted.put(key, Optional.of(value)));
      if (random.nextBoolean()) {
        wanted.remove("name");
      }
      StreamQuery query = new StreamQuery(prefix, isPrefix, wanted, Map.of());
      assertThat(Fixture.all(btrdb.lookup(query, SCOPE)))
          .as("%s", query)
          .containsExactlyInAnyOrderElementsOf(
              model.values().stream().filter(s -> matches(s, query)).toList());
    }
    compareUsage(btrdb.metadataUsage(prefix, SCOPE), prefix, model);
  }

  private static boolean matches(StreamDescriptor stream, StreamQuery query) {
    boolean inside =
        query.isPrefix()
            ? stream.collection().startsWith(query.collection())
            : stream.collection().equals(query.collection());
    return inside
        && query.tags().entrySet().stream()
            .allMatch(e -> e.getValue().equals(Optional.ofNullable(stream.tags().get(e.getKey()))));
  }

  private static void compareUsage(
      MetadataUsage usage, String prefix, Map<UUID, StreamDescriptor> model) {
    Map<String, Long> tags =
        new TreeMap<>(Map.of("name", 0L, "unit", 0L, "ingress", 0L, "distiller", 0L));
    Map<String, Long> annotations = new TreeMap<>();
    for (StreamDescriptor stream : model.values()) {
      if (stream.collection().startsWith(prefix)) {
        stream.tags().forEach((k, v) -> tags.merge(k, v.isEmpty() ? 0L : 1L, Long::sum));
        stream.annotations().forEach((k, v) -> annotations.merge(k, 1L, Long::sum));
      }
    }
    assertThat(usage).isEqualTo(new MetadataUsage(tags, annotations));
  }

  @Test
  void oneMemberOwnsAllStreams() {
    try (Btrdb btrdb = Fixture.memory()) {
      ClusterState cluster = btrdb.cluster(SCOPE);
      assertThat(cluster.healthy()).isTrue();
      assertThat(cluster.members()).hasSize(1);
      assertThat(cluster.members().get(0).startHash()).isZero();
      assertThat(cluster.members().get(0).endHash()).isEqualTo(1L << 32);
      assertThat(btrdb.capabilities().editableTags()).isTrue();
    }
  }

  private static StreamDescriptor describe(Btrdb btrdb, UUID uuid) {
    return btrdb.stream(uuid, SCOPE).orElseThrow();
  }

  private static void assertFails(ErrorCode code, ThrowingCallable call) {
    assertThatThrownBy(call)
        .isInstanceOf(BtrdbException.class)
        .extracting(e -> ((BtrdbException) e).code())
        .isEqualTo(code);
  }
}
