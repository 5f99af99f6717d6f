package org.btrdb.sql.rpc;

import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Supplier;
import java.util.function.ToLongFunction;
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
 * Passes every call on to another BTrDB and notes it down; closing it closes nothing. Tells when
 * names of streams may have changed: a call changed metadata, or did not find its stream.
 */
public final class RecordedBtrdb implements Btrdb {
  private final Btrdb btrdb;
  private final RpcLog log;
  private final Runnable onNamesChanged;

  /**
   * Calls of another BTrDB, which stays its owner's to close.
   *
   * @param onNamesChanged may run on any thread
   */
  public RecordedBtrdb(Btrdb btrdb, RpcLog log, Runnable onNamesChanged) {
    this.btrdb = btrdb;
    this.log = log;
    this.onNamesChanged = onNamesChanged;
  }

  @Override
  public ServerInfo info() {
    return btrdb.info();
  }

  @Override
  public Capabilities capabilities() {
    return btrdb.capabilities();
  }

  private <T> T one(Rpc rpc, @Nullable UUID uuid, long rows, CallScope scope, Supplier<T> call) {
    RpcLog.Entry entry = log.begin(rpc, uuid, scope);
    T answer = watched(call);
    entry.took(rows);
    return answer;
  }

  /** A change of metadata, which may have happened even if the call failed. */
  private void edit(Rpc rpc, UUID uuid, CallScope scope, Runnable call) {
    RpcLog.Entry entry = log.begin(rpc, uuid, scope);
    try {
      call.run();
    } finally {
      onNamesChanged.run();
    }
    entry.took(0);
  }

  private <T> T watched(Supplier<T> call) {
    try {
      return call.get();
    } catch (BtrdbException e) {
      failed(e);
      throw e;
    }
  }

  private void failed(BtrdbException e) {
    if (e.code() == ErrorCode.NO_SUCH_STREAM) {
      onNamesChanged.run(); // a name led to a stream that is gone
    }
  }

  private <B> DataCursor<B> data(
      RpcLog.Entry entry, ToLongFunction<B> rows, Supplier<DataCursor<B>> call) {
    return new RecordedCursor.Data<>(watched(call), entry, rows, this::failed);
  }

  @Override
  public ClusterState cluster(CallScope scope) {
    return one(Rpc.INFO, null, 1, scope, () -> btrdb.cluster(scope));
  }

  @Override
  public Cursor<List<String>> collections(String prefix, CallScope scope) {
    RpcLog.Entry entry = log.begin(Rpc.LIST_COLLECTIONS, null, scope);
    return new RecordedCursor<>(btrdb.collections(prefix, scope), entry, List::size, this::failed);
  }

  @Override
  public Cursor<List<StreamDescriptor>> lookup(StreamQuery query, CallScope scope) {
    RpcLog.Entry entry = log.begin(Rpc.LOOKUP_STREAMS, null, scope);
    return new RecordedCursor<>(btrdb.lookup(query, scope), entry, List::size, this::failed);
  }

  @Override
  public Optional<StreamDescriptor> stream(UUID uuid, CallScope scope) {
    return one(Rpc.STREAM_INFO, uuid, 1, scope, () -> btrdb.stream(uuid, scope));
  }

  @Override
  public StreamVersion version(UUID uuid, CallScope scope) {
    return one(Rpc.STREAM_INFO, uuid, 1, scope, () -> btrdb.version(uuid, scope));
  }

  @Override
  public DataCursor<PointBatch> raw(UUID uuid, TimeRange range, long version, CallScope scope) {
    RpcLog.Entry entry = log.begin(Rpc.RAW_VALUES, uuid, scope);
    return data(entry, PointBatch::size, () -> btrdb.raw(uuid, range, version, scope));
  }

