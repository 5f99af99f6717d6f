package org.btrdb.embedded.server.access;

import java.util.Collection;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.Supplier;
import org.btrdb.client.Btrdb;
import org.btrdb.client.CallScope;
import org.btrdb.client.Cursor;
import org.btrdb.client.DataCursor;
import org.btrdb.client.Subscription;
import org.btrdb.client.batch.Point;
import org.btrdb.client.batch.PointBatch;
import org.btrdb.client.batch.StatBatch;
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
 * A BTrDB as a caller may use it. Listings, counts and searches have what it may read, as if there
 * were nothing else. What names a stream or a collection is refused with {@link
 * ErrorCode#PERMISSION_DENIED}; so is a stream that does not exist unless the caller may do this
 * everywhere, or uuids could be tried out.
 *
 * <p>What counts is what a call may do when it begins. Who may do something everywhere costs no
 * look-up.
 */
public final class GuardedBtrdb implements Btrdb {
  private final Btrdb behind;
  private final Supplier<Caller> callers;

  /**
   * A guard.
   *
   * @param behind closed by its owner
   * @param callers who uses it now: {@link Caller#current} in calls of a server
   */
  public GuardedBtrdb(Btrdb behind, Supplier<Caller> callers) {
    this.behind = behind;
    this.callers = callers;
  }

  private void check(Permission permission, UUID uuid, CallScope scope) {
    check(callers.get(), permission, uuid, scope);
  }

  private void check(Caller caller, Permission permission, UUID uuid, CallScope scope) {
    if (!caller.mayEverywhere(permission)) {
      permitted(caller, permission, uuid, behind.stream(uuid, scope));
    }
  }

  private static void permitted(
      Caller caller, Permission permission, UUID uuid, Optional<StreamDescriptor> stream) {
    if (stream.filter(found -> caller.may(permission, found.collection())).isEmpty()) {
      throw caller.denied(permission, "stream " + uuid + ", or there is none");
    }
  }

  private void check(Permission permission, String collection) {
    Caller caller = callers.get();
    if (!caller.may(permission, collection)) {
      throw caller.denied(permission, "collection '" + collection + "'");
    }
  }

  @Override
  public ServerInfo info() {
    return behind.info();
  }

  @Override
  public Capabilities capabilities() {
    return behind.capabilities();
  }

  @Override
  public ClusterState cluster(CallScope scope) {
    return behind.cluster(scope);
  }

  @Override
  public Cursor<List<String>> collections(String prefix, CallScope scope) {
    return within(prefix, readable -> behind.collections(readable, scope));
  }

  @Override
  public Cursor<List<StreamDescriptor>> lookup(StreamQuery query, CallScope scope) {
    if (query.isPrefix()) {
      return within(
          query.collection(),
          readable ->
              behind.lookup(
                  new StreamQuery(readable, true, query.tags(), query.annotations()), scope));
    }
    return callers.get().may(Permission.READ, query.collection())
        ? behind.lookup(query, scope)
        : new ChainedCursor<>(List.<Cursor<List<StreamDescriptor>>>of().iterator());
  }

  private <T> Cursor<List<T>> within(String prefix, Function<String, Cursor<List<T>>> lister) {
    List<String> readable = callers.get().readableWithin(prefix);
    Iterator<Cursor<List<T>>> cursors = readable.stream().map(lister).iterator();
    return readable.size() == 1 ? cursors.next() : new ChainedCursor<>(cursors);
  }

  @Override
  public MetadataUsage metadataUsage(String prefix, CallScope scope) {
    Map<String, Long> tags = new HashMap<>();
    Map<String, Long> annotations = new HashMap<>();
    for (String readable : callers.get().readableWithin(prefix)) {
      MetadataUsage usage = behind.metadataUsage(readable, scope);
      usage.tags().forEach((key, count) -> tags.merge(key, count, Long::sum));
      usage.annotations().forEach((key, count) -> annotations.merge(key, count, Long::sum));
    }
    return new MetadataUsage(tags, annotations);
  }

  @Override
  public Optional<StreamDescriptor> stream(UUID uuid, CallScope scope) {
    Caller caller = callers.get();
    Optional<StreamDescriptor> stream = behind.stream(uuid, scope);
    if (!caller.mayEverywhere(Permission.READ)) {
      permitted(caller, Permission.READ, uuid, stream);
    }
    return stream;
  }

  @Override
  public StreamVersion version(UUID uuid, CallScope scope) {
    check(Permission.READ, uuid, scope);
    return behind.version(uuid, scope);
  }

  @Override
  public DataCursor<PointBatch> raw(UUID uuid, TimeRange range, long version, CallScope scope) {
    check(Permission.READ, uuid, scope);
    return behind.raw(uuid, range, version, scope);
  }

  @Override
  public DataCursor<StatBatch> windows(
      UUID uuid, TimeRange range, long widthNanos, long version, CallScope scope) {
    check(Permission.READ, uuid, scope);
    return behind.windows(uuid, range, widthNanos, version, scope);
  }

  @Override
  public DataCursor<StatBatch> alignedWindows(
      UUID uuid, TimeRange range, int pointWidth, long version, CallScope scope) {
    check(Permission.READ, uuid, scope);
    return behind.alignedWindows(uuid, range, pointWidth, version, scope);
  }

  @Override
  public Optional<Point> nearest(
      UUID uuid, long timeNanos, boolean backward, long version, CallScope scope) {
    check(Permission.READ, uuid, scope);
    return behind.nearest(uuid, timeNanos, backward, version, scope);
  }

  @Override
  public DataCursor<List<TimeRange>> changes(
      UUID uuid, long fromMajor, long toMajor, int resolution, CallScope scope) {
    check(Permission.READ, uuid, scope);
    return behind.changes(uuid, fromMajor, toMajor, resolution, scope);
  }

  @Override
  public void create(NewStream stream, CallScope scope) {
    check(Permission.WRITE, stream.collection());
    behind.create(stream, scope);
  }

  @Override
  public StreamVersion insert(
      UUID uuid, PointBatch points, MergePolicy mergePolicy, CallScope scope) {
    check(Permission.WRITE, uuid, scope);
    return behind.insert(uuid, points, mergePolicy, scope);
  }

  @Override
  public Subscription subscribe(Collection<UUID> uuids, CallScope scope) {
    Caller caller = callers.get();
    Consumer<Collection<UUID>> checkAll =
        added -> added.forEach(uuid -> check(caller, Permission.READ, uuid, scope));
    checkAll.accept(uuids);
    return new GuardedSubscription(behind.subscribe(uuids, scope), checkAll);
  }

  @Override
  public StreamVersion delete(UUID uuid, TimeRange range, CallScope scope) {
    check(Permission.WRITE, uuid, scope);
    return behind.delete(uuid, range, scope);
  }

  @Override
  public StreamVersion flush(UUID uuid, CallScope scope) {
    check(Permission.WRITE, uuid, scope);
    return behind.flush(uuid, scope);
  }

  @Override
  public void setTags(
      UUID uuid,
      long expectedPropertyVersion,
      @Nullable String collection,
      MetadataChange tags,
      CallScope scope) {
    check(Permission.WRITE, uuid, scope);
    if (collection != null) {
      check(Permission.WRITE, collection);
    }
    behind.setTags(uuid, expectedPropertyVersion, collection, tags, scope);
  }

  @Override
  public void setAnnotations(
      UUID uuid, long expectedPropertyVersion, MetadataChange annotations, CallScope scope) {
    check(Permission.WRITE, uuid, scope);
    behind.setAnnotations(uuid, expectedPropertyVersion, annotations, scope);
  }

  @Override
  public void obliterate(UUID uuid, CallScope scope) {
    check(Permission.ADMIN, uuid, scope);
    behind.obliterate(uuid, scope);
  }

  /** Leaves what is behind to its owner. */
  @Override
  public void close() {
    // see the constructor
  }
}
