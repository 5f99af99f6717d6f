package org.btrdb.embedded;

import java.util.List;

/**
 * What a check of a data directory found.
 *
 * @param streams streams that exist
 * @param versions committed versions of all streams, the first (empty) ones not counted
 * @param nodes nodes of all versions
 * @param points points in the newest versions and in the journal
 * @param faults what is wrong, one thing a line, the first hundred; none if nothing is
 */
public record CheckReport(
    long streams, long versions, long nodes, long points, List<String> faults) {

  /** Copies the list. */
  public CheckReport {
    faults = List.copyOf(faults);
  }

  /** Whether nothing is wrong. */
  public boolean isClean() {
    return faults.isEmpty();
  }
}
