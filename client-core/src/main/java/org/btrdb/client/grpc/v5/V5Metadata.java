package org.btrdb.client.grpc.v5;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.btrdb.client.CallScope;
import org.btrdb.client.Cursor;
import org.btrdb.client.error.BtrdbException;
import org.btrdb.client.error.ErrorCode;
import org.btrdb.client.grpc.call.CallTarget;
import org.btrdb.client.grpc.call.Calls;
import org.btrdb.client.grpc.call.ErrorMapper;
import org.btrdb.client.grpc.call.PartCursor;
import org.btrdb.client.grpc.wire.UuidBytes;
import org.btrdb.client.model.ClusterState;
import org.btrdb.client.model.MetadataChange;
import org.btrdb.client.model.MetadataUsage;
import org.btrdb.client.model.NewStream;
import org.btrdb.client.model.StreamDescriptor;
import org.btrdb.client.model.StreamQuery;
import org.btrdb.client.model.StreamVersion;
import org.btrdb.proto.v5api.BTrDBGrpc;
import org.btrdb.proto.v5api.CreateParams;
import org.btrdb.proto.v5api.KeyCount;
import org.btrdb.proto.v5api.ListCollectionsParams;
import org.btrdb.proto.v5api.LookupStreamsParams;
import org.btrdb.proto.v5api.MetadataUsageParams;
import org.btrdb.proto.v5api.MetadataUsageResponse;
import org.btrdb.proto.v5api.ObliterateParams;
import org.btrdb.proto.v5api.SetStreamAnnotationsParams;
import org.btrdb.proto.v5api.SetStreamTagsParams;
import org.btrdb.proto.v5api.StreamInfoParams;
import org.btrdb.proto.v5api.StreamInfoResponse;
import org.jspecify.annotations.Nullable;

/** Calls of the 5.x generation about collections, streams and their tags and annotations. */
final class V5Metadata {
  private final Calls calls;

  V5Metadata(Calls calls) {
    this.calls = calls;
  }

  ClusterState cluster(CallScope scope) {
    return V5Cluster.ask(calls, scope);
  }

  Cursor<List<String>> collections(String prefix, CallScope scope) {
    CallTarget target = CallTarget.anywhere("collections '" + prefix + "'", scope);
    ListCollectionsParams request = ListCollectionsParams.newBuilder().setPrefix(prefix).build();
    return new PartCursor<>(
        calls.stream(BTrDBGrpc.getListCollectionsMethod(), request, target),
        message -> {
          ErrorMapper.check(V5Status.of(message.getStat()), target.subject());
          return message.getCollectionsList();
        });
  }

  Cursor<List<StreamDescriptor>> lookup(StreamQuery query, CallScope scope) {
    CallTarget target =
        CallTarget.anywhere("streams of collection '" + query.collection() + "'", scope);
    LookupStreamsParams request =
        LookupStreamsParams.newBuilder()
            .setCollection(query.collection())
            .setIsCollectionPrefix(query.isPrefix())
            .addAllTags(StreamMetadata.conditions(query.tags()))
            .addAllAnnotations(StreamMetadata.conditions(query.annotations()))
            .build();
    return new PartCursor<>(
        calls.stream(BTrDBGrpc.getLookupStreamsMethod(), request, target),
        message -> {
          ErrorMapper.check(V5Status.of(message.getStat()), target.subject());
          return message.getResultsList().stream().map(StreamMetadata::of).toList();
        });
  }

  Optional<StreamDescriptor> stream(UUID uuid, CallScope scope) {
    try {
      return Optional.of(
          StreamMetadata.of(streamInfo(uuid, true, false, scope).getStreamDescriptor()));
    } catch (BtrdbException e) {
      if (e.code() == ErrorCode.NO_SUCH_STREAM) {
        return Optional.empty();
      }
      throw e;
    }
  }

  StreamVersion version(UUID uuid, CallScope scope) {
    StreamInfoResponse answer = streamInfo(uuid, false, true, scope);
    return new StreamVersion(answer.getVersionMajor(), answer.getVersionMinor());
  }

