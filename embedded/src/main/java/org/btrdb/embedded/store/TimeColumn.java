package org.btrdb.embedded.store;

/**
 * Times of a leaf as what is left of them after a guess: either that all steps are as long as the
 * average one (a clock that jitters around its beat) or that each is as long as the one before
 * (gaps, bursts). Whatever is smaller is taken.
 */
final class TimeColumn {
  private static final int EVEN = 0;
  private static final int STEPS = 1;

  /** Steps are counted in 2^-16 ns. */
  private static final int FRACTION_BITS = 16;

  private TimeColumn() {}

  static void write(ByteWriter out, long[] times) {
    int size = times.length;
    long[] steps = new long[size];
    for (int i = 1; i < size; i++) {
      steps[i] = times[i] - times[i - 1];
    }
    steps[0] = size > 1 ? steps[1] : 0;
    int stepBytes = PackedLongs.bytes(steps, size, Integer.MAX_VALUE);
    long slope = slope(times);
    long[] even = new long[size];
    long first = times[0];
    for (int i = 0; i < size; i++) {
      even[i] = times[i] - guess(first, slope, i);
    }
    if (PackedLongs.bytes(even, size, stepBytes) < stepBytes) {
      out.putByte(EVEN);
      out.putLong(first);
      out.putVarint(slope);
      PackedLongs.write(out, even, size);
    } else {
      out.putByte(STEPS);
      out.putLong(first - steps[0]);
      PackedLongs.write(out, steps, size);
    }
  }

  /** From the mean of the first half to that of the second, so that no single time decides. */
  private static long slope(long[] times) {
    int half = times.length / 2;
    if (half == 0) {
      return 0;
    }
    double early = 0;
    double late = 0;
    int second = times.length - half;
    for (int i = 0; i < half; i++) {
      early += times[i] - times[0];
      late += times[second + i] - times[0];
    }
    return (long) ((late - early) / half / second * (1 << FRACTION_BITS));
  }

  private static long guess(long first, long slope, int index) {
    return first + ((slope * index) >> FRACTION_BITS);
  }

  static long[] read(ByteReader in, int size) {
    int kind = in.getByte();
    long start = in.getLong();
    long slope = kind == EVEN ? in.getVarint() : 0;
    if (kind > STEPS) {
      throw new DamageException("times of unknown kind " + kind);
    }
    long[] times = new long[size];
    long[] block = new long[PackedLongs.BLOCK];
    long previous = start;
    for (int from = 0; from < size; from += PackedLongs.BLOCK) {
      int count = Math.min(PackedLongs.BLOCK, size - from);
      PackedLongs.readBlock(in, block, count);
      if (kind == EVEN) {
        for (int i = 0; i < count; i++) {
          times[from + i] = guess(start, slope, from + i) + block[i];
        }
      } else {
        for (int i = 0; i < count; i++) {
          previous += block[i];
          times[from + i] = previous;
        }
      }
    }
    return times;
  }
}
