package org.btrdb.client.acceptance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.btrdb.client.acceptance.Workbench.SCOPE;
import static org.btrdb.client.acceptance.Workbench.all;
import static org.btrdb.client.acceptance.Workbench.ifSupported;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.btrdb.client.Cursor;
import org.btrdb.client.error.ErrorCode;
import org.btrdb.client.model.MetadataChange;
import org.btrdb.client.model.MetadataUsage;
import org.btrdb.client.model.NewStream;
import org.btrdb.client.model.StreamDescriptor;
import org.btrdb.client.model.StreamQuery;
import org.junit.jupiter.api.Test;

/** What is promised of collections, streams, tags and annotations. */
interface CataloguePromises extends Endpoint {

  private List<UUID> found(StreamQuery query) {
    return all(bench().btrdb().lookup(query, SCOPE)).stream().map(StreamDescriptor::uuid).toList();
  }

  private List<String> collections(String prefix) {
    String all = bench().prefix();
    return all(bench().btrdb().collections(all + prefix, SCOPE)).stream()
        .map(name -> name.substring(all.length()))
        .toList();
  }

  @Test
  default void collectionsComeInByteOrderOfTheirNames() {
    for (String name : List.of("a", "a/b", "a-b", "a.b", "ab", "b", "\u00e4", "a b", "A", "a0")) {
      bench().stream(name, Map.of("name", "x"), Map.of());
    }
    assertThat(collections(""))
        .containsExactly("A", "a", "a b", "a-b", "a.b", "a/b", "a0", "ab", "b", "\u00e4");
    assertThat(collections("a/")).containsExactly("a/b");
    assertThat(collections("a")).containsExactly("a", "a b", "a-b", "a.b", "a/b", "a0", "ab");
    assertThat(collections("c")).isEmpty();
  }

  @Test
  default void theEndStaysTheEnd() {
    bench().stream("end", Map.of("name", "x"), Map.of());
    String end = bench().prefix() + "end";
    for (Cursor<?> cursor :
        List.of(
            bench().btrdb().collections(end, SCOPE),
            bench().btrdb().lookup(StreamQuery.inCollection(end), SCOPE),
            bench().btrdb().collections(end + "less", SCOPE))) {
      try (cursor) {
        int parts = 0;
        while (cursor.next()) {
          parts++;
        }
        assertThat(parts).isLessThan(3);
        assertThat(cursor.next()).isFalse();
        assertThat(cursor.next()).isFalse();
      }
    }
  }

  @Test
  default void exactCollectionsAreExactAndPrefixesAreOfCharacters() {
    UUID own = bench().stream("lk", Map.of("name", "x"), Map.of());
    UUID below = bench().stream("lk/a", Map.of("name", "x"), Map.of("note", "hi"));
    UUID beside = bench().stream("lkx", Map.of("name", "y"), Map.of("note", ""));
    String lk = bench().prefix() + "lk";
    assertThat(found(StreamQuery.inCollection(lk))).containsExactly(own);
    assertThat(found(StreamQuery.inCollection(lk).withTag("name", "x"))).containsExactly(own);
    assertThat(found(StreamQuery.inCollection(lk + "/"))).isEmpty();
    assertThat(found(StreamQuery.underPrefix(lk))).containsExactlyInAnyOrder(own, below, beside);
    assertThat(found(StreamQuery.underPrefix(lk + "/"))).containsExactly(below);
    assertThat(found(StreamQuery.underPrefix(lk + "/n"))).isEmpty();
    assertThat(found(StreamQuery.underPrefix(lk).withTag("name", "x")))
        .containsExactlyInAnyOrder(own, below);
    assertThat(found(StreamQuery.underPrefix(lk).withTag("name", "X"))).isEmpty();
    assertThat(found(StreamQuery.underPrefix(lk).withTag("name", ""))).isEmpty();
    assertThat(found(new StreamQuery(lk, true, Map.of(), Map.of("note", Optional.empty()))))
        .containsExactlyInAnyOrder(below, beside);
    assertThat(found(new StreamQuery(lk, true, Map.of(), Map.of("note", Optional.of("")))))
        .containsExactly(beside);
    assertThat(
            found(
                new StreamQuery(
                    lk, true, Map.of("name", Optional.empty()), Map.of("note", Optional.of("hi")))))
        .containsExactly(below);
  }

  @Test
  default void aStreamIsDescribed() {
    UUID uuid =
        bench().stream(
            "described",
            Map.of("name", "f", "unit", ""),
            Map.of("phase", "\u00e4\u20ac", "empty", ""));
    StreamDescriptor stream = bench().btrdb().stream(uuid, SCOPE).orElseThrow();
    assertThat(stream.collection()).isEqualTo(bench().prefix() + "described");
    assertThat(stream.name()).isEqualTo("f");
    assertThat(stream.unit()).isEmpty();
    assertThat(stream.annotations()).isEqualTo(Map.of("phase", "\u00e4\u20ac", "empty", ""));
    assertThat(stream.propertyVersion()).isEqualTo(1);
  }

