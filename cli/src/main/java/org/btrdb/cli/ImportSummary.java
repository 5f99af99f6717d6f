package org.btrdb.cli;

import java.io.PrintStream;
import java.util.List;
import org.btrdb.cli.csv.TimeForm;
import org.jspecify.annotations.Nullable;

/**
 * What an import says at its end.
 *
 * @param rows data rows read, refused ones included
 * @param times how they were written; null if no row had one
 */
record ImportSummary(
    String collection,
    String file,
    long rows,
    Refusals refusals,
    StreamLoader loader,
    @Nullable TimeForm times) {

  void printTo(PrintStream out) {
    List<String> columns = loader.columns();
    int width = columns.stream().mapToInt(String::length).max().orElse(0);
    for (int i = 0; i < columns.size(); i++) {
      String padding = " ".repeat(width - columns.get(i).length());
      out.println(
          collection + "/" + columns.get(i) + padding + "  " + loader.points(i) + " points");
    }
    if (times != null && loader.totalPoints() > 0) {
      // A unit that was guessed wrong shows here.
      out.println("times: " + times.words() + ", " + loader.first() + " to " + loader.last());
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
