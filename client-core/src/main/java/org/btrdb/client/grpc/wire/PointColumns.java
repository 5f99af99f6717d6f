package org.btrdb.client.grpc.wire;

import java.util.Arrays;
import org.btrdb.client.batch.PointBatch;

/** Two growing arrays that points are decoded into, used again for the next message. */
final class PointColumns {
  /** Tag and length of a point, then tag and eight bytes for each of time and value. */
  static final int POINT_BYTES = 20;

  private static final int POINT_LENGTH = 18;
  private static final int TIME = 0x09;
  private static final int VALUE = 0x11;
  private static final int TIME_AT = 3;
  private static final int VALUE_TAG_AT = 11;
  private static final int VALUE_AT = 12;

  private long[] times = new long[0];
  private double[] values = new double[0];
  private int size;

  void clear() {
    size = 0;
  }

  PointBatch batch() {
    return new PointBatch(times, values, 0, size);
  }

  /**
   * Reads a run of repeated points whose first tag the reader has just passed.
   *
   * <p>Nearly all points have the same 20-byte shape; only others (an omitted zero, fields in
   * another order, fields we do not know) take the long way.
   */
  void readRun(int tag, WireReader reader) {
    byte[] bytes = reader.bytes();
    int at = reader.position() - 1;
    int room = (reader.end() - at) / POINT_BYTES;
    ensure(room);
    int i = size;
    for (int left = room; left > 0 && isPlain(bytes, at, tag); left--) {
      times[i] = (long) WireReader.LONGS.get(bytes, at + TIME_AT);
      values[i++] = Double.longBitsToDouble((long) WireReader.LONGS.get(bytes, at + VALUE_AT));
      at += POINT_BYTES;
    }
    if (i > size) {
      size = i;
      reader.moveTo(at);
    } else {
      readOne(reader);
    }
  }

  private static boolean isPlain(byte[] bytes, int at, int tag) {
    return bytes[at] == tag
        && bytes[at + 1] == POINT_LENGTH
        && bytes[at + 2] == TIME
        && bytes[at + VALUE_TAG_AT] == VALUE;
  }

  private void readOne(WireReader reader) {
    int length = reader.length();
    int pointEnd = reader.position() + length;
    long time = 0;
    double value = 0;
    while (reader.position() < pointEnd) {
      int tag = reader.tag();
      switch (tag) {
        case TIME -> time = reader.fixed64();
        case VALUE -> value = Double.longBitsToDouble(reader.fixed64());
        default -> reader.skip(tag);
      }
    }
    if (reader.position() != pointEnd) {
      throw reader.violation("has a point longer than it says");
    }
    ensure(1);
    times[size] = time;
    values[size++] = value;
  }

  private void ensure(int more) {
    if (times.length - size < more) {
      int capacity = Math.max(Math.addExact(size, more), size + size / 2 + 16);
      times = Arrays.copyOf(times, capacity);
      values = Arrays.copyOf(values, capacity);
    }
  }

  static void write(int tag, PointBatch points, WireWriter writer) {
    byte[] bytes = writer.room(Math.multiplyExact(points.size(), POINT_BYTES));
    int at = writer.size();
    for (int i = 0; i < points.size(); i++) {
      bytes[at] = (byte) tag;
      bytes[at + 1] = POINT_LENGTH;
      bytes[at + 2] = TIME;
      WireReader.LONGS.set(bytes, at + TIME_AT, points.time(i));
      bytes[at + VALUE_TAG_AT] = VALUE;
      WireReader.LONGS.set(bytes, at + VALUE_AT, Double.doubleToRawLongBits(points.value(i)));
      at += POINT_BYTES;
    }
    writer.wrote(at);
  }
}
