package org.btrdb.client.model;

import java.util.Map;
import java.util.Set;

/**
 * An edit of a stream's tags or annotations; keys it does not name stay as they are.
 *
 * @param changes values to set
 * @param removals keys to drop, or to leave without a value where the server cannot drop them
 */
public record MetadataChange(Map<String, String> changes, Set<String> removals) {

  /** Copies both. */
  public MetadataChange {
    changes = Map.copyOf(changes);
    removals = Set.copyOf(removals);
  }

  /** An edit that only sets values. */
  public static MetadataChange setting(Map<String, String> changes) {
    return new MetadataChange(changes, Set.of());
  }
}
