package org.btrdb.sql.read;

import java.util.Arrays;
import org.btrdb.sql.SqlRefusal;
import org.btrdb.sql.expression.NumberFunctions;

/** The best of the points seen, so many as are wanted: a heap with the worst of them on top. */
final class BestPoints {
  private static final int BYTES = 3 * Long.BYTES;

  private final long wanted;
  private final boolean largest;
  private final long maxBytes;
  private long[] scores = new long[0];
  private long[] times = new long[0];
  private double[] values = new double[0];
  private int size;

  /** None yet; of so many with the largest or the smallest values. */
  BestPoints(long wanted, boolean largest, Execution execution) {
    this.wanted = wanted;
    this.largest = largest;
    this.maxBytes = execution.session().options().maxHeldBytes();
  }

  void clear() {
    size = 0;
  }

  long wanted() {
    return wanted;
  }

  /** How good a value is; more is better. */
  long score(double value) {
    long key = NumberFunctions.orderKey(value);
    return largest ? key : -key;
  }

  /** Whether a point of a score at a time or later can be one of the best. */
  boolean canTake(long score, long timeNanos) {
    return size < wanted
        || (size > 0 && (score > scores[0] || (score == scores[0] && timeNanos < times[0])));
  }

  void add(long timeNanos, double value) {
    long score = score(value);
    if (!canTake(score, timeNanos)) {
      return;
    }
    if (size == wanted) {
      set(0, score, timeNanos, value);
      sink(0, size);
      return;
    }
    if (size == scores.length) {
      grow();
    }
    int at = size++;
    while (at > 0 && isWorse(score, timeNanos, (at - 1) / 2)) {
      copy((at - 1) / 2, at);
      at = (at - 1) / 2;
    }
    set(at, score, timeNanos, value);
  }

  private void grow() {
    int capacity = (int) Math.min(wanted, Math.max(16, size + (size >> 1)));
    if ((long) capacity * BYTES > maxBytes) {
      throw new SqlRefusal(
          SqlRefusal.Reason.OUT_OF_MEMORY,
          "the statement must hold more than "
              + maxBytes
              + " bytes of rows at once: add a range of time or a smaller LIMIT",
          null);
    }
    scores = Arrays.copyOf(scores, capacity);
    times = Arrays.copyOf(times, capacity);
    values = Arrays.copyOf(values, capacity);
  }

  private boolean isWorse(long score, long timeNanos, int than) {
    return score < scores[than] || (score == scores[than] && timeNanos > times[than]);
  }

  private void copy(int from, int to) {
    set(to, scores[from], times[from], values[from]);
  }

  private void set(int at, long score, long timeNanos, double value) {
    scores[at] = score;
    times[at] = timeNanos;
    values[at] = value;
  }

  private void sink(int from, int end) {
    long score = scores[from];
    long time = times[from];
    double value = values[from];
    int at = from;
    while (2 * at + 1 < end) {
      int child = 2 * at + 1;
      if (child + 1 < end && isWorse(scores[child + 1], times[child + 1], child)) {
        child++;
      }
      if (isWorse(score, time, child)) {
        break;
      }
      copy(child, at);
      at = child;
    }
    set(at, score, time, value);
  }

  /** Puts the points in order, best first; nothing can be added any more. */
  int sorted() {
    for (int end = size - 1; end > 0; end--) {
      long score = scores[0];
      long time = times[0];
      double value = values[0];
      copy(end, 0);
      set(end, score, time, value);
      sink(0, end);
    }
    return size;
  }

  long time(int i) {
    return times[i];
  }

  double value(int i) {
    return values[i];
  }
}
