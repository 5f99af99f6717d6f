package org.btrdb.sql.read;

import java.util.List;
import org.btrdb.client.CallScope;
import org.btrdb.sql.time.NanoFunctions;

/** One row for each window that holds points, in ascending order. */
final class HopRows extends StatisticRow {
  private final Hop.Windows windows;
  private final StatisticRow slots;
  private final CallScope scope;
  private final SlidingStatistics sliding;
  private boolean hasBegun;
  private boolean hasSlot;

  /** Rows of slots that windows are made of; closing them closes the slots. */
  HopRows(
      Hop.Windows windows,
      StatisticRow slots,
      List<WindowRead.Column> columns,
      Execution execution) {
    super(columns, execution.btrdb().capabilities().standardDeviation());
    this.windows = windows;
    this.slots = slots;
    this.scope = execution.scope();
    this.sliding = new SlidingStatistics(execution.session().options().maxHeldBytes());
  }

  @Override
  public boolean next() {
    scope.check(); // one slot may make any number of windows
    if (!hasBegun) {
      hasBegun = true;
      hasSlot = slots.next();
      bucketNanos = Long.MIN_VALUE;
    } else if (!sliding.isEmpty()) {
      bucketNanos = NanoFunctions.plus(bucketNanos, windows.slideNanos());
      sliding.forgetBefore(bucketNanos);
    }
    while (hasSlot || !sliding.isEmpty()) {
      if (sliding.isEmpty()) {
        bucketNanos = Math.max(bucketNanos, windows.firstAt(slots.bucketNanos));
      }
      bucketEndNanos = NanoFunctions.plus(bucketNanos, windows.sizeNanos());
      while (hasSlot && slots.bucketNanos < bucketEndNanos) {
        if (slots.bucketNanos >= bucketNanos) {
          sliding.add(slots.bucketNanos, slots.statistics);
        }
        hasSlot = slots.next();
      }
      if (!sliding.isEmpty()) {
        statistics.clear();
        sliding.addTo(statistics);
        return true;
      }
    }
    return false;
  }

  @Override
  public void close() {
    hasBegun = true;
    hasSlot = false;
    sliding.clear();
    slots.close();
  }
}
