package org.btrdb.embedded.server;

import java.util.List;
import org.btrdb.client.batch.WideBatch;
import org.btrdb.client.grpc.arrow.ArrowMultiValuesCodec;
import org.btrdb.client.grpc.arrow.ArrowSchema;
import org.btrdb.client.grpc.wire.WireBytes;
import org.btrdb.client.multi.GridRun;
import org.jspecify.annotations.Nullable;

/**
 * Several streams joined on their times, in messages; one message if there are no points. A stream
 * that has no point at a time has NaN there.
 */
final class MultiAnswers implements Answers<WireBytes> {
  /** About as many bytes as a message of points has. */
  private static final int MESSAGE_BYTES = 400_000;

  private final List<GridRun> streams;
  private final ArrowMultiValuesCodec codec;
  private final long[] times;
  private final double[][] values;
  private boolean begun;

  MultiAnswers(List<GridRun> streams, ArrowSchema schema) {
    this.streams = streams;
    this.codec = new ArrowMultiValuesCodec(schema);
    int rows = Math.max(1, MESSAGE_BYTES / (Long.BYTES * (streams.size() + 1)));
    this.times = new long[rows];
    this.values = new double[streams.size()][rows];
  }

  @Override
  public @Nullable WireBytes next() {
    boolean first = !begun;
    if (first) {
      begun = true;
      streams.forEach(GridRun::advance);
    }
    int size = 0;
    while (size < times.length && addRow(size)) {
      size++;
    }
    return size == 0 && !first ? null : codec.encode(new WideBatch(times, values, size));
  }

  /** Makes the row of the earliest time there is; false if there is none. */
  private boolean addRow(int row) {
    boolean found = false;
    long time = Long.MAX_VALUE;
    for (GridRun stream : streams) {
      if (!stream.hasEnded()) {
        found = true;
        time = Math.min(time, stream.time());
      }
    }
    if (!found) {
      return false;
    }
    times[row] = time;
    for (int i = 0; i < values.length; i++) {
      GridRun stream = streams.get(i);
      boolean hasIt = !stream.hasEnded() && stream.time() == time;
      values[i][row] = hasIt ? stream.value() : Double.NaN;
      if (hasIt) {
        stream.advance();
      }
    }
    return true;
  }

  @Override
  public void close() {
    streams.forEach(GridRun::close);
  }
}
