package org.btrdb.sql.operator;

import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.btrdb.client.error.BtrdbException;
import org.btrdb.client.error.ErrorCode;
import org.btrdb.client.multi.CallsAhead;
import org.btrdb.sql.expression.NoRow;
import org.btrdb.sql.read.Execution;
import org.btrdb.sql.row.RowCursor;
import org.jspecify.annotations.Nullable;

/** Rows of a lateral join: the right sides of a few next left rows are opened side by side. */
final class LateralRows implements RowCursor {
  /** Each of them may hold what a call has answered so far. */
  private static final int MOST_OPEN = 32;

  private final LateralOperator join;
  private final RowCursor left;
  private final Run run;
  private final LeftRows leftRows;
  private final CallsAhead<List<@Nullable Object>, Side> sides;

  /** Opened and not yet closed. */
  private final Queue<RowCursor> opened = new ConcurrentLinkedQueue<>();

  private @Nullable Side side;

  /** Whether the right side may have more rows for the left row. */
  private boolean hasMore;

  private boolean isRightShown;
  private volatile boolean isClosed;

  /**
   * A left row and what the right side answers for it.
   *
   * @param hasRow whether that has a row; it was moved to the first
   * @param failure why there is no answer; thrown when it is this row's turn, for a LIMIT may end
   *     before
   */
  private record Side(
      List<@Nullable Object> row,
      RowCursor rows,
      boolean hasRow,
      @Nullable RuntimeException failure) {}

  LateralRows(LateralOperator join, RowCursor left, Run run) {
    this.join = join;
    this.left = left;
    this.run = run;
    this.leftRows = new LeftRows();
    this.sides = new CallsAhead<>(leftRows, MOST_OPEN, run.execution().scope(), this::open);
  }

  /** The rows of the left side up to its end or its failure, which comes after their answers. */
  private final class LeftRows implements Iterator<List<@Nullable Object>> {
    private @Nullable List<@Nullable Object> ahead;
    private @Nullable RuntimeException failure;

    @Override
    public boolean hasNext() {
      if (ahead == null && failure == null) {
        try {
          ahead = left.next() ? row() : null;
        } catch (RuntimeException e) {
          failure = e;
        }
      }
      return ahead != null;
    }

    private List<@Nullable Object> row() {
      List<@Nullable Object> row = new ArrayList<>(width());
      for (int i = 0; i < width(); i++) {
        row.add(left.getObject(i));
      }
      return row;
    }

    @Override
    public List<@Nullable Object> next() {
      if (!hasNext() || ahead == null) {
        throw new java.util.NoSuchElementException();
      }
      List<@Nullable Object> row = ahead;
      ahead = null;
      return row;
    }
  }

  /** Called by several threads. */
  private Side open(List<@Nullable Object> row) {
    try {
      RowCursor rows = rightRows(row);
      return new Side(row, rows, rows.next(), null);
    } catch (RuntimeException e) {
      return new Side(row, NoRow.INSTANCE, false, e);
    }
  }

  private RowCursor rightRows(List<@Nullable Object> row) {
    Execution outer = run.execution();
    List<@Nullable Object> parameters =
        new ArrayList<>(outer.parameters().subList(0, join.firstParameter()));
    parameters.addAll(row);
    Execution inner = new Execution(outer.session(), outer.btrdb(), outer.scope(), parameters, 0);
    RowCursor rows = join.right().open(new Run(inner, run.memory()));
    opened.add(rows);
    if (isClosed) { // too late for close() to see it
      opened.remove(rows);
      rows.close();
      throw new BtrdbException(ErrorCode.CANCELLED, "the result was closed");
    }
    return rows;
  }

  @Override
  public boolean next() {
    try {
      return advance();
    } catch (RuntimeException | Error e) {
      try {
        close();
      } catch (RuntimeException other) {
        e.addSuppressed(other);
      }
      throw e;
    }
  }

  private boolean advance() {
    while (!isClosed) {
      if (hasMore) {
        if (side().rows.next()) {
          return true;
        }
        hasMore = false;
        end(side());
      }
      if (!sides.hasNext()) {
        throwIfFailed(leftRows.failure);
        return false;
      }
      Side next = sides.next();
      throwIfFailed(next.failure);
      side = next;
      hasMore = next.hasRow && !join.kind().isLeftOnly();
      isRightShown = hasMore;
      if (!hasMore) {
        end(next);
      }
      if (isAnswered(next)) {
        return true;
      }
    }
    return false;
  }

  private static void throwIfFailed(@Nullable RuntimeException failure) {
    if (failure != null) {
      throw failure;
    }
  }

  private boolean isAnswered(Side next) {
    return switch (join.kind()) {
      case INNER, SEMI -> next.hasRow;
      case ANTI -> !next.hasRow;
      case LEFT -> true;
      case RIGHT, FULL -> throw new IllegalStateException("no right side without a left row");
    };
  }

  private void end(Side ended) {
    opened.remove(ended.rows);
    ended.rows.close();
  }

  private Side side() {
    if (side == null) {
      throw new IllegalStateException("next() was not called or returned false");
    }
    return side;
  }

  private int width() {
    return join.left().types().size();
  }

  @Override
  public boolean isNull(int column) {
    return column < width()
        ? side().row.get(column) == null
        : !isRightShown || side().rows.isNull(column - width());
  }

  @Override
  public long getLong(int column) {
    if (column >= width()) {
      return isRightShown ? side().rows.getLong(column - width()) : 0;
    }
    Object value = side().row.get(column);
    if (value instanceof Boolean truth) {
      return truth ? 1 : 0;
    }
    return value == null ? 0 : ((Number) value).longValue();
  }

  @Override
  public double getDouble(int column) {
    if (column >= width()) {
      return isRightShown ? side().rows.getDouble(column - width()) : 0;
    }
    Object value = side().row.get(column);
    return value == null ? 0 : ((Number) value).doubleValue();
  }

  @Override
  public @Nullable Object getObject(int column) {
    if (column >= width()) {
      return isRightShown ? side().rows.getObject(column - width()) : null;
    }
    return side().row.get(column);
  }

  @Override
  public void close() {
    isClosed = true;
    List<RowCursor> all = new ArrayList<>(opened);
    all.add(left);
    opened.clear();
    Inputs.close(all);
  }
}
