package org.btrdb.sql.read;

import java.util.List;
import org.btrdb.client.time.TimeRange;

/** How times fall into buckets, and windows that the buckets are made of. */
public sealed interface Grid permits FixedGrid, ZonedGrid {
  /** Above so many windows it is worth asking first where the data begin and end. */
  long MANY_WINDOWS = 10_000;

  /** The start of the bucket that a time falls into. */
  long bucketOf(long nanos);

  /** The start of the bucket after the one that begins at a time; the largest time if none does. */
  long next(long bucketNanos);

  /**
   * The calls that cover a range exactly, in ascending order: windows that lie in one bucket each.
   *
   * @param range not empty
   */
  List<WindowPiece> cover(TimeRange range);

  /** About how many windows cover a range. */
  long windows(TimeRange range);

  /** Whether a range has so many windows that it should be narrowed to the data first. */
  default boolean isWide(TimeRange range) {
    return windows(range) > MANY_WINDOWS;
  }
}
