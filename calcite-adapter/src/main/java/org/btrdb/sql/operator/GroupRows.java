package org.btrdb.sql.operator;

import java.util.List;
import org.btrdb.sql.row.RowCursor;
import org.jspecify.annotations.Nullable;

/** Rows of groups: what hashed and ordered grouping share. */
abstract class GroupRows implements RowCursor {
  final RowCursor input;
  final int[] keyColumns;
  final Accumulator[] accumulators;
  final StoredRow key;
  private final int[] filters;
  private final Slots values;

  GroupRows(AggregateOperator aggregate, RowCursor input, RowStore keys, Memory memory) {
    this.input = input;
    this.keyColumns = aggregate.keyColumns();
    List<AggregateFunction> functions = aggregate.functions();
    this.accumulators =
        functions.stream().map(f -> f.accumulator(memory)).toArray(Accumulator[]::new);
    this.filters = functions.stream().mapToInt(AggregateFunction::filter).toArray();
    this.values = new Slots(aggregate.types().subList(keyColumns.length, aggregate.types().size()));
    this.key = new StoredRow(keys);
  }

  final void grow(int groups) {
    for (Accumulator accumulator : accumulators) {
      accumulator.grow(groups);
    }
  }

  final void add(int group) {
    for (int i = 0; i < accumulators.length; i++) {
      int filter = filters[i];
      if (filter < 0 || (!input.isNull(filter) && input.getLong(filter) != 0)) {
        accumulators[i].add(group, input);
      }
    }
  }

  final void write(int group) {
    for (int i = 0; i < accumulators.length; i++) {
      accumulators[i].write(group, values, i);
    }
  }

  @Override
  public final boolean isNull(int column) {
    int value = column - keyColumns.length;
    return value < 0 ? key.isNull(column) : values.isNull(value);
  }

  @Override
  public final long getLong(int column) {
    int value = column - keyColumns.length;
    return value < 0 ? key.getLong(column) : values.getLong(value);
  }

  @Override
  public final double getDouble(int column) {
    int value = column - keyColumns.length;
    return value < 0 ? key.getDouble(column) : values.getDouble(value);
  }

  @Override
  public final @Nullable Object getObject(int column) {
    int value = column - keyColumns.length;
    return value < 0 ? key.getObject(column) : values.getObject(value);
  }

  @Override
  public void close() {
    for (Accumulator accumulator : accumulators) {
      accumulator.close();
    }
    input.close();
  }
}
