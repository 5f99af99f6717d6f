package org.btrdb.client.grpc.arrow;

import java.util.Arrays;
import org.btrdb.client.batch.WideBatch;
import org.btrdb.client.error.BtrdbException;
import org.btrdb.client.grpc.wire.AnswerHeader;
import org.btrdb.client.grpc.wire.ArrowAnswer;
import org.btrdb.client.grpc.wire.WireBytes;
import org.btrdb.client.grpc.wire.WireMessage;

/**
 * ArrowMultiValuesResponse between bytes and columns; keeps its arrays, so one belongs to one call.
 */
public final class ArrowMultiValuesCodec {
  private final ArrowAnswer answer = ArrowAnswer.ofManyStreams();
  private final IpcReader reader;
  private final IpcWriter writer;
  private final double[][] values;
  private long[] times = new long[0];
  private int size;

  /**
   * For messages of a schema.
   *
   * @param schema {@link ArrowSchema#wide}, or for writing what its template makes of it
   */
  public ArrowMultiValuesCodec(ArrowSchema schema) {
    this.reader = new IpcReader(schema);
    this.writer = new IpcWriter(schema);
    this.values = new double[schema.size() - 1][0];
  }

  /**
   * Decodes a message; the rows are valid until the next call. A value that is null reads as NaN,
   * which here means the same.
   *
   * @throws BtrdbException as {@link ArrowPoints#read}
   */
  public WideBatch decode(WireMessage message, AnswerHeader header) {
    answer.read(message, header);
    size = 0;
    reader.open(answer.bytes(), answer.from(), answer.length());
    while (reader.nextBatch()) {
      reader.checkNoNulls(0);
      ensure(reader.rows());
      reader.longs(0, times, size);
      for (int i = 0; i < values.length; i++) {
        readValues(i);
      }
      size += reader.rows();
    }
    return new WideBatch(times, values, size);
  }

  private void readValues(int stream) {
    double[] to = values[stream];
    int column = stream + 1;
    reader.doubles(column, to, size);
    if (reader.hasNulls(column)) {
      for (int row = 0; row < reader.rows(); row++) {
        if (reader.isNull(column, row)) {
          to[size + row] = Double.NaN;
        }
      }
    }
  }

  private void ensure(int more) {
    if (times.length - size < more) {
      int capacity = Math.max(Math.addExact(size, more), size + size / 2);
      times = Arrays.copyOf(times, capacity);
      for (int i = 0; i < values.length; i++) {
        values[i] = Arrays.copyOf(values[i], capacity);
      }
    }
  }

  /** A message of these rows; valid until the next call of this method. */
  public WireBytes encode(WideBatch rows) {
    byte[] bytes = answer.begin(writer.prepare(rows.size()));
    writer.begin(bytes, answer.from());
    writer.longs(rows.times(), 0);
    for (double[] column : rows.values()) {
      writer.doubles(column, 0);
    }
    writer.end();
    return answer.message();
  }
}
