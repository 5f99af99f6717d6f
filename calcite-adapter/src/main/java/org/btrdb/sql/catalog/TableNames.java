package org.btrdb.sql.catalog;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.btrdb.client.model.StreamDescriptor;

/**
 * Names of tables: the name tag where it is unique in its collection, else with {@code #} and the
 * shortest unique prefix of the uuid; the uuid where there is no name.
 */
public final class TableNames {
  private static final int MIN_UUID_DIGITS = 8;

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
          for (StreamDescriptor stream : same) {
            tables.add(new StreamTable(collection, tableName(name, stream, same), stream));
          }
        });
    tables.sort(java.util.Comparator.comparing(StreamTable::table));
    return tables;
  }

  private static String tableName(
      String name, StreamDescriptor stream, List<StreamDescriptor> same) {
    String uuid = stream.uuid().toString();
    if (name.isEmpty()) {
      return uuid;
    }
    if (same.size() == 1) {
      return name;
    }
    String digits = uuid.replace("-", "");
    int length = MIN_UUID_DIGITS;
    for (StreamDescriptor other : same) {
      String otherDigits = other.uuid().toString().replace("-", "");
      while (!other.uuid().equals(stream.uuid())
          && otherDigits.startsWith(digits.substring(0, length))) {
        length++;
      }
    }
    return name + "#" + digits.substring(0, length).toLowerCase(Locale.ROOT);
  }
}
