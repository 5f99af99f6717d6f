package org.btrdb.embedded.server;

import java.util.Map;
import java.util.UUID;
import org.btrdb.client.Btrdb;
import org.btrdb.client.CallScope;
import org.btrdb.client.batch.PointBatch;
import org.btrdb.client.model.MergePolicy;
import org.btrdb.client.model.NewStream;
import org.btrdb.client.spi.BtrdbConnector;

/** An embedded BTrDB in memory, a server over it, and a client of that server. */
final class ServedBtrdb implements AutoCloseable {
  private final Btrdb embedded;
  private final BtrdbServer server;
  private final Btrdb served;

  private ServedBtrdb(Btrdb embedded, BtrdbServer server, Btrdb served) {
    this.embedded = embedded;
    this.server = server;
    this.served = served;
  }

  static ServedBtrdb start() {
    return start(ServerOptions.at(BtrdbServer.LOOPBACK, 0), Map.of());
  }

  /**
   * Serves with these options.
   *
   * @param client properties of the client
   */
  static ServedBtrdb start(ServerOptions options, Map<String, String> client) {
    Btrdb embedded = BtrdbConnector.open("mem", UUID.randomUUID().toString(), Map.of());
    BtrdbServer server = BtrdbServer.start(embedded, options);
    return new ServedBtrdb(embedded, server, connect(server, client));
  }

  static Btrdb connect(BtrdbServer server) {
    return connect(server, Map.of());
  }

  static Btrdb connect(BtrdbServer server, Map<String, String> properties) {
    return BtrdbConnector.open("grpc", BtrdbServer.LOOPBACK + ":" + server.port(), properties);
  }

  /** Reached in this process. */
  Btrdb embedded() {
    return embedded;
  }

  /** The same, reached over gRPC. */
  Btrdb served() {
    return served;
  }

  BtrdbServer server() {
    return server;
  }

  int port() {
    return server.port();
  }

  UUID stream(String collection, String name) {
    UUID uuid = UUID.randomUUID();
    embedded.create(
        new NewStream(uuid, collection, Map.of("name", name), Map.of()), CallScope.unbounded());
    return uuid;
  }

  UUID streamOf(String name, long[] times, double[] values) {
    UUID uuid = stream("tests", name);
    embedded.insert(uuid, PointBatch.of(times, values), MergePolicy.NEVER, CallScope.unbounded());
    embedded.flush(uuid, CallScope.unbounded());
    return uuid;
  }

  @Override
  public void close() {
    served.close();
    server.close();
    embedded.close();
  }
}
