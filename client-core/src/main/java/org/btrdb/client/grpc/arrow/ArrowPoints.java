package org.btrdb.client.grpc.arrow;

import java.util.Arrays;
import org.btrdb.client.batch.PointBatch;
import org.btrdb.client.error.BtrdbException;
import org.btrdb.client.error.ErrorCode;

/**
 * Points as a bare IPC stream, as inserts carry them ({@code arrowBytes} of ArrowInsertParams);
 * keeps its arrays, so one belongs to one thread.
 */
public final class ArrowPoints {
  private static final int TIME = 0;
  private static final int VALUE = 1;

  private final IpcReader reader = new IpcReader(ArrowSchema.POINTS);
  private long[] times = new long[0];
  private double[] values = new double[0];
  private int size;

  /**
   * Reads the points of all batches of a stream, in order; they are valid until the next call.
   *
   * @param from first byte of the stream
   * @param length its bytes; none at all are no points
   * @throws BtrdbException {@link ErrorCode#PROTOCOL_VIOLATION} if the bytes are no IPC stream, its
   *     columns are not a time in nanoseconds (timestamp or int64) and a float64, or one of them
   *     holds a null; {@link ErrorCode#UNSUPPORTED}, and only then, if it is compressed
   */
  public PointBatch read(byte[] bytes, int from, int length) {
    size = 0;
    reader.open(bytes, from, length);
    while (reader.nextBatch()) {
      reader.checkNoNulls(TIME);
      reader.checkNoNulls(VALUE);
      int more = reader.rows();
      ensure(more);
      reader.longs(TIME, times, size);
      reader.doubles(VALUE, values, size);
      size += more;
    }
    return new PointBatch(times, values, 0, size);
  }

  private void ensure(int more) {
    if (times.length - size < more) {
      int capacity = Math.max(Math.addExact(size, more), size + size / 2);
      times = Arrays.copyOf(times, capacity);
      values = Arrays.copyOf(values, capacity);
    }
  }

  /** The points as a stream of one batch. */
  public static byte[] write(PointBatch points) {
    IpcWriter writer = new IpcWriter(ArrowSchema.POINTS);
    byte[] bytes = new byte[writer.prepare(points.size())];
    writer.begin(bytes, 0);
    writer.longs(points.times(), points.offset());
    writer.doubles(points.values(), points.offset());
    writer.end();
    return bytes;
  }
}
