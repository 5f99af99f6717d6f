package org.btrdb.bench;

import java.util.SplittableRandom;

/**
 * One stream of a synthetic phasor measurement unit at 120 Hz, the same points for each seed.
 *
 * <p>Times are the beat of 1/120 s plus a jitter, in whole nanoseconds. Values are a slow sine plus
 * white noise (bell-shaped) of the size that a meter on a distribution feeder shows: magnitudes
 * drift by 15 V around 7,200 V with noise of 2.5 V, frequencies by 20 mHz around 60 Hz with 1.5
 * mHz, angles turn by the offset of the frequency and wrap at 180 degrees, with 0.01 degrees.
 * C37.118 sends floats, so that is the usual resolution; as doubles the noise fills all 52 bits,
 * which no code can make smaller.
 */
final class PhasorData {
  private static final long START_NANOS = 1_772_366_400_000_000_000L;
  private static final double PERIOD_SECONDS = 300;

  private final Quantity quantity;
  private final Jitter jitter;
  private final boolean floats;
  private final SplittableRandom random;
  private long sample;
  private double angle;

  /** What is measured. */
  enum Quantity {
    MAGNITUDE,
    ANGLE,
    FREQUENCY
  }

  /** How far times are off the beat. */
  enum Jitter {
    /** Not at all. */
    NONE,
    /** Up to 50 ns to either side: a clock disciplined by GPS. */
    TENS_OF_NANOS,
    /** A deviation of 3 µs, bell-shaped. */
    MICROS,
    /** Up to 0.1 ms, evenly: as in the comparison with other systems. */
    TENTH_OF_MILLI
  }

  PhasorData(Quantity quantity, Jitter jitter, boolean floats, long seed) {
    this.quantity = quantity;
    this.jitter = jitter;
    this.floats = floats;
    this.random = new SplittableRandom(seed);
  }

  /** Fills both columns with the next points, in order of time. */
  void next(long[] times, double[] values) {
    for (int i = 0; i < times.length; i++, sample++) {
      times[i] = START_NANOS + sample * 1_000_000_000L / 120 + jitterNanos();
      double value = value(sample / 120.0);
      values[i] = floats ? (float) value : value;
    }
  }

  private long jitterNanos() {
    return switch (jitter) {
      case NONE -> 0;
      case TENS_OF_NANOS -> random.nextLong(-50, 51);
      case MICROS -> Math.round(3_000 * noise());
      case TENTH_OF_MILLI -> random.nextLong(0, 100_001);
    };
  }

  private double value(double seconds) {
    double slow = Math.sin(2 * Math.PI * seconds / PERIOD_SECONDS);
    return switch (quantity) {
      case MAGNITUDE -> 7_200 + 15 * slow + 2.5 * noise();
      case FREQUENCY -> 60 + 0.02 * slow + 0.0015 * noise();
      case ANGLE -> {
        angle += 360 * 0.02 * slow / 120;
        yield Math.IEEEremainder(angle + 0.01 * noise(), 360);
      }
    };
  }

  /** Bell-shaped, of variance 1. */
  private double noise() {
    double sum = 0;
    for (int i = 0; i < 12; i++) {
      sum += random.nextDouble();
    }
    return sum - 6;
  }
}
