package org.btrdb.embedded.server;

import io.grpc.stub.StreamObserver;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Consumer;
import java.util.function.Function;
import org.btrdb.client.Btrdb;
import org.btrdb.client.CallScope;
import org.btrdb.client.error.BtrdbException;
import org.btrdb.client.error.ErrorCode;
import org.btrdb.client.grpc.wire.UuidBytes;
import org.btrdb.client.model.MetadataChange;
import org.btrdb.client.model.MetadataUsage;
import org.btrdb.proto.v5api.BTrDBGrpc;
import org.btrdb.proto.v5api.KeyCount;
import org.btrdb.proto.v5api.MetadataUsageParams;
import org.btrdb.proto.v5api.MetadataUsageResponse;
import org.btrdb.proto.v5api.ObliterateParams;
import org.btrdb.proto.v5api.ObliterateResponse;
import org.btrdb.proto.v5api.SetStreamAnnotationsParams;
import org.btrdb.proto.v5api.SetStreamAnnotationsResponse;
import org.btrdb.proto.v5api.SetStreamTagsParams;
import org.btrdb.proto.v5api.SetStreamTagsResponse;
import org.btrdb.proto.v5api.Status;

/** The calls that edit, count and remove metadata. */
final class MetadataCalls extends BTrDBGrpc.BTrDBImplBase {
  private final Btrdb btrdb;

  MetadataCalls(Btrdb btrdb) {
    this.btrdb = btrdb;
  }

  @Override
  public void setStreamTags(
      SetStreamTagsParams request, StreamObserver<SetStreamTagsResponse> responses) {
    edit(
        responses,
        scope ->
            btrdb.setTags(
                UuidBytes.parse(request.getUuid()),
                request.getExpectedPropertyVersion(),
                request.getCollection().isEmpty() ? null : request.getCollection(),
                change(WireMetadata.map(request.getTagsList()), request.getRemoveList()),
                scope),
        stat -> SetStreamTagsResponse.newBuilder().setStat(stat).build(),
        SetStreamTagsResponse.getDefaultInstance());
  }

  @Override
  public void setStreamAnnotations(
      SetStreamAnnotationsParams request, StreamObserver<SetStreamAnnotationsResponse> responses) {
    edit(
        responses,
        scope ->
            btrdb.setAnnotations(
                UuidBytes.parse(request.getUuid()),
                request.getExpectedPropertyVersion(),
                change(WireMetadata.map(request.getChangesList()), request.getRemovalsList()),
                scope),
        stat -> SetStreamAnnotationsResponse.newBuilder().setStat(stat).build(),
        SetStreamAnnotationsResponse.getDefaultInstance());
  }

  private static MetadataChange change(Map<String, String> changes, List<String> removals) {
    return new MetadataChange(changes, Set.copyOf(removals));
  }

  @Override
  public void obliterate(ObliterateParams request, StreamObserver<ObliterateResponse> responses) {
    edit(
        responses,
        scope -> btrdb.obliterate(UuidBytes.parse(request.getUuid()), scope),
        stat -> ObliterateResponse.newBuilder().setStat(stat).build(),
        ObliterateResponse.getDefaultInstance());
  }

  /** An edit can only collide with the tags of another stream, never with its uuid. */
  private static <M> void edit(
      StreamObserver<M> responses,
      Consumer<CallScope> work,
      Function<Status, M> failure,
      M success) {
    UnaryAnswer.answer(
        responses,
        scope -> {
          try {
            work.accept(scope);
            return success;
          } catch (BtrdbException e) {
            if (e.code() != ErrorCode.STREAM_EXISTS) {
              throw e;
            }
            return failure.apply(
                StatusCodes.of(StatusCodes.AMBIGUOUS_STREAM, String.valueOf(e.getMessage())));
          }
        },
        failure);
  }

  @Override
  public void getMetadataUsage(
      MetadataUsageParams request, StreamObserver<MetadataUsageResponse> responses) {
    UnaryAnswer.answer(
        responses,
        scope -> {
          MetadataUsage usage = btrdb.metadataUsage(request.getPrefix(), scope);
          return MetadataUsageResponse.newBuilder()
              .addAllTags(counts(usage.tags()))
              .addAllAnnotations(counts(usage.annotations()))
              .build();
        },
        stat -> MetadataUsageResponse.newBuilder().setStat(stat).build());
  }

  private static List<KeyCount> counts(Map<String, Long> counts) {
    return new TreeMap<>(counts)
        .entrySet().stream()
            .map(e -> KeyCount.newBuilder().setKey(e.getKey()).setCount(e.getValue()).build())
            .toList();
  }
}
