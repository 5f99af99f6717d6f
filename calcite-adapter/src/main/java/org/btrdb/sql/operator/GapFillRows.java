package org.btrdb.sql.operator;

import java.util.List;
import org.btrdb.client.time.TimeRange;
import org.btrdb.sql.expression.ValueType;
import org.btrdb.sql.plan.GapFill;
import org.btrdb.sql.read.Grid;
import org.btrdb.sql.read.Ticks;
import org.btrdb.sql.row.RowCursor;
import org.jspecify.annotations.Nullable;

/** The rows of a {@link GapFillOperator}. */
final class GapFillRows implements RowCursor {
  private final PartitionRows rows;
  private final Ticks ticks;
  private final int time;
  private final int width;
  private final boolean hasKeys;

  /** For each column of the input whether made rows have it, and where in {@link #key}. */
  private final int[] keyOf;

  private final Grid grid;
  private final List<TimeRange> ranges;
  private final Filled[] fills;

  /** The keys of the current combination. */
  private final StoredRow key;

  private final StoredRow row;

  /** Where a line leads to. */
  private final StoredRow goal;

  /** The number of the next row among those of the combination. */
  private long nextRow;

  private boolean isInGroup;
  private boolean hasBegun;
  private boolean isClosed;
  private int range;
  private long bucket;
  private boolean hasBucket;
  private boolean isMade;
  private long madeNanos;

  /** A filled column. */
  private static final class Filled {
    final boolean isHeld;
    final int column;
    final ValueType type;
    final int[] chosen;
    final RowStore held;
    boolean hasLast;
    long lastNanos;
    double last;

    /** The number of the row with the next value, or of one before it. */
    long nextAt;

    boolean isNull;
    double value;

    Filled(GapFill.Fill fill, ValueType type, Memory memory) {
      this.isHeld = fill.kind() == GapFill.Kind.LOCF;
      this.column = fill.column();
      this.type = type;
      this.chosen = new int[] {column};
      this.held = new RowStore(List.of(type), memory);
    }

    void hold(RowCursor from) {
      if (held.size() == 0) {
        held.add(from, chosen);
      } else {
        held.set(0, from, chosen);
      }
    }

    double number(RowCursor from) {
      return Numbers.doubleOf(from, column, type);
    }
  }

  GapFillRows(
      GapFillOperator operator, Grid grid, List<TimeRange> ranges, RowCursor input, Run run) {
    GapFill.Spec spec = operator.spec();
    List<ValueType> types = operator.input().types();
    int[] keys = spec.keys().stream().mapToInt(Integer::intValue).toArray();
    this.rows = new PartitionRows(input, keys, types, run);
    this.ticks = new Ticks(run.execution().scope());
    this.time = spec.time();
    this.width = types.size();
    this.hasKeys = keys.length > 0;
    this.keyOf = new int[width];
    java.util.Arrays.fill(keyOf, -1);
    for (int i = 0; i < keys.length; i++) {
      keyOf[keys[i]] = i;
    }
    this.grid = grid;
    this.ranges = ranges;
    this.fills =
        spec.fills().stream()
            .map(fill -> new Filled(fill, types.get(fill.column()), run.memory()))
            .toArray(Filled[]::new);
    this.key = rows.key();
    this.row = rows.view();
    this.goal = rows.view();
  }

  @Override
  public boolean next() {
    ticks.tick();
    while (!isClosed && (isInGroup || beginGroup())) {
      rows.forgetBefore(nextRow);
      boolean hasRow = rows.has(nextRow);
      long rowNanos = hasRow ? rows.show(row, nextRow).getLong(time) : 0;
      if (hasRow && (!hasBucket || rowNanos <= bucket)) {
        if (hasBucket && rowNanos == bucket) {
          nextBucket();
        }
        isMade = false;
        nextRow++;
        fill(rowNanos);
        return true;
      }
      if (hasBucket) {
        isMade = true;
        madeNanos = bucket;
        nextBucket();
        fill(madeNanos);
        return true;
      }
      isInGroup = false;
    }
    return false;
  }

