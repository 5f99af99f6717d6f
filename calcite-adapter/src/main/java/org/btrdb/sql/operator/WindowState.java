package org.btrdb.sql.operator;

import java.util.List;
import org.btrdb.sql.expression.Evaluation;
import org.btrdb.sql.expression.Expression;
import org.btrdb.sql.expression.NoRow;
import org.btrdb.sql.expression.ValueType;
import org.jspecify.annotations.Nullable;

/** One function over the rows of the current partition. */
final class WindowState {
  private static final int RUNNING = 0;

  private final WindowFunction function;
  private final PartitionRows rows;
  private final FramePosition frame;
  private final StoredRow view;
  private final @Nullable Accumulator accumulator;
  private final long offset;
  private long added;
  private long peerGroup;
  private long peerGroupStart;

  WindowState(
      WindowFunction function, PartitionRows rows, List<SortKey> keys, RowOrder order, Run run) {
    this.function = function;
    this.rows = rows;
    this.frame = new FramePosition(function.frame(), rows, keys, order, run);
    this.view = rows.view();
    AggregateFunction aggregate = function.aggregate();
    this.accumulator = aggregate == null ? null : aggregate.accumulator(run.memory());
    if (accumulator != null) {
      accumulator.grow(1);
    }
    Expression rowsAway = function.offset();
    Object distance =
        rowsAway == null
            ? Long.valueOf(1)
            : rowsAway.value(new Evaluation(NoRow.INSTANCE, run.execution().parameters()));
    this.offset = distance == null ? 1 : ((Number) distance).longValue();
  }

  void reset() {
    frame.reset();
    added = 0;
    peerGroup = 0;
    peerGroupStart = -1;
    if (accumulator != null) {
      accumulator.reset(RUNNING);
    }
  }

  /** The first row that is needed for rows after one. */
  long firstNeededAfter(long row) {
    return switch (function.kind()) {
      case ROW_NUMBER, NTILE -> row + 1;
      case LEAD -> Math.max(0, row + 1 + Math.min(0, offset));
      case LAG -> Math.max(0, row + 1 - Math.max(0, offset));
      default ->
          accumulator != null && function.frame().isFromStart()
              ? Math.min(added, row + 1)
              : Math.min(frame.start(), row + 1);
    };
  }

  void write(long row, Slots to, int column) {
    switch (function.kind()) {
      case ROW_NUMBER -> to.setLong(column, row + 1);
      case RANK -> {
        frame.moveTo(row);
        to.setLong(column, frame.start() + 1);
      }
      case DENSE_RANK -> {
        frame.moveTo(row);
        if (frame.start() != peerGroupStart) {
          peerGroupStart = frame.start();
          peerGroup++;
        }
        to.setLong(column, peerGroup);
      }
      case NTILE -> to.setLong(column, tile(row));
      case LAG -> shifted(row, row - offset, to, column);
      case LEAD -> shifted(row, row + offset, to, column);
      case FIRST_VALUE -> {
        frame.moveTo(row);
        framed(frame.start(), to, column);
      }
      case LAST_VALUE -> {
        frame.moveTo(row);
        framed(frame.end() - 1, to, column);
      }
      case NTH_VALUE -> {
        frame.moveTo(row);
        framed(frame.start() + offset - 1, to, column);
      }
      default -> aggregate(row, to, column);
    }
  }

  /** Of tiles that cannot be of one size the first have a row more. */
  private long tile(long row) {
    long size = rows.count() / offset;
    long larger = rows.count() % offset;
    long inLarger = larger * (size + 1);
    return 1 + (row < inLarger ? row / (size + 1) : larger + (row - inLarger) / size);
  }

  private void shifted(long row, long other, Slots to, int column) {
    if (other >= 0 && rows.has(other)) {
      copy(other, function.arguments().get(0), to, column);
    } else if (function.arguments().size() > 1) {
      copy(row, function.arguments().get(1), to, column);
    } else {
      to.setNull(column);
    }
  }

  private void framed(long other, Slots to, int column) {
    if (other >= frame.start() && other < frame.end()) {
      copy(other, function.arguments().get(0), to, column);
    } else {
      to.setNull(column);
    }
  }

  private void copy(long row, int argument, Slots to, int column) {
    StoredRow from = rows.show(view, row);
    if (from.isNull(argument)) {
      to.setNull(column);
      return;
    }
    ValueType.Storage storage = function.type().storage();
    switch (storage) {
      case LONG -> to.setLong(column, from.getLong(argument));
      case DOUBLE -> to.setDouble(column, from.getDouble(argument));
      case OBJECT -> to.setObject(column, from.getObject(argument));
    }
  }

  /** From the start of the partition rows are only ever added; other frames are added up anew. */
  private void aggregate(long row, Slots to, int column) {
    Accumulator state = accumulator;
    if (state == null) {
      throw new IllegalStateException("unknown: " + function.kind());
    }
    frame.moveTo(row);
    long from = added;
    if (!function.frame().isFromStart()) {
      state.reset(RUNNING);
      from = frame.start();
    }
    for (long next = from; next < frame.end(); next++) {
      state.add(RUNNING, rows.show(view, next));
    }
    added = Math.max(from, frame.end());
    state.write(RUNNING, to, column);
  }

  void close() {
    if (accumulator != null) {
      accumulator.close();
    }
  }
}
