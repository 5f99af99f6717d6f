package org.btrdb.client.grpc.arrow;

import java.util.Arrays;
import org.btrdb.client.batch.PointBatch;
import org.btrdb.client.error.BtrdbException;
import org.btrdb.client.grpc.wire.AnswerHeader;
import org.btrdb.client.grpc.wire.ArrowAnswer;
import org.btrdb.client.grpc.wire.WireBytes;
import org.btrdb.client.grpc.wire.WireMessage;
import org.btrdb.client.model.StreamVersion;

/**
 * ArrowRawValuesResponse between bytes and columns; keeps its arrays, so one belongs to one call.
 */
public final class ArrowRawValuesCodec {
  private final ArrowAnswer answer = ArrowAnswer.ofOneStream();
  private final ArrowPoints points = new ArrowPoints();
  private final IpcWriter writer;
  private StreamVersion version = new StreamVersion(0, 0);
  private long[] times = new long[0];
  private double[] values = new double[0];
  private int size;

  /** Of {@link ArrowSchema#POINTS}. */
  public ArrowRawValuesCodec() {
    this(ArrowSchema.POINTS);
  }

  /**
   * Writes messages of another schema; messages read are of {@link ArrowSchema#POINTS} always.
   *
   * @param schema one column of times or int64, one of doubles or floats
   */
  public ArrowRawValuesCodec(ArrowSchema schema) {
    this.writer = new IpcWriter(schema);
  }

  /**
   * Decodes a message; the points are valid until the next call.
   *
   * @throws BtrdbException as {@link ArrowPoints#read}
   */
  public PointBatch decode(WireMessage message, AnswerHeader header) {
    answer.read(message, header);
    return points.read(answer.bytes(), answer.from(), answer.length());
  }

  /** Begins a message. */
  public void begin(StreamVersion answering) {
    version = answering;
    size = 0;
  }

  /** Adds points to the message begun, which keeps copies of them. */
  public void add(PointBatch more) {
    if (times.length - size < more.size()) {
      int capacity = Math.max(Math.addExact(size, more.size()), size + size / 2);
      times = Arrays.copyOf(times, capacity);
      values = Arrays.copyOf(values, capacity);
    }
    System.arraycopy(more.times(), more.offset(), times, size, more.size());
    System.arraycopy(more.values(), more.offset(), values, size, more.size());
    size += more.size();
  }

  /** The message begun; valid until the next call of this method. */
  public WireBytes message() {
    byte[] bytes = answer.begin(version, writer.prepare(size));
    writer.begin(bytes, answer.from());
    writer.longs(times, 0);
    writer.doubles(values, 0);
    writer.end();
    return answer.message();
  }
}
