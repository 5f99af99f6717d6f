package org.btrdb.embedded.meta;

import java.util.HashMap;
import java.util.Map;
import org.btrdb.client.model.MetadataUsage;
import org.btrdb.client.model.StreamDescriptor;

/**
 * Counts the streams that use each key: all fixed tags are listed, with the streams in which they
 * are not empty (reference 2.18).
 */
public final class UsageCount {
  private final Map<String, Long> tags = new HashMap<>();
  private final Map<String, Long> annotations = new HashMap<>();

  /** Nothing counted. */
  public UsageCount() {
    Names.TAGS.forEach(tag -> tags.put(tag, 0L));
  }

  /** Counts one more stream. */
  public void add(StreamDescriptor stream) {
    stream.tags().forEach((key, value) -> tags.merge(key, value.isEmpty() ? 0L : 1L, Long::sum));
    stream.annotations().keySet().forEach(key -> annotations.merge(key, 1L, Long::sum));
  }

  /** What was counted. */
  public MetadataUsage result() {
    return new MetadataUsage(tags, annotations);
  }
}
