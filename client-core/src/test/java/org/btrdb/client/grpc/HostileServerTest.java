package org.btrdb.client.grpc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import java.util.UUID;
import java.util.zip.GZIPOutputStream;
import org.btrdb.client.Btrdb;
import org.btrdb.client.CallScope;
import org.btrdb.client.Cursor;
import org.btrdb.client.batch.PointBatch;
import org.btrdb.client.error.BtrdbException;
import org.btrdb.client.error.ErrorCode;
import org.btrdb.client.model.StreamQuery;
import org.btrdb.client.model.StreamVersion;
import org.btrdb.client.spi.BtrdbConnector;
import org.btrdb.client.time.TimeRange;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Servers that lie about lengths, send what is no HTTP/2, or stop: a typed error in time. */
@Timeout(60)
class HostileServerTest {
  private static final int RST_STREAM = 3;
  private static final int GOAWAY = 7;
  private static final UUID STREAM = UUID.fromString("0d22a53b-e2ef-4e0a-ab89-b2d48fb2592a");

  @AfterEach
  void nothingIsLeft() {
    ConnectTest.awaitNoGrpcThread();
  }

  private static void assertReadFails(
      FrameServer.Script script, Map<String, String> options, ErrorCode... anyOf)
      throws IOException {
    Map<String, String> all = new HashMap<>(options);
    all.put("retryTimeout", "0");
    try (FrameServer server = FrameServer.start(script);
        Btrdb btrdb = BtrdbConnector.open("grpc", server.target(), all)) {
      CallScope scope = CallScope.withTimeout(Duration.ofSeconds(3));
      long begun = System.nanoTime();
      assertThatThrownBy(
              () -> {
                try (Cursor<PointBatch> cursor =
                    btrdb.raw(STREAM, TimeRange.ALL, StreamVersion.LATEST, scope)) {
                  while (cursor.next()) {
                    assertThat(cursor.current().size()).isNotNegative();
                  }
                }
              })
          .isInstanceOf(BtrdbException.class)
          .hasMessageStartingWith("stream " + STREAM)
          .hasMessageNotContaining("\n")
          .extracting(e -> ((BtrdbException) e).code())
          .isIn((Object[]) anyOf);
      assertThat(Duration.ofNanos(System.nanoTime() - begun)).isLessThan(Duration.ofSeconds(8));
    }
  }

  @Test
  void aMessageThatClaimsTwoGigabytesIsWaitedForUntilTheDeadlineOrRefused() throws IOException {
    FrameServer.Script claim =
        reply -> reply.begin().data(FrameServer.prefixed(0, Integer.MAX_VALUE, new byte[100]));
    assertReadFails(claim, Map.of(), ErrorCode.DEADLINE_EXCEEDED);
    assertReadFails(claim, Map.of("maxInboundMessageSize", "1000000"), ErrorCode.TOO_LARGE);
  }

  @Test
  void lengthsAndFlagsThatCannotBeAreRefused() throws IOException {
    assertReadFails(
        reply -> reply.begin().data(FrameServer.prefixed(0, -1, new byte[100])),
        Map.of(),
        ErrorCode.PROTOCOL_VIOLATION,
        ErrorCode.TOO_LARGE);
    assertReadFails(
        reply -> reply.begin().data(FrameServer.prefixed(0x40, 3, new byte[3])).end(),
        Map.of(),
        ErrorCode.PROTOCOL_VIOLATION);
  }

  @Test
  void aMessageCutOffByTheEndIsRefused() throws IOException {
    assertReadFails(
        reply -> reply.begin().data(FrameServer.prefixed(0, 10, new byte[3])).end(),
        Map.of(),
        ErrorCode.PROTOCOL_VIOLATION);
  }

  @Test
  void aSmallMessageThatGrowsWithoutEndIsCutOffAtTheLimit() throws IOException {
    ByteArrayOutputStream bomb = new ByteArrayOutputStream();
    try (GZIPOutputStream gzip = new GZIPOutputStream(bomb)) {
      for (int i = 0; i < 32; i++) {
        gzip.write(new byte[1 << 20]);
      }
    }
    assertReadFails(
        reply ->
            reply
                .beginCompressed()
                .data(FrameServer.prefixed(1, bomb.size(), bomb.toByteArray()))
                .end(),
        Map.of("maxInboundMessageSize", "1000000"),
        ErrorCode.TOO_LARGE);
  }

  @Test
  void aCallOrConnectionThatIsResetIsSaid() throws IOException {
    byte[] message = {0x10, 11};
    assertReadFails(
        reply -> reply.begin().message(message).own(RST_STREAM, 0, new byte[] {0, 0, 0, 2}),
        Map.of(),
        ErrorCode.INTERNAL,
        ErrorCode.UNAVAILABLE);
    assertReadFails(
        reply -> {
          reply.begin().message(message);
          reply.frame(GOAWAY, 0, 0, ByteBuffer.allocate(8).putInt(0).putInt(2).array());
        },
        Map.of(),
        ErrorCode.INTERNAL,
        ErrorCode.UNAVAILABLE);
    assertReadFails(
        reply -> {
          reply.begin().message(message);
          throw new IOException("hangs up");
        },
        Map.of(),
        ErrorCode.UNAVAILABLE);
  }

  @Test
  void whatIsNoHttp2IsSaid() throws IOException {
    byte[] noise = new byte[200];
    Arrays.fill(noise, (byte) 0xff);
    assertReadFails(
        reply -> reply.begin().bytes(noise),
        Map.of(),
        ErrorCode.INTERNAL,
        ErrorCode.UNAVAILABLE,
        ErrorCode.PROTOCOL_VIOLATION);
  }

  @Test
  void anAnswerThatNeverEndsIsGivenUpAtTheDeadline() throws IOException {
    assertReadFails(
        reply -> reply.begin().message(new byte[] {0x10, 11}),
        Map.of(),
        ErrorCode.DEADLINE_EXCEEDED);
  }

  @Test
  void fieldsNestedAMillionDeepAreRefused() {
    byte[] nested = new byte[1_000_000];
    Arrays.fill(nested, (byte) 0x0b);
    try (ScriptedServer server = ScriptedServer.answeringRaw(nested);
        Btrdb btrdb = server.connect();
        Cursor<PointBatch> cursor =
            btrdb.raw(STREAM, TimeRange.ALL, StreamVersion.LATEST, CallScope.unbounded())) {
      assertThatThrownBy(cursor::next)
          .extracting(e -> ((BtrdbException) e).code())
          .isEqualTo(ErrorCode.PROTOCOL_VIOLATION);
    }
  }

  /** As many as one HTTP/2 window holds; the generated classes read these, and must not recurse. */
  @Test
  void nestedFieldsOfMetadataAreRefused() throws IOException {
    byte[] nested = new byte[60_000];
    Arrays.fill(nested, (byte) 0x0b);
    try (FrameServer server = FrameServer.start(reply -> reply.begin().message(nested).end());
        Btrdb btrdb = BtrdbConnector.open("grpc", server.target(), Map.of("retryTimeout", "0"));
        Cursor<?> found =
            btrdb.lookup(
                StreamQuery.inCollection("c"), CallScope.withTimeout(Duration.ofSeconds(3)))) {
      assertThatThrownBy(found::next)
          .extracting(e -> ((BtrdbException) e).code())
          .isEqualTo(ErrorCode.PROTOCOL_VIOLATION);
    }
  }
}
