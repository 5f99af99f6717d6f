package org.btrdb.cli;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/**
 * Stores rows of one time and many values, a stream for each column, in batches. Creates the
 * streams with the first row, so that a file without a good row leaves nothing behind.
 */
final class StreamLoader implements AutoCloseable {
  private static final int BATCH_ROWS = 20_000;
  private static final int BATCH_POINTS_OF_ALL_STREAMS = 2_000_000;
  private static final long NANOS_PER_SECOND = 1_000_000_000L;

  private final Connection connection;
  private final String collection;
  private final List<String> columns;
  private final int batchRows;
  private final List<PreparedStatement> inserts = new ArrayList<>();
  private final long[] pending;
  private final long[] acknowledged;
  private int rowsInBatch;
  private long firstNanos = Long.MAX_VALUE;
  private long lastNanos = Long.MIN_VALUE;
  private boolean anythingCreated;
  private boolean anythingSent;

  StreamLoader(Connection connection, String collection, List<String> columns) {
    this.connection = connection;
    this.collection = collection;
    this.columns = columns;
    this.batchRows =
        Math.max(1, Math.min(BATCH_ROWS, BATCH_POINTS_OF_ALL_STREAMS / columns.size()));
    this.pending = new long[columns.size()];
    this.acknowledged = new long[columns.size()];
  }

  List<String> columns() {
    return columns;
  }

  /** Points of a column that the server has acknowledged. */
  long points(int column) {
    return acknowledged[column];
  }

  long totalPoints() {
    long total = 0;
    for (long points : acknowledged) {
      total += points;
    }
    return total;
  }

  /** Takes a row; NaN is no point. */
  void add(long nanos, double[] values) throws SQLException {
    if (inserts.isEmpty()) {
      createStreams();
    }
    Instant time = instant(nanos);
    for (int i = 0; i < values.length; i++) {
      if (!Double.isNaN(values[i])) {
        PreparedStatement insert = inserts.get(i);
        insert.setObject(1, time);
        insert.setDouble(2, values[i]);
        insert.addBatch();
        firstNanos = Math.min(firstNanos, nanos);
        lastNanos = Math.max(lastNanos, nanos);
        pending[i]++;
      }
    }
    if (++rowsInBatch == batchRows) {
      finish();
    }
  }

  /** The earliest time of a point, if there was one. */
  Instant first() {
    return instant(firstNanos);
  }

  /** The latest time of a point, if there was one. */
  Instant last() {
    return instant(lastNanos);
  }

  private static Instant instant(long nanos) {
    return Instant.ofEpochSecond(
        Math.floorDiv(nanos, NANOS_PER_SECOND), Math.floorMod(nanos, NANOS_PER_SECOND));
  }

  /** Stores what is still waiting. */
  void finish() throws SQLException {
    for (int i = 0; i < inserts.size(); i++) {
      if (pending[i] > 0) {
        anythingSent = true;
        inserts.get(i).executeLargeBatch();
        acknowledged[i] += pending[i];
        pending[i] = 0;
      }
    }
    rowsInBatch = 0;
  }

  /** The end of the line that reports a failure. */
  String acknowledgedAndHowToGoOn() {
    if (!anythingSent) {
      return anythingCreated
          ? "; no points were stored, streams may have been created"
          : "; nothing was stored";
    }
    List<String> stored = new ArrayList<>();
    for (int i = 0; i < columns.size(); i++) {
      if (acknowledged[i] > 0) {
        stored.add(columns.get(i) + " " + acknowledged[i]);
      }
    }
    return "; points acknowledged in "
        + collection
        + ": "
        + (stored.isEmpty() ? "none" : String.join(", ", stored))
        + "; the same import with --merge equal goes on without duplicates";
  }

  @Override
  public void close() throws SQLException {
    for (PreparedStatement insert : inserts) {
      insert.close();
    }
  }

  private void createStreams() throws SQLException {
    try (Statement create = connection.createStatement()) {
      for (String column : columns) {
        anythingCreated = true;
        create.execute(
            "CREATE TABLE IF NOT EXISTS "
                + tableName(column)
                + " (time TIMESTAMP(9) NOT NULL, value DOUBLE NOT NULL)");
      }
    }
    for (String column : columns) {
      inserts.add(
          connection.prepareStatement(
              "INSERT INTO " + tableName(column) + " (time, value) VALUES (?, ?)"));
    }
  }

  private String tableName(String column) {
    return quoted(collection) + "." + quoted(column);
  }

  /** A name as SQL writes it when it may hold anything. */
  static String quoted(String name) {
    return '"' + name.replace("\"", "\"\"") + '"';
  }
}
