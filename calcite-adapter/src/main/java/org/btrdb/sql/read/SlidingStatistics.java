package org.btrdb.sql.read;

import java.util.ArrayList;
import java.util.List;
import org.btrdb.sql.SqlRefusal;

/**
 * Statistics of the last slots, added at one end and forgotten at the other. Each slot is added up
 * twice however many there are: the older ones are kept as sums from each of them on, the newer
 * ones as one sum, which becomes older ones when those are used up.
 */
final class SlidingStatistics {
  /** About what a slot takes in memory, with its place in a list. */
  private static final long SLOT_BYTES = 144;

  /** So many are held at once. */
  private final long mostSlots;

  /** A slot and, of older ones, all older ones after it. */
  private static final class Slot {
    private long nanos;
    private final Statistics statistics = new Statistics();
  }

  /** The oldest last. */
  private final List<Slot> older = new ArrayList<>();

  /** The oldest first. */
  private final List<Slot> newer = new ArrayList<>();

  private final List<Slot> unused = new ArrayList<>();
  private final Statistics sumOfNewer = new Statistics();

  /** Nothing yet, and never more than some memory holds. */
  SlidingStatistics(long maxBytes) {
    mostSlots = maxBytes / SLOT_BYTES;
    sumOfNewer.clear();
  }

  boolean isEmpty() {
    return older.isEmpty() && newer.isEmpty();
  }

  /** Adds a slot after all others. */
  void add(long nanos, Statistics statistics) {
    if (older.size() + newer.size() >= mostSlots) {
      throw new SqlRefusal(
          SqlRefusal.Reason.OUT_OF_MEMORY,
          "a window of HOP is made of more than "
              + mostSlots
              + " others, which is all that may be held: choose a size that is a smaller multiple of the slide",
          null);
    }
    Slot slot = unused.isEmpty() ? new Slot() : unused.remove(unused.size() - 1);
    slot.nanos = nanos;
    slot.statistics.clear();
    slot.statistics.add(statistics);
    newer.add(slot);
    sumOfNewer.add(statistics);
  }

  /** Forgets the slots before a time. */
  void forgetBefore(long nanos) {
    while (!older.isEmpty() && older.get(older.size() - 1).nanos < nanos) {
      unused.add(older.remove(older.size() - 1));
    }
    if (older.isEmpty() && !newer.isEmpty() && newer.get(0).nanos < nanos) {
      for (int i = newer.size() - 1; i >= 0; i--) {
        Slot slot = newer.get(i);
        if (slot.nanos < nanos) {
          unused.add(slot);
        } else {
          if (!older.isEmpty()) {
            slot.statistics.add(older.get(older.size() - 1).statistics);
          }
          older.add(slot);
        }
      }
      newer.clear();
      sumOfNewer.clear();
    }
  }

  /** Adds what is not forgotten to other statistics. */
  void addTo(Statistics statistics) {
    if (!older.isEmpty()) {
      statistics.add(older.get(older.size() - 1).statistics);
    }
    statistics.add(sumOfNewer);
  }

  /** Forgets all. */
  void clear() {
    older.clear();
    newer.clear();
    unused.clear();
    sumOfNewer.clear();
  }
}