  @Test
  default void aSecondStreamOfANameOrUuidIsRefused() {
    UUID uuid = bench().stream("twice", Map.of("name", "f"), Map.of());
    String twice = bench().prefix() + "twice";
    for (NewStream second :
        List.of(
            new NewStream(uuid, twice, Map.of("name", "f"), Map.of()),
            new NewStream(uuid, twice, Map.of("name", "g"), Map.of()),
            new NewStream(UUID.randomUUID(), twice, Map.of("name", "f"), Map.of()))) {
      assertThatThrownBy(() -> bench().btrdb().create(second, SCOPE))
          .as("%s", second)
          .extracting(Workbench::codeOf)
          .isEqualTo(ErrorCode.STREAM_EXISTS);
    }
  }

  @Test
  default void namesThatAreNoneAreRefused() {
    for (NewStream bad :
        List.of(
            new NewStream(UUID.randomUUID(), "", Map.of("name", "f"), Map.of()),
            new NewStream(UUID.randomUUID(), "x".repeat(256), Map.of("name", "f"), Map.of()),
            new NewStream(UUID.randomUUID(), "x", Map.of("Name", "f"), Map.of()),
            new NewStream(UUID.randomUUID(), "x", Map.of("name", "f"), Map.of("a b", "c")))) {
      assertThatThrownBy(() -> bench().btrdb().create(bad, SCOPE))
          .extracting(Workbench::codeOf)
          .isEqualTo(ErrorCode.INVALID_NAME);
    }
  }

  @Test
  default void annotationsChangeUnderTheirVersion() {
    UUID uuid = bench().stream("noted", Map.of("name", "f"), Map.of("a", "1", "b", "2"));
    MetadataChange change = new MetadataChange(Map.of("a", "3", "c", "4"), Set.of("b"));
    ifSupported(() -> bench().btrdb().setAnnotations(uuid, 1, change, SCOPE));
    StreamDescriptor stream = bench().btrdb().stream(uuid, SCOPE).orElseThrow();
    assertThat(stream.annotations()).isEqualTo(Map.of("a", "3", "c", "4"));
    assertThat(stream.propertyVersion()).isEqualTo(2);
    assertThatThrownBy(() -> bench().btrdb().setAnnotations(uuid, 1, change, SCOPE))
        .extracting(Workbench::codeOf)
        .isEqualTo(ErrorCode.CONCURRENT_CHANGE);
  }

  @Test
  default void tagsChangeOrAreRefused() {
    UUID uuid = bench().stream("tagged", Map.of("name", "f"), Map.of());
    MetadataChange change = MetadataChange.setting(Map.of("unit", "volts"));
    if (bench().btrdb().capabilities().editableTags()) {
      ifSupported(() -> bench().btrdb().setTags(uuid, 1, null, change, SCOPE));
      assertThat(bench().btrdb().stream(uuid, SCOPE).orElseThrow().unit()).isEqualTo("volts");
    } else {
      assertThatThrownBy(() -> bench().btrdb().setTags(uuid, 1, null, change, SCOPE))
          .extracting(Workbench::codeOf)
          .isEqualTo(ErrorCode.UNSUPPORTED);
    }
  }

  @Test
  default void usageIsCountedUnderAPrefix() {
    bench().stream("use/1", Map.of("name", "f", "unit", "v"), Map.of("note", "1"));
    bench().stream("use/2", Map.of("name", "f"), Map.of("note", "1", "more", "2"));
    bench().stream("other", Map.of("name", "f"), Map.of("note", "1"));
    ifSupported(() -> bench().btrdb().metadataUsage(bench().prefix() + "use/", SCOPE));
    MetadataUsage usage = bench().btrdb().metadataUsage(bench().prefix() + "use/", SCOPE);
    assertThat(usage.annotations()).isEqualTo(Map.of("note", 2L, "more", 1L));
    assertThat(usage.tags()).containsKeys("name", "unit");
  }

  @Test
  default void obliteratedStreamsAreGoneForEver() {
    UUID uuid = bench().streamAt(1, 2, 3);
    StreamDescriptor stream = bench().btrdb().stream(uuid, SCOPE).orElseThrow();
    ifSupported(() -> bench().btrdb().obliterate(uuid, SCOPE));
    assertThat(bench().btrdb().stream(uuid, SCOPE)).isEmpty();
    assertThatThrownBy(() -> bench().btrdb().version(uuid, SCOPE))
        .extracting(Workbench::codeOf)
        .isEqualTo(ErrorCode.NO_SUCH_STREAM);
    assertThatThrownBy(() -> bench().insert(uuid, 4))
        .extracting(Workbench::codeOf)
        .isEqualTo(ErrorCode.NO_SUCH_STREAM);
    assertThatThrownBy(
            () ->
                bench()
                    .btrdb()
                    .create(
                        new NewStream(uuid, stream.collection(), Map.of("name", "n"), Map.of()),
                        SCOPE))
        .extracting(Workbench::codeOf)
        .isEqualTo(ErrorCode.UUID_REUSED);
  }
}
