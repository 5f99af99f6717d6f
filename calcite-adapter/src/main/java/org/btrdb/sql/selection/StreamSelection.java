package org.btrdb.sql.selection;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.btrdb.sql.read.Scalar;

/**
 * Conditions on streams that a look-up can answer; all must hold. One that is NULL, or an empty tag
 * value, holds for no stream.
 *
 * @param collections what the collection must equal
 * @param prefixes what the collection must begin with, by characters
 * @param tags what tags must equal, by key
 * @param annotations what annotations must equal, by key
 * @param uuids each a list of which the uuid must be one
 */
public record StreamSelection(
    List<Scalar> collections,
    List<Scalar> prefixes,
    Map<String, List<Scalar>> tags,
    Map<String, List<Scalar>> annotations,
    List<List<Scalar>> uuids) {

  /** Every stream there is. */
  public static final StreamSelection ALL =
      new StreamSelection(List.of(), List.of(), Map.of(), Map.of(), List.of());

  /** Copies everything. */
  public StreamSelection {
    collections = List.copyOf(collections);
    prefixes = List.copyOf(prefixes);
    tags = copy(tags);
    annotations = copy(annotations);
    uuids = uuids.stream().map(List::copyOf).toList();
  }

  private static Map<String, List<Scalar>> copy(Map<String, List<Scalar>> map) {
    return map.entrySet().stream()
        .collect(Collectors.toUnmodifiableMap(Map.Entry::getKey, e -> List.copyOf(e.getValue())));
  }

  /** With the collection equal to something. */
  public StreamSelection inCollection(Scalar collection) {
    return new StreamSelection(with(collections, collection), prefixes, tags, annotations, uuids);
  }

  /** With the collection beginning with something. */
  public StreamSelection underPrefix(Scalar prefix) {
    return new StreamSelection(collections, with(prefixes, prefix), tags, annotations, uuids);
  }

  /** With a tag equal to something. */
  public StreamSelection withTag(String key, Scalar value) {
    return new StreamSelection(collections, prefixes, with(tags, key, value), annotations, uuids);
  }

  /** With an annotation equal to something. */
  public StreamSelection withAnnotation(String key, Scalar value) {
    return new StreamSelection(collections, prefixes, tags, with(annotations, key, value), uuids);
  }

  /** With the uuid one of some. */
  public StreamSelection withUuid(List<Scalar> anyOf) {
    return new StreamSelection(collections, prefixes, tags, annotations, with(uuids, anyOf));
  }

  private static <T> List<T> with(List<T> list, T more) {
    List<T> all = new ArrayList<>(list);
    all.add(more);
    return all;
  }

  private static Map<String, List<Scalar>> with(
      Map<String, List<Scalar>> map, String key, Scalar value) {
    Map<String, List<Scalar>> all = new HashMap<>(map);
    all.put(key, with(map.getOrDefault(key, List.of()), value));
    return all;
  }

  @Override
  public String toString() {
    List<String> conditions = new ArrayList<>();
    collections.forEach(c -> conditions.add("collection = " + c));
    prefixes.forEach(p -> conditions.add("collection begins with " + p));
    new java.util.TreeMap<>(tags)
        .forEach((key, values) -> values.forEach(v -> conditions.add("tag " + key + " = " + v)));
    new java.util.TreeMap<>(annotations)
        .forEach(
            (key, values) -> values.forEach(v -> conditions.add("annotation " + key + " = " + v)));
    uuids.forEach(u -> conditions.add("uuid among " + u));
    return conditions.isEmpty() ? "all streams" : String.join(" and ", conditions);
  }
}
