package org.btrdb.embedded;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentSkipListMap;
import org.btrdb.client.model.StreamDescriptor;
import org.btrdb.client.model.StreamQuery;
import org.jspecify.annotations.Nullable;

/** The streams of an engine by uuid, by collection and by name inside a collection. */
final class StreamIndex {
  private final Map<UUID, StreamState> byUuid = new ConcurrentHashMap<>();
  private final ConcurrentSkipListMap<String, Group> collections =
      new ConcurrentSkipListMap<>(StreamIndex::compareBytes);

  /** The streams of one collection. */
  private static final class Group {
    private final Map<UUID, StreamState> all = new ConcurrentHashMap<>();
    private final Map<String, List<StreamState>> byName = new ConcurrentHashMap<>();
  }

  private static int compareBytes(String a, String b) {
    return Arrays.compareUnsigned(
        a.getBytes(StandardCharsets.UTF_8), b.getBytes(StandardCharsets.UTF_8));
  }

  void add(StreamState stream) {
    StreamDescriptor d = stream.descriptor();
    byUuid.put(d.uuid(), stream);
    Group group = collections.computeIfAbsent(d.collection(), c -> new Group());
    group.all.put(d.uuid(), stream);
    group.byName.merge(
        d.name(),
        List.of(stream),
        (old, one) -> {
          List<StreamState> both = new ArrayList<>(old);
          both.addAll(one);
          return List.copyOf(both);
        });
  }

  @Nullable StreamState get(UUID uuid) {
    return byUuid.get(uuid);
  }

  Collection<StreamState> all() {
    return byUuid.values();
  }

  /** Collections that start with a prefix, in byte order of their names. */
  List<String> collections(String prefix) {
    return collections.tailMap(prefix, true).keySet().stream()
        .takeWhile(c -> c.startsWith(prefix))
        .toList();
  }

  List<StreamDescriptor> find(StreamQuery query) {
    List<StreamDescriptor> found = new ArrayList<>();
    List<String> names =
        query.isPrefix() ? collections(query.collection()) : List.of(query.collection());
    for (String name : names) {
      Group group = collections.get(name);
      if (group != null) {
        candidates(group, query).stream()
            .map(StreamState::descriptor)
            .filter(d -> matches(query.tags(), d.tags()))
            .filter(d -> matches(query.annotations(), d.annotations()))
            .forEach(found::add);
      }
    }
    return found;
  }

  private static Collection<StreamState> candidates(Group group, StreamQuery query) {
    Optional<String> name = query.tags().getOrDefault(StreamDescriptor.NAME, Optional.empty());
    return name.isPresent() ? group.byName.getOrDefault(name.get(), List.of()) : group.all.values();
  }

  private static boolean matches(Map<String, Optional<String>> wanted, Map<String, String> actual) {
    return wanted.entrySet().stream()
        .allMatch(
            e -> {
              String value = actual.get(e.getKey());
              return value != null && (e.getValue().isEmpty() || e.getValue().get().equals(value));
            });
  }
}
