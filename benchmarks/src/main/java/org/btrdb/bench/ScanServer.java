package org.btrdb.bench;

import java.io.IOException;
import java.io.OutputStream;
import java.util.Map;
import org.btrdb.client.Btrdb;
import org.btrdb.client.spi.BtrdbConnector;
import org.btrdb.embedded.server.BtrdbServer;

/** An embedded BTrDB in memory, in a process of its own, that serves {@link ScanRows}. */
final class ScanServer {
  private ScanServer() {}

  /**
   * Prints its port and serves until its input ends.
   *
   * @param args the number of rows
   */
  public static void main(String[] args) throws IOException {
    try (Btrdb btrdb = BtrdbConnector.open("mem", "scan", Map.of())) {
      ScanRows.fill(btrdb, Long.parseLong(args[0]));
      try (BtrdbServer server = BtrdbServer.start(btrdb, BtrdbServer.LOOPBACK, 0)) {
        System.out.println(server.port());
        System.in.transferTo(OutputStream.nullOutputStream());
      }
    }
  }
}
