package org.btrdb.sql.operator;

import java.util.List;

/** The frame of the current row: both ends only ever move forward within a partition. */
final class FramePosition {
  private final WindowFrame frame;
  private final PartitionRows rows;
  private final RowOrder order;
  private final StoredRow a;
  private final StoredRow b;
  private final long lowerDistance;
  private final long upperDistance;
  private final int key;
  private final boolean descending;
  private long start;
  private long end;

  FramePosition(
      WindowFrame frame, PartitionRows rows, List<SortKey> keys, RowOrder order, Run run) {
    this.frame = frame;
    this.rows = rows;
    this.order = order;
    this.a = rows.view();
    this.b = rows.view();
    this.lowerDistance = frame.lower().distance(run);
    this.upperDistance = frame.upper().distance(run);
    this.key = keys.isEmpty() ? -1 : keys.get(0).column();
    this.descending = !keys.isEmpty() && keys.get(0).descending();
  }

  /** The first row of the frame. */
  long start() {
    return start;
  }

  /** The row after the last one of the frame; not after {@link #start} if the frame is empty. */
  long end() {
    return end;
  }

  void reset() {
    start = 0;
    end = 0;
  }

  void moveTo(long row) {
    if (frame.rows()) {
      start = Math.max(0, rowStart(row));
      end = rowEnd(row);
    } else {
      moveRange(row);
    }
  }

  private long rowStart(long row) {
    return switch (frame.lower().side()) {
      case UNBOUNDED_PRECEDING -> 0;
      case PRECEDING -> row - lowerDistance;
      case CURRENT -> row;
      case FOLLOWING -> saturatedSum(row, lowerDistance);
      case UNBOUNDED_FOLLOWING -> throw new IllegalStateException("a frame begins at the end");
    };
  }

  private long rowEnd(long row) {
    long last =
        switch (frame.upper().side()) {
          case PRECEDING -> row - upperDistance;
          case CURRENT -> row;
          case FOLLOWING -> saturatedSum(row, upperDistance);
          case UNBOUNDED_FOLLOWING -> Long.MAX_VALUE - 1;
          case UNBOUNDED_PRECEDING -> throw new IllegalStateException("a frame ends at the start");
        };
    return rows.has(last) ? Math.max(0, last + 1) : rows.count();
  }

  private void moveRange(long row) {
    switch (frame.lower().side()) {
      case UNBOUNDED_PRECEDING -> start = 0;
      case CURRENT -> {
        while (compare(start, row) < 0) {
          start++;
        }
      }
      case PRECEDING -> {
        long from = saturatedDifference(keyOf(row), lowerDistance);
        while (rows.has(start) && keyOf(start) < from) {
          start++;
        }
      }
      case FOLLOWING -> {
        long from = saturatedSum(keyOf(row), lowerDistance);
        while (rows.has(start) && keyOf(start) < from) {
          start++;
        }
      }
      case UNBOUNDED_FOLLOWING -> throw new IllegalStateException("a frame begins at the end");
    }
    switch (frame.upper().side()) {
      case UNBOUNDED_FOLLOWING -> end = rows.count();
      case CURRENT -> {
        end = Math.max(end, row);
        while (rows.has(end) && compare(end, row) <= 0) {
          end++;
        }
      }
      case PRECEDING -> moveEnd(saturatedDifference(keyOf(row), upperDistance));
      case FOLLOWING -> moveEnd(saturatedSum(keyOf(row), upperDistance));
      case UNBOUNDED_PRECEDING -> throw new IllegalStateException("a frame ends at the start");
    }
  }

  private void moveEnd(long upTo) {
    while (rows.has(end) && keyOf(end) <= upTo) {
      end++;
    }
  }

  private int compare(long x, long y) {
    return order.compare(rows.show(a, x), rows.show(b, y));
  }

  /** The order key, turned around if the order is: complements keep distances and fit. */
  private long keyOf(long row) {
    long value = rows.show(a, row).getLong(key);
    return descending ? ~value : value;
  }

  private static long saturatedSum(long a, long b) {
    long sum = a + b;
    return sum < a ? Long.MAX_VALUE : sum;
  }

  private static long saturatedDifference(long a, long b) {
    long difference = a - b;
    return difference > a ? Long.MIN_VALUE : difference;
  }
}
