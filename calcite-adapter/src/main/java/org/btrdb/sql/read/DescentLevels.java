package org.btrdb.sql.read;

import org.btrdb.client.time.TimeRange;

/**
 * The windows that a descent asks for, level after level, each as many bits narrower than the last
 * as a node of the tree divides.
 *
 * @param coarsest the pointwidth of the widest windows
 * @param narrow few points are read as they are in windows of this pointwidth and below; wider ones
 *     are divided, however few points they hold
 */
record DescentLevels(int coarsest, int narrow) {
  /** The levels of the tree are so many bits apart. */
  private static final int LEVEL_BITS = 6;

  /** The tree's own levels, the widest of which is of 2^56 ns. */
  static final DescentLevels OF_TREE = new DescentLevels(56, 56);

  /** No server has wider windows. */
  private static final int WIDEST = 60;

  /** Windows of about four seconds: a shorter range is read as it is. */
  private static final int FINEST_FIRST = 32;

  /** Of so many points the points are read and no finer windows. */
  private static final long FEW_POINTS = 4096;

  /** Levels one of which is of a pointwidth, which is where few points are few. */
  static DescentLevels through(int pointWidth) {
    return new DescentLevels(
        pointWidth + (WIDEST - pointWidth) / LEVEL_BITS * LEVEL_BITS, pointWidth);
  }

  /** What is asked for first in a range. */
  SearchPart first(TimeRange range) {
    if (range.lengthNanos() >>> FINEST_FIRST < 2) {
      return new SearchPart.Points(range, 0);
    }
    int pointWidth = coarsest;
    while (pointWidth > FINEST_FIRST && range.lengthNanos() >>> pointWidth < 16) {
      pointWidth -= LEVEL_BITS;
    }
    return new SearchPart.Undecided(range, pointWidth, SearchPart.Undecided.UNKNOWN);
  }

  /** What is asked for next in a window: finer windows, or its points if they are few. */
  SearchPart inside(TimeRange range, int pointWidth, long count) {
    return (count <= FEW_POINTS && pointWidth <= narrow) || pointWidth < LEVEL_BITS
        ? new SearchPart.Points(range, count)
        : new SearchPart.Undecided(range, pointWidth - LEVEL_BITS, count);
  }

  /** Whether the windows of a part that decide nothing are not divided further. */
  boolean areFinest(SearchPart.Undecided part) {
    return part.count() >= 0
        && part.count() / part.windows() <= FEW_POINTS
        && part.pointWidth() <= narrow;
  }
}
