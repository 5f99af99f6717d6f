package org.btrdb.client.grpc.wire;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import org.btrdb.client.error.BtrdbException;
import org.btrdb.client.error.ErrorCode;

/**
 * Reads protobuf's wire format from an array and makes no objects; refuses lengths that lie, and
 * groups, which proto3 does not have.
 */
final class WireReader {
  static final VarHandle LONGS =
      MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);

  private static final int VARINT = 0;
  private static final int FIXED64 = 1;
  private static final int DELIMITED = 2;
  private static final int FIXED32 = 5;
  private static final int LONGEST_VARINT_BITS = 64;

  private final byte[] bytes;
  private final int end;
  private int position;

  WireReader(WireBytes message) {
    this.bytes = message.bytes();
    this.end = message.length();
  }

  byte[] bytes() {
    return bytes;
  }

  int position() {
    return position;
  }

  int end() {
    return end;
  }

  /** Goes to a place that the caller has checked to lie inside. */
  void moveTo(int newPosition) {
    position = newPosition;
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
      if (position == end) {
        throw violation("is truncated");
      }
      byte next = bytes[position++];
      value |= (next & 0x7fL) << shift;
      if (next >= 0) {
        return value;
      }
    }
    throw violation("has a number of more than 10 bytes");
  }

  long fixed64() {
    if (end - position < Long.BYTES) {
      throw violation("is truncated");
    }
    long value = (long) LONGS.get(bytes, position);
    position += Long.BYTES;
    return value;
  }

  /** The length of a field that lies wholly inside the message; the reader stands at its start. */
  int length() {
    long length = varint();
    if (length < 0 || length > end - position) {
      throw violation("has a field of " + Long.toUnsignedString(length) + " bytes in " + end);
    }
    return (int) length;
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
    if (size > end - position) {
      throw violation("is truncated");
    }
    position += size;
  }

  BtrdbException violation(String what) {
    return new BtrdbException(
        ErrorCode.PROTOCOL_VIOLATION, "a BTrDB message " + what + " (byte " + position + ")");
  }
}
