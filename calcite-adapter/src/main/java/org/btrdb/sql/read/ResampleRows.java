package org.btrdb.sql.read;

import java.util.List;
import org.btrdb.sql.row.RowCursor;
import org.jspecify.annotations.Nullable;

/** Rows of a resample read: two points, the one before a time and the one after it. */
final class ResampleRows implements RowCursor {
  private final boolean[] isTime;
  private final TimeSteps.Walk walk;
  private final ResampleRead.Method method;
  private final RowCursor points;
  private boolean isBegun;
  private boolean isClosed;
  private boolean hasBefore;
  private long timeBefore;
  private double valueBefore;
  private boolean hasAfter;
  private long timeAfter;
  private double valueAfter;
  private boolean hasValue;
  private double value;

  /**
   * Rows made of points, which they close.
   *
   * @param points times and values, in order
   */
  ResampleRows(
      List<RawRead.Column> columns,
      TimeSteps.Walk walk,
      ResampleRead.Method method,
      RowCursor points) {
    this.walk = walk;
    this.method = method;
    this.points = points;
    this.isTime = new boolean[columns.size()];
    for (int i = 0; i < isTime.length; i++) {
      isTime[i] = columns.get(i) == RawRead.Column.TIME;
    }
  }

  @Override
  public boolean next() {
    if (isClosed || !walk.next()) {
      return false;
    }
    if (!isBegun) {
      isBegun = true;
      read();
    }
    while (hasAfter && timeAfter <= walk.timeNanos()) {
      hasBefore = true;
      timeBefore = timeAfter;
      valueBefore = valueAfter;
      read();
    }
    compute(walk.timeNanos());
    return true;
  }

  private void read() {
    hasAfter = points.next();
    if (hasAfter) {
      timeAfter = points.getLong(0);
      valueAfter = points.getDouble(1);
    }
  }

  private void compute(long at) {
    boolean isThere = hasBefore && timeBefore == at;
    switch (method) {
      case PREVIOUS -> take(hasBefore, valueBefore);
      case LINEAR -> take(isThere || (hasBefore && hasAfter), isThere ? valueBefore : between(at));
      case NEAREST -> {
        boolean isBefore =
            hasBefore && (!hasAfter || Long.compareUnsigned(at - timeBefore, timeAfter - at) <= 0);
        take(hasBefore || hasAfter, isBefore ? valueBefore : valueAfter);
      }
    }
  }

  private double between(long at) {
    double part = (double) (at - timeBefore) / (timeAfter - timeBefore);
    double rise = valueAfter - valueBefore;
    return Double.isInfinite(rise) // of two finite values too, if they are far apart
        ? valueBefore * (1 - part) + valueAfter * part
        : valueBefore + part * rise;
  }

  private void take(boolean isKnown, double known) {
    hasValue = isKnown;
    value = isKnown ? known : 0;
  }

  @Override
  public boolean isNull(int column) {
    return !isTime[column] && !hasValue;
  }

  @Override
  public long getLong(int column) {
    return walk.timeNanos();
  }

  @Override
  public double getDouble(int column) {
    return value;
  }

  @Override
  public @Nullable Object getObject(int column) {
    if (isTime[column]) {
      return walk.timeNanos();
    }
    return hasValue ? (Object) value : null;
  }

  @Override
  public void close() {
    isClosed = true;
    points.close();
  }
}
