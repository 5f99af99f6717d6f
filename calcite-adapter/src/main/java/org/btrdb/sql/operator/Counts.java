package org.btrdb.sql.operator;

import java.util.Arrays;
import org.btrdb.sql.row.RowCursor;

/** COUNT: rows in which no argument is NULL. */
final class Counts extends Accumulator {
  private final int[] columns;
  private long[] counts = new long[0];

  Counts(int[] columns) {
    this.columns = columns;
  }

  @Override
  void grow(int groups) {
    counts = Arrays.copyOf(counts, groups);
  }

  @Override
  void add(int group, RowCursor row) {
    for (int column : columns) {
      if (row.isNull(column)) {
        return;
      }
    }
    counts[group]++;
  }

  @Override
  void write(int group, Slots to, int column) {
    to.setLong(column, counts[group]);
  }

  @Override
  void reset(int group) {
    counts[group] = 0;
  }
}
