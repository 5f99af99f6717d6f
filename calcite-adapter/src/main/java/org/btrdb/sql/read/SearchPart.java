package org.btrdb.sql.read;

import org.btrdb.client.batch.StatBatch;
import org.btrdb.client.time.TimeRange;

/** A part of what a search looks at; parts are ascending in time and apart. */
sealed interface SearchPart {

  /**
   * Windows whose statistics are all that matters.
   *
   * @param widthNanos of each
   */
  record Taken(StatBatch windows, long widthNanos) implements SearchPart {
    /** No windows. */
    static final Taken NONE = new Taken(new StatBatch(0), -1);
  }

  /**
   * Points that must be looked at.
   *
   * @param count how many, about
   */
  record Points(TimeRange range, long count) implements SearchPart {}

  /**
   * Windows must be asked for.
   *
   * @param pointWidth of the windows
   * @param count of the points in them; {@link #UNKNOWN} if nothing was asked before
   */
  record Undecided(TimeRange range, int pointWidth, long count) implements SearchPart {
    static final long UNKNOWN = -1;

    /** The whole windows that hold the range. */
    TimeRange aligned() {
      long mask = -1L << pointWidth;
      long last = range.endNanos() - 1;
      return new TimeRange(range.startNanos() & mask, (last & mask) + (1L << pointWidth));
    }

    /** How many windows there may be, about. */
    long windows() {
      return (range.lengthNanos() >>> pointWidth) + 1;
    }
  }
}
