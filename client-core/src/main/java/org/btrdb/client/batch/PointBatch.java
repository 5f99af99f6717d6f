package org.btrdb.client.batch;

/**
 * A run of points in two parallel arrays, from {@link #offset} on for {@link #size} elements.
 *
 * <p>The arrays may belong to a cache: whoever receives a batch reads and never writes.
 *
 * @param times nanoseconds since the Unix epoch, UTC
 * @param values one for each time
 * @param offset index of the first element
 * @param size number of elements, may be 0
 */
@SuppressWarnings("ArrayRecordComponent") // no copies on the row path
public record PointBatch(long[] times, double[] values, int offset, int size) {

  /** Points without any. */
  public static final PointBatch EMPTY = new PointBatch(new long[0], new double[0], 0, 0);

  /** Checks that the run lies inside both arrays. */
  public PointBatch {
    java.util.Objects.checkFromIndexSize(offset, size, times.length);
    java.util.Objects.checkFromIndexSize(offset, size, values.length);
  }

  /** All elements of two arrays of equal length. */
  public static PointBatch of(long[] times, double[] values) {
    return new PointBatch(times, values, 0, times.length);
  }

  /** The time of the i-th point of the run. */
  public long time(int i) {
    return times[offset + i];
  }

  /** The value of the i-th point of the run. */
  public double value(int i) {
    return values[offset + i];
  }

  /** A shorter run of the same arrays. */
  public PointBatch slice(int from, int count) {
    return new PointBatch(times, values, offset + from, count);
  }
}
