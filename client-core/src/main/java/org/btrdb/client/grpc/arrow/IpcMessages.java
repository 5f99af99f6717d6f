package org.btrdb.client.grpc.arrow;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import org.apache.arrow.flatbuf.Message;
import org.apache.arrow.flatbuf.MessageHeader;
import org.apache.arrow.flatbuf.MetadataVersion;
import org.jspecify.annotations.Nullable;

/**
 * Walks the messages of an IPC stream in an array. Every length is checked against the bytes there
 * are before anything is read or reserved.
 */
final class IpcMessages {
  static final int CONTINUATION = -1;

  private final Message message = new Message();
  private byte[] bytes = new byte[0];
  private int at;
  private int end;
  private int body;
  private int bodyLength;

  /** Begins with a stream; the caller has checked that it lies inside the array. */
  void open(byte[] stream, int from, int length) {
    bytes = stream;
    at = from;
    end = from + length;
  }

  /**
   * The next message, null at the end of the stream: its mark, or where the bytes end. Metadata
   * that point outside of themselves show as {@link IndexOutOfBoundsException} when they are read.
   */
  @Nullable Message next() {
    if (at == end) {
      return null;
    }
    int length = int32();
    // Before Arrow 0.15 no continuation mark stood in front of the length.
    if (length == CONTINUATION) {
      length = int32();
    }
    if (length == 0) {
      checkNothingFollows();
      return null;
    }
    if (length < 0 || length > end - at) {
      throw Violations.of("has " + length + " bytes of metadata in " + (end - at));
    }
    Message.getRootAsMessage(slice(length), message);
    at += length;
    checkVersion();
    long claimed = message.bodyLength();
    if (claimed < 0 || claimed > end - at) {
      throw Violations.of("has a body of " + claimed + " bytes in " + (end - at));
    }
    body = at;
    bodyLength = (int) claimed;
    at += bodyLength;
    return message;
  }

  private int int32() {
    if (end - at < Integer.BYTES) {
      throw Violations.of("is truncated");
    }
    int value = (int) LittleEndian.INTS.get(bytes, at);
    at += Integer.BYTES;
    return value;
  }

  private ByteBuffer slice(int length) {
    return ByteBuffer.wrap(bytes, at, length).slice().order(ByteOrder.LITTLE_ENDIAN);
  }

  private void checkVersion() {
    short version = message.version();
    if (version != MetadataVersion.V4 && version != MetadataVersion.V5) {
      throw Violations.of("has metadata of version V" + (version + 1) + "; V4 and V5 are known");
    }
  }

  /** Padding may follow the mark of the end; anything else would be points lost. */
  private void checkNothingFollows() {
    for (int i = at; i < end; i++) {
      if (bytes[i] != 0) {
        throw Violations.of("goes on for " + (end - at) + " bytes after its end");
      }
    }
    at = end;
  }

  byte[] bytes() {
    return bytes;
  }

  /** Where the body of the message begins. */
  int body() {
    return body;
  }

  int bodyLength() {
    return bodyLength;
  }

  static String kind(byte headerType) {
    return headerType == MessageHeader.DictionaryBatch
        ? "a dictionary"
        : "a message of kind " + headerType;
  }
}
