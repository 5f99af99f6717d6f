package org.btrdb.sql.catalog;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.btrdb.client.model.StreamDescriptor;

/**
 * Names of tables: the name tag where it is unique in its collection, else with {@code #} and the
 * shortest unique prefix of the uuid; the uuid where there is no name.
 *
 * <p>A stream that has, as its very name, what would come out for another one keeps it, and the
 * other one gets more digits: no two tables of a collection have one name.
 */
public final class TableNames {
  private TableNames() {}

  /** The tables of all streams of a collection, by name. */
  public static List<StreamTable> tables(String collection, List<StreamDescriptor> streams) {
    Map<String, List<StreamDescriptor>> byName = new HashMap<>();
    for (StreamDescriptor stream : streams) {
      byName.computeIfAbsent(stream.name(), n -> new ArrayList<>()).add(stream);
    }
    List<StreamTable> tables = new ArrayList<>();
    byName.forEach(
        (name, same) -> {
          if (name.isEmpty()) {
            same.forEach(s -> tables.add(table(collection, nameless(s, byName.keySet()), s)));
          } else if (same.size() == 1) {
            tables.add(table(collection, name, same.get(0)));
          } else {
            addToldApart(tables, collection, same, byName.keySet());
          }
        });
    tables.sort(Comparator.comparing(StreamTable::table));
    return tables;
  }

  private static StreamTable table(String collection, String name, StreamDescriptor stream) {
    return new StreamTable(collection, name, stream);
  }

  private static String nameless(StreamDescriptor stream, Set<String> taken) {
    String uuid = stream.uuid().toString();
    return taken.contains(uuid)
        ? new SuffixedName("", SuffixedName.digits(stream.uuid())).text()
        : uuid;
  }

  private static void addToldApart(
      List<StreamTable> tables, String collection, List<StreamDescriptor> same, Set<String> taken) {
    same.sort(Comparator.comparing(s -> SuffixedName.digits(s.uuid())));
    for (int i = 0; i < same.size(); i++) {
      StreamDescriptor stream = same.get(i);
      int before = i == 0 ? 0 : common(same.get(i - 1), stream);
      int after = i == same.size() - 1 ? 0 : common(stream, same.get(i + 1));
      int unique = Math.max(before, after) + 1;
      tables.add(table(collection, suffixed(stream, unique, taken), stream));
    }
  }

  /** How many digits two uuids begin with together. */
  private static int common(StreamDescriptor a, StreamDescriptor b) {
    String digitsOfA = SuffixedName.digits(a.uuid());
    String digitsOfB = SuffixedName.digits(b.uuid());
    int length = 0;
    while (length < SuffixedName.MAX_DIGITS
        && digitsOfA.charAt(length) == digitsOfB.charAt(length)) {
      length++;
    }
    return length;
  }

  /**
   * A name with enough digits to be no one else's.
   *
   * @param atLeast digits that no other stream of the name begins with
   * @param taken names that are those of streams
   */
  static String suffixed(StreamDescriptor stream, int atLeast, Set<String> taken) {
    String digits = SuffixedName.digits(stream.uuid());
    int length = Math.min(Math.max(atLeast, SuffixedName.MIN_DIGITS), digits.length());
    String name = new SuffixedName(stream.name(), digits.substring(0, length)).text();
    while (taken.contains(name) && length < digits.length()) {
      length++;
      name = new SuffixedName(stream.name(), digits.substring(0, length)).text();
    }
    return name;
  }
}
