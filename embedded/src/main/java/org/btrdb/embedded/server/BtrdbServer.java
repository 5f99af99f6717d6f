package org.btrdb.embedded.server;

import io.grpc.Server;
import io.grpc.netty.shaded.io.grpc.netty.NettyServerBuilder;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.btrdb.client.Btrdb;
import org.btrdb.client.error.BtrdbException;
import org.btrdb.client.error.ErrorCode;

/** A running server; whoever starts it closes it, and after that the BTrDB it serves. */
public final class BtrdbServer implements AutoCloseable {
  /** Where a server listens unless told otherwise: only this machine can reach it. */
  public static final String LOOPBACK = "127.0.0.1";

  private static final int MAX_INBOUND_BYTES = 64 << 20;
  private static final int CLOSE_SECONDS = 5;
  private static final int FEWEST_WORKERS = 8;
  private static final int WORKERS_PER_CPU = 4;
  private static final AtomicInteger WORKERS_MADE = new AtomicInteger();

  private final Server server;
  private final SubscribeCalls subscriptions;
  private final ExecutorService workers;

  private BtrdbServer(Server server, SubscribeCalls subscriptions, ExecutorService workers) {
    this.server = server;
    this.subscriptions = subscriptions;
    this.workers = workers;
  }

  /**
   * Starts to serve.
   *
   * @param port where to listen, 0 for any free one
   */
  public static BtrdbServer start(Btrdb btrdb, String host, int port) {
    InetSocketAddress address = new InetSocketAddress(host, port);
    if (address.isUnresolved()) {
      throw new BtrdbException(ErrorCode.CONNECT_FAILED, "no host is called '" + host + "'");
    }
    ExecutorService workers =
        Executors.newFixedThreadPool(
            Math.max(FEWEST_WORKERS, WORKERS_PER_CPU * Runtime.getRuntime().availableProcessors()),
            BtrdbServer::worker);
    Endpoint endpoint = new Endpoint(host);
    SubscribeCalls subscriptions = new SubscribeCalls(btrdb, workers);
    Server server =
        NettyServerBuilder.forAddress(address)
            .executor(workers)
            .maxInboundMessageSize(MAX_INBOUND_BYTES)
            .addService(V5Methods.of(btrdb, endpoint, subscriptions))
            .build();
    try {
      server.start();
    } catch (IOException e) {
      workers.shutdown();
      Throwable reason = e.getCause() == null ? e : e.getCause();
      throw new BtrdbException(
          ErrorCode.CONNECT_FAILED,
          "cannot listen on " + host + ":" + port + ": " + reason.getMessage(),
          e);
    }
    endpoint.listensOn(server.getPort());
    return new BtrdbServer(server, subscriptions, workers);
  }

  private static Thread worker(Runnable work) {
    Thread thread = new Thread(work, "btrdb-server-" + WORKERS_MADE.incrementAndGet());
    thread.setDaemon(true);
    return thread;
  }

  /** The port it listens on. */
  public int port() {
    return server.getPort();
  }

  /**
   * Lets calls in progress end, for some seconds, then ends them; subscriptions, which have no end
   * of their own, at once. Idempotent.
   */
  @Override
  public void close() {
    server.shutdown();
    subscriptions.close();
    try {
      if (!server.awaitTermination(CLOSE_SECONDS, TimeUnit.SECONDS)) {
        server.shutdownNow();
        server.awaitTermination(CLOSE_SECONDS, TimeUnit.SECONDS);
      }
    } catch (InterruptedException e) {
      server.shutdownNow();
      Thread.currentThread().interrupt();
    }
    workers.shutdown();
  }
}
