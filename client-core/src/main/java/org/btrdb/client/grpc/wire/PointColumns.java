package org.btrdb.client.grpc.wire;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.util.Arrays;
import org.btrdb.client.batch.PointBatch;

/** Two growing arrays that points are decoded into, used again for the next message. */
final class PointColumns {
  private static final VarHandle INTS =
      MethodHandles.byteArrayViewVarHandle(int[].class, ByteOrder.LITTLE_ENDIAN);

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
   * Reads the points, none or many, that come next in the same 20-byte shape as nearly all do; only
   * others (an omitted zero, fields in another order, fields we do not know) take the long way.
   *
   * @return whether something else follows
   */
  boolean readPlain(int tag, WireReader reader) {
    while (reader.has(POINT_BYTES)) {
      ensure(reader.left() / POINT_BYTES);
      int count = plain(tag, reader.window(), reader.position(), reader.buffered() / POINT_BYTES);
      size += count;
      reader.moveTo(reader.position() + count * POINT_BYTES);
      if (reader.buffered() >= POINT_BYTES) {
        return true;
      }
    }
    return reader.left() > 0;
  }

  private int plain(int tag, byte[] bytes, int from, int count) {
    int shape = TIME << 16 | POINT_LENGTH << 8 | tag;
    long[] toTimes = times;
    double[] toValues = values;
    int at = from;
    for (int i = 0; i < count; i++, at += POINT_BYTES) {
      if (((int) INTS.get(bytes, at) & 0xffffff) != shape || bytes[at + VALUE_TAG_AT] != VALUE) {
        return i;
      }
      toTimes[size + i] = (long) WireReader.LONGS.get(bytes, at + TIME_AT);
      toValues[size + i] =
          Double.longBitsToDouble((long) WireReader.LONGS.get(bytes, at + VALUE_AT));
    }
    return count;
  }

  /** Reads a point of any shape, whose tag the reader has just passed. */
  void readOne(WireReader reader) {
    int length = reader.length();
    int pointEnd = reader.offset() + length;
    long time = 0;
    double value = 0;
    while (reader.offset() < pointEnd) {
      int tag = reader.tag();
      switch (tag) {
        case TIME -> time = reader.fixed64();
        case VALUE -> value = Double.longBitsToDouble(reader.fixed64());
        default -> reader.skip(tag);
      }
    }
    if (reader.offset() != pointEnd) {
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
