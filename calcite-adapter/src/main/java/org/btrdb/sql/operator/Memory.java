package org.btrdb.sql.operator;

import java.util.Map;
import org.btrdb.sql.SqlRefusal;

/** The memory that rows held by one run take, by estimate; any thread may use it. */
public final class Memory {
  private final long maxBytes;
  private long bytes;

  /** Nothing held yet, of so many bytes at the most. */
  public Memory(long maxBytes) {
    this.maxBytes = maxBytes;
  }

  /**
   * Counts memory before it is allocated.
   *
   * @throws SqlRefusal if that would be too much
   */
  public synchronized void reserve(long more) {
    if (more > maxBytes - bytes) {
      throw new SqlRefusal(
          SqlRefusal.Reason.OUT_OF_MEMORY,
          "the statement must hold more than "
              + maxBytes
              + " bytes of rows at once: add a range of time, a coarser GROUP BY or a LIMIT",
          null);
    }
    bytes += more;
  }

  synchronized void release(long fewer) {
    bytes -= fewer;
  }

  /** What is held now. */
  synchronized long bytes() {
    return bytes;
  }

  /** About what an object takes, a reference to it not counted. */
  static long sizeOf(Object value) {
    if (value instanceof String text) {
      return 48 + 2L * text.length();
    }
    return value instanceof Map<?, ?> map ? 64 + 200L * map.size() : 56;
  }
}
