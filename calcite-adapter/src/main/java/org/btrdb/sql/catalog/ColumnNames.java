package org.btrdb.sql.catalog;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/**
 * Names of the columns of a wide table: those of the streams' tables, but with {@code #} and a
 * prefix of the uuid for streams that differ by case only, or that are called like the time. A
 * query finds columns in any case, so of such names none would be found, or a wrong one.
 */
final class ColumnNames {
  /** The column of the times. */
  static final String TIME = "time";

  private ColumnNames() {}

  /** A name for each stream, in order. */
  static List<String> of(List<StreamTable> streams) {
    Map<String, Integer> alike = new HashMap<>(Map.of(folded(TIME), 1));
    streams.forEach(s -> alike.merge(folded(s.table()), 1, Integer::sum));
    Set<String> taken = new HashSet<>(alike.keySet());
    List<String> names = new ArrayList<>();
    for (StreamTable stream : streams) {
      names.add(
          alike.getOrDefault(folded(stream.table()), 0) == 1
              ? stream.table()
              : toldApart(stream, taken));
    }
    return names;
  }

  private static String toldApart(StreamTable stream, Set<String> taken) {
    String digits = SuffixedName.digits(stream.stream().uuid());
    int length = SuffixedName.MIN_DIGITS;
    String name = new SuffixedName(stream.table(), digits.substring(0, length)).text();
    while (!taken.add(folded(name)) && length < digits.length()) {
      length++;
      name = new SuffixedName(stream.table(), digits.substring(0, length)).text();
    }
    return name;
  }

  /** The same for two names if {@link String#equalsIgnoreCase} says they are. */
  private static String folded(String name) {
    return name.toUpperCase(Locale.ROOT).toLowerCase(Locale.ROOT);
  }
}
