package org.btrdb.sql.catalog;

import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A table name that is a stream's with a suffix.
 *
 * @param stream the name before the suffix
 * @param pointWidth the pointwidth of a table of statistics; empty for one of changes
 */
record DerivedName(String stream, Optional<Integer> pointWidth) {
  private static final Pattern STATISTICS = Pattern.compile("(.+)\\$[pP][wW]([0-9]{1,2})");
  private static final Pattern CHANGES = Pattern.compile("(.+)\\$[cC][hH][aA][nN][gG][eE][sS]");
  private static final int MAX_POINT_WIDTH = 62;

  static Optional<DerivedName> of(String name) {
    Matcher statistics = STATISTICS.matcher(name);
    if (statistics.matches()) {
      int pointWidth = Integer.parseInt(statistics.group(2));
      return pointWidth > MAX_POINT_WIDTH
          ? Optional.empty()
          : Optional.of(new DerivedName(statistics.group(1), Optional.of(pointWidth)));
    }
    Matcher changes = CHANGES.matcher(name);
    return changes.matches()
        ? Optional.of(new DerivedName(changes.group(1), Optional.empty()))
        : Optional.empty();
  }

  Relation of(StreamTable table) {
    return pointWidth.isPresent()
        ? new PointwidthTable(table, pointWidth.get())
        : new ChangesTable(table);
  }
}
