package org.btrdb.sql.tall;

import java.util.List;
import java.util.TreeMap;
import org.btrdb.client.model.StreamDescriptor;
import org.btrdb.sql.system.StreamRow;
import org.jspecify.annotations.Nullable;

/**
 * What a column of a tall table, or an expression over one, shows.
 *
 * @param kind what it is
 * @param key the key of a single tag or annotation, null for all else
 */
public record TallColumn(Kind kind, @Nullable String key) {

  /** What a column shows. */
  public enum Kind {
    /** Nanoseconds of a point. */
    TIME,
    /** The value of a point. */
    VALUE,
    /** The major version that its stream was read at. */
    VERSION,
    /** The collection of its stream. */
    COLLECTION,
    /** The name of its stream. */
    NAME,
    /** The unit of its stream. */
    UNIT,
    /** The uuid of its stream. */
    UUID,
    /** All tags of its stream. */
    TAGS,
    /** All annotations of its stream. */
    ANNOTATIONS,
    /** One tag of its stream. */
    TAG,
    /** One annotation of its stream. */
    ANNOTATION
  }

  /** The columns that describe a stream, in the order in which conditions count them. */
  static final List<TallColumn> OF_STREAM =
      List.of(
          of(Kind.COLLECTION),
          of(Kind.NAME),
          of(Kind.UNIT),
          of(Kind.UUID),
          of(Kind.TAGS),
          of(Kind.ANNOTATIONS));

  /** A column without a key. */
  public static TallColumn of(Kind kind) {
    return new TallColumn(kind, null);
  }

  /** Whether it is the same for all points of a stream, whatever is read of it. */
  public boolean describesStream() {
    return switch (kind) {
      case TIME, VALUE, VERSION -> false;
      default -> true;
    };
  }

  /** What a stream has there; only for a column that describes streams. */
  @Nullable Object of(StreamDescriptor stream) {
    return switch (kind) {
      case COLLECTION -> stream.collection();
      case NAME -> StreamRow.tag(stream, StreamDescriptor.NAME);
      case UNIT -> StreamRow.tag(stream, StreamDescriptor.UNIT);
      case UUID -> stream.uuid();
      case TAGS -> StreamRow.tags(stream.tags());
      case ANNOTATIONS -> new TreeMap<>(stream.annotations());
      case TAG -> StreamRow.tag(stream, String.valueOf(key));
      case ANNOTATION -> stream.annotations().get(String.valueOf(key));
      case TIME, VALUE, VERSION -> throw new IllegalStateException(kind + " is of a point");
    };
  }

  @Override
  public String toString() {
    return key == null ? kind.name() : kind + "['" + key + "']";
  }
}