  @Override
  public DataCursor<StatBatch> windows(
      UUID uuid, TimeRange range, long widthNanos, long version, CallScope scope) {
    RpcLog.Entry entry = log.begin(Rpc.WINDOWS, uuid, scope);
    return data(
        entry, StatBatch::size, () -> btrdb.windows(uuid, range, widthNanos, version, scope));
  }

  @Override
  public DataCursor<StatBatch> alignedWindows(
      UUID uuid, TimeRange range, int pointWidth, long version, CallScope scope) {
    RpcLog.Entry entry = log.begin(Rpc.ALIGNED_WINDOWS, uuid, scope);
    return data(
        entry,
        StatBatch::size,
        () -> btrdb.alignedWindows(uuid, range, pointWidth, version, scope));
  }

  @Override
  public Optional<Point> nearest(
      UUID uuid, long timeNanos, boolean backward, long version, CallScope scope) {
    RpcLog.Entry entry = log.begin(Rpc.NEAREST, uuid, scope);
    Optional<Point> point = watched(() -> btrdb.nearest(uuid, timeNanos, backward, version, scope));
    entry.took(point.isPresent() ? 1 : 0);
    return point;
  }

  @Override
  public DataCursor<List<TimeRange>> changes(
      UUID uuid, long fromMajor, long toMajor, int resolution, CallScope scope) {
    RpcLog.Entry entry = log.begin(Rpc.CHANGES, uuid, scope);
    return data(
        entry, List::size, () -> btrdb.changes(uuid, fromMajor, toMajor, resolution, scope));
  }

  @Override
  public MetadataUsage metadataUsage(String prefix, CallScope scope) {
    return one(Rpc.METADATA_USAGE, null, 1, scope, () -> btrdb.metadataUsage(prefix, scope));
  }

  @Override
  public void create(NewStream stream, CallScope scope) {
    edit(Rpc.CREATE, stream.uuid(), scope, () -> btrdb.create(stream, scope));
  }

  @Override
  public StreamVersion insert(
      UUID uuid, PointBatch points, MergePolicy mergePolicy, CallScope scope) {
    return one(
        Rpc.INSERT,
        uuid,
        points.size(),
        scope,
        () -> btrdb.insert(uuid, points, mergePolicy, scope));
  }

  /** Of several streams none is named in the note, as a part is of any of them. */
  @Override
  public Subscription subscribe(Collection<UUID> uuids, CallScope scope) {
    UUID uuid = uuids.size() == 1 ? uuids.iterator().next() : null;
    RpcLog.Entry entry = log.begin(Rpc.SUBSCRIBE, uuid, scope);
    return new RecordedSubscription(
        watched(() -> btrdb.subscribe(uuids, scope)), entry, this::failed);
  }

  @Override
  public StreamVersion delete(UUID uuid, TimeRange range, CallScope scope) {
    return one(Rpc.DELETE, uuid, 0, scope, () -> btrdb.delete(uuid, range, scope));
  }

  @Override
  public StreamVersion flush(UUID uuid, CallScope scope) {
    return one(Rpc.FLUSH, uuid, 0, scope, () -> btrdb.flush(uuid, scope));
  }

  @Override
  public void setTags(
      UUID uuid,
      long expectedPropertyVersion,
      @Nullable String collection,
      MetadataChange tags,
      CallScope scope) {
    edit(
        Rpc.SET_TAGS,
        uuid,
        scope,
        () -> btrdb.setTags(uuid, expectedPropertyVersion, collection, tags, scope));
  }

  @Override
  public void setAnnotations(
      UUID uuid, long expectedPropertyVersion, MetadataChange annotations, CallScope scope) {
    edit(
        Rpc.SET_ANNOTATIONS,
        uuid,
        scope,
        () -> btrdb.setAnnotations(uuid, expectedPropertyVersion, annotations, scope));
  }

  @Override
  public void obliterate(UUID uuid, CallScope scope) {
    edit(Rpc.OBLITERATE, uuid, scope, () -> btrdb.obliterate(uuid, scope));
  }

  @Override
  public void close() {}
}
