package org.btrdb.client.model;

import java.util.Map;
import java.util.Optional;

/**
 * A search for streams; all conditions must hold. Comparison is case-sensitive.
 *
 * @param collection the exact collection, or the prefix (of characters) it must start with
 * @param isPrefix whether collection is a prefix
 * @param tags tags the stream must have, with this value or, if empty, any
 * @param annotations annotations the stream must have, likewise
 */
public record StreamQuery(
    String collection,
    boolean isPrefix,
    Map<String, Optional<String>> tags,
    Map<String, Optional<String>> annotations) {

  /** Copies the maps. */
  public StreamQuery {
    tags = Map.copyOf(tags);
    annotations = Map.copyOf(annotations);
  }

  /** All streams of one collection. */
  public static StreamQuery inCollection(String collection) {
    return new StreamQuery(collection, false, Map.of(), Map.of());
  }

  /** All streams of the collections that start with a prefix. */
  public static StreamQuery underPrefix(String prefix) {
    return new StreamQuery(prefix, true, Map.of(), Map.of());
  }

  /** This search with one more tag condition. */
  public StreamQuery withTag(String key, String value) {
    Map<String, Optional<String>> more = new java.util.HashMap<>(tags);
    more.put(key, Optional.of(value));
    return new StreamQuery(collection, isPrefix, more, annotations);
  }
}
