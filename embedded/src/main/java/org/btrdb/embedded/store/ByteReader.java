package org.btrdb.embedded.store;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.util.Arrays;

/**
 * Reads what a {@link ByteWriter} wrote. Behind it at least eight more bytes must stand in the
 * array, as bits are read eight bytes at a time.
 */
final class ByteReader {
  private static final VarHandle LONGS =
      MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);

  /** Wider numbers may reach into a ninth byte. */
  private static final int WIDEST_IN_ONE_READ = 57;

  private final byte[] bytes;
  private int position;

  ByteReader(byte[] bytes, int position) {
    this.bytes = bytes;
    this.position = position;
  }

  int position() {
    return position;
  }

  int getByte() {
    return bytes[position++] & 0xFF;
  }

  long getLong() {
    long value = (long) LONGS.get(bytes, position);
    position += Long.BYTES;
    return value;
  }

  long getVarint() {
    long rest = 0;
    for (int shift = 0; shift < 64; shift += 7) {
      byte next = bytes[position++];
      rest |= (next & 0x7FL) << shift;
      if (next >= 0) {
        return (rest >>> 1) ^ -(rest & 1);
      }
    }
    throw new DamageException("number of more than ten bytes");
  }

  long getLow(int count) {
    long value = 0;
    for (int i = 0; i < count; i++) {
      value |= (long) getByte() << (8 * i);
    }
    return value;
  }

  /** Fills the first elements of an array with numbers of so many bits, each added to a base. */
  void getBits(long[] out, int count, long base, int width) {
    if (width == 0) {
      Arrays.fill(out, 0, count, base);
      return;
    }
    if (width > WIDEST_IN_ONE_READ) {
      getWideBits(out, count, base, width);
    } else {
      long mask = (1L << width) - 1;
      byte[] from = bytes;
      int start = position;
      for (int i = 0, bit = 0; i < count; i++, bit += width) {
        long word = (long) LONGS.get(from, start + (bit >>> 3));
        out[i] = base + ((word >>> (bit & 7)) & mask);
      }
    }
    position += (count * width + 7) >>> 3;
  }

  private void getWideBits(long[] out, int count, long base, int width) {
    long mask = -1L >>> (64 - width);
    for (int i = 0, bit = 0; i < count; i++, bit += width) {
      int at = position + (bit >>> 3);
      int shift = bit & 7;
      long word = (long) LONGS.get(bytes, at) >>> shift;
      if (shift != 0) {
        word |= (long) bytes[at + 8] << (64 - shift);
      }
      out[i] = base + (word & mask);
    }
  }
}
