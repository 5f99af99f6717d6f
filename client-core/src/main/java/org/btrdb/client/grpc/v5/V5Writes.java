package org.btrdb.client.grpc.v5;

import io.grpc.MethodDescriptor;
import java.util.UUID;
import org.btrdb.client.CallScope;
import org.btrdb.client.batch.PointBatch;
import org.btrdb.client.grpc.call.CallTarget;
import org.btrdb.client.grpc.call.Calls;
import org.btrdb.client.grpc.call.InsertSteps;
import org.btrdb.client.grpc.wire.InsertMessage;
import org.btrdb.client.grpc.wire.UuidBytes;
import org.btrdb.client.model.MergePolicy;
import org.btrdb.client.model.StreamVersion;
import org.btrdb.client.time.TimeRange;
import org.btrdb.proto.v5api.BTrDBGrpc;
import org.btrdb.proto.v5api.DeleteParams;
import org.btrdb.proto.v5api.DeleteResponse;
import org.btrdb.proto.v5api.FlushParams;
import org.btrdb.proto.v5api.FlushResponse;
import org.btrdb.proto.v5api.InsertResponse;

/** Calls of the 5.x generation that change points. */
final class V5Writes {
  /** The batch size of every public 5.x client (reference 2.14); about 1 MB. */
  static final int MAX_INSERT_POINTS = 50_000;

  private static final MethodDescriptor<InsertMessage, InsertResponse> INSERT =
      BTrDBGrpc.getInsertMethod().toBuilder(
              new InsertMessage.Marshaller(), BTrDBGrpc.getInsertMethod().getResponseMarshaller())
          .build();

  private final Calls calls;

  V5Writes(Calls calls) {
    this.calls = calls;
  }

  StreamVersion insert(UUID uuid, PointBatch points, MergePolicy mergePolicy, CallScope scope) {
    return InsertSteps.store(
        points, MAX_INSERT_POINTS, step -> insertStep(uuid, step, mergePolicy, scope));
  }

  private StreamVersion insertStep(
      UUID uuid, PointBatch points, MergePolicy mergePolicy, CallScope scope) {
    InsertResponse answer =
        calls.ask(
            INSERT,
            InsertMessage.of(uuid, points, mergePolicy),
            message -> V5Status.of(message.getStat()),
            CallTarget.write(uuid, scope));
    return new StreamVersion(answer.getVersionMajor(), answer.getVersionMinor());
  }

  /** Deletes a range that is clamped to the domain and not empty. */
  StreamVersion delete(UUID uuid, TimeRange range, CallScope scope) {
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
            message -> V5Status.of(message.getStat()),
            CallTarget.write(uuid, scope));
    return new StreamVersion(answer.getVersionMajor(), answer.getVersionMinor());
  }

  StreamVersion flush(UUID uuid, CallScope scope) {
    FlushResponse answer =
        calls.ask(
            BTrDBGrpc.getFlushMethod(),
            FlushParams.newBuilder().setUuid(UuidBytes.of(uuid)).build(),
            message -> V5Status.of(message.getStat()),
            CallTarget.write(uuid, scope));
    return new StreamVersion(answer.getVersionMajor(), answer.getVersionMinor());
  }
}
