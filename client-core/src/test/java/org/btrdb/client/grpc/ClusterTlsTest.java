package org.btrdb.client.grpc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.grpc.Grpc;
import io.grpc.Metadata;
import io.grpc.Server;
import io.grpc.ServerCall;
import io.grpc.ServerCallHandler;
import io.grpc.ServerInterceptor;
import io.grpc.netty.shaded.io.grpc.netty.NettyServerBuilder;
import io.grpc.netty.shaded.io.netty.handler.ssl.ClientAuth;
import io.grpc.netty.shaded.io.netty.handler.ssl.SslContext;
import io.grpc.stub.StreamObserver;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.util.Map;
import java.util.Queue;
import java.util.UUID;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.btrdb.client.Btrdb;
import org.btrdb.client.CallScope;
import org.btrdb.client.error.BtrdbException;
import org.btrdb.client.error.ErrorCode;
import org.btrdb.client.grpc.connect.ClientEnvironment;
import org.btrdb.proto.v5api.InfoParams;
import org.btrdb.proto.v5api.InfoResponse;
import org.btrdb.proto.v5api.Mash;
import org.btrdb.proto.v5api.Member;
import org.btrdb.proto.v5api.StreamInfoParams;
import org.btrdb.proto.v5api.StreamInfoResponse;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Who connects by TLS speaks TLS to every node that the map tells of, at whatever port. */
@Timeout(60)
class ClusterTlsTest {
  @TempDir static Path directory;

  private static TestCertificates certificates;

  private final Queue<String> heard = new ConcurrentLinkedQueue<>();

  @BeforeAll
  static void makeCertificates() throws Exception {
    certificates = TestCertificates.make(directory);
  }

  /** Tells a map and a version. */
  private static final class Node extends ScriptedServer.V5 {
    private volatile Mash mash = Mash.getDefaultInstance();

    @Override
    public void info(InfoParams request, StreamObserver<InfoResponse> responses) {
      responses.onNext(
          InfoResponse.newBuilder().setMajorVersion(5).setBuild("t").setMash(mash).build());
      responses.onCompleted();
    }

    @Override
    public void streamInfo(StreamInfoParams request, StreamObserver<StreamInfoResponse> responses) {
      responses.onNext(StreamInfoResponse.newBuilder().setVersionMajor(11).build());
      responses.onCompleted();
    }
  }

  /** Hears what comes and how. */
  private Server listen(int port, Node node, @Nullable SslContext tls) throws IOException {
    ServerInterceptor ear =
        new ServerInterceptor() {
          @Override
          public <Q, R> ServerCall.Listener<Q> interceptCall(
              ServerCall<Q, R> call, Metadata headers, ServerCallHandler<Q, R> next) {
            boolean encrypted = call.getAttributes().get(Grpc.TRANSPORT_ATTR_SSL_SESSION) != null;
            heard.add(
                call.getMethodDescriptor().getBareMethodName()
                    + (encrypted ? " by TLS" : " in plaintext"));
            return next.startCall(call, headers);
          }
        };
    NettyServerBuilder builder =
        NettyServerBuilder.forAddress(new InetSocketAddress(InetAddress.getLoopbackAddress(), port))
            .sslContext(tls)
            .intercept(ear)
            .addService(node);
    return (tls == null ? builder : builder.executor(Runnable::run)).build().start();
  }

  private static Mash twoNodes(int holdsNothing, int holdsAll) {
    return Mash.newBuilder()
        .addMembers(member("a", 0, 1, holdsNothing))
        .addMembers(member("b", 1, ScriptedCluster.HASHES, holdsAll))
        .build();
  }

  private static Member member(String name, long start, long end, int port) {
    return Member.newBuilder()
        .setNodename(name)
        .setUp(true)
        .setIn(true)
        .setStart(start)
        .setEnd(end)
        .setGrpcEndpoints("127.0.0.1:" + port)
        .build();
  }

  private static Btrdb connect(int port) throws Exception {
    return new GrpcProvider(new ClientEnvironment(Map.of(), directory))
        .open(
            "grpc",
            "127.0.0.1:" + port,
            Map.of(
                "caBundle", certificates.certificate("ca"),
                "apiKey", "secret",
                "retryTimeout", "0"));
  }

  private Server listenByTls(int port, Node node) throws Exception {
    return listen(port, node, certificates.server("server", ClientAuth.NONE));
  }

  private Server atTheTlsPort(Node node) throws Exception {
    try {
      return listenByTls(4411, node);
    } catch (IOException e) {
      assumeTrue(false, "port 4411, which means TLS, is taken here");
      throw e;
    }
  }

  @Test
  void aNodeAtAnotherPortIsNeverSpokenToInPlaintext() throws Exception {
    Node node = new Node();
    Server bootstrap = atTheTlsPort(node);
    Server plain = listen(0, node, null);
    try {
      node.mash = twoNodes(4411, plain.getPort());
      try (Btrdb btrdb = connect(4411)) {
        assertThatThrownBy(() -> btrdb.version(new UUID(3, 4), CallScope.unbounded()))
            .isInstanceOf(BtrdbException.class)
            .extracting(failure -> ((BtrdbException) failure).code())
            .isEqualTo(ErrorCode.UNAVAILABLE);
      }
      assertThat(heard).isNotEmpty().allMatch(call -> call.endsWith(" by TLS"));
    } finally {
      bootstrap.shutdownNow();
      plain.shutdownNow();
    }
  }

  @Test
  void aNodeAtAnotherPortIsSpokenToByTls() throws Exception {
    Node node = new Node();
    Server bootstrap = atTheTlsPort(node);
    Server other = listenByTls(0, node);
    try {
      node.mash = twoNodes(4411, other.getPort());
      try (Btrdb btrdb = connect(4411)) {
        assertThat(btrdb.version(new UUID(3, 4), CallScope.unbounded()).major()).isEqualTo(11);
      }
      assertThat(heard).containsExactly("Info by TLS", "StreamInfo by TLS");
    } finally {
      bootstrap.shutdownNow();
      other.shutdownNow();
    }
  }
}
