package org.btrdb.client.grpc.v4;

import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.btrdb.client.Btrdb;
import org.btrdb.client.CallScope;
import org.btrdb.client.Cursor;
import org.btrdb.client.DataCursor;
import org.btrdb.client.Subscription;
import org.btrdb.client.batch.Point;
import org.btrdb.client.batch.PointBatch;
import org.btrdb.client.batch.StatBatch;
import org.btrdb.client.error.BtrdbException;
import org.btrdb.client.error.ErrorCode;
import org.btrdb.client.grpc.call.CallTarget;
import org.btrdb.client.grpc.call.Calls;
import org.btrdb.client.grpc.call.StreamRead;
import org.btrdb.client.model.Capabilities;
import org.btrdb.client.model.ClusterState;
import org.btrdb.client.model.MergePolicy;
import org.btrdb.client.model.MetadataChange;
import org.btrdb.client.model.MetadataUsage;
import org.btrdb.client.model.NewStream;
import org.btrdb.client.model.ServerInfo;
import org.btrdb.client.model.StreamDescriptor;
import org.btrdb.client.model.StreamQuery;
import org.btrdb.client.model.StreamVersion;
import org.btrdb.client.time.TimeRange;
import org.jspecify.annotations.Nullable;

/** The 4.x generation: package {@code grpcinterface} of the wire contract. */
public final class V4Btrdb implements Btrdb {
  private static final Capabilities CAPABILITIES =
      new Capabilities(false, false, false, V4Writes.MAX_INSERT_POINTS, false);

  private final ServerInfo info;
  private final Calls calls;
  private final V4Metadata metadata;
  private final V4Listing listing;
  private final V4Reads reads;
  private final V4Writes writes;

  /** A connection that makes its calls through, and closes, what is given. */
  public V4Btrdb(ServerInfo info, Calls calls) {
    this.info = info;
    this.calls = calls;
    this.metadata = new V4Metadata(calls);
    this.listing = new V4Listing(calls);
    this.reads = new V4Reads(calls);
    this.writes = new V4Writes(calls, metadata);
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
  public ClusterState cluster(CallScope scope) {
    return metadata.cluster(scope);
  }

  @Override
  public Cursor<List<String>> collections(String prefix, CallScope scope) {
    return listing.collections(prefix, scope);
  }

  @Override
  public Cursor<List<StreamDescriptor>> lookup(StreamQuery query, CallScope scope) {
    return listing.lookup(query, scope);
  }

  @Override
  public Optional<StreamDescriptor> stream(UUID uuid, CallScope scope) {
    return metadata.stream(uuid, scope);
  }

  @Override
  public StreamVersion version(UUID uuid, CallScope scope) {
    return newest(uuid, metadata.toldVersion(uuid, scope), scope);
  }

  private StreamVersion newest(UUID uuid, StreamVersion told, CallScope scope) {
    return reads.newest(read(uuid, StreamVersion.LATEST, scope), told);
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

  @Override
  public DataCursor<List<TimeRange>> changes(
      UUID uuid, long fromMajor, long toMajor, int resolution, CallScope scope) {
    return reads.changes(read(uuid, toMajor, scope), fromMajor, resolution);
  }

  private StreamRead read(UUID uuid, long version, CallScope scope) {
    return new StreamRead(this, uuid, version, scope);
  }

  @Override
  public MetadataUsage metadataUsage(String prefix, CallScope scope) {
    return listing.usage(prefix, scope);
  }

  @Override
  public void create(NewStream stream, CallScope scope) {
    metadata.create(stream, scope);
  }

  @Override
  public StreamVersion insert(
      UUID uuid, PointBatch points, MergePolicy mergePolicy, CallScope scope) {
    return written(uuid, writes.insert(uuid, points, mergePolicy, scope), scope);
  }

  /** The version after a write, or what the write was told if only the search for it fails. */
  private StreamVersion written(UUID uuid, StreamVersion told, CallScope scope) {
    try {
      return newest(uuid, told, scope);
    } catch (BtrdbException e) {
      return told;
    }
  }

  @Override
  public Subscription subscribe(Collection<UUID> uuids, CallScope scope) {
    throw new BtrdbException(
        ErrorCode.UNSUPPORTED, "subscription: a 4.x server does not tell of inserts");
  }

  @Override
  public StreamVersion delete(UUID uuid, TimeRange range, CallScope scope) {
    TimeRange clamped = range.clamped();
    return clamped.isEmpty() ? version(uuid, scope) : writes.delete(uuid, clamped, scope);
  }

  @Override
  public StreamVersion flush(UUID uuid, CallScope scope) {
    return written(uuid, writes.flush(uuid, scope), scope);
  }

  @Override
  public void setTags(
      UUID uuid,
      long expectedPropertyVersion,
      @Nullable String collection,
      MetadataChange tags,
      CallScope scope) {
    throw new BtrdbException(
        ErrorCode.UNSUPPORTED,
        CallTarget.subject(uuid) + ": a 4.x server cannot change tags or the collection");
  }

  @Override
  public void setAnnotations(
      UUID uuid, long expectedPropertyVersion, MetadataChange annotations, CallScope scope) {
    metadata.setAnnotations(uuid, expectedPropertyVersion, annotations, scope);
  }

  @Override
  public void obliterate(UUID uuid, CallScope scope) {
    metadata.obliterate(uuid, scope);
  }

  @Override
  public void close() {
    calls.close();
  }
}
