package org.btrdb.bench;

import java.util.List;

/** The middle one of measurements. */
final class Medians {
  private Medians() {}

  /** The middle one; the later of two. */
  static double of(List<Double> values) {
    return values.stream().sorted().toList().get(values.size() / 2);
  }
}
