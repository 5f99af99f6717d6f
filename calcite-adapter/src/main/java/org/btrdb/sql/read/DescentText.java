package org.btrdb.sql.read;

import org.btrdb.client.Cursor;
import org.btrdb.client.batch.StatBatch;
import org.btrdb.client.time.TimeRange;

/** How EXPLAIN shows a descent: its first call, which is made to tell what it leaves to others. */
final class DescentText {
  private DescentText() {}

  static String of(StreamRequest request, TimeRange range, WindowTest test, Execution execution) {
    return of(request, range, test, DescentLevels.OF_TREE, execution);
  }

  static String of(
      StreamRequest request,
      TimeRange range,
      WindowTest test,
      DescentLevels levels,
      Execution execution) {
    SearchPart first = levels.first(range);
    String place = TableText.of(request.table()) + ", " + TimeBounds.text(range);
    if (!(first instanceof SearchPart.Undecided windows)) {
      return "RawValues("
          + place
          + ", "
          + request.version()
          + "): "
          + PointCount.of(request, range, execution)
          + " points to test";
    }
    long all = 0;
    long undecided = 0;
    long points = 0;
    try (Cursor<StatBatch> cursor =
        execution
            .btrdb()
            .alignedWindows(
                request.table().stream().uuid(),
                windows.aligned(),
                windows.pointWidth(),
                request.version().number(execution.parameters()),
                execution.scope())) {
      while (cursor.next()) {
        StatBatch batch = cursor.current();
        all += batch.size();
        for (int i = 0; i < batch.size(); i++) {
          switch (test.of(batch, i, 1L << windows.pointWidth())) {
            case SKIP, TAKE -> {}
            case READ, DESCEND -> {
              undecided++;
              points += batch.count(i);
            }
          }
        }
      }
    }
    return "AlignedWindows("
        + place
        + ", pointwidth "
        + windows.pointWidth()
        + ", "
        + request.version()
        + "): "
        + all
        + " windows; finer ones and RawValues in "
        + undecided
        + " of them, at most "
        + points
        + " points";
  }
}
