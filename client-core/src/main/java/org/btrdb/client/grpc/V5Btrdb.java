package org.btrdb.client.grpc;

import io.grpc.MethodDescriptor;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.btrdb.client.Btrdb;
import org.btrdb.client.CallScope;
import org.btrdb.client.Cursor;
import org.btrdb.client.DataCursor;
import org.btrdb.client.batch.Point;
import org.btrdb.client.batch.PointBatch;
import org.btrdb.client.batch.StatBatch;
import org.btrdb.client.error.BtrdbException;
import org.btrdb.client.error.ErrorCode;
import org.btrdb.client.grpc.wire.InsertMessage;
import org.btrdb.client.grpc.wire.UuidBytes;
import org.btrdb.client.model.Capabilities;
import org.btrdb.client.model.MergePolicy;
import org.btrdb.client.model.NewStream;
import org.btrdb.client.model.ServerInfo;
import org.btrdb.client.model.StreamDescriptor;
import org.btrdb.client.model.StreamQuery;
import org.btrdb.client.model.StreamVersion;
import org.btrdb.client.time.TimeRange;
import org.btrdb.proto.v5api.BTrDBGrpc;
import org.btrdb.proto.v5api.CreateParams;
import org.btrdb.proto.v5api.CreateResponse;
import org.btrdb.proto.v5api.DeleteParams;
import org.btrdb.proto.v5api.DeleteResponse;
import org.btrdb.proto.v5api.FlushParams;
import org.btrdb.proto.v5api.FlushResponse;
import org.btrdb.proto.v5api.InsertResponse;
import org.btrdb.proto.v5api.ListCollectionsParams;
import org.btrdb.proto.v5api.LookupStreamsParams;
import org.btrdb.proto.v5api.StreamInfoParams;
import org.btrdb.proto.v5api.StreamInfoResponse;

/** The 5.x generation: package {@code v5api} of the wire contract. */
final class V5Btrdb implements Btrdb {
  /** The batch size of every public 5.x client (reference 2.14); about 1 MB. */
  private static final int MAX_INSERT_POINTS = 50_000;

  private static final Capabilities CAPABILITIES = new Capabilities(true, true, MAX_INSERT_POINTS);

  private static final MethodDescriptor<InsertMessage, InsertResponse> INSERT =
      BTrDBGrpc.getInsertMethod().toBuilder(
              new InsertMessage.Marshaller(), BTrDBGrpc.getInsertMethod().getResponseMarshaller())
          .build();

  private final ServerInfo info;
  private final Calls calls;
  private final V5Reads reads;
  private final SharedChannel channel;

  V5Btrdb(ServerInfo info, Calls calls, SharedChannel channel) {
    this.info = info;
    this.calls = calls;
    this.reads = new V5Reads(calls);
    this.channel = channel;
  }

  @Override
  public ServerInfo info() {
    return info;
  }

  @Override
  public Capabilities capabilities() {
    return CAPABILITIES;
  }

  @Override
  public Cursor<List<String>> collections(String prefix, CallScope scope) {
    String subject = "collections '" + prefix + "'";
    ListCollectionsParams request = ListCollectionsParams.newBuilder().setPrefix(prefix).build();
    return new PartCursor<>(
        calls.stream(BTrDBGrpc.getListCollectionsMethod(), request, scope, subject),
        message -> {
          ErrorMapper.check(message.getStat(), subject);
          return message.getCollectionsList();
        });
  }

  @Override
  public Cursor<List<StreamDescriptor>> lookup(StreamQuery query, CallScope scope) {
    String subject = "streams of collection '" + query.collection() + "'";
    LookupStreamsParams request =
        LookupStreamsParams.newBuilder()
            .setCollection(query.collection())
            .setIsCollectionPrefix(query.isPrefix())
            .addAllTags(StreamMetadata.conditions(query.tags()))
            .addAllAnnotations(StreamMetadata.conditions(query.annotations()))
            .build();
    return new PartCursor<>(
        calls.stream(BTrDBGrpc.getLookupStreamsMethod(), request, scope, subject),
        message -> {
          ErrorMapper.check(message.getStat(), subject);
          return message.getResultsList().stream().map(StreamMetadata::of).toList();
        });
  }

