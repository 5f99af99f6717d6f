package org.btrdb.client.grpc.wire;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.util.Arrays;
import org.btrdb.client.error.BtrdbException;
import org.btrdb.client.error.ErrorCode;

/**
 * Reads protobuf's wire format of one message after the other and makes no objects; refuses lengths
 * that lie, and groups, which proto3 does not have.
 *
 * <p>A message passes through a window small enough to stay in the processor's cache, which it is
 * worth more than a copy costs.
 */
final class WireReader {
  static final VarHandle LONGS =
      MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);

  private static final int VARINT = 0;
  private static final int FIXED64 = 1;
  private static final int DELIMITED = 2;
  private static final int FIXED32 = 5;
  private static final int LONGEST_VARINT_BITS = 64;
  private static final int WINDOW_BYTES = 1 << 15;
  private static final WireMessage NONE = WireMessage.of(new WireBytes(new byte[0], 0));

  private WireMessage message = NONE;
  private byte[] window = new byte[0];
  private int windowOffset;
  private int position;
  private int end;
  private int unread;

  /** Begins a message, which the caller closes. */
  void begin(WireMessage next) {
    message = next;
    windowOffset = 0;
    position = 0;
    end = 0;
    unread = next.length();
    int size = Math.min(unread, WINDOW_BYTES);
    if (window.length < size) {
      window = new byte[size];
    }
  }

  /** Begins a message and brings all of it into the window. */
  void beginWhole(WireMessage next) {
    begin(next);
    if (next.length() > 0) {
      has(next.length());
    }
  }

  /** The window; what is buffered of the message begins at {@link #position}. */
  byte[] window() {
    return window;
  }

  int position() {
    return position;
  }

  /** Goes to a place that the caller has checked to lie in the window. */
  void moveTo(int newPosition) {
    position = newPosition;
  }

  int buffered() {
    return end - position;
  }

  /** Bytes of the message that were read. */
  int offset() {
    return windowOffset + position;
  }

  /** Bytes of the message that were not read. */
  int left() {
    return buffered() + unread;
  }

  /** Whether the message has so many bytes more; if it has, they are in the window then. */
  boolean has(int count) {
    return buffered() >= count || buffer(count);
  }

  private boolean buffer(int count) {
    if (left() < count) {
      return false;
    }
    byte[] target = count <= window.length ? window : new byte[count];
    int kept = buffered();
    System.arraycopy(window, position, target, 0, kept);
    window = target;
    windowOffset += position;
    position = 0;
    int more = Math.min(window.length - kept, unread);
    message.read(window, kept, more);
    unread -= more;
    end = kept + more;
    return true;
  }

  private void need(int count) {
    if (!has(count)) {
      throw violation("is truncated");
    }
  }

  int tag() {
    long tag = varint();
    if (tag >>> 3 == 0 || tag >>> 32 != 0) {
      throw violation("has an invalid field tag");
    }
    return (int) tag;
  }

  long varint() {
    long value = 0;
    for (int shift = 0; shift < LONGEST_VARINT_BITS; shift += 7) {
      need(1);
      byte next = window[position++];
      value |= (next & 0x7fL) << shift;
      if (next >= 0) {
        return value;
      }
    }
    throw violation("has a number of more than 10 bytes");
  }

  long fixed64() {
    need(Long.BYTES);
    long value = (long) LONGS.get(window, position);
    position += Long.BYTES;
    return value;
  }

  /** The length of a field that lies wholly inside the message; the reader stands at its start. */
  int length() {
    long length = varint();
    if (length < 0 || length > left()) {
      throw violation(
          "has a field of " + Long.toUnsignedString(length) + " bytes in " + message.length());
    }
    return (int) length;
  }

  /** A copy of a field that has a length. */
  byte[] bytes() {
    int length = length();
    need(length);
    position += length;
    return Arrays.copyOfRange(window, position - length, position);
  }

  void skip(int tag) {
    int size =
        switch (tag & 7) {
          case VARINT -> {
            varint();
            yield 0;
          }
          case FIXED64 -> Long.BYTES;
          case DELIMITED -> length();
          case FIXED32 -> Integer.BYTES;
          default -> throw violation("has a field of unknown wire type " + (tag & 7));
        };
    if (size > left()) {
      throw violation("is truncated");
    }
    while (size > buffered()) {
      size -= buffered();
      position = end;
      need(1);
    }
    position += size;
  }

  BtrdbException violation(String what) {
    return new BtrdbException(
        ErrorCode.PROTOCOL_VIOLATION, "a BTrDB message " + what + " (byte " + offset() + ")");
  }
}