  private StreamInfoResponse streamInfo(
      UUID uuid, boolean omitVersion, boolean omitDescriptor, CallScope scope) {
    StreamInfoParams request =
        StreamInfoParams.newBuilder()
            .setUuid(UuidBytes.of(uuid))
            .setOmitVersion(omitVersion)
            .setOmitDescriptor(omitDescriptor)
            .build();
    return calls.ask(
        BTrDBGrpc.getStreamInfoMethod(),
        request,
        message -> V5Status.of(message.getStat()),
        CallTarget.read(uuid, scope));
  }

  MetadataUsage usage(String prefix, CallScope scope) {
    MetadataUsageResponse answer =
        calls.ask(
            BTrDBGrpc.getGetMetadataUsageMethod(),
            MetadataUsageParams.newBuilder().setPrefix(prefix).build(),
            message -> V5Status.of(message.getStat()),
            CallTarget.anywhere("metadata of collections '" + prefix + "'", scope));
    return new MetadataUsage(counts(answer.getTagsList()), counts(answer.getAnnotationsList()));
  }

  private static Map<String, Long> counts(List<KeyCount> keys) {
    Map<String, Long> counts = new LinkedHashMap<>();
    keys.forEach(key -> counts.merge(key.getKey(), key.getCount(), Long::sum));
    return counts;
  }

  void create(NewStream stream, CallScope scope) {
    CreateParams request =
        CreateParams.newBuilder()
            .setUuid(UuidBytes.of(stream.uuid()))
            .setCollection(stream.collection())
            .addAllTags(StreamMetadata.pairs(stream.tags()))
            .addAllAnnotations(StreamMetadata.pairs(stream.annotations()))
            .build();
    String subject = CallTarget.subject(stream.uuid()) + " in '" + stream.collection() + "'";
    calls.ask(
        BTrDBGrpc.getCreateMethod(),
        request,
        message -> V5Status.of(message.getStat()),
        new CallTarget(subject, stream.uuid(), false, scope));
  }

  void setTags(
      UUID uuid,
      long expectedPropertyVersion,
      @Nullable String collection,
      MetadataChange tags,
      CallScope scope) {
    SetStreamTagsParams request =
        SetStreamTagsParams.newBuilder()
            .setUuid(UuidBytes.of(uuid))
            .setExpectedPropertyVersion(expectedPropertyVersion)
            .addAllTags(StreamMetadata.pairs(tags.changes()))
            .addAllRemove(tags.removals())
            .setCollection(collection == null ? collectionOf(uuid, scope) : collection)
            .build();
    calls.ask(
        BTrDBGrpc.getSetStreamTagsMethod(),
        request,
        message -> V5Status.of(message.getStat()),
        CallTarget.write(uuid, scope));
  }

  /** What an empty collection means is not established, so the current one is sent. */
  private String collectionOf(UUID uuid, CallScope scope) {
    return streamInfo(uuid, true, false, scope).getStreamDescriptor().getCollection();
  }

  void setAnnotations(
      UUID uuid, long expectedPropertyVersion, MetadataChange annotations, CallScope scope) {
    SetStreamAnnotationsParams request =
        SetStreamAnnotationsParams.newBuilder()
            .setUuid(UuidBytes.of(uuid))
            .setExpectedPropertyVersion(expectedPropertyVersion)
            .addAllChanges(StreamMetadata.pairs(annotations.changes()))
            .addAllRemovals(annotations.removals())
            .build();
    calls.ask(
        BTrDBGrpc.getSetStreamAnnotationsMethod(),
        request,
        message -> V5Status.of(message.getStat()),
        CallTarget.write(uuid, scope));
  }

  void obliterate(UUID uuid, CallScope scope) {
    calls.ask(
        BTrDBGrpc.getObliterateMethod(),
        ObliterateParams.newBuilder().setUuid(UuidBytes.of(uuid)).build(),
        message -> V5Status.of(message.getStat()),
        CallTarget.write(uuid, scope));
  }
}
