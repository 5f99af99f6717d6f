package org.btrdb.sql.operator;

import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.btrdb.client.multi.CallsAhead;
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
  private final CallsAhead<List<@Nullable Object>, Side> sides;

  /** Opened and not yet closed. */
  private final Queue<RowCursor> opened = new ConcurrentLinkedQueue<>();

  private @Nullable Side side;

  /** Whether the right side may have more rows for the left row. */
  private boolean hasMore;

  private boolean isRightShown;
  private boolean isClosed;

  /**
   * A left row and what the right side answers for it.
   *
   * @param hasRow whether that has a row; it was moved to the first
   */
  private record Side(List<@Nullable Object> row, RowCursor rows, boolean hasRow) {}

  LateralRows(LateralOperator join, RowCursor left, Run run) {
    this.join = join;
    this.left = left;
    this.run = run;
    this.sides = new CallsAhead<>(new LeftRows(), MOST_OPEN, run.execution().scope(), this::open);
  }

  /** The rows of the left side. */
  private final class LeftRows implements Iterator<List<@Nullable Object>> {
    private boolean isAhead;

    @Override
    public boolean hasNext() {
      isAhead = isAhead || left.next();
      return isAhead;
    }

    @Override
    public List<@Nullable Object> next() {
      if (!hasNext()) {
        throw new java.util.NoSuchElementException();
      }
      isAhead = false;
      List<@Nullable Object> row = new ArrayList<>(width());
      for (int i = 0; i < width(); i++) {
        row.add(left.getObject(i));
      }
      return row;
    }
  }

  /** Called by several threads. */
  private Side open(List<@Nullable Object> row) {
    Execution outer = run.execution();
    List<@Nullable Object> parameters =
        new ArrayList<>(outer.parameters().subList(0, join.firstParameter()));
    parameters.addAll(row);
    Execution inner = new Execution(outer.session(), outer.btrdb(), outer.scope(), parameters, 0);
    RowCursor rows = join.right().open(new Run(inner, run.memory()));
    opened.add(rows);
    return new Side(row, rows, rows.next());
  }

  @Override
  public boolean next() {
    while (!isClosed) {
      if (hasMore) {
        if (side().rows.next()) {
          return true;
        }
        hasMore = false;
        end(side());
      }
      if (!sides.hasNext()) {
        return false;
      }
      Side next = sides.next();
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
