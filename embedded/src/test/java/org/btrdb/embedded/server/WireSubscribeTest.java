package org.btrdb.embedded.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.protobuf.ByteString;
import io.grpc.CallOptions;
import io.grpc.ClientCall;
import io.grpc.ManagedChannel;
import io.grpc.Metadata;
import io.grpc.Status;
import io.grpc.netty.shaded.io.grpc.netty.NettyChannelBuilder;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.stream.LongStream;
import org.btrdb.client.CallScope;
import org.btrdb.client.Subscription;
import org.btrdb.client.batch.PointBatch;
import org.btrdb.client.error.BtrdbException;
import org.btrdb.client.error.ErrorCode;
import org.btrdb.client.grpc.arrow.ArrowPoints;
import org.btrdb.client.grpc.wire.UuidBytes;
import org.btrdb.client.model.MergePolicy;
import org.btrdb.proto.v5api.BTrDBGrpc;
import org.btrdb.proto.v5api.SubscriptionResp;
import org.btrdb.proto.v5api.SubscriptionUpdate;
import org.btrdb.proto.v5api.SubscriptionUpdateOp;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Subscribe as any client made from the wire contract sees it. */
@Timeout(120)
class WireSubscribeTest {
  private static final CallScope SCOPE = CallScope.unbounded();

  @SuppressWarnings("NullAway.Init")
  private ServedBtrdb both;

  @SuppressWarnings("NullAway.Init")
  private ManagedChannel channel;

  @BeforeEach
  void serve() {
    both = ServedBtrdb.start();
    channel =
        NettyChannelBuilder.forAddress(BtrdbServer.LOOPBACK, both.port()).usePlaintext().build();
  }

  @AfterEach
  void stop() {
    channel.shutdownNow();
    both.close();
  }

  /** A call whose messages are asked for one by one. */
  private final class Wire extends ClientCall.Listener<SubscriptionResp> {
    private final ClientCall<SubscriptionUpdate, SubscriptionResp> call =
        channel.newCall(BTrDBGrpc.getSubscribeMethod(), CallOptions.DEFAULT);
    private final BlockingQueue<SubscriptionResp> arrived = new LinkedBlockingQueue<>();
    private final BlockingQueue<Status> ended = new LinkedBlockingQueue<>();

    Wire() {
      call.start(this, new Metadata());
    }

    @Override
    public void onMessage(SubscriptionResp message) {
      arrived.add(message);
    }

    @Override
    public void onClose(Status status, Metadata trailers) {
      ended.add(status);
    }

    Wire update(SubscriptionUpdateOp op, ByteString... uuids) {
      call.sendMessage(
          SubscriptionUpdate.newBuilder().setOp(op).addAllUuid(List.of(uuids)).build());
      return this;
    }

    Wire add(UUID uuid) {
      return update(SubscriptionUpdateOp.ADD_UUIDS, UuidBytes.of(uuid));
    }

    SubscriptionResp message() throws InterruptedException {
      call.request(1);
      SubscriptionResp message = arrived.poll(30, TimeUnit.SECONDS);
      assertThat(message).as("a message").isNotNull();
      return message;
    }

    Status.Code end() throws InterruptedException {
      Status status = ended.poll(30, TimeUnit.SECONDS);
      assertThat(status).as("the end").isNotNull();
      return status.getCode();
    }
  }

  private static PointBatch points(SubscriptionResp message) {
    byte[] bytes = message.getArrowBytes().toByteArray();
    assertThat(bytes).isNotEmpty(); // the Python client opens it whatever comes
    return new ArrowPoints().read(bytes, 0, bytes.length);
  }

  private void insert(UUID uuid, int points) {
    PointBatch batch = PointBatch.of(LongStream.range(0, points).toArray(), new double[points]);
    both.embedded().insert(uuid, batch, MergePolicy.REPLACE, SCOPE);
  }

