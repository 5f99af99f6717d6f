package org.btrdb.sql.read;

import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import org.btrdb.client.Btrdb;
import org.btrdb.client.CallScope;
import org.btrdb.client.Cursor;
import org.btrdb.client.DataCursor;
import org.btrdb.client.Subscription;
import org.btrdb.client.batch.Point;
import org.btrdb.client.batch.PointBatch;
import org.btrdb.client.batch.StatBatch;
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

/**
 * Calls of one run of a statement that see one committed version of each stream: whoever asks for
 * the newest state gets the one that was the newest when the run first asked. Other calls are
 * passed on. Calls may come from several threads at once; closing it closes nothing.
 */
final class PinnedBtrdb implements Btrdb {
  private final Btrdb btrdb;
  private final boolean flushes;
  private final Map<UUID, Long> pinned = new ConcurrentHashMap<>();

  /**
   * Calls of another BTrDB, which stays its owner's to close.
   *
   * @param flushes whether buffered points are committed first
   */
  PinnedBtrdb(Btrdb btrdb, boolean flushes) {
    this.btrdb = btrdb;
    this.flushes = flushes;
  }

  private long pinned(UUID uuid, CallScope scope) {
    Long known = pinned.get(uuid);
    if (known != null) {
      return known;
    }
    long major = (flushes ? btrdb.flush(uuid, scope) : btrdb.version(uuid, scope)).major();
    Long first = pinned.putIfAbsent(uuid, major);
    return first == null ? major : first;
  }

  private long pinned(UUID uuid, long version, CallScope scope) {
    return version == StreamVersion.LATEST ? pinned(uuid, scope) : version;
  }

  @Override
  public StreamVersion version(UUID uuid, CallScope scope) {
    return new StreamVersion(pinned(uuid, scope), 0);
  }

  @Override
  public DataCursor<PointBatch> raw(UUID uuid, TimeRange range, long version, CallScope scope) {
    return btrdb.raw(uuid, range, pinned(uuid, version, scope), scope);
  }

  @Override
  public DataCursor<StatBatch> windows(
      UUID uuid, TimeRange range, long widthNanos, long version, CallScope scope) {
    return btrdb.windows(uuid, range, widthNanos, pinned(uuid, version, scope), scope);
  }

  @Override
  public DataCursor<StatBatch> alignedWindows(
      UUID uuid, TimeRange range, int pointWidth, long version, CallScope scope) {
    return btrdb.alignedWindows(uuid, range, pointWidth, pinned(uuid, version, scope), scope);
  }

  @Override
  public Optional<Point> nearest(
      UUID uuid, long timeNanos, boolean backward, long version, CallScope scope) {
    return btrdb.nearest(uuid, timeNanos, backward, pinned(uuid, version, scope), scope);
  }

  @Override
  public DataCursor<List<TimeRange>> changes(
      UUID uuid, long fromMajor, long toMajor, int resolution, CallScope scope) {
    return btrdb.changes(uuid, fromMajor, pinned(uuid, toMajor, scope), resolution, scope);
  }

  @Override
  public ServerInfo info() {
    return btrdb.info();
  }

  @Override
  public Capabilities capabilities() {
    return btrdb.capabilities();
  }

  @Override
  public ClusterState cluster(CallScope scope) {
    return btrdb.cluster(scope);
  }

  @Override
  public Cursor<List<String>> collections(String prefix, CallScope scope) {
    return btrdb.collections(prefix, scope);
  }

  @Override
  public Cursor<List<StreamDescriptor>> lookup(StreamQuery query, CallScope scope) {
    return btrdb.lookup(query, scope);
  }

  @Override
  public Optional<StreamDescriptor> stream(UUID uuid, CallScope scope) {
    return btrdb.stream(uuid, scope);
  }

  @Override
  public MetadataUsage metadataUsage(String prefix, CallScope scope) {
    return btrdb.metadataUsage(prefix, scope);
  }

  @Override
  public void create(NewStream stream, CallScope scope) {
    btrdb.create(stream, scope);
  }

  @Override
  public StreamVersion insert(
      UUID uuid, PointBatch points, MergePolicy mergePolicy, CallScope scope) {
    return btrdb.insert(uuid, points, mergePolicy, scope);
  }

  @Override
  public Subscription subscribe(Collection<UUID> uuids, CallScope scope) {
    return btrdb.subscribe(uuids, scope);
  }

  @Override
  public StreamVersion delete(UUID uuid, TimeRange range, CallScope scope) {
    return btrdb.delete(uuid, range, scope);
  }

  @Override
  public StreamVersion flush(UUID uuid, CallScope scope) {
    return btrdb.flush(uuid, scope);
  }

  @Override
  public void setTags(
      UUID uuid,
      long expectedPropertyVersion,
      @Nullable String collection,
      MetadataChange tags,
      CallScope scope) {
    btrdb.setTags(uuid, expectedPropertyVersion, collection, tags, scope);
  }

  @Override
  public void setAnnotations(
      UUID uuid, long expectedPropertyVersion, MetadataChange annotations, CallScope scope) {
    btrdb.setAnnotations(uuid, expectedPropertyVersion, annotations, scope);
  }

  @Override
  public void obliterate(UUID uuid, CallScope scope) {
    btrdb.obliterate(uuid, scope);
  }

  @Override
  public void close() {}
}
