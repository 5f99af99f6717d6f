package org.btrdb.client.model;

import java.util.Map;
import java.util.Set;
import java.util.UUID;

/**
 * Metadata of a stream.
 *
 * @param uuid its identity, never reused
 * @param collection the path-like group it belongs to
 * @param tags identity metadata, see {@link #TAGS}; an unset tag is absent or empty
 * @param annotations free metadata
 * @param propertyVersion counts edits of tags and annotations
 */
public record StreamDescriptor(
    UUID uuid,
    String collection,
    Map<String, String> tags,
    Map<String, String> annotations,
    long propertyVersion) {

  /** The tag that names a stream inside its collection. */
  public static final String NAME = "name";

  /** The tag that holds the unit of the values. */
  public static final String UNIT = "unit";

  /** The tags that there are. */
  public static final Set<String> TAGS = Set.of(NAME, UNIT, "ingress", "distiller");

  /** Copies the maps. */
  public StreamDescriptor {
    tags = Map.copyOf(tags);
    annotations = Map.copyOf(annotations);
  }

  /** The name tag, empty if unset. */
  public String name() {
    return tags.getOrDefault(NAME, "");
  }

  /** The unit tag, empty if unset. */
  public String unit() {
    return tags.getOrDefault(UNIT, "");
  }
}
