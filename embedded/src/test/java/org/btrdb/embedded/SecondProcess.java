package org.btrdb.embedded;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import org.btrdb.client.Btrdb;
import org.btrdb.client.DataCursor;
import org.btrdb.client.batch.PointBatch;
import org.btrdb.client.error.BtrdbException;
import org.btrdb.client.model.StreamVersion;
import org.btrdb.client.time.TimeRange;

/** Opens a directory, counts the points of one stream by reading them all, and prints the count. */
final class SecondProcess {
  private SecondProcess() {}

  public static void main(String[] arguments) throws IOException {
    String line;
    try (Btrdb btrdb = Fixture.directory(Path.of(arguments[0]))) {
      line = "points " + count(btrdb);
    } catch (BtrdbException e) {
      line = e.code() + " " + e.getMessage();
    }
    System.out.write((line + "\n").getBytes(StandardCharsets.UTF_8));
    System.out.flush();
  }

  private static long count(Btrdb btrdb) {
    long points = 0;
    try (DataCursor<PointBatch> cursor =
        btrdb.raw(CrashWriter.uuid(0), TimeRange.ALL, StreamVersion.LATEST, Fixture.SCOPE)) {
      while (cursor.next()) {
        points += cursor.current().size();
      }
    }
    return points;
  }
}
