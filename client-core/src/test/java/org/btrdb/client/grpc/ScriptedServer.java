package org.btrdb.client.grpc;

import com.google.common.net.HostAndPort;
import io.grpc.Attributes;
import io.grpc.BindableService;
import io.grpc.MethodDescriptor;
import io.grpc.Server;
import io.grpc.ServerServiceDefinition;
import io.grpc.ServerTransportFilter;
import io.grpc.netty.shaded.io.grpc.netty.NettyServerBuilder;
import io.grpc.netty.shaded.io.netty.handler.ssl.SslContext;
import io.grpc.stub.ServerCalls;
import io.grpc.stub.StreamObserver;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import org.btrdb.client.Btrdb;
import org.btrdb.client.grpc.call.RetryPolicy;
import org.btrdb.client.grpc.connect.ClientEnvironment;
import org.btrdb.client.grpc.connect.ConnectOptions;
import org.btrdb.client.grpc.connect.Credentials;
import org.btrdb.client.grpc.connect.Greeting;
import org.btrdb.client.grpc.wire.WireBytes;
import org.btrdb.client.grpc.wire.WireBytesMarshaller;
import org.btrdb.proto.v5api.BTrDBGrpc;
import org.btrdb.proto.v5api.InfoParams;
import org.btrdb.proto.v5api.InfoResponse;
import org.jspecify.annotations.Nullable;

/** A gRPC server on loopback that does what a test tells it; a real one but for the tree. */
final class ScriptedServer implements AutoCloseable {
  /** Whatever the developer's machine says stays out of tests. */
  private static final ClientEnvironment NOWHERE =
      new ClientEnvironment(Map.of(), Path.of("no-such-home"));

  private final Server server;
  private final int port;
  private final AtomicInteger connections;

  private ScriptedServer(Server server, AtomicInteger connections) {
    this.server = server;
    this.port = server.getPort();
    this.connections = connections;
  }

  /** A BTrDB 5.x that answers Info; a script overrides what else it answers. */
  static class V5 extends BTrDBGrpc.BTrDBImplBase {
    @Override
    public void info(InfoParams request, StreamObserver<InfoResponse> responses) {
      responses.onNext(
          InfoResponse.newBuilder().setMajorVersion(5).setMinorVersion(29).setBuild("t").build());
      responses.onCompleted();
    }
  }

  /** A BTrDB of the generation before, or an older one, that answers Info. */
  static class V4 extends org.btrdb.proto.grpcinterface.BTrDBGrpc.BTrDBImplBase {
    private final int major;

    V4() {
      this(4);
    }

    V4(int major) {
      this.major = major;
    }

    @Override
    public void info(
        org.btrdb.proto.grpcinterface.InfoParams request,
        StreamObserver<org.btrdb.proto.grpcinterface.InfoResponse> responses) {
      responses.onNext(
          org.btrdb.proto.grpcinterface.InfoResponse.newBuilder()
              .setMajorVersion(major)
              .setMinorVersion(15)
              .setBuild(major + ".15.9")
              .build());
      responses.onCompleted();
    }
  }

  static ScriptedServer start(BindableService... services) {
    return start(null, services);
  }

  /** A server that speaks TLS, or plaintext if there is nothing to speak it with. */
  static ScriptedServer start(@Nullable SslContext tls, BindableService... services) {
    return start(0, tls, services);
  }

  /** One that listens at a port, which another may have left. */
  static ScriptedServer startAt(int port, BindableService... services) {
    return start(port, null, services);
  }

  /** One that takes so many calls of a connection at a time; its clients hold others back. */
  static ScriptedServer startTaking(int calls, BindableService service) {
    return start(
        NettyServerBuilder.forAddress(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0))
            .maxConcurrentCallsPerConnection(calls)
            .addService(service));
  }

  private static ScriptedServer start(
      int port, @Nullable SslContext tls, BindableService... services) {
    NettyServerBuilder builder =
        NettyServerBuilder.forAddress(new InetSocketAddress(InetAddress.getLoopbackAddress(), port))
            .sslContext(tls);
    if (tls != null) {
      // A TLS server of gRPC never gives the shared executor back, so it gets none of it.
      builder.executor(Runnable::run);
    }
    for (BindableService service : services) {
      builder.addService(service);
    }
    return start(builder);
  }

  /** A 5.x that answers raw reads with the very bytes given. */
  static ScriptedServer answeringRaw(byte[] message) {
    ServerServiceDefinition.Builder service =
        ServerServiceDefinition.builder(BTrDBGrpc.SERVICE_NAME);
    MethodDescriptor<InfoParams, InfoResponse> info = BTrDBGrpc.getInfoMethod();
    service.addMethod(info, ServerCalls.asyncUnaryCall(new V5()::info));
    service.addMethod(
        BTrDBGrpc.getRawValuesMethod().toBuilder(
                new WireBytesMarshaller(), new WireBytesMarshaller())
            .build(),
        ServerCalls.asyncServerStreamingCall(
            (request, responses) -> {
              responses.onNext(new WireBytes(message, message.length));
              responses.onCompleted();
            }));
    return start(
        NettyServerBuilder.forAddress(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0))
            .addService(service.build()));
  }

  private static ScriptedServer start(NettyServerBuilder builder) {
    AtomicInteger connections = new AtomicInteger();
    builder.addTransportFilter(
        new ServerTransportFilter() {
          @Override
          public Attributes transportReady(Attributes attributes) {
            connections.incrementAndGet();
            return attributes;
          }

          @Override
          public void transportTerminated(Attributes attributes) {
            connections.decrementAndGet();
          }
        });
    try {
      return new ScriptedServer(builder.build().start(), connections);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  String target() {
    return "127.0.0.1:" + port();
  }

  int port() {
    return port;
  }

  /** How many clients are connected. */
  int connections() {
    return connections.get();
  }

  /** Connects with retries of the test's own. */
  Btrdb connect(RetryPolicy retries) {
    return Greeting.connect(HostAndPort.fromString(target()), options(), retries);
  }

  private ConnectOptions options() {
    Credentials credentials = Credentials.resolve(target(), Map.of(), NOWHERE);
    return ConnectOptions.of(Map.of(), credentials, NOWHERE);
  }

  Btrdb connect() {
    return connect(Map.of());
  }

  Btrdb connect(Map<String, String> options) {
    return new GrpcProvider(NOWHERE).open("grpc", target(), options);
  }

  /** Ends at once, with all calls in it. */
  void kill() {
    server.shutdownNow();
  }

  @Override
  public void close() {
    kill();
  }
}
