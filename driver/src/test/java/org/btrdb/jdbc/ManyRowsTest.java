package org.btrdb.jdbc;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.UUID;
import org.btrdb.client.Btrdb;
import org.btrdb.client.CallScope;
import org.btrdb.client.batch.PointBatch;
import org.btrdb.client.model.MergePolicy;
import org.btrdb.client.model.NewStream;
import org.btrdb.client.spi.BtrdbConnector;
import org.btrdb.embedded.server.BtrdbServer;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** 100 million rows through a ResultSet of a JVM whose heap is 64 MB, from a server elsewhere. */
@Tag("long")
class ManyRowsTest {
  private static final int INSERTS = 2_000;
  private static final int POINTS_OF_ONE = 50_000;
  private static final long POINTS = (long) INSERTS * POINTS_OF_ONE;
  private static final long STEP_NANOS = 8_333_333;

  /** What the other JVM runs. */
  static final class Program {
    private Program() {}

    public static void main(String[] arguments) throws SQLException {
      long begun = System.nanoTime();
      long rows = 0;
      long times = 0;
      long values = 0;
      try (Connection connection = DriverManager.getConnection(arguments[0]);
          Statement statement = connection.createStatement();
          ResultSet result = statement.executeQuery("SELECT time, value FROM many.rows")) {
        while (result.next()) {
          rows++;
          times += result.getLong(1);
          values += (long) result.getDouble(2);
        }
      }
      double seconds = (System.nanoTime() - begun) / 1e9;
      System.out.printf(
          Locale.ROOT,
          "%d %d %d%n%.1f s, %.1f M rows/s%n",
          rows,
          times,
          values,
          seconds,
          rows / seconds / 1e6);
    }
  }

  @Test
  void aHundredMillionRowsFitASmallHeap(@TempDir Path directory) throws Exception {
    long times = 0;
    long values = 0;
    try (Btrdb btrdb = BtrdbConnector.open("file", directory.toString(), Map.of());
        BtrdbServer server = BtrdbServer.start(btrdb, BtrdbServer.LOOPBACK, 0)) {
      UUID uuid = UUID.randomUUID();
      btrdb.create(
          new NewStream(uuid, "many", Map.of("name", "rows"), Map.of()), CallScope.unbounded());
      for (int insert = 0; insert < INSERTS; insert++) {
        long[] of = new long[POINTS_OF_ONE];
        double[] to = new double[POINTS_OF_ONE];
        for (int i = 0; i < POINTS_OF_ONE; i++) {
          long number = (long) insert * POINTS_OF_ONE + i;
          of[i] = number * STEP_NANOS;
          to[i] = number % 1_009;
          times += of[i];
          values += number % 1_009;
        }
        btrdb.insert(uuid, PointBatch.of(of, to), MergePolicy.NEVER, CallScope.unbounded());
      }
      Process process =
          ChildJvm.start(
              List.of("-Xmx64m"),
              Program.class,
              "jdbc:btrdb://" + BtrdbServer.LOOPBACK + ":" + server.port());
      String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
      System.out.println(output);
      assertThat(process.waitFor()).as(output).isZero();
      assertThat(output).contains(POINTS + " " + times + " " + values + System.lineSeparator());
    }
  }
}
