package org.btrdb.client.grpc.arrow;

/**
 * One column of a schema.
 *
 * @param name what a peer may call it; columns are matched by position and never by name
 * @param type what its values are
 */
public record ArrowColumn(String name, Type type) {

  /** The types that occur. */
  public enum Type {
    /** Nanoseconds since the Unix epoch as a timestamp, of any zone when read, UTC when written. */
    TIMESTAMP_NANOS(8),
    /** A signed number of 64 bits. */
    INT64(8),
    /** An unsigned number of 64 bits. */
    UINT64(8),
    /** A double. */
    FLOAT64(8),
    /** A float; only written, and only where a template asks for it, as it loses digits. */
    FLOAT32(4);

    private final int bytes;

    Type(int bytes) {
      this.bytes = bytes;
    }

    /** Bytes of one value. */
    int bytes() {
      return bytes;
    }
  }

  /** Whether values of another type are these very values. */
  boolean accepts(Type other) {
    return switch (type) {
      case TIMESTAMP_NANOS, INT64 -> other == Type.TIMESTAMP_NANOS || other == Type.INT64;
      // A count read as unsigned is checked for its sign anyway.
      case UINT64 -> other == Type.UINT64 || other == Type.INT64;
      case FLOAT64 -> other == Type.FLOAT64;
      case FLOAT32 -> other == Type.FLOAT32;
    };
  }
}
