package org.btrdb.bench;

/**
 * What reading all points comes to. Values that are floats are added up without rounding, so two
 * readers that saw the same points in the same order agree exactly.
 *
 * @param points how many
 * @param times a mixture of the times that depends on their order
 * @param values the sum of the values
 */
record ScanSums(long points, long times, double values) {
  static final ScanSums NONE = new ScanSums(0, 0, 0);

  /** The mixture of times with one more. */
  static long mix(long times, long time) {
    return times * 31 + time;
  }
}
