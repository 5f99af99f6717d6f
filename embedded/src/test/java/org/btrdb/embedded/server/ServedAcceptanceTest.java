package org.btrdb.embedded.server;

import org.btrdb.client.acceptance.Promises;
import org.btrdb.client.acceptance.Workbench;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;

/** The embedded tree, reached over gRPC. */
class ServedAcceptanceTest implements Promises {
  @SuppressWarnings("NullAway.Init")
  private ServedBtrdb both;

  @SuppressWarnings("NullAway.Init")
  private Workbench bench;

  @BeforeEach
  void serve() {
    both = ServedBtrdb.start();
    bench = new Workbench(both.served());
  }

  @AfterEach
  void stop() {
    bench.close();
    both.close();
  }

  @Override
  public Workbench bench() {
    return bench;
  }
}
