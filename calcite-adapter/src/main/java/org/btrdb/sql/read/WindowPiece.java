package org.btrdb.sql.read;

import org.btrdb.client.time.TimeRange;

/**
 * One Windows call.
 *
 * @param range a whole number of windows
 * @param widthNanos their width
 */
record WindowPiece(TimeRange range, long widthNanos) {

  /** A range as one window. */
  static WindowPiece whole(TimeRange range) {
    return new WindowPiece(range, range.lengthNanos());
  }

  /** The time from a start to an end as one window. */
  static WindowPiece whole(long start, long end) {
    return new WindowPiece(new TimeRange(start, end), end - start);
  }
}
