package org.btrdb.embedded.store;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.util.Arrays;

/** Bytes being put together: whole bytes, numbers of variable length, and runs of a few bits. */
final class ByteWriter {
  private static final VarHandle LONGS =
      MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);

  private byte[] bytes;
  private int position;

  ByteWriter(int capacity) {
    this.bytes = new byte[capacity];
  }

  void putByte(int value) {
    reserve(1);
    bytes[position++] = (byte) value;
  }

  void putLong(long value) {
    reserve(Long.BYTES);
    LONGS.set(bytes, position, value);
    position += Long.BYTES;
  }

  /** Small numbers of either sign take few bytes. */
  void putVarint(long value) {
    reserve(10);
    long rest = (value << 1) ^ (value >> 63);
    while ((rest & ~0x7FL) != 0) {
      bytes[position++] = (byte) (rest | 0x80);
      rest >>>= 7;
    }
    bytes[position++] = (byte) rest;
  }

  /** The low bytes of a number. */
  void putLow(long value, int count) {
    for (int i = 0; i < count; i++) {
      putByte((int) (value >>> (8 * i)));
    }
  }

  /** The low bits of what is left of numbers after a base is taken off, closely packed. */
  void putBits(long[] values, int from, int to, long base, int width) {
    if (width == 0) {
      return;
    }
    reserve((to - from) * Long.BYTES + Long.BYTES);
    long mask = -1L >>> (64 - width);
    long word = 0;
    int filled = 0;
    for (int i = from; i < to; i++) {
      long bits = (values[i] - base) & mask;
      word |= bits << filled;
      filled += width;
      if (filled >= 64) {
        LONGS.set(bytes, position, word);
        position += Long.BYTES;
        filled -= 64;
        word = filled == 0 ? 0 : bits >>> (width - filled);
      }
    }
    LONGS.set(bytes, position, word);
    position += (filled + 7) >>> 3;
  }

  /** A copy of what was put, with room for so many bytes behind it. */
  byte[] toBytes(int room) {
    return Arrays.copyOf(bytes, position + room);
  }

  private void reserve(int more) {
    if (bytes.length - position < more) {
      bytes = Arrays.copyOf(bytes, Math.max(2 * bytes.length, position + more));
    }
  }
}
