package org.btrdb.sql.system;

import java.util.Iterator;
import java.util.Map;
import java.util.TreeMap;
import org.btrdb.client.model.StreamDescriptor;
import org.jspecify.annotations.Nullable;

/** What of a stream's descriptor the tables show. */
public final class StreamRow {
  private StreamRow() {}

  /** A tag; NULL if it is unset, which newer servers say with an empty value (reference 1.2). */
  public static @Nullable String tag(StreamDescriptor stream, String key) {
    String value = stream.tags().get(key);
    return value == null || value.isEmpty() ? null : value;
  }

  /** The tags that are set. */
  public static Map<String, String> tags(Map<String, String> tags) {
    Map<String, String> set = new TreeMap<>(tags);
    set.values().removeIf(String::isEmpty);
    return set;
  }

  /** A row of {@code btrdb.streams}, but for the name of its table. */
  static @Nullable Object[] of(StreamDescriptor stream) {
    return new @Nullable Object[] {
      stream.uuid(),
      stream.collection(),
      tag(stream, StreamDescriptor.NAME),
      tag(stream, StreamDescriptor.UNIT),
      tag(stream, "ingress"),
      tag(stream, "distiller"),
      tags(stream.tags()),
      new TreeMap<>(stream.annotations()),
      stream.propertyVersion(),
      stream.collection(),
      null
    };
  }

  /** Rows of {@code btrdb.tags}. */
  static Iterator<@Nullable Object[]> tags(StreamDescriptor stream) {
    return pairs(stream, tags(stream.tags()));
  }

  /** Rows of {@code btrdb.annotations}. */
  static Iterator<@Nullable Object[]> annotations(StreamDescriptor stream) {
    return pairs(stream, new TreeMap<>(stream.annotations()));
  }

  private static Iterator<@Nullable Object[]> pairs(
      StreamDescriptor stream, Map<String, String> pairs) {
    return pairs.entrySet().stream()
        .map(
            pair ->
                new @Nullable Object[] {
                  stream.uuid(), stream.collection(), pair.getKey(), pair.getValue()
                })
        .iterator();
  }
}
