package org.btrdb.client.grpc.v5;

import com.google.protobuf.ByteString;
import java.util.Collection;
import java.util.UUID;
import org.btrdb.client.CallScope;
import org.btrdb.client.Subscription;
import org.btrdb.client.batch.StreamPoints;
import org.btrdb.client.error.BtrdbException;
import org.btrdb.client.error.ErrorCode;
import org.btrdb.client.grpc.arrow.ArrowPoints;
import org.btrdb.client.grpc.call.CallTarget;
import org.btrdb.client.grpc.call.Calls;
import org.btrdb.client.grpc.call.ErrorMapper;
import org.btrdb.client.grpc.call.OpenCall;
import org.btrdb.client.grpc.call.RemoteStatus;
import org.btrdb.client.grpc.call.ServerStatus;
import org.btrdb.client.grpc.wire.UuidBytes;
import org.btrdb.proto.v5api.BTrDBGrpc;
import org.btrdb.proto.v5api.SubscriptionResp;
import org.btrdb.proto.v5api.SubscriptionUpdate;
import org.btrdb.proto.v5api.SubscriptionUpdateOp;
import org.jspecify.annotations.Nullable;

/**
 * Subscribe in its newer shape, with columns (reference 2.21). In a cluster without a proxy it is
 * the node of the first stream that is asked.
 */
final class V5Subscription implements Subscription {
  private static final String SUBJECT = "subscription";

  private final OpenCall<SubscriptionUpdate, SubscriptionResp> call;
  private final ArrowPoints points = new ArrowPoints();
  private @Nullable StreamPoints current;

  private V5Subscription(OpenCall<SubscriptionUpdate, SubscriptionResp> call) {
    this.call = call;
  }

  static V5Subscription open(Calls calls, Collection<UUID> uuids, CallScope scope) {
    UUID first = uuids.isEmpty() ? null : uuids.iterator().next();
    return new V5Subscription(
        calls.converse(
            BTrDBGrpc.getSubscribeMethod(),
            update(SubscriptionUpdateOp.ADD_UUIDS, uuids),
            new CallTarget(SUBJECT, first, false, scope)));
  }

  private static SubscriptionUpdate update(SubscriptionUpdateOp op, Collection<UUID> uuids) {
    return SubscriptionUpdate.newBuilder()
        .setOp(op)
        .addAllUuid(uuids.stream().map(UuidBytes::of).toList())
        .build();
  }

  @Override
  public void add(Collection<UUID> uuids) {
    call.send(update(SubscriptionUpdateOp.ADD_UUIDS, uuids));
  }

  @Override
  public void remove(Collection<UUID> uuids) {
    call.send(update(SubscriptionUpdateOp.REMOVE_UUIDS, uuids));
  }

  @Override
  public void finish() {
    call.halfClose();
  }

  @Override
  public boolean next() {
    current = null;
    try {
      current = call.next(this::part);
    } catch (BtrdbException e) {
      throw call.abandon(e);
    }
    return current != null;
  }

  private StreamPoints part(SubscriptionResp message) {
    ServerStatus stat = V5Status.of(message.getStat());
    if (stat.code() == RemoteStatus.NO_SUCH_STREAM) {
      throw ErrorMapper.noSuchStream(stat.message(), SUBJECT);
    }
    ErrorMapper.check(stat, SUBJECT);
    UUID uuid = uuid(message.getUuid());
    byte[] bytes = message.getArrowBytes().toByteArray();
    try {
      return new StreamPoints(uuid, points.read(bytes, 0, bytes.length));
    } catch (BtrdbException e) {
      throw new BtrdbException(e.code(), CallTarget.subject(uuid) + ": " + e.getMessage(), e);
    }
  }

  private static UUID uuid(ByteString bytes) {
    try {
      return UuidBytes.parse(bytes);
    } catch (BtrdbException e) {
      throw new BtrdbException(
          ErrorCode.PROTOCOL_VIOLATION, SUBJECT + ": points of no stream: " + e.getMessage(), e);
    }
  }

  @Override
  public StreamPoints current() {
    if (current == null) {
      throw new IllegalStateException("next() was not called or returned false");
    }
    return current;
  }

  @Override
  public boolean isReady() {
    return call.isReady();
  }

  @Override
  public void onReady(Runnable action) {
    call.onReady(action);
  }

  @Override
  public void close() {
    current = null;
    call.close();
  }
}
