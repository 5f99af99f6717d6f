package org.btrdb.sql.read;

import java.util.List;
import org.btrdb.client.batch.PointBatch;
import org.btrdb.client.error.BtrdbException;

/** The points of a descent that have one of some values, in order of time. */
final class FoundRows extends BatchRows {
  private final ValueRanges values;
  private final ValueDescent descent;
  private boolean begun;

  FoundRows(List<RawRead.Column> columns, ValueRanges values, ValueDescent descent) {
    super(columns);
    this.values = values;
    this.descent = descent;
  }

  @Override
  public boolean next() {
    while (true) {
      while (++row < batch.size()) {
        if (values.has(batch.value(row))) {
          begun = true;
          return true;
        }
      }
      batch = PointBatch.EMPTY;
      row = -1;
      if (!moved()) {
        return false;
      }
      batch = descent.points();
    }
  }

  private boolean moved() {
    while (true) {
      try {
        return descent.next();
      } catch (BtrdbException e) {
        if (begun || !descent.beginsAnew(e)) {
          throw e;
        }
      }
    }
  }

  @Override
  public void close() {
    descent.close();
    batch = PointBatch.EMPTY;
  }
}
