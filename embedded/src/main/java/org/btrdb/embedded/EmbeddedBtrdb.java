package org.btrdb.embedded;

import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicBoolean;
import org.btrdb.client.Btrdb;
import org.btrdb.client.CallScope;
import org.btrdb.client.Cursor;
import org.btrdb.client.DataCursor;
import org.btrdb.client.batch.Point;
import org.btrdb.client.batch.PointBatch;
import org.btrdb.client.batch.StatBatch;
import org.btrdb.client.error.BtrdbException;
import org.btrdb.client.error.ErrorCode;
import org.btrdb.client.model.Capabilities;
import org.btrdb.client.model.MergePolicy;
import org.btrdb.client.model.NewStream;
import org.btrdb.client.model.ServerInfo;
import org.btrdb.client.model.StreamDescriptor;
import org.btrdb.client.model.StreamQuery;
import org.btrdb.client.model.StreamVersion;
import org.btrdb.client.time.TimeRange;
import org.btrdb.embedded.tree.WindowWalk;

/** A connection to an engine of this process; column batches are handed over without copying. */
final class EmbeddedBtrdb implements Btrdb {
  /** 5.30 would promise the Arrow calls to every client that asks. */
  private static final ServerInfo INFO = new ServerInfo(5, 29, "5.29.0-embedded");

  private static final Capabilities CAPABILITIES = new Capabilities(true, true, 1_000_000);
  private static final int MAX_POINT_WIDTH = 62;

  private final Engine engine;
  private final Runnable release;
  private final AtomicBoolean closed = new AtomicBoolean();

  EmbeddedBtrdb(Engine engine, Runnable release) {
    this.engine = engine;
    this.release = release;
  }

  @Override
  public ServerInfo info() {
    return INFO;
  }

  @Override
  public Capabilities capabilities() {
    return CAPABILITIES;
  }

  private Engine open(CallScope scope) {
    if (closed.get()) {
      throw new BtrdbException(ErrorCode.CLOSED, "the connection is closed");
    }
    scope.check();
    return engine;
  }

  /** Cursors ask this between batches: a closed connection may no longer have a store behind it. */
  void check(CallScope scope) {
    open(scope);
  }

  @Override
  public Cursor<List<String>> collections(String prefix, CallScope scope) {
    return new ListCursor<>(open(scope).index().collections(prefix));
  }

  @Override
  public Cursor<List<StreamDescriptor>> lookup(StreamQuery query, CallScope scope) {
    return new ListCursor<>(open(scope).index().find(query));
  }

  @Override
  public Optional<StreamDescriptor> stream(UUID uuid, CallScope scope) {
    return Optional.ofNullable(open(scope).index().get(uuid)).map(StreamState::descriptor);
  }

  @Override
  public StreamVersion version(UUID uuid, CallScope scope) {
    return open(scope).stream(uuid).latest().version();
  }

  @Override
  public DataCursor<PointBatch> raw(UUID uuid, TimeRange range, long version, CallScope scope) {
    StreamState.Latest state = open(scope).at(uuid, version);
    return new PointCursor(this, scope, state.version(), state.tree().points(range.clamped()));
  }

  @Override
  public DataCursor<StatBatch> windows(
      UUID uuid, TimeRange range, long widthNanos, long version, CallScope scope) {
    if (widthNanos < 1) {
      throw new BtrdbException(
          ErrorCode.INVALID_WIDTH, "a window must be at least 1 ns wide, not " + widthNanos);
    }
    StreamState.Latest state = open(scope).at(uuid, version);
    return new WindowCursor(
        this, scope, state.version(), new WindowWalk(state.tree(), range.clamped(), widthNanos));
  }

  @Override
  public DataCursor<StatBatch> alignedWindows(
      UUID uuid, TimeRange range, int pointWidth, long version, CallScope scope) {
    if (pointWidth < 0 || pointWidth > MAX_POINT_WIDTH) {
      throw new BtrdbException(
          ErrorCode.INVALID_WIDTH,
          "a pointwidth must be 0 to " + MAX_POINT_WIDTH + ", not " + pointWidth);
    }
    StreamState.Latest state = open(scope).at(uuid, version);
    long mask = -1L << pointWidth;
    TimeRange rounded = new TimeRange(range.startNanos() & mask, range.endNanos() & mask);
    return new WindowCursor(
        this, scope, state.version(), new WindowWalk(state.tree(), rounded, 1L << pointWidth));
  }

  @Override
  public Optional<Point> nearest(
      UUID uuid, long timeNanos, boolean backward, long version, CallScope scope) {
    return open(scope).at(uuid, version).tree().nearest(timeNanos, backward);
  }

  @Override
  public void create(NewStream stream, CallScope scope) {
    open(scope).create(stream);
  }

  @Override
  public StreamVersion insert(
      UUID uuid, PointBatch points, MergePolicy mergePolicy, CallScope scope) {
    return open(scope).insert(uuid, points, mergePolicy);
  }

  @Override
  public StreamVersion delete(UUID uuid, TimeRange range, CallScope scope) {
    return open(scope).delete(uuid, range.clamped());
  }

  @Override
  public StreamVersion flush(UUID uuid, CallScope scope) {
    return open(scope).flush(uuid);
  }

  @Override
  public void close() {
    if (closed.compareAndSet(false, true)) {
      release.run();
    }
  }
}
