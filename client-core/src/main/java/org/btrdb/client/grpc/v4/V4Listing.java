package org.btrdb.client.grpc.v4;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.btrdb.client.CallScope;
import org.btrdb.client.Cursor;
import org.btrdb.client.grpc.call.CallTarget;
import org.btrdb.client.grpc.call.Calls;
import org.btrdb.client.grpc.call.ErrorMapper;
import org.btrdb.client.grpc.call.PartCursor;
import org.btrdb.client.model.MetadataUsage;
import org.btrdb.client.model.StreamDescriptor;
import org.btrdb.client.model.StreamQuery;
import org.btrdb.proto.grpcinterface.BTrDBGrpc;
import org.btrdb.proto.grpcinterface.LookupStreamsParams;

/**
 * Finding collections and streams. A 4.x server compares with its keys, which are {@code
 * collection/tags}: it answers more than was asked, and what does not match is left out here.
 */
final class V4Listing {
  private final Calls calls;

  V4Listing(Calls calls) {
    this.calls = calls;
  }

  Cursor<List<String>> collections(String prefix, CallScope scope) {
    return new CollectionPages(calls, prefix, scope);
  }

  Cursor<List<StreamDescriptor>> lookup(StreamQuery query, CallScope scope) {
    // No stream has an empty tag here, and a server refuses to look for one (409).
    if (query.tags().containsValue(Optional.of(""))) {
      scope.check();
      return new NoParts<>();
    }
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
          ErrorMapper.check(V4Status.of(message.getStat()), target.subject());
          return message.getResultsList().stream()
              .filter(found -> matches(query, found.getCollection()))
              .map(StreamMetadata::of)
              .toList();
        });
  }

  private static boolean matches(StreamQuery query, String collection) {
    return query.isPrefix()
        ? collection.startsWith(query.collection())
        : collection.equals(query.collection());
  }

  /** Counts by looking at every stream, because GetMetadataUsage kills many a 4.x server. */
  MetadataUsage usage(String prefix, CallScope scope) {
    Map<String, Long> tags = new HashMap<>();
    Map<String, Long> annotations = new HashMap<>();
    try (Cursor<List<StreamDescriptor>> streams = lookup(StreamQuery.underPrefix(prefix), scope)) {
      while (streams.next()) {
        for (StreamDescriptor stream : streams.current()) {
          stream.tags().keySet().forEach(key -> tags.merge(key, 1L, Long::sum));
          stream.annotations().keySet().forEach(key -> annotations.merge(key, 1L, Long::sum));
        }
      }
    }
    return new MetadataUsage(tags, annotations);
  }

  /** A list without any part. */
  private static final class NoParts<T> implements Cursor<List<T>> {
    @Override
    public boolean next() {
      return false;
    }

    @Override
    public List<T> current() {
      throw new IllegalStateException("next() returned false");
    }

    @Override
    public void close() {}
  }
}
