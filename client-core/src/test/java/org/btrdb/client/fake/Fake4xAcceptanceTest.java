package org.btrdb.client.fake;

import org.btrdb.client.acceptance.Promises;
import org.btrdb.client.acceptance.Workbench;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;

/**
 * The 4.x generation of the client, over a scripted 4.x server, whose faults are traps 5, 20 and 21
 * of the design: zeros of blank windows, buffered points in any order, points that a look backward
 * does not find.
 */
class Fake4xAcceptanceTest implements Promises {
  @SuppressWarnings("NullAway.Init")
  private FakeServer server;

  @SuppressWarnings("NullAway.Init")
  private Workbench bench;

  @BeforeEach
  void serve() {
    server = FakeServer.of4x();
    bench = new Workbench(server.connect());
  }

  @AfterEach
  void stop() {
    bench.close();
    server.close();
    server.checkUnharmed();
  }

  @Override
  public Workbench bench() {
    return bench;
  }
}
