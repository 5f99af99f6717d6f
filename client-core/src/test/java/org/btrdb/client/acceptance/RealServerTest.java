package org.btrdb.client.acceptance;

import java.util.Map;
import org.btrdb.client.spi.BtrdbConnector;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;

/** A server somewhere, named by {@code -Dbtrdb.acceptance.endpoint=host:port}. */
@EnabledIfSystemProperty(named = RealServerTest.ENDPOINT, matches = ".+")
class RealServerTest implements Promises {
  static final String ENDPOINT = "btrdb.acceptance.endpoint";

  @SuppressWarnings("NullAway.Init")
  private Workbench bench;

  @BeforeEach
  void connect() {
    bench = new Workbench(BtrdbConnector.open("grpc", System.getProperty(ENDPOINT), Map.of()));
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
