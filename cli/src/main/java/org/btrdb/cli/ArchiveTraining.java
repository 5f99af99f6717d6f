package org.btrdb.cli;

import java.io.InputStream;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import org.btrdb.client.Btrdb;
import org.btrdb.client.spi.BtrdbConnector;
import org.btrdb.embedded.server.BtrdbServer;

/**
 * What the build runs once, so that the JVM writes down, at its end, the classes that commands
 * load: the class-data archive with which {@code ./btrdb} starts.
 */
final class ArchiveTraining {
  private static final String STATEMENT =
      "SELECT FLOOR(time TO MINUTE), COUNT(*), AVG(value), MAX(value) FROM \"demo/pmu\".\"FREQ\""
          + " WHERE value > 0 GROUP BY FLOOR(time TO MINUTE) ORDER BY 1 LIMIT 2";

  private ArchiveTraining() {}

  /**
   * Runs some commands.
   *
   * @param args a directory for their data, which should not exist
   */
  public static void main(String[] args) {
    String data = args[0];
    run("demo", "--data", data);
    query("jdbc:btrdb:file:" + data);
    try (Btrdb btrdb = BtrdbConnector.open("file", data, Map.of());
        BtrdbServer server = BtrdbServer.start(btrdb, BtrdbServer.LOOPBACK, 0)) {
      query("jdbc:btrdb://" + BtrdbServer.LOOPBACK + ":" + server.port());
    }
  }

  private static void query(String url) {
    for (String format : new String[] {"table", "csv", "jsonl"}) {
      run("query", "--url", url, "--format", format, STATEMENT);
    }
    run("info", "--url", url);
  }

  private static void run(String... arguments) {
    StandardStreams unheard =
        new StandardStreams(
            InputStream.nullInputStream(),
            OutputStream.nullOutputStream(),
            new PrintStream(System.err, true, StandardCharsets.UTF_8),
            false);
    int status = Main.run(unheard, arguments);
    if (status != 0) {
      throw new IllegalStateException("status " + status + " of btrdb " + arguments[0]);
    }
  }
}
