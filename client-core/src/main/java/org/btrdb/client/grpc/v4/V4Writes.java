package org.btrdb.client.grpc.v4;

import io.grpc.MethodDescriptor;
import java.util.UUID;
import org.btrdb.client.CallScope;
import org.btrdb.client.batch.PointBatch;
import org.btrdb.client.error.BtrdbException;
import org.btrdb.client.error.ErrorCode;
import org.btrdb.client.grpc.call.CallTarget;
import org.btrdb.client.grpc.call.Calls;
import org.btrdb.client.grpc.call.InsertSteps;
import org.btrdb.client.grpc.wire.InsertMessage;
import org.btrdb.client.grpc.wire.UuidBytes;
import org.btrdb.client.model.MergePolicy;
import org.btrdb.client.model.StreamVersion;
import org.btrdb.client.time.TimeRange;
import org.btrdb.proto.grpcinterface.BTrDBGrpc;
import org.btrdb.proto.grpcinterface.DeleteParams;
import org.btrdb.proto.grpcinterface.DeleteResponse;
import org.btrdb.proto.grpcinterface.FlushParams;
import org.btrdb.proto.grpcinterface.FlushResponse;
import org.btrdb.proto.grpcinterface.InsertResponse;

/** Calls of the 4.x generation that change points. */
final class V4Writes {
  /** Servers refuse more with 414; half a megabyte, far from gRPC's 4 MiB. */
  static final int MAX_INSERT_POINTS = 25_000;

  private static final MethodDescriptor<InsertMessage, InsertResponse> INSERT =
      BTrDBGrpc.getInsertMethod().toBuilder(
              new InsertMessage.Marshaller(), BTrDBGrpc.getInsertMethod().getResponseMarshaller())
          .build();

  private final Calls calls;
  private final V4Metadata metadata;

  V4Writes(Calls calls, V4Metadata metadata) {
    this.calls = calls;
    this.metadata = metadata;
  }

  StreamVersion insert(UUID uuid, PointBatch points, MergePolicy mergePolicy, CallScope scope) {
    if (mergePolicy != MergePolicy.NEVER) {
      throw new BtrdbException(
          ErrorCode.UNSUPPORTED,
          CallTarget.subject(uuid) + ": a 4.x server has no merge policy " + mergePolicy);
    }
    StreamVersion version =
        InsertSteps.store(
            points, MAX_INSERT_POINTS, step -> insertStep(uuid, step, mergePolicy, scope));
    refuseIfGone(uuid, scope);
    return version;
  }

  /** Only that answer fails an insert: what else goes wrong says nothing of points acknowledged. */
  private void refuseIfGone(UUID uuid, CallScope scope) {
    try {
      checkExists(uuid, scope);
    } catch (BtrdbException e) {
      if (e.code() == ErrorCode.NO_SUCH_STREAM) {
        throw e;
      }
    }
  }

  private StreamVersion insertStep(
      UUID uuid, PointBatch points, MergePolicy mergePolicy, CallScope scope) {
    InsertResponse answer =
        calls.ask(
            INSERT,
            InsertMessage.of(uuid, points, mergePolicy),
            message -> V4Status.of(message.getStat()),
            CallTarget.write(uuid, scope));
    return new StreamVersion(answer.getVersionMajor(), answer.getVersionMinor());
  }

  /**
   * A server acknowledges, and loses, points of an obliterated stream; and a second delete of an
   * unknown one hangs every commit of every stream.
   */
  private void checkExists(UUID uuid, CallScope scope) {
    metadata.toldVersion(uuid, scope);
  }

  /** Deletes a range that is clamped to the domain and not empty. */
  StreamVersion delete(UUID uuid, TimeRange range, CallScope scope) {
    checkExists(uuid, scope);
    DeleteParams request =
        DeleteParams.newBuilder()
            .setUuid(UuidBytes.of(uuid))
            .setStart(range.startNanos())
            .setEnd(range.endNanos())
            .build();
    DeleteResponse answer =
        calls.ask(
            BTrDBGrpc.getDeleteMethod(),
            request,
            message -> V4Status.of(message.getStat()),
            CallTarget.write(uuid, scope));
    return new StreamVersion(answer.getVersionMajor(), answer.getVersionMinor());
  }

  StreamVersion flush(UUID uuid, CallScope scope) {
    FlushResponse answer =
        calls.ask(
            BTrDBGrpc.getFlushMethod(),
            FlushParams.newBuilder().setUuid(UuidBytes.of(uuid)).build(),
            message -> V4Status.of(message.getStat()),
            CallTarget.write(uuid, scope));
    return new StreamVersion(answer.getVersionMajor(), answer.getVersionMinor());
  }
}
