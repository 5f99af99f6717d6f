package org.btrdb.embedded;

import org.btrdb.client.acceptance.Promises;
import org.btrdb.client.acceptance.Workbench;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;

/** The embedded tree, reached in this process. */
class InProcessAcceptanceTest implements Promises {
  @SuppressWarnings("NullAway.Init")
  private Workbench bench;

  @BeforeEach
  void open() {
    bench = new Workbench(Fixture.memory());
  }

  @AfterEach
  void close() {
    bench.close();
  }

  @Override
  public Workbench bench() {
    return bench;
  }
}
