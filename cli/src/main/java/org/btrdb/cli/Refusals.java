package org.btrdb.cli;

import java.io.PrintStream;
import java.util.LinkedHashMap;
import java.util.Map;
import org.btrdb.cli.csv.RefusedCell;

/** The rows that were not stored: the first ones one by one, all of them counted by reason. */
final class Refusals {
  private final PrintStream report;
  private final String file;
  private final int shown;
  private final Map<String, Long> countByReason = new LinkedHashMap<>();
  private long count;

  Refusals(PrintStream report, String file, int shown) {
    this.report = report;
    this.file = file;
    this.shown = shown;
  }

  void add(long line, RefusedCell refused) {
    if (count < shown) {
      report.println("refused: " + file + " line " + line + ", " + refused.getMessage());
    } else if (count == shown) {
      report.println("refused: more rows, counted below");
    }
    count++;
    countByReason.merge(refused.reason(), 1L, Long::sum);
  }

  long count() {
    return count;
  }

  Map<String, Long> countByReason() {
    return countByReason;
  }
}
