package org.btrdb.client.fake;

import org.btrdb.client.acceptance.Promises;
import org.btrdb.client.acceptance.Workbench;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;

/** The 5.x generation of the client, over a scripted 5.x server. */
class Fake5xAcceptanceTest implements Promises {
  @SuppressWarnings("NullAway.Init")
  private FakeServer server;

  @SuppressWarnings("NullAway.Init")
  private Workbench bench;

  @BeforeEach
  void serve() {
    server = FakeServer.of5x();
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