  /** Goes on to the next combination of the other keys; without any there is one. */
  private boolean beginGroup() {
    boolean isOnlyGroup = !hasKeys && !hasBegun;
    if (!rows.nextPartition() && !isOnlyGroup) {
      return false;
    }
    hasBegun = true;
    isInGroup = true;
    nextRow = 0;
    for (Filled fill : fills) {
      fill.hasLast = false;
      fill.nextAt = 0;
    }
    range = 0;
    hasBucket = !ranges.isEmpty();
    bucket = hasBucket ? grid.bucketOf(ranges.get(0).startNanos()) : 0;
    return true;
  }

  private void nextBucket() {
    long next = grid.next(bucket);
    while (next >= ranges.get(range).endNanos()) {
      if (++range == ranges.size()) {
        hasBucket = false;
        return;
      }
      next = Math.max(next, grid.bucketOf(ranges.get(range).startNanos()));
    }
    bucket = next;
  }

  private void fill(long nanos) {
    for (Filled fill : fills) {
      boolean isGiven = !isMade && !row.isNull(fill.column);
      if (fill.isHeld) {
        if (isGiven) {
          fill.hold(row);
          fill.hasLast = true;
        }
        fill.isNull = !fill.hasLast;
      } else if (isGiven) {
        fill.value = fill.number(row);
        fill.isNull = false;
        fill.hasLast = true;
        fill.last = fill.value;
        fill.lastNanos = nanos;
      } else {
        fill.isNull = !fill.hasLast || !isLine(fill, nanos);
      }
    }
  }

  /** Sets a value between the last and the next one; false if there is no next one. */
  private boolean isLine(Filled fill, long nanos) {
    fill.nextAt = Math.max(fill.nextAt, nextRow);
    for (; rows.has(fill.nextAt); fill.nextAt++) {
      rows.show(goal, fill.nextAt);
      if (!goal.isNull(fill.column)) {
        double share = (double) (nanos - fill.lastNanos) / (goal.getLong(time) - fill.lastNanos);
        fill.value = fill.last + (fill.number(goal) - fill.last) * share;
        return true;
      }
    }
    return false;
  }

  @Override
  public boolean isNull(int column) {
    if (column >= width) {
      return fills[column - width].isNull;
    }
    if (!isMade) {
      return row.isNull(column);
    }
    return column != time && (keyOf[column] < 0 || key.isNull(keyOf[column]));
  }

  @Override
  public long getLong(int column) {
    if (column >= width) {
      Filled fill = fills[column - width];
      return fill.isNull ? 0 : fill.held.column(0).getLong(0);
    }
    if (!isMade) {
      return row.getLong(column);
    }
    if (column == time) {
      return madeNanos;
    }
    return keyOf[column] < 0 ? 0 : key.getLong(keyOf[column]);
  }

  @Override
  public double getDouble(int column) {
    if (column >= width) {
      Filled fill = fills[column - width];
      if (fill.isNull) {
        return 0;
      }
      return fill.isHeld ? fill.held.column(0).getDouble(0) : fill.value;
    }
    if (!isMade) {
      return row.getDouble(column);
    }
    return keyOf[column] < 0 ? 0 : key.getDouble(keyOf[column]);
  }

  @Override
  public @Nullable Object getObject(int column) {
    if (isNull(column)) {
      return null;
    }
    if (column >= width) {
      Filled fill = fills[column - width];
      return fill.isHeld ? fill.held.column(0).getObject(0) : (Object) fill.value;
    }
    if (!isMade) {
      return row.getObject(column);
    }
    return column == time ? (Object) madeNanos : key.getObject(keyOf[column]);
  }

  @Override
  public void close() {
    isClosed = true;
    for (Filled fill : fills) {
      fill.held.close();
    }
    rows.close();
  }
}
