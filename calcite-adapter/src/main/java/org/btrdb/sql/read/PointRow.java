package org.btrdb.sql.read;

import java.util.List;
import java.util.Optional;
import org.btrdb.client.batch.Point;
import org.btrdb.sql.row.RowCursor;

/** One point, or none. */
final class PointRow implements RowCursor {
  private final List<RawRead.Column> columns;
  private final long timeNanos;
  private final double value;
  private boolean ahead;

  PointRow(List<RawRead.Column> columns, Optional<Point> point) {
    this.columns = columns;
    this.timeNanos = point.map(Point::timeNanos).orElse(0L);
    this.value = point.map(Point::value).orElse(0.0);
    this.ahead = point.isPresent();
  }

  @Override
  public boolean next() {
    boolean moved = ahead;
    ahead = false;
    return moved;
  }

  @Override
  public boolean isNull(int column) {
    return false;
  }

  @Override
  public long getLong(int column) {
    return timeNanos;
  }

  @Override
  public double getDouble(int column) {
    return value;
  }

  @Override
  public Object getObject(int column) {
    return columns.get(column) == RawRead.Column.TIME ? (Object) timeNanos : (Object) value;
  }

  @Override
  public void close() {
    ahead = false;
  }
}
