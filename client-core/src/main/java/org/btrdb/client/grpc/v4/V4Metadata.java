package org.btrdb.client.grpc.v4;

import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.UUID;
import org.btrdb.client.CallScope;
import org.btrdb.client.error.BtrdbException;
import org.btrdb.client.error.ErrorCode;
import org.btrdb.client.grpc.call.CallTarget;
import org.btrdb.client.grpc.call.Calls;
import org.btrdb.client.grpc.wire.UuidBytes;
import org.btrdb.client.model.ClusterState;
import org.btrdb.client.model.MetadataChange;
import org.btrdb.client.model.NewStream;
import org.btrdb.client.model.StreamDescriptor;
import org.btrdb.client.model.StreamVersion;
import org.btrdb.proto.grpcinterface.BTrDBGrpc;
import org.btrdb.proto.grpcinterface.CreateParams;
import org.btrdb.proto.grpcinterface.ObliterateParams;
import org.btrdb.proto.grpcinterface.SetStreamAnnotationsParams;
import org.btrdb.proto.grpcinterface.StreamInfoParams;
import org.btrdb.proto.grpcinterface.StreamInfoResponse;

/** Calls of the 4.x generation about one stream, its tags and annotations. */
final class V4Metadata {
  private final Calls calls;

  V4Metadata(Calls calls) {
    this.calls = calls;
  }

  ClusterState cluster(CallScope scope) {
    return V4Cluster.ask(calls, scope);
  }

  Optional<StreamDescriptor> stream(UUID uuid, CallScope scope) {
    try {
      return Optional.of(StreamMetadata.of(info(uuid, true, scope).getStreamDescriptor()));
    } catch (BtrdbException e) {
      if (e.code() == ErrorCode.NO_SUCH_STREAM) {
        return Optional.empty();
      }
      throw e;
    }
  }

  /**
   * The version as the server tells it, which after a delete is too low until the next commit. The
   * descriptor is asked too: without it a server answers for obliterated streams.
   */
  StreamVersion toldVersion(UUID uuid, CallScope scope) {
    StreamInfoResponse answer = info(uuid, false, scope);
    return new StreamVersion(answer.getVersionMajor(), answer.getVersionMinor());
  }

  private StreamInfoResponse info(UUID uuid, boolean omitVersion, CallScope scope) {
    return calls.ask(
        BTrDBGrpc.getStreamInfoMethod(),
        StreamInfoParams.newBuilder()
            .setUuid(UuidBytes.of(uuid))
            .setOmitVersion(omitVersion)
            .build(),
        message -> V4Status.of(message.getStat()),
        CallTarget.read(uuid, scope));
  }

  void create(NewStream stream, CallScope scope) {
    CreateParams request =
        CreateParams.newBuilder()
            .setUuid(UuidBytes.of(stream.uuid()))
            .setCollection(stream.collection())
            .addAllTags(StreamMetadata.pairs(withoutEmpty(stream.tags())))
            .addAllAnnotations(StreamMetadata.pairs(stream.annotations()))
            .build();
    String subject = CallTarget.subject(stream.uuid()) + " in '" + stream.collection() + "'";
    try {
      calls.ask(
          BTrDBGrpc.getCreateMethod(),
          request,
          message -> V4Status.of(message.getStat()),
          new CallTarget(subject, stream.uuid(), false, scope));
    } catch (BtrdbException e) {
      // 429 stands for a uuid of an obliterated stream and for one of another stream.
      if (e.code() == ErrorCode.UUID_REUSED && exists(stream.uuid(), scope)) {
        throw new BtrdbException(ErrorCode.STREAM_EXISTS, subject + ": the uuid exists", e);
      }
      throw e;
    }
  }

  private boolean exists(UUID uuid, CallScope scope) {
    try {
      toldVersion(uuid, scope);
      return true;
    } catch (BtrdbException e) {
      if (e.code() == ErrorCode.NO_SUCH_STREAM) {
        return false;
      }
      throw e;
    }
  }

  /** An empty tag is an unset one, and a 4.x server takes no empty ones. */
  private static Map<String, String> withoutEmpty(Map<String, String> tags) {
    Map<String, String> set = new TreeMap<>(tags);
    set.values().removeIf(String::isEmpty);
    return set;
  }

  void setAnnotations(
      UUID uuid, long expectedVersion, MetadataChange annotations, CallScope scope) {
    SetStreamAnnotationsParams.Builder request =
        SetStreamAnnotationsParams.newBuilder()
            .setUuid(UuidBytes.of(uuid))
            .setExpectedAnnotationVersion(expectedVersion);
    annotations
        .changes()
        .forEach((key, value) -> request.addAnnotations(StreamMetadata.set(key, value)));
    annotations.removals().forEach(key -> request.addAnnotations(StreamMetadata.unset(key)));
    calls.ask(
        BTrDBGrpc.getSetStreamAnnotationsMethod(),
        request.build(),
        message -> V4Status.of(message.getStat()),
        CallTarget.write(uuid, scope));
  }

  void obliterate(UUID uuid, CallScope scope) {
    calls.ask(
        BTrDBGrpc.getObliterateMethod(),
        ObliterateParams.newBuilder().setUuid(UuidBytes.of(uuid)).build(),
        message -> V4Status.of(message.getStat()),
        CallTarget.write(uuid, scope));
  }
}
