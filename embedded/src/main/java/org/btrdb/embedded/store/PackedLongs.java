package org.btrdb.embedded.store;

import java.util.Arrays;

/**
 * Columns of numbers in blocks of 128. A block is its smallest number and the distances from it, in
 * as many bits as most of them need; of the few that need more the rest stands behind.
 *
 * <p>All arithmetic wraps, so any numbers come back as they were.
 */
final class PackedLongs {
  /** Numbers of a block. */
  static final int BLOCK = 128;

  /** Bit of a block's first byte that says that some numbers need more bits. */
  private static final int HAS_WIDER = 0x80;

  private PackedLongs() {}

  /** How many bytes a column takes, or a limit that is exceeded. */
  static int bytes(long[] values, int size, int limit) {
    BlockShape shape = new BlockShape();
    int total = 0;
    for (int from = 0; from < size && total < limit; from += BLOCK) {
      shape.measure(values, from, Math.min(size, from + BLOCK));
      total += shape.bytes;
    }
    return total;
  }

  /** Writes a column. */
  static void write(ByteWriter out, long[] values, int size) {
    BlockShape shape = new BlockShape();
    for (int from = 0; from < size; from += BLOCK) {
      int to = Math.min(size, from + BLOCK);
      shape.measure(values, from, to);
      writeBlock(out, shape, values, from, to);
    }
  }

  private static void writeBlock(
      ByteWriter out, BlockShape shape, long[] values, int from, int to) {
    int width = shape.width;
    out.putByte(shape.wider == 0 ? width : width | HAS_WIDER);
    out.putVarint(shape.base);
    out.putBits(values, from, to, shape.base, width);
    if (shape.wider > 0) {
      out.putByte(shape.wider);
      out.putByte(shape.restBytes);
      for (int i = from; i < to; i++) {
        long rest = (values[i] - shape.base) >>> width;
        if (rest != 0) {
          out.putByte(i - from);
          out.putLow(rest, shape.restBytes);
        }
      }
    }
  }

  /** Reads the next block, of up to 128 numbers, into the first elements of an array. */
  static void readBlock(ByteReader in, long[] out, int count) {
    int head = in.getByte();
    int width = head & ~HAS_WIDER;
    if (width > 64) {
      throw new DamageException("numbers of " + width + " bits");
    }
    in.getBits(out, count, in.getVarint(), width);
    if ((head & HAS_WIDER) != 0) {
      int wider = in.getByte();
      int restBytes = in.getByte();
      for (int i = 0; i < wider; i++) {
        int index = in.getByte();
        out[index] += in.getLow(restBytes) << width;
      }
    }
  }

  /** How a block is written best. */
  private static final class BlockShape {
    private final int[] countOfLength = new int[65];
    private long base;
    private int width;
    private int wider;
    private int restBytes;
    private int bytes;

    private void measure(long[] values, int from, int to) {
      long low = values[from];
      for (int i = from + 1; i < to; i++) {
        low = Math.min(low, values[i]);
      }
      Arrays.fill(countOfLength, 0);
      for (int i = from; i < to; i++) {
        countOfLength[64 - Long.numberOfLeadingZeros(values[i] - low)]++;
      }
      base = low;
      choose(to - from);
    }

    private void choose(int count) {
      int longest = 64;
      while (longest > 0 && countOfLength[longest] == 0) {
        longest--;
      }
      width = longest;
      wider = 0;
      restBytes = 0;
      int bits = count * longest;
      int exceeding = 0;
      for (int w = longest - 1; w >= 0; w--) {
        exceeding += countOfLength[w + 1];
        if (exceeding > count / 4) {
          break;
        }
        int rest = (longest - w + 7) >>> 3;
        int total = count * w + 16 + exceeding * 8 * (1 + rest);
        if (total < bits) {
          bits = total;
          width = w;
          wider = exceeding;
          restBytes = rest;
        }
      }
      int baseBits = 64 - Long.numberOfLeadingZeros((base << 1) ^ (base >> 63));
      bytes = 1 + Math.max(1, (baseBits + 6) / 7) + ((bits + 7) >>> 3);
    }
  }
}
