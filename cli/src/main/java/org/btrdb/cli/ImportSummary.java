package org.btrdb.cli;

import java.io.PrintStream;
import java.util.List;

/**
 * What an import says at its end.
 *
 * @param rows data rows read, refused ones included
 */
record ImportSummary(
    String collection, String file, long rows, Refusals refusals, StreamLoader loader) {

  void printTo(PrintStream out) {
    List<String> columns = loader.columns();
    int width = columns.stream().mapToInt(String::length).max().orElse(0);
    for (int i = 0; i < columns.size(); i++) {
      String padding = " ".repeat(width - columns.get(i).length());
      out.println(
          collection + "/" + columns.get(i) + padding + "  " + loader.points(i) + " points");
    }
    out.println(
        loader.totalPoints()
            + " points in "
            + columns.size()
            + " streams from "
            + rows
            + " rows of "
            + file
            + "; rows refused: "
            + refusals.count());
    refusals.countByReason().forEach((reason, count) -> out.println("  " + count + ": " + reason));
  }
}
