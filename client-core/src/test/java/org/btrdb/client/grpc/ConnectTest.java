package org.btrdb.client.grpc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.grpc.Metadata;
import io.grpc.ServerCall;
import io.grpc.ServerCallHandler;
import io.grpc.ServerInterceptor;
import io.grpc.ServerInterceptors;
import io.grpc.Status;
import io.grpc.stub.StreamObserver;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.btrdb.client.Btrdb;
import org.btrdb.client.CallScope;
import org.btrdb.client.error.BtrdbException;
import org.btrdb.client.error.ErrorCode;
import org.btrdb.client.grpc.connect.ClientEnvironment;
import org.btrdb.client.model.Capabilities;
import org.btrdb.client.model.ServerInfo;
import org.btrdb.proto.v5api.InfoParams;
import org.btrdb.proto.v5api.InfoResponse;
import org.btrdb.proto.v5api.StreamInfoParams;
import org.btrdb.proto.v5api.StreamInfoResponse;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Connecting to a BTrDB, and to what is none. */
@Timeout(30)
class ConnectTest {

  private static ErrorCode codeOf(Throwable failure) {
    return ((BtrdbException) failure).code();
  }

  private static void connect(String target, Map<String, String> options) {
    new GrpcProvider(new ClientEnvironment(Map.of(), Path.of("no-such-home")))
        .open("grpc", target, options)
        .close();
  }

  private static ServerSocket listen() throws IOException {
    return new ServerSocket(0, 10, InetAddress.getLoopbackAddress());
  }

  @Test
  void tellsWhatAnswered() {
    try (ScriptedServer server = ScriptedServer.start(new ScriptedServer.V5());
        Btrdb btrdb = server.connect()) {
      assertThat(btrdb.info()).isEqualTo(new ServerInfo(5, 29, "t"));
      assertThat(btrdb.capabilities().maxInsertPoints()).isEqualTo(50_000);
    }
  }

  @Test
  void aPortThatNobodyListensAtIsNamed() throws IOException {
    int port;
    try (ServerSocket socket = listen()) {
      port = socket.getLocalPort();
    }
    assertThatThrownBy(() -> connect("127.0.0.1:" + port, Map.of()))
        .hasMessageStartingWith("no BTrDB answers at 127.0.0.1:" + port)
        .hasMessageContaining("Connection refused")
        .hasMessageNotContaining("\n")
        .extracting(ConnectTest::codeOf)
        .isEqualTo(ErrorCode.CONNECT_FAILED);
  }

  @Test
  void aServerThatNeverAnswersIsGivenUpInTime() throws IOException {
    try (ServerSocket silent = listen()) {
      String target = "127.0.0.1:" + silent.getLocalPort();
      long begun = System.nanoTime();
      assertThatThrownBy(() -> connect(target, Map.of("connectTimeout", "400")))
          .hasMessage("nothing answers at " + target + " within 400 ms")
          .extracting(ConnectTest::codeOf)
          .isEqualTo(ErrorCode.CONNECT_FAILED);
      assertThat(Duration.ofNanos(System.nanoTime() - begun)).isLessThan(Duration.ofSeconds(5));
    }
  }

  @Test
  void aServerOfAnotherProtocolIsNoBtrdb() throws Exception {
    try (ServerSocket web = listen()) {
      Thread server =
          new Thread(
              () -> {
                try (Socket socket = web.accept()) {
                  socket
                      .getOutputStream()
                      .write(
                          "HTTP/1.1 400 Bad Request\r\nContent-Length: 0\r\n\r\n"
                              .getBytes(StandardCharsets.US_ASCII));
                } catch (IOException e) {
                  // The client went away, which ends this server.
                  return;
                }
              });
      server.setDaemon(true);
      server.start();
      String target = "127.0.0.1:" + web.getLocalPort();
      assertThatThrownBy(() -> connect(target, Map.of("connectTimeout", "3000")))
          .hasMessageContaining(target)
          .hasMessageNotContaining("\n")
          .extracting(ConnectTest::codeOf)
          .isEqualTo(ErrorCode.CONNECT_FAILED);
    }
  }

  @Test
  void aGrpcServerWithoutBtrdbIsNoBtrdb() {
    try (ScriptedServer server = ScriptedServer.start()) {
      assertThatThrownBy(server::connect)
          .hasMessage("what answers at " + server.target() + " is no BTrDB")
          .extracting(ConnectTest::codeOf)
          .isEqualTo(ErrorCode.CONNECT_FAILED);
    }
  }

  private static ScriptedServer oldServer(int major) {
    return ScriptedServer.start(new ScriptedServer.V4(major));
  }

  @Test
  void aServerOfTheGenerationBeforeIsSpokenToInItsOwn() {
    try (ScriptedServer server = oldServer(4);
        Btrdb btrdb = server.connect()) {
      assertThat(btrdb.info()).isEqualTo(new ServerInfo(4, 15, "4.15.9"));
      assertThat(btrdb.capabilities())
          .isEqualTo(new Capabilities(false, false, false, 25_000, false));
    }
  }

  @Test
  void aServerOfAnEvenOlderGenerationIsNamed() {
    try (ScriptedServer server = oldServer(3)) {
      assertThatThrownBy(server::connect)
          .hasMessageContaining("is BTrDB 3.15; 4.x is the oldest that is supported")
          .extracting(ConnectTest::codeOf)
          .isEqualTo(ErrorCode.UNSUPPORTED);
    }
  }

