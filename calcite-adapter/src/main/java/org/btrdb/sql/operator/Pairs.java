package org.btrdb.sql.operator;

import java.util.Arrays;
import org.btrdb.sql.aggregate.PairMoments;
import org.btrdb.sql.expression.ValueType;
import org.btrdb.sql.row.RowCursor;

/** CORR, COVAR_* and REGR_* of numbers: pairs in which none is NULL. */
final class Pairs extends Accumulator {
  private final PairMoments.Statistic statistic;
  private final int y;
  private final int x;
  private final ValueType typeOfY;
  private final ValueType typeOfX;
  private PairMoments[] moments = new PairMoments[0];

  Pairs(PairMoments.Statistic statistic, int y, int x, ValueType typeOfY, ValueType typeOfX) {
    this.statistic = statistic;
    this.y = y;
    this.x = x;
    this.typeOfY = typeOfY;
    this.typeOfX = typeOfX;
  }

  @Override
  void grow(int groups) {
    int before = moments.length;
    moments = Arrays.copyOf(moments, groups);
    for (int i = before; i < groups; i++) {
      moments[i] = new PairMoments();
    }
  }

  @Override
  long bytesPerGroup() {
    return PairMoments.BYTES;
  }

  @Override
  void add(int group, RowCursor row) {
    if (!row.isNull(y) && !row.isNull(x)) {
      moments[group].add(Numbers.doubleOf(row, y, typeOfY), Numbers.doubleOf(row, x, typeOfX));
    }
  }

  @Override
  void reset(int group) {
    moments[group].clear();
  }

  @Override
  void write(int group, Slots to, int column) {
    PairMoments of = moments[group];
    if (of.isNull(statistic)) {
      to.setNull(column);
    } else {
      to.setDouble(column, of.value(statistic));
    }
  }
}
