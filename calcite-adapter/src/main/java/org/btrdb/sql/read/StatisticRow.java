package org.btrdb.sql.read;

import java.util.List;
import org.btrdb.client.time.IsoTime;
import org.btrdb.sql.row.RowCursor;
import org.jspecify.annotations.Nullable;

/**
 * Columns over the statistics of the current bucket. Those that need a standard deviation are NULL
 * where the server has none.
 */
abstract class StatisticRow implements RowCursor {
  final Statistics statistics = new Statistics();
  private final WindowRead.Column[] columns;
  private final boolean hasDeviation;
  long bucketNanos;
  long bucketEndNanos;
  @Nullable Long firstNanos;
  @Nullable Long lastNanos;

  StatisticRow(List<WindowRead.Column> columns) {
    this(columns, true);
  }

  StatisticRow(List<WindowRead.Column> columns, boolean hasDeviation) {
    this.columns = columns.toArray(WindowRead.Column[]::new);
    this.hasDeviation = hasDeviation;
  }

  @Override
  public final boolean isNull(int column) {
    return switch (columns[column]) {
      case BUCKET_TIME, BUCKET_END, BUCKET_DATE, COUNT -> false;
      case UNUSED -> true;
      case FIRST_TIME -> firstNanos == null;
      case LAST_TIME -> lastNanos == null;
      case STDDEV_SAMP, VAR_SAMP -> !hasDeviation || statistics.count() < 2;
      case STDDEV_POP, VAR_POP -> !hasDeviation || statistics.count() == 0;
      case MIN, MAX, AVG, SUM -> statistics.count() == 0;
    };
  }

  @Override
  public final long getLong(int column) {
    return switch (columns[column]) {
      case BUCKET_TIME -> bucketNanos;
      case BUCKET_END -> bucketEndNanos;
      case BUCKET_DATE -> Math.floorDiv(bucketNanos, IsoTime.NANOS_PER_DAY);
      case COUNT -> statistics.count();
      case FIRST_TIME -> firstNanos == null ? 0 : firstNanos;
      case LAST_TIME -> lastNanos == null ? 0 : lastNanos;
      default -> throw new IllegalStateException(columns[column] + " is no integer");
    };
  }

  @Override
  public final double getDouble(int column) {
    if (isNull(column)) {
      return 0;
    }
    return switch (columns[column]) {
      case MIN -> statistics.min();
      case MAX -> statistics.max();
      case AVG -> statistics.mean();
      case SUM -> statistics.sum();
      case STDDEV_POP -> statistics.stddevPop();
      case STDDEV_SAMP -> Math.sqrt(statistics.varSamp());
      case VAR_POP -> statistics.varPop();
      case VAR_SAMP -> statistics.varSamp();
      default -> throw new IllegalStateException(columns[column] + " is no double");
    };
  }

  @Override
  public final @Nullable Object getObject(int column) {
    if (isNull(column)) {
      return null;
    }
    return switch (columns[column]) {
      case BUCKET_TIME, BUCKET_END, COUNT, FIRST_TIME, LAST_TIME -> (Object) getLong(column);
      case BUCKET_DATE -> (Object) (int) getLong(column);
      default -> (Object) getDouble(column);
    };
  }
}
