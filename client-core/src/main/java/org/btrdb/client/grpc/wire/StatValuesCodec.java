package org.btrdb.client.grpc.wire;

import org.btrdb.client.batch.StatBatch;
import org.btrdb.client.model.StreamVersion;

/**
 * WindowsResponse and AlignedWindowsResponse, which are one on the wire, between bytes and columns;
 * keeps its arrays, so one belongs to one call.
 */
public final class StatValuesCodec {
  private static final int VALUES = 0x22;
  private static final int TIME = 0x09;
  private static final int MIN = 0x11;
  private static final int MEAN = 0x19;
  private static final int MAX = 0x21;
  private static final int COUNT = 0x29;
  private static final int STDDEV = 0x31;
  private static final int FIELD_BYTES = 9;
  private static final int STAT_LENGTH = 6 * FIELD_BYTES;
  private static final int HEADER_BYTES = 32;
  private static final int FIRST_CAPACITY = 64;

  private final StatBatch batch = new StatBatch(FIRST_CAPACITY);
  private final WireReader reader = new WireReader();
  private final WireWriter writer = new WireWriter(HEADER_BYTES);
  private final boolean knowsDeviation;

  /**
   * Windows of 5.x. A deviation that a message leaves out is 0, as in proto3 always, if the values
   * are all the same; if they differ it cannot be 0, so the server did not say it: it reads as NaN.
   */
  public StatValuesCodec() {
    this(true);
  }

  private StatValuesCodec(boolean knowsDeviation) {
    this.knowsDeviation = knowsDeviation;
  }

  /** Windows of 4.x, which know no deviation: it reads as NaN. */
  public static StatValuesCodec withoutDeviation() {
    return new StatValuesCodec(false);
  }

  /**
   * Decodes the windows of a message that hold points and begin before an end; the batch is valid
   * until the next call.
   */
  public StatBatch decode(WireMessage message, long endNanos, AnswerHeader header) {
    header.clear();
    batch.clear();
    reader.begin(message);
    while (reader.left() > 0) {
      int tag = reader.tag();
      if (tag == VALUES) {
        readOne(endNanos);
      } else {
        header.read(tag, reader);
      }
    }
    return batch;
  }

  private void readOne(long endNanos) {
    int length = reader.length();
    int statEnd = reader.offset() + length;
    long time = 0;
    double min = 0;
    double mean = 0;
    double max = 0;
    long count = 0;
    double stddev = 0;
    boolean saidStddev = false;
    while (reader.offset() < statEnd) {
      int tag = reader.tag();
      switch (tag) {
        case TIME -> time = reader.fixed64();
        case MIN -> min = Double.longBitsToDouble(reader.fixed64());
        case MEAN -> mean = Double.longBitsToDouble(reader.fixed64());
        case MAX -> max = Double.longBitsToDouble(reader.fixed64());
        case COUNT -> count = reader.fixed64();
        case STDDEV -> {
          stddev = Double.longBitsToDouble(reader.fixed64());
          saidStddev = true;
        }
        default -> reader.skip(tag);
      }
    }
    if (reader.offset() != statEnd) {
      throw reader.violation("has a window longer than it says");
    }
    if (count < 0) {
      throw reader.violation("has a window of " + Long.toUnsignedString(count) + " points");
    }
    if (!saidStddev && !(knowsDeviation && min == max)) {
      stddev = Double.NaN;
    }
    if (count > 0 && time < endNanos) {
      batch.add(time, min, mean, max, count, stddev);
    }
  }

  /** Begins a message. */
  public void begin(StreamVersion version) {
    AnswerHeader.write(version, writer);
  }

  /** Adds one window to the message begun. */
  public void add(StatBatch stats, int i) {
    add(stats.time(i), stats.min(i), stats.mean(i), stats.max(i), stats.count(i), stats.stddev(i));
  }

  /** Adds a window without points: zeros, as BTrDB's servers send them. */
  public void addEmpty(long timeNanos) {
    add(timeNanos, 0, 0, 0, 0, 0);
  }

  private void add(long time, double min, double mean, double max, long count, double stddev) {
    byte[] bytes = writer.room(2 + STAT_LENGTH);
    int at = writer.size();
    bytes[at++] = VALUES;
    bytes[at++] = STAT_LENGTH;
    at = field(bytes, at, TIME, time);
    at = field(bytes, at, MIN, Double.doubleToRawLongBits(min));
    at = field(bytes, at, MEAN, Double.doubleToRawLongBits(mean));
    at = field(bytes, at, MAX, Double.doubleToRawLongBits(max));
    at = field(bytes, at, COUNT, count);
    writer.wrote(field(bytes, at, STDDEV, Double.doubleToRawLongBits(stddev)));
  }

  private static int field(byte[] bytes, int at, int tag, long bits) {
    bytes[at] = (byte) tag;
    WireReader.LONGS.set(bytes, at + 1, bits);
    return at + FIELD_BYTES;
  }

  /** The message begun; valid until the next one begins. */
  public WireBytes message() {
    return writer.message();
  }
}
