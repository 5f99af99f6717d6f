package org.btrdb.embedded;

import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;

/**
 * The heap that write buffers take, and which of them must go when it is too much. Used under the
 * write lock.
 *
 * <p>Points are no measure: one point in a full leaf makes a new leaf of 16 KiB.
 */
final class BufferBudget {
  private static final int PART_OF_HEAP = 8;

  /** A commit needs what it stores once more as bytes, and those once more as a chunk. */
  private static final int INSERT_PART_OF_HEAP = 4;

  /** What a small heap needs besides: pages, classes, and room for a chunk in one piece. */
  private static final long BESIDES = 16L << 20;

  /** What a point takes that comes in order of time, with others in full leaves. */
  private static final long POINT_IN_ORDER = 24;

  private final long maxBytes;
  private long bytes;

  /** Buffers that may take some heap, all together. */
  BufferBudget(long maxBytes) {
    this.maxBytes = maxBytes;
  }

  /** A part of this JVM's heap. */
  static BufferBudget ofHeap() {
    return new BufferBudget(Runtime.getRuntime().maxMemory() / PART_OF_HEAP);
  }

  /**
   * What one insert may take: it may be flushed at once, but is built whole. Points in order are
   * never too many.
   */
  static long maxBytesOfInsert(int points) {
    long heap = Runtime.getRuntime().maxMemory();
    long far = Math.max(heap / INSERT_PART_OF_HEAP - BESIDES, heap / PART_OF_HEAP);
    return Math.max(far, points * POINT_IN_ORDER);
  }

  /** Notes by how much the buffer of a stream grew. */
  void grew(OpenStream stream, long more) {
    bytes += more;
    stream.grew(more);
  }

  /** Whether one buffer takes half of all. */
  boolean isTooLarge(OpenStream stream) {
    return stream.freshBytes() > maxBytes / 2;
  }

  /** Notes that a buffer is empty. */
  void flushed(OpenStream stream) {
    bytes -= stream.freshBytes();
    stream.journalCleared();
  }

  /** The streams to flush: one that takes half of all, and the largest until half is free. */
  List<OpenStream> toFlush(OpenStream written, Collection<OpenStream> all) {
    if (bytes <= maxBytes) {
      return isTooLarge(written) ? List.of(written) : List.of();
    }
    List<OpenStream> largestFirst = new ArrayList<>(all);
    largestFirst.sort(Comparator.comparingLong(OpenStream::freshBytes).reversed());
    List<OpenStream> chosen = new ArrayList<>();
    long left = bytes;
    for (OpenStream stream : largestFirst) {
      if (left <= maxBytes / 2) {
        break;
      }
      chosen.add(stream);
      left -= stream.freshBytes();
    }
    return chosen;
  }
}