  @Override
  public Optional<StreamDescriptor> stream(UUID uuid, CallScope scope) {
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

  @Override
  public StreamVersion version(UUID uuid, CallScope scope) {
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
        StreamInfoResponse::getStat,
        scope,
        StreamRead.subject(uuid));
  }

  @Override
  public DataCursor<PointBatch> raw(UUID uuid, TimeRange range, long version, CallScope scope) {
    return reads.raw(read(uuid, version, scope), range);
  }

  @Override
  public DataCursor<StatBatch> windows(
      UUID uuid, TimeRange range, long widthNanos, long version, CallScope scope) {
    return reads.windows(read(uuid, version, scope), range, widthNanos);
  }

  @Override
  public DataCursor<StatBatch> alignedWindows(
      UUID uuid, TimeRange range, int pointWidth, long version, CallScope scope) {
    return reads.alignedWindows(read(uuid, version, scope), range, pointWidth);
  }

  @Override
  public Optional<Point> nearest(
      UUID uuid, long timeNanos, boolean backward, long version, CallScope scope) {
    return reads.nearest(read(uuid, version, scope), timeNanos, backward);
  }

  private StreamRead read(UUID uuid, long version, CallScope scope) {
    return new StreamRead(this, uuid, version, scope);
  }

  @Override
  public void create(NewStream stream, CallScope scope) {
    CreateParams request =
        CreateParams.newBuilder()
            .setUuid(UuidBytes.of(stream.uuid()))
            .setCollection(stream.collection())
            .addAllTags(StreamMetadata.pairs(stream.tags()))
            .addAllAnnotations(StreamMetadata.pairs(stream.annotations()))
            .build();
    String subject = StreamRead.subject(stream.uuid()) + " in '" + stream.collection() + "'";
    calls.ask(BTrDBGrpc.getCreateMethod(), request, CreateResponse::getStat, scope, subject);
  }

  @Override
  public StreamVersion insert(
      UUID uuid, PointBatch points, MergePolicy mergePolicy, CallScope scope) {
    int stored = 0;
    try {
      while (true) {
        PointBatch step = points.slice(stored, Math.min(points.size() - stored, MAX_INSERT_POINTS));
        InsertResponse answer =
            calls.ask(
                INSERT,
                InsertMessage.of(uuid, step, mergePolicy),
                InsertResponse::getStat,
                scope,
                StreamRead.subject(uuid));
        stored += step.size();
        if (stored == points.size()) {
          return new StreamVersion(answer.getVersionMajor(), answer.getVersionMinor());
        }
      }
    } catch (BtrdbException e) {
      throw stored == 0
          ? e
          : new BtrdbException(
              e.code(),
              e.getMessage() + " (" + stored + " of " + points.size() + " points were stored)",
              e);
    }
  }

  @Override
  public StreamVersion delete(UUID uuid, TimeRange range, CallScope scope) {
    TimeRange clamped = range.clamped();
    if (clamped.isEmpty()) {
      return version(uuid, scope);
    }
    DeleteParams request =
        DeleteParams.newBuilder()
            .setUuid(UuidBytes.of(uuid))
            .setStart(clamped.startNanos())
            .setEnd(clamped.endNanos())
            .build();
    DeleteResponse answer =
        calls.ask(
            BTrDBGrpc.getDeleteMethod(),
            request,
            DeleteResponse::getStat,
            scope,
            StreamRead.subject(uuid));
    return new StreamVersion(answer.getVersionMajor(), answer.getVersionMinor());
  }

  @Override
  public StreamVersion flush(UUID uuid, CallScope scope) {
    FlushParams request = FlushParams.newBuilder().setUuid(UuidBytes.of(uuid)).build();
    FlushResponse answer =
        calls.ask(
            BTrDBGrpc.getFlushMethod(),
            request,
            FlushResponse::getStat,
            scope,
            StreamRead.subject(uuid));
    return new StreamVersion(answer.getVersionMajor(), answer.getVersionMinor());
  }

  @Override
  public void close() {
    calls.close();
    channel.close();
  }
}
