package org.btrdb.embedded;

import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;
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
import org.btrdb.client.model.ClusterMember;
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
import org.btrdb.embedded.meta.MetadataEdit;
import org.btrdb.embedded.meta.StreamSearch;
import org.btrdb.embedded.meta.UsageCount;
import org.btrdb.embedded.tree.ChangeWalk;
import org.btrdb.embedded.tree.Nearest;
import org.btrdb.embedded.tree.NodeSource;
import org.btrdb.embedded.tree.PointWalk;
import org.btrdb.embedded.tree.WindowWalk;
import org.jspecify.annotations.Nullable;

/** A connection to an engine in this process; closing the last one closes the engine. */
final class EmbeddedBtrdb implements Btrdb {
  private static final ServerInfo INFO = new ServerInfo(5, 30, "5.30.0-embedded");
  private static final Capabilities CAPABILITIES =
      new Capabilities(true, true, true, InsertRequest.MAX_POINTS, true);
  private static final int METADATA_BATCH = 1000;
  private static final int WINDOW_BATCH = 1024;
  private static final int MAX_POINT_WIDTH = 62;
  private static final int MAX_RESOLUTION = 63;
  private static final long HASHES = 1L << 32;

  private final Engines.Lease lease;
  private final Engine engine;
  private final Set<EmbeddedSubscription> subscriptions = ConcurrentHashMap.newKeySet();
  private volatile boolean closed;

  EmbeddedBtrdb(Engines.Lease lease) {
    this.lease = lease;
    this.engine = lease.engine();
  }

  @Override
  public ServerInfo info() {
    return INFO;
  }

  @Override
  public Capabilities capabilities() {
    return CAPABILITIES;
  }

  /** Fails if this connection was closed. */
  void checkOpen() {
    if (closed) {
      throw isClosed();
    }
  }

  /** Does a part of a call; what fails because the connection was closed meanwhile says so. */
  <T extends @Nullable Object> T whileOpen(Supplier<T> part) {
    try {
      return part.get();
    } catch (RuntimeException e) {
      checkOpen();
      throw e;
    }
  }

  private BtrdbException isClosed() {
    return new BtrdbException(
        ErrorCode.CLOSED, "the connection to " + engine.store().where() + " is closed");
  }

  private void begin(CallScope scope) {
    checkOpen();
    scope.check();
  }

  @Override
  public Cursor<List<String>> collections(String prefix, CallScope scope) {
    begin(scope);
    return EmbeddedCursor.over(
        this,
        scope,
        new EmbeddedCursor.Step<List<String>>() {
          private List<String> last = List.of();

          @Override
          public @Nullable List<String> next() {
            String after = last.isEmpty() ? null : last.get(last.size() - 1);
            last = engine.index().collections(prefix, after, METADATA_BATCH);
            return last.isEmpty() ? null : last;
          }
        });
  }

  @Override
  public Cursor<List<StreamDescriptor>> lookup(StreamQuery query, CallScope scope) {
    begin(scope);
    StreamSearch search = engine.index().search(query);
    return EmbeddedCursor.over(
        this, scope, () -> search.atEnd() ? null : search.next(METADATA_BATCH));
  }

  @Override
  public Optional<StreamDescriptor> stream(UUID uuid, CallScope scope) {
    begin(scope);
    return whileOpen(() -> engine.index().find(uuid).flatMap(engine.index()::describe));
  }

  @Override
  public StreamVersion version(UUID uuid, CallScope scope) {
    begin(scope);
    return whileOpen(() -> engine.stream(uuid)).published().version();
  }

  @Override
  public DataCursor<PointBatch> raw(UUID uuid, TimeRange range, long version, CallScope scope) {
    OpenStream stream = open(uuid, scope);
    StreamState state = state(stream, version);
    NodeSource nodes = engine.store().scan(state.pointCount());
    PointWalk walk = new PointWalk(nodes, state.root(), range.clamped());
    return EmbeddedCursor.over(this, scope, stream, state, walk::next);
  }

  @Override
  public DataCursor<StatBatch> windows(
      UUID uuid, TimeRange range, long widthNanos, long version, CallScope scope) {
    if (widthNanos < 1) {
      throw new BtrdbException(
          ErrorCode.INVALID_WIDTH, "window width " + widthNanos + " ns: at least 1 is needed");
    }
    OpenStream stream = open(uuid, scope);
    StreamState state = state(stream, version);
    TimeRange inside = range.clamped();
    long windows = inside.isEmpty() ? 0 : inside.lengthNanos() / widthNanos;
    long start = inside.startNanos();
    long end = start + windows * widthNanos;
    WindowWalk walk = new WindowWalk(engine.store(), state.root(), start, end, widthNanos);
    return windows(stream, state, walk, scope);
  }

  @Override
  public DataCursor<StatBatch> alignedWindows(
      UUID uuid, TimeRange range, int pointWidth, long version, CallScope scope) {
    if (pointWidth < 0 || pointWidth > MAX_POINT_WIDTH) {
      throw new BtrdbException(
          ErrorCode.INVALID_WIDTH, "pointwidth " + pointWidth + ": 0 to 62 are allowed");
    }
    OpenStream stream = open(uuid, scope);
    StreamState state = state(stream, version);
    long mask = -1L << pointWidth;
    long start = Math.max(range.startNanos(), TimeRange.MIN_NANOS) & mask;
    // The domain's end and not the last storable time's, or the last window would be lost.
    long end = Math.min(range.endNanos(), TimeRange.MAX_NANOS) & mask;
    WindowWalk walk =
        new WindowWalk(engine.store(), state.root(), start, Math.max(start, end), 1L << pointWidth);
    return windows(stream, state, walk, scope);
  }

