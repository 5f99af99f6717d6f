package org.btrdb.sql.read;

import java.util.List;
import org.btrdb.client.CallScope;
import org.btrdb.client.error.BtrdbException;
import org.btrdb.client.error.ErrorCode;
import org.btrdb.client.time.IsoTime;
import org.jspecify.annotations.Nullable;

/**
 * The times {@code start + k * step} before an end.
 *
 * @param start nanoseconds; no time if NULL
 * @param end nanoseconds; no time if NULL
 * @param step nanoseconds, at least 1
 */
public record TimeSteps(Scalar start, Scalar end, Scalar step) {

  /** Those of one run; null if there is none. */
  @Nullable Walk walk(Execution execution) {
    List<@Nullable Object> parameters = execution.parameters();
    Long from = start.longValue(parameters);
    Long to = end.longValue(parameters);
    Long nanos = step.longValue(parameters);
    if (nanos == null || nanos < 1) {
      throw new BtrdbException(ErrorCode.INVALID_WIDTH, "a step is at least 1 ns, not " + nanos);
    }
    if (from == null || to == null || to <= from) {
      return null;
    }
    // The range may be longer than 63 bits, its last time is not beyond them.
    long last = from + Long.divideUnsigned(to - 1 - from, nanos) * nanos;
    return new Walk(from, last, nanos, execution.scope());
  }

  @Override
  public String toString() {
    return "[" + start + ", " + end + ") by " + step;
  }

  /** Goes from the first time to the last; one thread's. */
  static final class Walk {
    private final long first;
    private final long last;
    private final long stepNanos;
    private final Ticks ticks;
    private long timeNanos;
    private boolean begun;

    private Walk(long first, long last, long stepNanos, CallScope scope) {
      this.first = first;
      this.last = last;
      this.stepNanos = stepNanos;
      this.ticks = new Ticks(scope);
    }

    /** Fails if its run was cancelled, which it looks at now and then: no call may follow. */
    boolean next() {
      ticks.tick();
      if (begun && timeNanos == last) {
        return false;
      }
      timeNanos = begun ? timeNanos + stepNanos : first;
      begun = true;
      return true;
    }

    long timeNanos() {
      return timeNanos;
    }

    long first() {
      return first;
    }

    long last() {
      return last;
    }

    /** How EXPLAIN shows it. */
    @Override
    public String toString() {
      return IsoTime.format(first) + " to " + IsoTime.format(last) + " by " + stepNanos + " ns";
    }
  }
}
