package org.btrdb.bench;

import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Map;
import java.util.UUID;
import org.btrdb.client.Btrdb;
import org.btrdb.client.CallScope;
import org.btrdb.client.batch.PointBatch;
import org.btrdb.client.model.MergePolicy;
import org.btrdb.client.model.NewStream;

/** The rows that are scanned: 120 Hz from 1970 on, alike in every database. */
final class ScanRows {
  /** The stream in a BTrDB; its table is {@code scan.s}. */
  static final UUID STREAM = UUID.fromString("0d22a53b-e2ef-4e0a-ab89-b2d48fb2592a");

  static final long STEP_NANOS = 8_333_333;
  private static final int BATCH = 50_000;

  private ScanRows() {}

  /** A database that makes rows by itself. */
  enum Foreign {
    DUCKDB("range(%d) AS t(x)", "TIMESTAMP '1970-01-01' + to_microseconds(x * 8333)"),
    H2(
        "(SELECT x - 1 AS x FROM SYSTEM_RANGE(1, %d))",
        "DATEADD(MICROSECOND, x * 8333, TIMESTAMP '1970-01-01 00:00:00')"),
    POSTGRESQL(
        "generate_series(0::bigint, %d - 1) AS t(x)",
        "TIMESTAMP '1970-01-01 00:00:00' + x * INTERVAL '8333 microseconds'");

    private final String numbers;
    private final String timestamp;

    Foreign(String numbers, String timestamp) {
      this.numbers = numbers;
      this.timestamp = timestamp;
    }

    /** Makes two tables: {@code longs} with nanoseconds, {@code stamps} with timestamps. */
    void fill(Connection connection, long rows) throws SQLException {
      try (Statement statement = connection.createStatement()) {
        for (String table : new String[] {"longs", "stamps"}) {
          boolean hasNumbers = table.equals("longs");
          String time = hasNumbers ? "x * " + STEP_NANOS : timestamp;
          statement.execute(
              "CREATE TABLE "
                  + table
                  + " (time "
                  + (hasNumbers ? "BIGINT" : "TIMESTAMP")
                  + ", value DOUBLE PRECISION)");
          statement.execute(
              "INSERT INTO "
                  + table
                  + " SELECT "
                  + time
                  + ", 1 + SIN(x / 1000.0) FROM "
                  + numbers.replace("%d", String.valueOf(rows)));
        }
      }
    }
  }

  /** Makes the stream. */
  static void fill(Btrdb btrdb, long rows) {
    btrdb.create(
        new NewStream(STREAM, "scan", Map.of("name", "s"), Map.of()), CallScope.unbounded());
    for (long row = 0; row < rows; row += BATCH) {
      long[] times = new long[BATCH];
      double[] values = new double[BATCH];
      for (int i = 0; i < BATCH; i++) {
        times[i] = (row + i) * STEP_NANOS;
        values[i] = 1 + Math.sin((row + i) / 1000.0);
      }
      btrdb.insert(STREAM, PointBatch.of(times, values), MergePolicy.NEVER, CallScope.unbounded());
    }
  }
}
