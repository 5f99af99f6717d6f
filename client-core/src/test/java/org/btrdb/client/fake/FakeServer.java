package org.btrdb.client.fake;

import static org.assertj.core.api.Assertions.assertThat;

import io.grpc.BindableService;
import io.grpc.Metadata;
import io.grpc.Server;
import io.grpc.ServerCall;
import io.grpc.ServerCallHandler;
import io.grpc.ServerInterceptor;
import io.grpc.netty.shaded.io.grpc.netty.NettyServerBuilder;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.List;
import java.util.Map;
import org.btrdb.client.Btrdb;
import org.btrdb.client.spi.BtrdbConnector;

/** A scripted server on loopback. */
public final class FakeServer implements AutoCloseable {
  private final Server server;
  private final FakeStore store;

  private FakeServer(Server server, FakeStore store) {
    this.server = server;
    this.store = store;
  }

  /** A 4.15.9 that allows obliterate, as its environment can. */
  public static FakeServer of4x() {
    FakeStore store = new FakeStore();
    Fake4x service = new Fake4x(store);
    FakeServer started = start(service, store);
    service.listensAt(started.server.getPort());
    return started;
  }

  /** A 5.x. */
  public static FakeServer of5x() {
    FakeStore store = new FakeStore();
    Fake5x service = new Fake5x(store);
    FakeServer started = start(service, store);
    service.listensAt(started.server.getPort());
    return started;
  }

  private static FakeServer start(BindableService service, FakeStore store) {
    try {
      return new FakeServer(
          NettyServerBuilder.forAddress(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0))
              .directExecutor()
              .intercept(new Gzipped())
              .addService(service)
              .build()
              .start(),
          store);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Encodes every answer, asked for or not, as 4.x servers do. */
  private static final class Gzipped implements ServerInterceptor {
    @Override
    public <Q, R> ServerCall.Listener<Q> interceptCall(
        ServerCall<Q, R> call, Metadata headers, ServerCallHandler<Q, R> next) {
      call.setCompression("gzip");
      return next.startCall(call, headers);
    }
  }

  /** A new connection. */
  public Btrdb connect() {
    return BtrdbConnector.open("grpc", "127.0.0.1:" + server.getPort(), Map.of());
  }

  /** Fails if a request came that would have killed or wedged the real server. */
  public void checkUnharmed() {
    assertThat(List.copyOf(store.harms)).as("requests that harm a server").isEmpty();
  }

  /** What came that would have killed or wedged the real server. */
  List<String> harms() {
    return store.harms;
  }

  FakeStore store() {
    return store;
  }

  @Override
  public void close() {
    server.shutdownNow();
  }
}
