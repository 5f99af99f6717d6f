package org.btrdb.cli;

import java.io.PrintStream;
import java.sql.Connection;
import java.sql.DatabaseMetaData;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** What answers at a URL, and what it holds. */
@Command(
    name = "info",
    mixinStandardHelpOptions = true,
    description = "Says what answers at a URL and counts its collections and streams.")
final class InfoCommand implements Callable<Integer> {
  private static final int COLLECTIONS_LISTED = 20;
  private static final int STREAMS_COUNTED = 10_000;

  private final StandardStreams streams;

  @Mixin private Target target;

  InfoCommand(StandardStreams streams) {
    this.streams = streams;
  }

  @Override
  public Integer call() throws SQLException, CommandFailure {
    try (Connection connection = target.connectToExisting()) {
      DatabaseMetaData meta = connection.getMetaData();
      PrintStream out = streams.lines();
      out.println("url          " + meta.getURL());
      out.println(
          "server       " + meta.getDatabaseProductName() + " " + meta.getDatabaseProductVersion());
      out.println("driver       " + meta.getDriverName() + " " + meta.getDriverVersion());
      List<String> listed = new ArrayList<>();
      long collections = collections(meta, listed);
      if (collections <= COLLECTIONS_LISTED) {
        Map<String, Integer> counts = new LinkedHashMap<>();
        for (String collection : listed) {
          counts.put(collection, streamsOf(meta, collection));
        }
        counts.values().removeIf(count -> count == 0); // a schema of views that are not there yet
        out.println("collections  " + counts.size());
        out.println("streams      " + counts.values().stream().mapToLong(n -> n).sum());
        counts.forEach((name, count) -> out.println("  " + name + "  " + counted(count)));
      } else {
        out.println("collections  " + collections);
        out.println("streams      " + counted(streamsOf(meta, null)));
      }
    }
    return 0;
  }

  /** Counts all collections and keeps the names of the first. */
  private static long collections(DatabaseMetaData meta, List<String> listed) throws SQLException {
    long count = 0;
    try (ResultSet rows = meta.getSchemas()) {
      while (rows.next()) {
        String schema = rows.getString("TABLE_SCHEM");
        if (!isMade(meta, schema)) {
          count++;
          if (listed.size() <= COLLECTIONS_LISTED) {
            listed.add(schema);
          }
        }
      }
    }
    return count;
  }

  /** Whether its tables are made of collections, or about them; saying so costs no call. */
  private static boolean isMade(DatabaseMetaData meta, String schema) throws SQLException {
    String pattern = escaped(schema, meta.getSearchStringEscape());
    String[] types = {"SYSTEM TABLE", "VIEW"};
    try (ResultSet made = meta.getTables(null, pattern, "%", types)) {
      return made.next();
    }
  }

  /** Counts streams, but not for ever. */
  private static int streamsOf(DatabaseMetaData meta, @Nullable String collection)
      throws SQLException {
    String pattern = collection == null ? null : escaped(collection, meta.getSearchStringEscape());
    int count = 0;
    try (ResultSet rows = meta.getTables(null, pattern, "%", new String[] {"TABLE"})) {
      while (count < STREAMS_COUNTED && rows.next()) {
        count++;
      }
    }
    return count;
  }

  private static String escaped(String name, String escape) {
    return name.replace(escape, escape + escape)
        .replace("%", escape + "%")
        .replace("_", escape + "_");
  }

  private static String counted(int count) {
    return count < STREAMS_COUNTED ? Integer.toString(count) : "at least " + count;
  }
}
