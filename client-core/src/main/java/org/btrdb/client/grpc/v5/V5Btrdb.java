package org.btrdb.client.grpc.v5;

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

/** The 5.x generation: package {@code v5api} of the wire contract. */
public final class V5Btrdb implements Btrdb {
  private static final Capabilities CAPABILITIES =
      new Capabilities(true, true, true, V5Writes.MAX_INSERT_POINTS, true);

  private final ServerInfo info;
  private final Calls calls;
  private final V5Metadata metadata;
  private final V5Reads reads;
  private final V5Writes writes;

  /** A connection that makes its calls through, and closes, what is given. */
  public V5Btrdb(ServerInfo info, Calls calls) {
    this.info = info;
    this.calls = calls;
    this.metadata = new V5Metadata(calls);
    this.reads = new V5Reads(calls, ColumnTransfer.of(info, calls));
    this.writes = new V5Writes(calls);
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
    return metadata.collections(prefix, scope);
  }

  @Override
  public Cursor<List<StreamDescriptor>> lookup(StreamQuery query, CallScope scope) {
    return metadata.lookup(query, scope);
  }

  @Override
  public Optional<StreamDescriptor> stream(UUID uuid, CallScope scope) {
    return metadata.stream(uuid, scope);
  }

  @Override
  public StreamVersion version(UUID uuid, CallScope scope) {
    return metadata.version(uuid, scope);
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
    return metadata.usage(prefix, scope);
  }

  @Override
  public void create(NewStream stream, CallScope scope) {
    metadata.create(stream, scope);
  }

  @Override
  public StreamVersion insert(
      UUID uuid, PointBatch points, MergePolicy mergePolicy, CallScope scope) {
    return writes.insert(uuid, points, mergePolicy, scope);
  }

  @Override
  public Subscription subscribe(Collection<UUID> uuids, CallScope scope) {
    return V5Subscription.open(calls, uuids, scope);
  }

  @Override
  public StreamVersion delete(UUID uuid, TimeRange range, CallScope scope) {
    TimeRange clamped = range.clamped();
    return clamped.isEmpty() ? version(uuid, scope) : writes.delete(uuid, clamped, scope);
  }

  @Override
  public StreamVersion flush(UUID uuid, CallScope scope) {
    return writes.flush(uuid, scope);
  }

  @Override
  public void setTags(
      UUID uuid,
      long expectedPropertyVersion,
      @Nullable String collection,
      MetadataChange tags,
      CallScope scope) {
    metadata.setTags(uuid, expectedPropertyVersion, collection, tags, scope);
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
