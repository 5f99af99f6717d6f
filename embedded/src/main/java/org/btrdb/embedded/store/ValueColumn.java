package org.btrdb.embedded.store;

import org.jspecify.annotations.Nullable;

/**
 * Values of a leaf as whole numbers: either their bits, in the order of the values and without the
 * zeros that all end in (floats as doubles end in 29), or how many decimal units they are (3.25 is
 * 325 hundredths), directly or after rounding to a float. Of values that are no such units the rest
 * follows, as a difference of bits. The numbers themselves or their steps are packed, whatever is
 * smaller. Every bit pattern comes back as it was.
 */
final class ValueColumn {
  private static final int STEPS = 1;
  private static final int DECIMAL = 2;
  private static final int FLOAT_DECIMAL = 4;
  private static final int WITH_REST = 8;
  private static final int ALL_FLAGS = STEPS | DECIMAL | FLOAT_DECIMAL | WITH_REST;

  /** Beyond it bits are never the longer ones. */
  private static final int MOST_DIGITS = 12;

  private static final int MOST_FLOAT_DIGITS = 6;
  private static final double[] POWERS_OF_TEN = powersOfTen();

  /** Above it neighbouring whole numbers may be one double. */
  private static final double MOST_UNITS = 1L << 52;

  /** About so many values say which number of digits is worth a try. */
  private static final int PROBES = 8;

  /** Differences of bits that come from rounding, as of texts with too few digits. */
  private static final int NEAR = 4;

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
    int shift = sharedZeros(values);
    Candidate best = Candidate.of(0, shift, ordered(values, shift), null, Integer.MAX_VALUE);
    boolean floats = areFloats(values);
    int digits = digits(values, floats);
    if (digits >= 0) {
      long[] units = units(values, digits);
      long[] rest = rest(values, units, digits, floats);
      Candidate decimal =
          Candidate.of(floats ? FLOAT_DECIMAL : DECIMAL, digits, units, rest, best.bytes);
      best = decimal.bytes < best.bytes ? decimal : best;
    }
    out.putByte(best.flags);
    out.putByte(best.parameter);
    if ((best.flags & STEPS) != 0) {
      out.putVarint(best.start);
    }
    PackedLongs.write(out, best.numbers, values.length);
    if (best.rest != null) {
      PackedLongs.write(out, best.rest, values.length);
    }
  }

  private static int sharedZeros(double[] values) {
    long any = 0;
    for (double value : values) {
      any |= Double.doubleToRawLongBits(value);
    }
    return any == 0 ? 0 : Long.numberOfTrailingZeros(any);
  }

  private static int probeStep(double[] values) {
    return Math.max(1, values.length / PROBES);
  }

  /** Whether some of the values all are floats, or nearly. */
  private static boolean areFloats(double[] values) {
    for (int i = 0; i < values.length; i += probeStep(values)) {
      if (!isNear(values[i], (float) values[i])) {
        return false;
      }
    }
    return true;
  }

  private static boolean isNear(double value, double other) {
    long difference = Double.doubleToRawLongBits(value) - Double.doubleToRawLongBits(other);
    return difference >= -NEAR && difference <= NEAR;
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

  /** The fewest decimal digits that most of some values do with; -1 if there are none. */
  private static int digits(double[] values, boolean floats) {
    int most = floats ? MOST_FLOAT_DIGITS : MOST_DIGITS;
    int digits = 0;
    int misses = 0;
    for (int i = 0; i < values.length; i += probeStep(values)) {
      int needed = 0;
      while (needed <= most && !isUnits(values[i], needed, floats)) {
        needed++;
      }
      if (needed > most) {
        misses++;
      } else {
        digits = Math.max(digits, needed);
      }
    }
    return misses > PROBES / 4 || misses == values.length ? -1 : digits;
  }

  private static boolean isUnits(double value, int digits, boolean floats) {
    double units = Math.rint(value * POWERS_OF_TEN[digits]);
    return Math.abs(units) < MOST_UNITS && isNear(value, ofUnits((long) units, digits, floats));
  }

  private static double ofUnits(long units, int digits, boolean floats) {
    double value = units / POWERS_OF_TEN[digits];
    return floats ? (float) value : value;
  }

  private static long[] units(double[] values, int digits) {
    long[] units = new long[values.length];
    for (int i = 0; i < units.length; i++) {
      units[i] = (long) Math.rint(values[i] * POWERS_OF_TEN[digits]);
    }
    return units;
  }

  /** What the units leave over, in bits; null if that is nothing. */
  private static long @Nullable [] rest(double[] values, long[] units, int digits, boolean floats) {
    long[] rest = new long[values.length];
    long any = 0;
    for (int i = 0; i < rest.length; i++) {
      rest[i] =
          Double.doubleToRawLongBits(values[i])
              - Double.doubleToRawLongBits(ofUnits(units[i], digits, floats));
      any |= rest[i];
    }
    return any == 0 ? null : rest;
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
    if ((flags & WITH_REST) != 0) {
      addRest(in, values, block);
    }
    return values;
  }

  private static void addRest(ByteReader in, double[] values, long[] block) {
    for (int from = 0; from < values.length; from += PackedLongs.BLOCK) {
      int count = Math.min(PackedLongs.BLOCK, values.length - from);
      PackedLongs.readBlock(in, block, count);
      for (int i = 0; i < count; i++) {
        long bits = Double.doubleToRawLongBits(values[from + i]) + block[i];
        values[from + i] = Double.longBitsToDouble(bits);
      }
    }
  }

  private static void ofUnits(
      long[] block, int count, int digits, boolean floats, double[] values, int from) {
    for (int i = 0; i < count; i++) {
      values[from + i] = ofUnits(block[i], digits, floats);
    }
  }

  /**
   * A way to write the values.
   *
   * @param start what the first step is counted from
   * @param rest written behind the numbers
   * @param bytes about how many it takes
   */
  @SuppressWarnings("ArrayRecordComponent") // lives as long as the call
  private record Candidate(
      int flags, int parameter, long start, long[] numbers, long @Nullable [] rest, int bytes) {

    /** The numbers themselves or their steps; of no use if they take more than a limit. */
    private static Candidate of(
        int flags, int parameter, long[] numbers, long @Nullable [] rest, int limit) {
      int size = numbers.length;
      int restBytes = rest == null ? 0 : PackedLongs.bytes(rest, size, limit);
      int allFlags = rest == null ? flags : flags | WITH_REST;
      int plainBytes = PackedLongs.bytes(numbers, size, limit);
      long[] steps = new long[size];
      for (int i = 1; i < size; i++) {
        steps[i] = numbers[i] - numbers[i - 1];
      }
      steps[0] = size > 1 ? steps[1] : 0;
      int stepBytes = PackedLongs.bytes(steps, size, plainBytes);
      return stepBytes < plainBytes
          ? new Candidate(
              allFlags | STEPS,
              parameter,
              numbers[0] - steps[0],
              steps,
              rest,
              restBytes + stepBytes)
          : new Candidate(allFlags, parameter, 0, numbers, rest, restBytes + plainBytes);
    }
  }
}
