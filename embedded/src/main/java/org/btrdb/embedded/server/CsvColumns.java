package org.btrdb.embedded.server;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.List;
import org.btrdb.client.DataCursor;
import org.btrdb.client.batch.PointBatch;
import org.btrdb.client.batch.StatBatch;

/** The columns of one stream in a table of text. */
abstract sealed class CsvColumns implements AutoCloseable {
  private static final int DECIMALS = 6;

  private final String label;
  private final DataCursor<?> cursor;
  private int taken;
  private int size;
  private boolean ended;

  private CsvColumns(String label, DataCursor<?> cursor) {
    this.label = label;
    this.cursor = cursor;
  }

  /** The titles; the version that answers is told only if wanted. */
  void addTitles(List<String> row, boolean withVersion) {
    hasNext();
    String title = withVersion ? label + ", ver. " + cursor.version().major() : label;
    kinds().forEach(kind -> row.add(title + kind));
  }

  /** Whether there is one more row. */
  boolean hasNext() {
    while (!ended && taken == size) {
      ended = !cursor.next();
      if (!ended) {
        size = received();
        taken = 0;
      }
    }
    return !ended;
  }

  /** The time of the next row. */
  long time() {
    return time(taken);
  }

  /** Takes the next row. */
  void takeInto(List<String> row) {
    addCells(row, taken++);
  }

  /** Leaves the cells of a row empty. */
  void addEmpty(List<String> row) {
    kinds().forEach(kind -> row.add(""));
  }

  @Override
  public void close() {
    cursor.close();
  }

  /** What is appended to the title of each column. */
  abstract List<String> kinds();

  /** Takes over what the cursor has moved to; its size. */
  abstract int received();

  abstract long time(int i);

  abstract void addCells(List<String> row, int i);

  /** Six decimals of the exact binary value, as C and Go print it. */
  static String number(double value) {
    if (Double.isNaN(value)) {
      return "NaN";
    }
    if (Double.isInfinite(value)) {
      return value > 0 ? "+Inf" : "-Inf";
    }
    return new BigDecimal(value).setScale(DECIMALS, RoundingMode.HALF_EVEN).toPlainString();
  }

  /** One column of points. */
  static final class OfPoints extends CsvColumns {
    private final DataCursor<PointBatch> points;
    private PointBatch batch = PointBatch.EMPTY;

    OfPoints(String label, DataCursor<PointBatch> points) {
      super(label, points);
      this.points = points;
    }

    @Override
    List<String> kinds() {
      return List.of("");
    }

    @Override
    int received() {
      batch = points.current();
      return batch.size();
    }

    @Override
    long time(int i) {
      return batch.time(i);
    }

    @Override
    void addCells(List<String> row, int i) {
      row.add(number(batch.value(i)));
    }
  }

  /** Four columns of window statistics. */
  static final class OfWindows extends CsvColumns {
    private final DataCursor<StatBatch> windows;
    private StatBatch batch = new StatBatch(0);

    OfWindows(String label, DataCursor<StatBatch> windows) {
      super(label, windows);
      this.windows = windows;
    }

    @Override
    List<String> kinds() {
      return List.of(" (Min)", " (Mean)", " (Max)", " (Count)");
    }

    @Override
    int received() {
      batch = windows.current();
      return batch.size();
    }

    @Override
    long time(int i) {
      return batch.time(i);
    }

    @Override
    void addCells(List<String> row, int i) {
      row.add(number(batch.min(i)));
      row.add(number(batch.mean(i)));
      row.add(number(batch.max(i)));
      row.add(Long.toString(batch.count(i)));
    }
  }
}
