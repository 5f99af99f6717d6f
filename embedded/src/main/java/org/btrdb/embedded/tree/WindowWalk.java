package org.btrdb.embedded.tree;

import org.btrdb.client.batch.StatBatch;
import org.jspecify.annotations.Nullable;

/**
 * Gathers the statistics of equal windows in one walk: buckets that lie in one window are taken
 * whole, the others are opened, so the edges are exact and the cost is that of the windows.
 */
public final class WindowWalk {
  private final SlotWalk walk;
  private final long startNanos;
  private final long endNanos;
  private final long widthNanos;
  private final Summary summary = new Summary();
  private long windowStart;
  private long windowEnd;
  private @Nullable Leaf leaf;
  private int position;
  private boolean atEnd;

  /**
   * Begins before the first window.
   *
   * @param startNanos where the first window begins
   * @param endNanos where the last one ends: startNanos and a multiple of the width
   * @param widthNanos at least 1
   */
  public WindowWalk(
      NodeSource source, @Nullable Slot root, long startNanos, long endNanos, long widthNanos) {
    this.walk = new SlotWalk(source, root, startNanos, endNanos);
    this.startNanos = startNanos;
    this.endNanos = endNanos;
    this.widthNanos = widthNanos;
    this.windowStart = startNanos;
    this.windowEnd = startNanos;
  }

  /** Replaces a batch by the next windows, about as many as asked for; false at the end. */
  public boolean fill(StatBatch out, int wanted) {
    out.clear();
    while (out.size() < wanted && !atEnd) {
      if (leaf != null) {
        takeRun(leaf, out);
      } else if (walk.advance()) {
        takeSlot(out);
      } else {
        emit(out);
        atEnd = true;
      }
    }
    return out.size() > 0;
  }

  private void takeSlot(StatBatch out) {
    long from = walk.slotStart();
    long to = walk.slotEnd();
    if (from >= startNanos && to <= endNanos && to - from <= widthNanos) {
      if (from >= windowEnd) {
        moveTo(from, out);
      }
      if (to <= windowEnd) {
        summary.add(walk.slot());
        return;
      }
    }
    openSlot();
  }

  private void openSlot() {
    leaf = walk.open();
    if (leaf != null) {
      position = leaf.lowerBound(startNanos);
    }
  }

  private void takeRun(Leaf points, StatBatch out) {
    if (position == points.size() || points.times()[position] >= endNanos) {
      leaf = null;
      return;
    }
    if (points.times()[position] >= windowEnd) {
      moveTo(points.times()[position], out);
    }
    int to = runEnd(points);
    summary.add(points.values(), position, to);
    position = to;
  }

  /** Looks near first: windows are often narrower than leaves. */
  private int runEnd(Leaf points) {
    int step = 8;
    int low = position + 1;
    while (low + step < points.size() && points.times()[low + step] < windowEnd) {
      low += step;
      step *= 2;
    }
    return Points.lowerBound(
        points.times(), low, Math.min(points.size(), low + step + 1), windowEnd);
  }

  private void moveTo(long timeNanos, StatBatch out) {
    emit(out);
    windowStart = startNanos + (timeNanos - startNanos) / widthNanos * widthNanos;
    windowEnd = windowStart + widthNanos;
  }

  private void emit(StatBatch out) {
    if (summary.count() > 0) {
      out.add(
          windowStart,
          summary.min(),
          summary.mean(),
          summary.max(),
          summary.count(),
          summary.stddev());
      summary.clear();
    }
  }
}
