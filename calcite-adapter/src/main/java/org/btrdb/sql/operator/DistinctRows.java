package org.btrdb.sql.operator;

import java.util.ArrayList;
import java.util.List;
import org.btrdb.sql.expression.ValueType;
import org.btrdb.sql.row.RowCursor;
import org.jspecify.annotations.Nullable;

/** Adds to another accumulator only the first row with each combination of arguments. */
final class DistinctRows extends Accumulator {
  private final Accumulator inner;
  private final RowTable seen;
  private final int[] columns;
  private final Grouped grouped = new Grouped();

  DistinctRows(Accumulator inner, int[] arguments, List<ValueType> argumentTypes, Memory memory) {
    this.inner = inner;
    this.columns = new int[arguments.length + 1];
    System.arraycopy(arguments, 0, columns, 1, arguments.length);
    columns[0] = Grouped.GROUP;
    List<ValueType> types = new ArrayList<>(argumentTypes);
    types.add(0, ValueType.BIGINT);
    this.seen = new RowTable(types, memory);
  }

  @Override
  void grow(int groups) {
    inner.grow(groups);
  }

  @Override
  long bytesPerGroup() {
    return inner.bytesPerGroup();
  }

  @Override
  void add(int group, RowCursor row) {
    grouped.row = row;
    grouped.group = group;
    int known = seen.size();
    if (seen.findOrAdd(grouped, columns) == known) {
      inner.add(group, row);
    }
  }

  @Override
  void write(int group, Slots to, int column) {
    inner.write(group, to, column);
  }

  /** Only ever used with one group, so nothing of another is forgotten. */
  @Override
  void reset(int group) {
    seen.clear();
    inner.reset(group);
  }

  @Override
  void close() {
    seen.close();
    inner.close();
  }

  /** A row with the number of its group as a further column. */
  private static final class Grouped implements RowCursor {
    static final int GROUP = -1;

    private RowCursor row = org.btrdb.sql.expression.NoRow.INSTANCE;
    private int group;

    @Override
    public boolean next() {
      throw new IllegalStateException("one row only");
    }

    @Override
    public boolean isNull(int column) {
      return column != GROUP && row.isNull(column);
    }

    @Override
    public long getLong(int column) {
      return column == GROUP ? group : row.getLong(column);
    }

    @Override
    public double getDouble(int column) {
      return row.getDouble(column);
    }

    @Override
    public @Nullable Object getObject(int column) {
      return row.getObject(column);
    }

    @Override
    public void close() {
      // the row belongs to another
    }
  }
}
