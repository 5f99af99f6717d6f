package org.btrdb.client.model;

import java.util.Map;

/**
 * How many streams of some collections use each key.
 *
 * @param tags number of streams by tag key
 * @param annotations number of streams by annotation key
 */
public record MetadataUsage(Map<String, Long> tags, Map<String, Long> annotations) {

  /** Copies the maps. */
  public MetadataUsage {
    tags = Map.copyOf(tags);
    annotations = Map.copyOf(annotations);
  }
}