  @Test
  void everyMessageHasAStreamAndColumnsAndNoStatus() throws Exception {
    UUID uuid = both.stream("c", "n");
    Wire wire = new Wire().add(uuid);
    SubscriptionResp joined = wire.message();
    assertThat(joined.hasStat()).isFalse();
    assertThat(joined.getUuid()).isEqualTo(UuidBytes.of(uuid));
    assertThat(points(joined).size()).isZero();
    insert(uuid, 45_000);
    for (int size : new int[] {20_000, 20_000, 5_000}) {
      SubscriptionResp message = wire.message();
      assertThat(message.hasStat()).isFalse();
      assertThat(message.getUuid()).isEqualTo(UuidBytes.of(uuid));
      assertThat(points(message).size()).isEqualTo(size);
    }
    insert(uuid, 400_000); // more than fits into the transport, so most waits in the server
    wire.call.halfClose();
    for (int told = 0; told < 400_000; told += 20_000) {
      assertThat(points(wire.message()).size()).isEqualTo(20_000);
    }
    assertThat(wire.end()).isEqualTo(Status.Code.OK);
  }

  @Test
  void whatIsWrongIsToldInBandAndEndsTheCall() throws Exception {
    assertThat(refused(new Wire().add(UUID.randomUUID()))).isEqualTo(404);
    UUID gone = both.stream("c", "gone");
    Wire wire = new Wire().add(gone);
    wire.message();
    both.embedded().obliterate(gone, SCOPE);
    assertThat(refused(wire)).isEqualTo(404);
    assertThat(refused(new Wire().add(gone))).isEqualTo(404);
    ByteString noUuid = ByteString.copyFromUtf8("short");
    assertThat(refused(new Wire().update(SubscriptionUpdateOp.ADD_UUIDS, noUuid))).isEqualTo(421);
    Wire odd = new Wire();
    odd.call.sendMessage(SubscriptionUpdate.newBuilder().setOpValue(7).build());
    assertThat(refused(odd)).isEqualTo(421);
  }

  private static int refused(Wire wire) throws InterruptedException {
    int code = wire.message().getStat().getCode();
    assertThat(wire.end()).isEqualTo(Status.Code.OK);
    return code;
  }

  @Test
  void aClientThatDoesNotReadIsEndedAndHoldsNoInsertBack() throws Exception {
    UUID uuid = both.stream("c", "n");
    Wire wire = new Wire().add(uuid);
    wire.message();
    for (int i = 0; i < 60; i++) {
      insert(uuid, 100_000);
    }
    SubscriptionResp message = wire.message();
    int told = 0;
    while (!message.hasStat()) {
      told += points(message).size();
      message = wire.message();
    }
    assertThat(message.getStat().getCode()).isEqualTo(426);
    assertThat(told).isLessThan(6_000_000);
    assertThat(wire.end()).isEqualTo(Status.Code.OK);
  }

  @Test
  void closingTheServerEndsSubscriptionsAtOnce() {
    UUID uuid = both.stream("c", "n");
    try (Subscription subscription = both.served().subscribe(List.of(uuid), SCOPE)) {
      assertThat(subscription.next()).isTrue();
      long begun = System.nanoTime();
      both.server().close();
      assertThat(System.nanoTime() - begun).isLessThan(TimeUnit.SECONDS.toNanos(4));
      assertThatThrownBy(subscription::next)
          .hasMessageContaining("the server is closing")
          .extracting(e -> ((BtrdbException) e).code())
          .isEqualTo(ErrorCode.UNAVAILABLE);
    }
    insert(uuid, 1);
  }

  @Test
  void aCancelledCallIsFollowedByNothing() throws Exception {
    UUID uuid = both.stream("c", "n");
    Wire wire = new Wire().add(uuid);
    wire.message();
    wire.call.cancel("enough", null);
    assertThat(wire.end()).isEqualTo(Status.Code.CANCELLED);
    insert(uuid, 1);
    assertThat(wire.arrived).isEmpty();
  }
}
