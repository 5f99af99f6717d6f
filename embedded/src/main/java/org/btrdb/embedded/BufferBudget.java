package org.btrdb.embedded;

import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import org.btrdb.embedded.tree.Slot;

/**
 * The heap that write buffers take, and which of them must go when it is too much. Used under the
 * write lock.
 *
 * <p>Points are no measure: one point in a full leaf makes a new leaf of 16 KiB.
 */
final class BufferBudget {
  private static final int PART_OF_HEAP = 8;

  private final long maxBytes = Runtime.getRuntime().maxMemory() / PART_OF_HEAP;
  private long bytes;

  /** Measures the buffer of a stream again. */
  void measure(OpenStream stream) {
    Slot root = stream.working().root();
    long measured = root == null ? 0 : root.freshBytes();
    bytes += measured - stream.freshBytes();
    stream.measured(measured);
  }

  /** Notes that a buffer is empty. */
  void flushed(OpenStream stream) {
    bytes -= stream.freshBytes();
    stream.journalCleared();
  }

  /** The streams to flush: one that takes half of all, and the largest until half is free. */
  List<OpenStream> toFlush(OpenStream written, Collection<OpenStream> all) {
    if (bytes <= maxBytes) {
      return written.freshBytes() > maxBytes / 2 ? List.of(written) : List.of();
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
