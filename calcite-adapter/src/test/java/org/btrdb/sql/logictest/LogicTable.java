package org.btrdb.sql.logictest;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.UUID;
import org.btrdb.client.Btrdb;
import org.btrdb.client.CallScope;
import org.btrdb.client.batch.PointBatch;
import org.btrdb.client.model.MergePolicy;
import org.btrdb.client.model.NewStream;
import org.jspecify.annotations.Nullable;

/**
 * A table of a script as a collection: a stream for each column, and row i is the points at {@code
 * START_NANOS + i} seconds.
 *
 * <ul>
 *   <li>NULL is no point. A row of a wide table is there if one of the streams that a query uses
 *       has a point, so a table with NULLs is read together with a stream {@value #ROW} that has
 *       one for every row.
 *   <li>An INTEGER is read as {@code CAST(… AS BIGINT)}, since SQLite computes in 64 bits.
 *   <li>Text is numbered in the order of its first occurrence, and read as a CASE over the number.
 * </ul>
 */
final class LogicTable {
  private static final long START_NANOS = 1_500_000_000_000_000_000L;
  private static final long ROW_NANOS = 1_000_000_000L;
  private static final String ROW = "row";
  private static final int MOST_TEXTS = 200;

  /** The type of text columns; named in no query of the suite. */
  static final String TEXT_TYPE = "VARCHAR";

  /** How a column is kept. */
  enum Type {
    INTEGER,
    REAL,
    TEXT
  }

  /** A column of a script's table. */
  record Column(String name, Type type) {}

  private final String name;
  private final List<Column> columns;
  private final List<Map<String, Integer>> texts = new ArrayList<>();
  private final List<UUID> streams = new ArrayList<>();
  private final List<List<@Nullable Object>> rows = new ArrayList<>();
  private int stored;
  private boolean hasNulls;

  LogicTable(String name, List<Column> columns) {
    this.name = name;
    this.columns = List.copyOf(columns);
    columns.forEach(c -> texts.add(new LinkedHashMap<>()));
  }

  List<Column> columns() {
    return columns;
  }

  /** All rows, each with Long, Double, String or null. */
  List<List<@Nullable Object>> rows() {
    return rows;
  }

  /** Adds a row; the store has it after the next {@link #store}. */
  void add(List<@Nullable Object> row) {
    hasNulls |= row.contains(null);
    rows.add(row);
  }

  /** Brings the new rows into the store. */
  void store(Btrdb btrdb) {
    if (streams.isEmpty()) {
      columns.forEach(c -> streams.add(create(btrdb, c.name())));
      streams.add(create(btrdb, ROW));
    }
    if (stored == rows.size()) {
      return;
    }
    for (int c = 0; c <= columns.size(); c++) {
      long[] times = new long[rows.size() - stored];
      double[] values = new double[times.length];
      int size = 0;
      for (int r = stored; r < rows.size(); r++) {
        Object value = c == columns.size() ? Integer.valueOf(r) : rows.get(r).get(c);
        if (value != null) {
          times[size] = START_NANOS + r * ROW_NANOS;
          values[size++] = number(c, value);
        }
      }
      btrdb.insert(
          streams.get(c),
          new PointBatch(times, values, 0, size),
          MergePolicy.NEVER,
          CallScope.unbounded());
    }
    stored = rows.size();
  }

  private UUID create(Btrdb btrdb, String stream) {
    UUID uuid = UUID.randomUUID();
    btrdb.create(
        new NewStream(uuid, name, Map.of("name", stream), Map.of()), CallScope.unbounded());
    return uuid;
  }

  private double number(int column, Object value) {
    if (value instanceof String text) {
      Map<String, Integer> numbers = texts.get(column);
      return numbers.computeIfAbsent(text, t -> numbers.size());
    }
    return ((Number) value).doubleValue();
  }

  /**
   * An item of a WITH clause that reads the collection as the script's table.
   *
   * @param withText whether its text columns are used
   */
  String withItem(boolean withText) throws Unmapped {
    List<String> names = new ArrayList<>();
    List<String> items = new ArrayList<>();
    for (int c = 0; c < columns.size(); c++) {
      Column column = columns.get(c);
      if (column.type() != Type.TEXT || withText) {
        names.add(quoted(column.name()));
        items.add(item(c));
      }
    }
    return String.format(
        Locale.ROOT,
        "%s (%s) AS (SELECT %s FROM wide.%s%s)",
        quoted(name),
        String.join(", ", names),
        String.join(", ", items),
        quoted(name),
        hasNulls ? " WHERE " + quoted(ROW) + " IS NOT NULL" : "");
  }

  private String item(int c) throws Unmapped {
    String stream = quoted(columns.get(c).name());
    return switch (columns.get(c).type()) {
      case REAL -> stream;
      case INTEGER -> "CAST(" + stream + " AS BIGINT)";
      case TEXT -> {
        if (texts.get(c).size() > MOST_TEXTS) {
          throw new Unmapped("a text column with many values");
        }
        StringBuilder text = new StringBuilder("CASE CAST(" + stream + " AS INTEGER)");
        // VARCHAR, or else each would be padded to the longest of them, as CHAR is.
        texts
            .get(c)
            .forEach(
                (value, number) ->
                    text.append(" WHEN ")
                        .append(number)
                        .append(" THEN CAST('")
                        .append(value.replace("'", "''"))
                        .append("' AS " + TEXT_TYPE + ")"));
        yield texts.get(c).isEmpty()
            ? "CAST(NULL AS " + TEXT_TYPE + ")"
            : text.append(" END").toString();
      }
    };
  }

  private static String quoted(String name) {
    return '"' + name + '"';
  }
}
