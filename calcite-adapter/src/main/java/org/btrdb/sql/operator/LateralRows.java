package org.btrdb.sql.operator;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Iterator;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.btrdb.client.error.BtrdbException;
import org.btrdb.client.error.ErrorCode;
import org.btrdb.client.multi.CallsAhead;
import org.btrdb.sql.expression.NoRow;
import org.btrdb.sql.read.Execution;
import org.btrdb.sql.read.ObjectRow;
import org.btrdb.sql.row.RowCursor;
import org.jspecify.annotations.Nullable;

/** Rows of a lateral join: the right sides of a few next left rows are opened side by side. */
final class LateralRows implements RowCursor {
  /** Each of them may hold what a call has answered so far. */
  private static final int MOST_OPEN = 32;

  private final LateralOperator join;
  private final RowCursor left;
  private final int width;
  private final Run run;
  private final LeftRows leftRows;
  private final CallsAhead<@Nullable Object[], Side> sides;

  /** Opened and not yet closed. */
  private final Queue<RowCursor> opened = new ConcurrentLinkedQueue<>();

  private @Nullable Side side;

  /** Whether the right side may have more rows for the left row. */
  private boolean hasMore;

  private volatile boolean isClosed;

  /**
   * What the right side answers for a left row.
   *
   * @param joined the left row with those of the right side
   * @param hasRow whether that has a row; it was moved to the first
   * @param failure why there is no answer; thrown when it is this row's turn, for a LIMIT may end
   *     before
   */
  private record Side(
      JoinedRow joined, RowCursor rows, boolean hasRow, @Nullable RuntimeException failure) {}

  LateralRows(LateralOperator join, RowCursor left, Run run) {
    this.join = join;
    this.left = left;
    this.width = join.left().types().size();
    this.run = run;
    this.leftRows = new LeftRows();
    this.sides = new CallsAhead<>(leftRows, MOST_OPEN, run.execution().scope(), this::open);
  }

  /** The rows of the left side up to its end or its failure, which comes after their answers. */
  private final class LeftRows implements Iterator<@Nullable Object[]> {
    private @Nullable Object @Nullable [] ahead;
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

    private @Nullable Object[] row() {
      @Nullable Object[] row = new Object[width];
      for (int i = 0; i < width; i++) {
        row[i] = left.getObject(i);
      }
      return row;
    }

    @Override
    public @Nullable Object[] next() {
      if (!hasNext() || ahead == null) {
        throw new java.util.NoSuchElementException();
      }
      @Nullable Object[] row = ahead;
      ahead = null;
      return row;
    }
  }

  /** Called by several threads. */
  private Side open(@Nullable Object[] row) {
    try {
      RowCursor rows = rightRows(row);
      JoinedRow joined = new JoinedRow(new ObjectRow(row), rows, width);
      return new Side(joined, rows, rows.next(), null);
    } catch (RuntimeException e) {
      JoinedRow nothing = new JoinedRow(NoRow.INSTANCE, NoRow.INSTANCE, width);
      return new Side(nothing, NoRow.INSTANCE, false, e);
    }
  }

  private RowCursor rightRows(@Nullable Object[] row) {
    Execution outer = run.execution();
    List<@Nullable Object> parameters =
        new ArrayList<>(outer.parameters().subList(0, join.firstParameter()));
    parameters.addAll(Arrays.asList(row));
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
      next.joined.show(true, hasMore);
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

  @Override
  public boolean isNull(int column) {
    return side().joined.isNull(column);
  }

  @Override
  public long getLong(int column) {
    return side().joined.getLong(column);
  }

  @Override
  public double getDouble(int column) {
    return side().joined.getDouble(column);
  }

  @Override
  public @Nullable Object getObject(int column) {
    return side().joined.getObject(column);
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
