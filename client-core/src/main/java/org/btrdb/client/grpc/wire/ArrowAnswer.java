package org.btrdb.client.grpc.wire;

import org.btrdb.client.model.StreamVersion;

/**
 * An answer of an Arrow call, between a message and the IPC stream inside it; keeps its array, so
 * one belongs to one call.
 */
public final class ArrowAnswer {
  private static final int OTHER_BYTES = 48;

  private final int tag;
  private final WireWriter writer = new WireWriter(OTHER_BYTES);
  private final WireReader reader = new WireReader();
  private int from;
  private int length;

  private ArrowAnswer(int tag) {
    this.tag = tag;
  }

  /** ArrowRawValuesResponse, ArrowWindowsResponse, ArrowAlignedWindowsResponse: one on the wire. */
  public static ArrowAnswer ofOneStream() {
    return new ArrowAnswer(0x22);
  }

  /** ArrowMultiValuesResponse, which says no version. */
  public static ArrowAnswer ofManyStreams() {
    return new ArrowAnswer(0x12);
  }

  /** Finds the IPC stream of a message, if there is one, and reads the rest into the header. */
  public void read(WireMessage message, AnswerHeader header) {
    header.clear();
    from = 0;
    length = 0;
    reader.beginWhole(message);
    while (reader.left() > 0) {
      int next = reader.tag();
      if (next == tag) {
        length = reader.length();
        from = reader.position();
        reader.moveTo(from + length);
      } else {
        header.read(next, reader);
      }
    }
  }

  /** The array that holds the IPC stream that was read; valid until the next message. */
  public byte[] bytes() {
    return reader.window();
  }

  /** Where the IPC stream read, or to be written, begins in the array of the message. */
  public int from() {
    return from;
  }

  /** Bytes of the IPC stream that was read; 0 if there is none. */
  public int length() {
    return length;
  }

  /**
   * Begins a message.
   *
   * @return the array into which the IPC stream is to be written at {@link #from}
   */
  public byte[] begin(StreamVersion version, int streamLength) {
    AnswerHeader.write(version, writer);
    return room(streamLength);
  }

  /** Begins a message without a version. */
  public byte[] begin(int streamLength) {
    writer.clear();
    return room(streamLength);
  }

  private byte[] room(int streamLength) {
    writer.varint(tag, streamLength);
    byte[] bytes = writer.room(streamLength);
    from = writer.size();
    length = streamLength;
    writer.wrote(from + streamLength);
    return bytes;
  }

  /** The message begun; valid until the next one begins. */
  public WireBytes message() {
    return writer.message();
  }
}
