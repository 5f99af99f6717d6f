package org.btrdb.cli;

import java.time.Instant;
import java.util.List;
import java.util.SplittableRandom;

/**
 * Ten minutes of a micro-PMU at 120 Hz on a 7.2 kV feeder: three voltage magnitudes and the
 * frequency. Phase 1 sags for 150 ms, later a lost generator pulls the frequency down for a while.
 * The same points every time.
 */
final class SyntheticPmu {
  static final List<String> COLUMNS = List.of("L1MAG", "L2MAG", "L3MAG", "FREQ");
  static final Instant START = Instant.parse("2026-03-01T12:00:00Z");
  static final int SAMPLES = 10 * 60 * 120;

  private static final long NANOS_PER_SECOND = 1_000_000_000L;
  private static final long SEED = 20260301;
  private static final double NOMINAL_VOLTS = 7_200;
  private static final double NOMINAL_HERTZ = 60;
  private static final double SAG_AT = 250.25;
  private static final double SAG_SECONDS = 0.15;
  private static final double LOSS_AT = 420;

  private final SplittableRandom random = new SplittableRandom(SEED);

  /** The time of a sample. */
  static long nanosOf(int sample) {
    return START.getEpochSecond() * NANOS_PER_SECOND + sample * NANOS_PER_SECOND / 120;
  }

  /** The values of the next sample, in the order of {@link #COLUMNS}; samples go from 0 up. */
  void next(int sample, double[] values) {
    double seconds = sample / 120.0;
    double drift = 15 * Math.sin(2 * Math.PI * seconds / 300);
    boolean sag = seconds >= SAG_AT && seconds < SAG_AT + SAG_SECONDS;
    for (int phase = 0; phase < 3; phase++) {
      double level = sag ? (phase == 0 ? 0.62 : 0.96) : 1;
      values[phase] = NOMINAL_VOLTS * level + drift + 6 * phase + 2.5 * noise();
    }
    double since = seconds - LOSS_AT;
    double dip = since < 0 ? 0 : 0.19 * (Math.exp(-since / 25) - Math.exp(-since / 3));
    values[3] = NOMINAL_HERTZ - dip + 0.0015 * noise();
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
