package org.btrdb.sql.operator;

import java.util.List;
import org.btrdb.sql.expression.ValueType;
import org.btrdb.sql.read.Ticks;
import org.btrdb.sql.row.RowCursor;
import org.jspecify.annotations.Nullable;

/** ORDER BY in memory; with a limit it holds no more rows than are answered. */
record SortOperator(Operator input, List<SortKey> keys, LimitOperator.Bounds bounds)
    implements Operator {
  /** More rows than this are sorted whole and then cut. */
  private static final int LARGEST_HEAP = 100_000;

  /** The rows of an input in an order; it is the input if that has it. */
  static Operator sorted(Operator input, List<SortKey> order) {
    return input.isOrderedBy(order)
        ? input
        : new SortOperator(input, List.copyOf(order), LimitOperator.Bounds.NONE);
  }

  @Override
  public RowCursor open(Run run) {
    long skip = bounds.skip(run);
    long take = bounds.take(run);
    RowCursor rows = input.open(run);
    return new Rows(rows, this, run, skip, take);
  }

  @Override
  public List<ValueType> types() {
    return input.types();
  }

  @Override
  public List<Operator> inputs() {
    return List.of(input);
  }

  @Override
  public String text() {
    return (bounds.fetch() == null ? "Sort by " : "First rows by ") + keys;
  }

  @Override
  public boolean isOrderedBy(List<SortKey> wanted) {
    return isAtMostOneRow()
        || (wanted.size() <= keys.size() && keys.subList(0, wanted.size()).equals(wanted));
  }

  @Override
  public boolean isAtMostOneRow() {
    return input.isAtMostOneRow();
  }

  private static final class Rows implements RowCursor {
    private final RowCursor input;
    private final Run run;
    private final RowOrder order;
    private final RowStore store;
    private final StoredRow current;
    private final long skip;
    private final long take;
    private int @Nullable [] sorted;
    private long reserved;
    private int next;
    private int end;

    Rows(RowCursor input, SortOperator sort, Run run, long skip, long take) {
      this.input = input;
      this.run = run;
      this.order = RowOrder.of(sort.keys, sort.types());
      this.store = new RowStore(sort.types(), run.memory());
      this.current = new StoredRow(store);
      this.skip = skip;
      this.take = take;
    }

    @Override
    public boolean next() {
      int[] rows = sorted;
      if (rows == null) {
        rows = sort();
        sorted = rows;
      }
      if (next >= end) {
        return false;
      }
      current.at(rows[next++]);
      return true;
    }

    private int[] sort() {
      Ticks ticks = new Ticks(run.execution().scope());
      if (take == 0) {
        input.close();
        return new int[0];
      }
      boolean few = skip < LARGEST_HEAP && take < LARGEST_HEAP - skip;
      int[] rows = few ? firstRows(ticks) : allRows(ticks);
      input.close();
      next = (int) Math.min(skip, rows.length);
      end = (int) Math.min(take, rows.length - next) + next;
      return rows;
    }

    private int[] allRows(Ticks ticks) {
      while (input.next()) {
        store.add(input);
      }
      long bytes = 2L * Integer.BYTES * store.size();
      run.memory().reserve(bytes);
      reserved = bytes;
      StoredRow a = new StoredRow(store);
      StoredRow b = new StoredRow(store);
      return new IndexSort((x, y) -> order.compare(a.at(x), b.at(y)), ticks).sorted(store.size());
    }

    private int[] firstRows(Ticks ticks) {
      FirstRows first = new FirstRows(store, order, (int) (skip + take));
      while (input.next()) {
        first.offer(input);
      }
      return first.sorted(ticks);
    }

    @Override
    public boolean isNull(int column) {
      return current.isNull(column);
    }

    @Override
    public long getLong(int column) {
      return current.getLong(column);
    }

    @Override
    public double getDouble(int column) {
      return current.getDouble(column);
    }

    @Override
    public @Nullable Object getObject(int column) {
      return current.getObject(column);
    }

    @Override
    public void close() {
      sorted = new int[0];
      end = 0;
      store.close();
      run.memory().release(reserved);
      reserved = 0;
      input.close();
    }
  }
}
