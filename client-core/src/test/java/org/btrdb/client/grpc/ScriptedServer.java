package org.btrdb.client.grpc;

import io.grpc.BindableService;
import io.grpc.MethodDescriptor;
import io.grpc.Server;
import io.grpc.ServerServiceDefinition;
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
import org.btrdb.client.Btrdb;
import org.btrdb.client.grpc.connect.ClientEnvironment;
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

  private ScriptedServer(Server server) {
    this.server = server;
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

  static ScriptedServer start(BindableService... services) {
    return start(null, services);
  }

  /** A server that speaks TLS, or plaintext if there is nothing to speak it with. */
  static ScriptedServer start(@Nullable SslContext tls, BindableService... services) {
    NettyServerBuilder builder =
        NettyServerBuilder.forAddress(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0))
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
    try {
      return new ScriptedServer(builder.build().start());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  String target() {
    return "127.0.0.1:" + server.getPort();
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
