package org.btrdb.sql.operator;

import java.util.List;
import org.btrdb.client.time.TimeRange;
import org.btrdb.sql.expression.ValueType;
import org.btrdb.sql.plan.GapFill;
import org.btrdb.sql.read.Grid;
import org.btrdb.sql.row.RowCursor;
import org.jspecify.annotations.Nullable;

/** The rows of a {@link GapFillOperator}. */
final class GapFillRows implements RowCursor {
  /** So many rows that are done with are forgotten at a time. */
  private static final int FORGET = 4_096;

  private final RowCursor input;
  private final Ticks ticks;
  private final int time;
  private final int[] keys;
  private final int width;

  /** For each column of the input whether made rows have it, and where in {@link #group}. */
  private final int[] keyOf;

  private final Grid grid;
  private final List<TimeRange> ranges;
  private final Filled[] fills;

  /** The keys of the current combination. */
  private final RowStore group;

  private final StoredRow groupRow;
  private final RowOrder groupOrder;

  /** Rows of the current combination that were read, from the current one on. */
  private final RowStore ahead;

  private final StoredRow row;

  /** Where a line leads to. */
  private final StoredRow next;

  private long forgotten;
  private int head;

  private boolean isInputAtRow;
  private boolean isInputDone;
  private boolean isInGroup;
  private boolean hasBegun;
  private int range;
  private long bucket;
  private boolean hasBucket;
  private boolean isMade;
  private long madeNanos;

  /** A filled column. */
  private static final class Filled {
    final boolean isHeld;
    final int column;
    final ValueType.Storage storage;
    final int[] chosen;
    final RowStore held;
    boolean hasLast;
    long lastNanos;
    double last;

    /** Where the next value is, among all rows of the combination. */
    long nextAt;

    boolean isNull;
    double value;

    Filled(GapFill.Fill fill, ValueType type, Memory memory) {
      this.isHeld = fill.kind() == GapFill.Kind.LOCF;
      this.column = fill.column();
      this.storage = type.storage();
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
      return switch (storage) {
        case LONG -> from.getLong(column);
        case DOUBLE -> from.getDouble(column);
        case OBJECT ->
            ((Number) java.util.Objects.requireNonNull(from.getObject(column))).doubleValue();
      };
    }
  }

  GapFillRows(
      GapFillOperator operator, Grid grid, List<TimeRange> ranges, RowCursor input, Run run) {
    GapFill.Spec spec = operator.spec();
    List<ValueType> types = operator.input().types();
    this.input = input;
    this.ticks = new Ticks(run.execution().scope());
    this.time = spec.time();
    this.keys = spec.keys().stream().mapToInt(Integer::intValue).toArray();
    this.width = types.size();
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
    this.group = new RowStore(spec.keys().stream().map(types::get).toList(), run.memory());
    this.groupRow = new StoredRow(group).at(0);
    List<SortKey> inGroup =
        java.util.stream.IntStream.range(0, keys.length).mapToObj(SortKey::ascending).toList();
    this.groupOrder =
        RowOrder.between(
            inGroup,
            spec.keys().stream().map(SortKey::ascending).toList(),
            spec.keys().stream().map(types::get).toList());
    this.ahead = new RowStore(types, run.memory());
    this.row = new StoredRow(ahead);
    this.next = new StoredRow(ahead);
  }

  @Override
  public boolean next() {
    ticks.tick();
    while (isInGroup || beginGroup()) {
      boolean hasRow = hasRow();
      long rowNanos = hasRow ? ahead.column(time).getLong(head) : 0;
      if (hasRow && (!hasBucket || rowNanos <= bucket)) {
        if (hasBucket && rowNanos == bucket) {
          nextBucket();
        }
        isMade = false;
        row.at(head++);
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
    if (keys.length == 0) {
      if (hasBegun) {
        return false;
      }
    } else {
      if (!isAtRow()) {
        return false;
      }
      if (group.size() == 0) {
        group.add(input, keys);
      } else {
        group.set(0, input, keys);
      }
    }
    hasBegun = true;
    isInGroup = true;
    forgotten = 0;
    head = 0;
    ahead.clear();
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

  /** Whether the input is at a row that was not taken yet. */
  private boolean isAtRow() {
    if (!isInputAtRow && !isInputDone) {
      isInputAtRow = input.next();
      isInputDone = !isInputAtRow;
    }
    return isInputAtRow;
  }

  /** Takes one more row of this combination. */
  private boolean take() {
    if (!isAtRow() || (keys.length > 0 && groupOrder.compare(groupRow, input) != 0)) {
      return false;
    }
    ahead.add(input);
    isInputAtRow = false;
    return true;
  }

  /** Whether there is a row after the current one. */
  private boolean hasRow() {
    if (head == ahead.size()) {
      forgotten += head;
      head = 0;
      ahead.clear();
      return take();
    }
    if (head >= FORGET) {
      forgotten += head;
      ahead.discard(head);
      head = 0;
    }
    return true;
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
    fill.nextAt = Math.max(fill.nextAt, forgotten + head);
    while (true) {
      int at = (int) (fill.nextAt - forgotten);
      if (at == ahead.size() && !take()) {
        return false;
      }
      if (!ahead.column(fill.column).isNull(at)) {
        next.at(at);
        long nextNanos = next.getLong(time);
        double share = (double) (nanos - fill.lastNanos) / (nextNanos - fill.lastNanos);
        fill.value = fill.last + (fill.number(next) - fill.last) * share;
        return true;
      }
      fill.nextAt++;
    }
  }

  @Override
  public boolean isNull(int column) {
    if (column >= width) {
      return fills[column - width].isNull;
    }
    if (!isMade) {
      return row.isNull(column);
    }
    return column != time && (keyOf[column] < 0 || groupRow.isNull(keyOf[column]));
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
    return keyOf[column] < 0 ? 0 : groupRow.getLong(keyOf[column]);
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
    return keyOf[column] < 0 ? 0 : groupRow.getDouble(keyOf[column]);
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
    return column == time ? (Object) madeNanos : groupRow.getObject(keyOf[column]);
  }

  @Override
  public void close() {
    isInGroup = false;
    hasBegun = true;
    isInputDone = true;
    isInputAtRow = false;
    group.close();
    ahead.close();
    for (Filled fill : fills) {
      fill.held.close();
    }
    input.close();
  }
}
