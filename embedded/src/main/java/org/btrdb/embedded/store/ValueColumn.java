package org.btrdb.embedded.store;

import org.jspecify.annotations.Nullable;

/**
 * Values of a leaf as whole numbers: either their bits, in the order of the values and without the
 * zeros that all end in (floats as doubles end in 29), or how many decimal units they are (3.25 is
 * 325 hundredths), directly or after rounding to a float. Then the numbers themselves or their
 * steps are packed, whatever is smaller. Every bit pattern comes back as it was.
 */
final class ValueColumn {
  private static final int STEPS = 1;
  private static final int DECIMAL = 2;
  private static final int FLOAT_DECIMAL = 4;
  private static final int ALL_FLAGS = STEPS | DECIMAL | FLOAT_DECIMAL;

  /** Beyond it bits are never the longer ones. */
  private static final int MOST_DIGITS = 12;

  private static final int MOST_FLOAT_DIGITS = 6;
  private static final double[] POWERS_OF_TEN = powersOfTen();

  /** Above it neighbouring whole numbers may be one double. */
  private static final double MOST_UNITS = 1L << 52;

  /** So many values say which number of digits is worth a try. */
  private static final int PROBES = 8;

  private ValueColumn() {}

  private static double[] powersOfTen() {
    double[] powers = new double[MOST_DIGITS + 1];
    powers[0] = 1;
    for (int i = 1; i < powers.length; i++) {
      powers[i] = powers[i - 1] * 10; // exact up to 10^22
    }
    return powers;
  }

  static void write(ByteWriter out, double[] values) {
    int size = values.length;
    int shift = sharedZeros(values);
    Candidate best = Candidate.of(0, shift, ordered(values, shift), Integer.MAX_VALUE);
    boolean floats = shift >= 29 && areFloats(values);
    int digits = digits(values, floats);
    if (digits >= 0) {
      long[] units = units(values, digits, floats);
      if (units != null) {
        Candidate decimal =
            Candidate.of(floats ? FLOAT_DECIMAL : DECIMAL, digits, units, best.bytes);
        best = decimal.bytes < best.bytes ? decimal : best;
      }
    }
    out.putByte(best.flags);
    out.putByte(best.parameter);
    if ((best.flags & STEPS) != 0) {
      out.putVarint(best.start);
    }
    PackedLongs.write(out, best.numbers, size);
  }

  private static int sharedZeros(double[] values) {
    long any = 0;
    for (double value : values) {
      any |= Double.doubleToRawLongBits(value);
    }
    return any == 0 ? 0 : Long.numberOfTrailingZeros(any);
  }

  private static boolean areFloats(double[] values) {
    for (double value : values) {
      if ((float) value != value) { // NaN, too
        return false;
      }
    }
    return true;
  }

  private static long[] ordered(double[] values, int shift) {
    long[] numbers = new long[values.length];
    for (int i = 0; i < numbers.length; i++) {
      numbers[i] = flip(Double.doubleToRawLongBits(values[i]) >> shift, shift);
    }
    return numbers;
  }

  /** Turns sign and magnitude into a number of the same order, and back. */
  private static long flip(long bits, int shift) {
    return bits ^ ((bits >> 63) & (Long.MAX_VALUE >>> shift));
  }

  /** The fewest decimal digits that some of the values have in common; -1 if they have none. */
  private static int digits(double[] values, boolean floats) {
    int most = floats ? MOST_FLOAT_DIGITS : MOST_DIGITS;
    int step = Math.max(1, values.length / PROBES);
    int digits = 0;
    for (int i = 0; i < values.length; i += step) {
      while (!isUnits(values[i], digits, floats)) {
        if (++digits > most) {
          return -1;
        }
      }
    }
    return digits;
  }

  private static boolean isUnits(double value, int digits, boolean floats) {
    double units = Math.rint(value * POWERS_OF_TEN[digits]);
    return Math.abs(units) < MOST_UNITS
        && Double.doubleToRawLongBits(ofUnits((long) units, digits, floats))
            == Double.doubleToRawLongBits(value);
  }

  private static double ofUnits(long units, int digits, boolean floats) {
    double value = units / POWERS_OF_TEN[digits];
    return floats ? (float) value : value;
  }

  private static long @Nullable [] units(double[] values, int digits, boolean floats) {
    long[] numbers = new long[values.length];
    for (int i = 0; i < numbers.length; i++) {
      if (!isUnits(values[i], digits, floats)) {
        return null;
      }
      numbers[i] = (long) Math.rint(values[i] * POWERS_OF_TEN[digits]);
    }
    return numbers;
  }

  static double[] read(ByteReader in, int size) {
    int flags = in.getByte();
    int parameter = in.getByte();
    boolean decimal = (flags & (DECIMAL | FLOAT_DECIMAL)) != 0;
    if ((flags & ~ALL_FLAGS) != 0 || parameter > (decimal ? MOST_DIGITS : 63)) {
      throw new DamageException("values of unknown kind " + flags + "/" + parameter);
    }
    boolean steps = (flags & STEPS) != 0;
    long previous = steps ? in.getVarint() : 0;
    double[] values = new double[size];
    long[] block = new long[PackedLongs.BLOCK];
    for (int from = 0; from < size; from += PackedLongs.BLOCK) {
      int count = Math.min(PackedLongs.BLOCK, size - from);
      PackedLongs.readBlock(in, block, count);
      if (steps) {
        for (int i = 0; i < count; i++) {
          previous += block[i];
          block[i] = previous;
        }
      }
      if (decimal) {
        ofUnits(block, count, parameter, (flags & FLOAT_DECIMAL) != 0, values, from);
      } else {
        for (int i = 0; i < count; i++) {
          values[from + i] = Double.longBitsToDouble(flip(block[i], parameter) << parameter);
        }
      }
    }
    return values;
  }

  private static void ofUnits(
      long[] block, int count, int digits, boolean floats, double[] values, int from) {
    for (int i = 0; i < count; i++) {
      values[from + i] = ofUnits(block[i], digits, floats);
    }
  }

  /** A way to write the values. */
  private static final class Candidate {
    private final int flags;
    private final int parameter;
    private final long start;
    private final long[] numbers;
    private final int bytes;

    private Candidate(int flags, int parameter, long start, long[] numbers, int bytes) {
      this.flags = flags;
      this.parameter = parameter;
      this.start = start;
      this.numbers = numbers;
      this.bytes = bytes;
    }

    /** The numbers themselves or their steps; of no use if they take more than a limit. */
    private static Candidate of(int flags, int parameter, long[] numbers, int limit) {
      int size = numbers.length;
      int plainBytes = PackedLongs.bytes(numbers, size, limit);
      long[] steps = new long[size];
      for (int i = 1; i < size; i++) {
        steps[i] = numbers[i] - numbers[i - 1];
      }
      steps[0] = size > 1 ? steps[1] : 0;
      int stepBytes = PackedLongs.bytes(steps, size, plainBytes);
      return stepBytes < plainBytes
          ? new Candidate(flags | STEPS, parameter, numbers[0] - steps[0], steps, stepBytes)
          : new Candidate(flags, parameter, 0, numbers, plainBytes);
    }
  }
}