  @Test
  void theApiKeyTravelsAndAWrongOneIsRefused() {
    Metadata.Key<String> authorization =
        Metadata.Key.of("authorization", Metadata.ASCII_STRING_MARSHALLER);
    ServerInterceptor keyed =
        new ServerInterceptor() {
          @Override
          public <Q, R> ServerCall.Listener<Q> interceptCall(
              ServerCall<Q, R> call, Metadata headers, ServerCallHandler<Q, R> next) {
            if ("Bearer right".equals(headers.get(authorization))) {
              return next.startCall(call, headers);
            }
            call.close(Status.UNAUTHENTICATED.withDescription("invalid api key"), new Metadata());
            return new ServerCall.Listener<>() {};
          }
        };
    try (ScriptedServer server =
        ScriptedServer.start(() -> ServerInterceptors.intercept(new ScriptedServer.V5(), keyed))) {
      server.connect(Map.of("apiKey", "right")).close();
      assertThatThrownBy(() -> server.connect(Map.of("apiKey", "wrong")))
          .hasMessageContaining("invalid api key")
          .hasMessageNotContaining("wrong")
          .extracting(ConnectTest::codeOf)
          .isEqualTo(ErrorCode.UNAUTHENTICATED);
    }
  }

  @Test
  void theFirstEndpointThatAnswersIsTaken() throws IOException {
    int closedPort;
    try (ServerSocket socket = listen()) {
      closedPort = socket.getLocalPort();
    }
    try (ScriptedServer server = ScriptedServer.start(new ScriptedServer.V5())) {
      connect("127.0.0.1:" + closedPort + "," + server.target(), Map.of());
    }
  }

  @Test
  void compressedAnswersAreTakenAndKeptWithinTheirLimit() {
    ServerInterceptor compressing =
        new ServerInterceptor() {
          @Override
          public <Q, R> ServerCall.Listener<Q> interceptCall(
              ServerCall<Q, R> call, Metadata headers, ServerCallHandler<Q, R> next) {
            call.setCompression("gzip");
            call.setMessageCompression(true);
            return next.startCall(call, headers);
          }
        };
    ScriptedServer.V5 wordy =
        new ScriptedServer.V5() {
          @Override
          public void info(InfoParams request, StreamObserver<InfoResponse> responses) {
            responses.onNext(
                InfoResponse.newBuilder()
                    .setMajorVersion(5)
                    .setBuild("b".repeat(5_000_000))
                    .build());
            responses.onCompleted();
          }
        };
    try (ScriptedServer server =
        ScriptedServer.start(() -> ServerInterceptors.intercept(wordy, compressing))) {
      try (Btrdb btrdb = server.connect()) {
        assertThat(btrdb.info().build()).hasSize(5_000_000); // gRPC's own limit is 4 MiB
      }
      assertThatThrownBy(() -> server.connect(Map.of("maxInboundMessageSize", "4000000")))
          .hasMessageContaining("4000000");
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "host:", "host:port", "host:70000", ":4410", "host:1,"})
  void targetsThatMakeNoSenseAreRefused(String target) {
    assertThatThrownBy(() -> connect(target, Map.of()))
        .extracting(ConnectTest::codeOf)
        .isEqualTo(ErrorCode.INVALID_URL);
  }

  @ParameterizedTest
  @ValueSource(strings = {"no-such-host.invalid", "a:1:2]", "with space"})
  void hostsThatDoNotExistAreNamed(String host) {
    assertThatThrownBy(() -> connect(host, Map.of()))
        .hasMessage("no host is called '" + host + "'")
        .extracting(ConnectTest::codeOf)
        .isEqualTo(ErrorCode.CONNECT_FAILED);
  }

  @Test
  void optionsThatMakeNoSenseAreRefused() {
    assertThatThrownBy(() -> connect("localhost", Map.of("connectTimeout", "0")))
        .hasMessage("connectTimeout must be milliseconds, 1 or more: '0'");
    assertThatThrownBy(() -> connect("localhost", Map.of("callTimeout", "soon")))
        .hasMessageContaining("'soon'");
    assertThatThrownBy(() -> connect("localhost", Map.of("keepAlive", "9")))
        .hasMessage("keepAlive must be 0 or at least 10 seconds: '9'");
    assertThatThrownBy(() -> connect("localhost", Map.of("maxInboundMessageSize", "4MB")))
        .hasMessage("maxInboundMessageSize must be bytes: '4MB'");
  }

  @Test
  void connectionsShareAChannelAndTheLastOneEndsIt() {
    ScriptedServer.V5 script =
        new ScriptedServer.V5() {
          @Override
          public void streamInfo(
              StreamInfoParams request, StreamObserver<StreamInfoResponse> responses) {
            responses.onNext(StreamInfoResponse.newBuilder().setVersionMajor(12).build());
            responses.onCompleted();
          }
        };
    try (ScriptedServer server = ScriptedServer.start(script)) {
      Btrdb first = server.connect();
      Btrdb second = server.connect();
      first.close();
      first.close();
      assertThat(second.version(UUID.randomUUID(), CallScope.unbounded()).major()).isEqualTo(12);
      assertThatThrownBy(() -> first.version(UUID.randomUUID(), CallScope.unbounded()))
          .hasMessageContaining("the connection is closed")
          .extracting(ConnectTest::codeOf)
          .isEqualTo(ErrorCode.CLOSED);
      second.close();
    }
    awaitNoGrpcThread();
  }

  /** gRPC gives its threads back a second after the last use. */
  static void awaitNoGrpcThread() {
    long deadline = System.nanoTime() + Duration.ofSeconds(20).toNanos();
    while (true) {
      List<String> alive =
          Thread.getAllStackTraces().keySet().stream()
              .map(Thread::getName)
              .filter(name -> name.startsWith("grpc-"))
              .toList();
      if (alive.isEmpty()) {
        return;
      }
      assertThat(System.nanoTime()).as("%s survive", alive).isLessThan(deadline);
      Thread.onSpinWait();
    }
  }
}