  private DataCursor<StatBatch> windows(
      OpenStream stream, StreamState state, WindowWalk walk, CallScope scope) {
    StatBatch batch = new StatBatch(WINDOW_BATCH);
    return EmbeddedCursor.over(
        this, scope, stream, state, () -> walk.fill(batch, WINDOW_BATCH) ? batch : null);
  }

  @Override
  public Optional<Point> nearest(
      UUID uuid, long timeNanos, boolean backward, long version, CallScope scope) {
    OpenStream stream = open(uuid, scope);
    StreamState state = state(stream, version);
    Nearest nearest = new Nearest(engine.store());
    return whileOpen(
        () ->
            stream.reading(
                () ->
                    Optional.ofNullable(
                        backward
                            ? nearest.before(state.root(), timeNanos)
                            : nearest.atOrAfter(state.root(), timeNanos))));
  }

  @Override
  public DataCursor<List<TimeRange>> changes(
      UUID uuid, long fromMajor, long toMajor, int resolution, CallScope scope) {
    if (resolution < 0 || resolution > MAX_RESOLUTION) {
      throw new BtrdbException(
          ErrorCode.INVALID_WIDTH, "resolution " + resolution + ": 0 to 63 are allowed");
    }
    OpenStream stream = open(uuid, scope);
    ChangedRanges changes = whileOpen(() -> ChangedRanges.of(engine, stream, fromMajor, toMajor));
    ChangeWalk walk = whileOpen(() -> changes.walk(resolution));
    return EmbeddedCursor.over(
        this,
        scope,
        stream,
        changes.to(),
        () -> {
          List<TimeRange> ranges = walk.next(METADATA_BATCH);
          while (ranges != null && ranges.isEmpty()) {
            begin(scope);
            ranges = walk.next(METADATA_BATCH);
          }
          return ranges;
        });
  }

  private OpenStream open(UUID uuid, CallScope scope) {
    begin(scope);
    return whileOpen(() -> engine.stream(uuid));
  }

  private StreamState state(OpenStream stream, long version) {
    return whileOpen(() -> engine.state(stream, version));
  }

  @Override
  public void create(NewStream stream, CallScope scope) {
    begin(scope);
    engine.create(stream);
  }

  @Override
  public StreamVersion insert(
      UUID uuid, PointBatch points, MergePolicy mergePolicy, CallScope scope) {
    begin(scope);
    return new InsertRequest(engine, uuid, points, mergePolicy).run(scope);
  }

  @Override
  public Subscription subscribe(Collection<UUID> uuids, CallScope scope) {
    begin(scope);
    EmbeddedSubscription subscription =
        new EmbeddedSubscription(engine, scope, subscriptions::remove);
    subscription.open();
    subscriptions.add(subscription);
    try {
      checkOpen(); // or the one who closes did not see it
      subscription.add(uuids);
    } catch (RuntimeException e) {
      subscription.close();
      throw e;
    }
    return subscription;
  }

  @Override
  public StreamVersion delete(UUID uuid, TimeRange range, CallScope scope) {
    begin(scope);
    TimeRange inside = range.clamped();
    return inside.isEmpty()
        ? engine.stream(uuid).published().version()
        : engine.delete(uuid, inside);
  }

  @Override
  public StreamVersion flush(UUID uuid, CallScope scope) {
    begin(scope);
    return engine.flush(uuid);
  }

  @Override
  public ClusterState cluster(CallScope scope) {
    begin(scope);
    ClusterMember self = new ClusterMember("btrdb", true, true, true, 1, 1, 0, HASHES, List.of());
    return new ClusterState(true, self.nodename(), List.of(), List.of(self));
  }

  @Override
  public MetadataUsage metadataUsage(String prefix, CallScope scope) {
    begin(scope);
    StreamSearch search = engine.index().search(StreamQuery.underPrefix(prefix));
    UsageCount count = new UsageCount();
    while (!search.atEnd()) {
      begin(scope);
      whileOpen(() -> search.next(METADATA_BATCH)).forEach(count::add);
    }
    return count.result();
  }

  @Override
  public void setTags(
      UUID uuid,
      long expectedPropertyVersion,
      @Nullable String collection,
      MetadataChange tags,
      CallScope scope) {
    begin(scope);
    engine.edit(uuid, MetadataEdit.tags(expectedPropertyVersion, collection, tags));
  }

  @Override
  public void setAnnotations(
      UUID uuid, long expectedPropertyVersion, MetadataChange annotations, CallScope scope) {
    begin(scope);
    engine.edit(uuid, MetadataEdit.annotations(expectedPropertyVersion, annotations));
  }

  @Override
  public void obliterate(UUID uuid, CallScope scope) {
    begin(scope);
    engine.obliterate(uuid);
  }

  @Override
  public void close() {
    closed = true;
    subscriptions.forEach(subscription -> subscription.end(isClosed()));
    lease.close();
  }
}
