package org.btrdb.sql.operator;

import java.util.Arrays;
import org.btrdb.sql.aggregate.Moments;
import org.btrdb.sql.row.RowCursor;

/** STDDEV_* and VAR_* of doubles. */
final class Deviations extends Accumulator {
  private final int column;
  private final boolean sample;
  private final boolean root;
  private Moments[] moments = new Moments[0];

  Deviations(int column, boolean sample, boolean root) {
    this.column = column;
    this.sample = sample;
    this.root = root;
  }

  @Override
  void grow(int groups) {
    int before = moments.length;
    moments = Arrays.copyOf(moments, groups);
    for (int i = before; i < groups; i++) {
      moments[i] = new Moments();
    }
  }

  @Override
  long bytesPerGroup() {
    return Moments.BYTES;
  }

  @Override
  void add(int group, RowCursor row) {
    if (!row.isNull(column)) {
      moments[group].add(row.getDouble(column));
    }
  }

  @Override
  void reset(int group) {
    moments[group].clear();
  }

  @Override
  void write(int group, Slots to, int at) {
    Moments of = moments[group];
    if (of.isNull(sample)) {
      to.setNull(at);
    } else {
      to.setDouble(at, of.deviation(sample, root));
    }
  }
}
