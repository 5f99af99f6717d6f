package org.btrdb.embedded.server;

import io.grpc.Server;
import io.grpc.ServerInterceptors;
import io.grpc.health.v1.HealthCheckResponse.ServingStatus;
import io.grpc.netty.shaded.io.grpc.netty.NettyServerBuilder;
import io.grpc.protobuf.services.HealthStatusManager;
import io.grpc.protobuf.services.ProtoReflectionServiceV1;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.btrdb.client.Btrdb;
import org.btrdb.client.error.BtrdbException;
import org.btrdb.client.error.ErrorCode;
import org.btrdb.embedded.server.access.Caller;
import org.btrdb.embedded.server.access.CallerInterceptor;
import org.btrdb.embedded.server.access.Callers;
import org.btrdb.embedded.server.access.GuardedBtrdb;
import org.btrdb.proto.v5api.BTrDBGrpc;

/**
 * A running server; whoever starts it closes it, and after that the BTrDB it serves. Beside BTrDB's
 * it has gRPC's services for health and reflection, which need no key.
 */
public final class BtrdbServer implements AutoCloseable {
  /** Where a server listens unless told otherwise: only this machine can reach it. */
  public static final String LOOPBACK = "127.0.0.1";

  private static final int FEWEST_WORKERS = 8;
  private static final int WORKERS_PER_CPU = 4;
  private static final AtomicInteger WORKERS_MADE = new AtomicInteger();

  /** As often as our client may be told to ask whether we are alive. */
  private static final int PINGS_SECONDS = 10;

  /** How long a client may be silent during a call before it is asked whether it is alive. */
  private static final int SILENCE_SECONDS = 120;

  private static final int ALIVE_SECONDS = 20;

  /** What connections have to say good-bye, and workers to notice that their call is gone. */
  private static final int END_SECONDS = 1;

  private final Server server;
  private final SubscribeCalls subscriptions;
  private final ExecutorService workers;
  private final CallGate gate;
  private final HealthStatusManager health;
  private final ServerLimits limits;
  private boolean closed;

  private BtrdbServer(
      Server server,
      SubscribeCalls subscriptions,
      ExecutorService workers,
      CallGate gate,
      HealthStatusManager health,
      ServerLimits limits) {
    this.server = server;
    this.subscriptions = subscriptions;
    this.workers = workers;
    this.gate = gate;
    this.health = health;
    this.limits = limits;
  }

  /**
   * Starts to serve everybody in plaintext.
   *
   * @param port where to listen, 0 for any free one
   */
  public static BtrdbServer start(Btrdb btrdb, String host, int port) {
    return start(btrdb, ServerOptions.at(host, port));
  }

  /**
   * Starts to serve.
   *
   * @throws BtrdbException in one line, if a file makes no sense or it cannot listen
   */
  public static BtrdbServer start(Btrdb btrdb, ServerOptions options) {
    String host = options.host();
    InetSocketAddress address = new InetSocketAddress(host, options.port());
    if (address.isUnresolved()) {
      throw new BtrdbException(ErrorCode.CONNECT_FAILED, "no host is called '" + host + "'");
    }
    ServerLimits limits = options.limits();
    CallGate gate = new CallGate(limits.maxCalls());
    HealthStatusManager health = new HealthStatusManager();
    Endpoint endpoint = Endpoint.of(address);
    Callers callers = options.keys().map(Callers::read).orElseGet(Callers::everybody);
    ExecutorService workers =
        Executors.newFixedThreadPool(
            Math.max(FEWEST_WORKERS, WORKERS_PER_CPU * Runtime.getRuntime().availableProcessors()),
            BtrdbServer::worker);
    Btrdb guarded = new GuardedBtrdb(btrdb, Caller::current);
    SubscribeCalls subscriptions = new SubscribeCalls(guarded, workers);
    NettyServerBuilder builder =
        NettyServerBuilder.forAddress(address)
            .addService(
                ServerInterceptors.interceptForward(
                    V5Methods.of(btrdb, guarded, endpoint, subscriptions),
                    new CallerInterceptor(callers),
                    gate))
            .addService(health.getHealthService())
            .addService(ProtoReflectionServiceV1.newInstance())
            .maxInboundMessageSize(limits.maxMessageBytes())
            .maxConcurrentCallsPerConnection(limits.maxCallsOfConnection())
            .maxConnectionIdle(limits.maxIdle().toNanos(), TimeUnit.NANOSECONDS)
            .permitKeepAliveTime(PINGS_SECONDS, TimeUnit.SECONDS)
            .keepAliveTime(SILENCE_SECONDS, TimeUnit.SECONDS)
            .keepAliveTimeout(ALIVE_SECONDS, TimeUnit.SECONDS);
    options.tls().map(ServerTls::context).ifPresent(builder::sslContext);
    Server server = builder.executor(workers).build();
    try {
      server.start();
    } catch (IOException e) {
      workers.shutdown();
      Throwable reason = e.getCause() == null ? e : e.getCause();
      throw new BtrdbException(
          ErrorCode.CONNECT_FAILED,
          "cannot listen on " + host + ":" + options.port() + ": " + reason.getMessage(),
          e);
    }
    endpoint.listensOn(server.getPort());
    health.setStatus(BTrDBGrpc.SERVICE_NAME, ServingStatus.SERVING);
    return new BtrdbServer(server, subscriptions, workers, gate, health, limits);
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
   * Ends it; idempotent. Its health is told as NOT_SERVING and new calls are refused as
   * UNAVAILABLE. Calls in which something goes on may end within the grace of its limits: what was
   * asked to be written is, and is acknowledged, and subscriptions are told of it. Reads whose
   * clients take nothing are ended sooner, and whatever is left then: their clients see
   * UNAVAILABLE.
   */
  @Override
  public synchronized void close() {
    if (closed) {
      return;
    }
    closed = true;
    health.enterTerminalState();
    gate.close();
    try {
      gate.awaitQuiet(limits.grace());
      subscriptions.close();
      server.shutdown();
      if (!server.awaitTermination(END_SECONDS, TimeUnit.SECONDS)) {
        server.shutdownNow();
        server.awaitTermination(END_SECONDS, TimeUnit.SECONDS);
      }
      workers.shutdown();
      workers.awaitTermination(END_SECONDS, TimeUnit.SECONDS);
    } catch (InterruptedException e) {
      server.shutdownNow();
      workers.shutdown();
      Thread.currentThread().interrupt();
    }
  }
}
