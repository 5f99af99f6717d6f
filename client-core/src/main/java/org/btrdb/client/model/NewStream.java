package org.btrdb.client.model;

import java.util.Map;
import java.util.UUID;

/**
 * A stream to create.
 *
 * @param uuid must never have been used
 * @param collection 1 to 255 bytes of UTF-8 without NUL
 * @param tags identity metadata; with the collection they must be unique
 * @param annotations free metadata
 */
public record NewStream(
    UUID uuid, String collection, Map<String, String> tags, Map<String, String> annotations) {

  /** Copies the maps. */
  public NewStream {
    tags = Map.copyOf(tags);
    annotations = Map.copyOf(annotations);
  }
}
