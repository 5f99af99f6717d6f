package org.btrdb.embedded;

import java.nio.file.Path;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.LongSupplier;
import org.btrdb.client.batch.PointBatch;
import org.btrdb.client.error.BtrdbException;
import org.btrdb.client.error.ErrorCode;
import org.btrdb.client.model.MergePolicy;
import org.btrdb.client.model.NewStream;
import org.btrdb.client.model.StreamDescriptor;
import org.btrdb.client.model.StreamVersion;
import org.btrdb.client.time.TimeRange;
import org.btrdb.embedded.meta.MetadataEdit;
import org.btrdb.embedded.meta.StreamIndex;
import org.btrdb.embedded.store.JournalEntry;
import org.btrdb.embedded.store.Store;
import org.btrdb.embedded.store.StreamRemoval;
import org.btrdb.embedded.tree.Points;
import org.btrdb.embedded.tree.Slot;
import org.btrdb.embedded.tree.TreeEdit;

/**
 * The streams of one store: their versions, their write buffers, and the order of writes.
 *
 * <p>A stream's buffer is its newest tree with nodes that exist only in memory; the points are in
 * the journal until a flush stores the nodes as one version. So a reader always works on one
 * immutable tree. Writes take turns; {@link DurableCommits} makes them durable together.
 */
final class Engine {
  /** A buffer that would reach this many points is flushed (reference 1.7). */
  static final int BUFFER_POINTS = 32_768;

  /** Refusals that tell of what others have changed; so that must be durable first. */
  private static final Set<ErrorCode> TOLD_OF_OTHERS =
      Set.of(
          ErrorCode.STREAM_EXISTS,
          ErrorCode.CONCURRENT_CHANGE,
          ErrorCode.UUID_REUSED,
          ErrorCode.NO_SUCH_STREAM);

  /** Nodes removed in one commit: some 16 MiB at most. */
  private static final int RECLAIM_NODES = 1000;

  private final Store store;
  private final StreamIndex index;
  private final DurableCommits commits;
  private final Map<UUID, OpenStream> open = new ConcurrentHashMap<>();
  private final BufferBudget buffers;
  private final Set<Follower> followers = ConcurrentHashMap.newKeySet();

  private volatile boolean closed;

  private Engine(Store store, BufferBudget buffers) {
    this.store = store;
    this.buffers = buffers;
    this.index = StreamIndex.of(store);
    this.commits = new DurableCommits(store, this::tellOfFailure);
  }

  /** Takes over a store and brings the buffers back from the journal. */
  static Engine open(Store store) {
    return open(store, BufferBudget.ofHeap());
  }

  /** The same with buffers of some size. */
  static Engine open(Store store, BufferBudget buffers) {
    try {
      Engine engine = new Engine(store, buffers);
      engine.index.reclaimable().forEach(engine::reclaim);
      for (long id : store.journalledStreams()) {
        engine.replay(id);
      }
      return engine;
    } catch (RuntimeException | Error e) {
      store.closeImmediately();
      throw e;
    }
  }

  /** What was written with more heap, or is more in all than now fits, becomes versions. */
  private void replay(long id) {
    UUID uuid = index.describe(id).map(StreamDescriptor::uuid).orElseThrow();
    OpenStream stream = load(uuid, id);
    new JournalReplay(store, commits, buffers, stream).run();
    open.put(uuid, stream);
    buffers.toFlush(stream, open.values()).forEach(large -> write(() -> flush(large)));
  }

  private OpenStream load(UUID uuid, long id) {
    long major = store.newestMajor(id);
    return new OpenStream(
        uuid,
        id,
        major == 0
            ? new StreamState(StreamVersion.CREATED_MAJOR, 0, null)
            : new StreamState(major, 0, store.root(id, major)));
  }

  Store store() {
    return store;
  }

  StreamIndex index() {
    return index;
  }

  /** Fails once the engine is closed. */
  void checkOpen() {
    if (closed) {
      throw new BtrdbException(ErrorCode.CLOSED, store.where() + " is closed");
    }
  }

  /** A stream by uuid, or the error that there is none. */
  OpenStream stream(UUID uuid) {
    OpenStream known = open.get(uuid);
    if (known != null) {
      return known;
    }
    // Looked up inside: what an obliteration takes out of the index first is not put back here.
    return open.computeIfAbsent(uuid, u -> load(u, numberOf(u)));
  }

  private long numberOf(UUID uuid) {
    return index.find(uuid).orElseThrow(() -> OpenStream.missing(uuid));
  }

  /** What a reader of a version sees. */
  StreamState state(OpenStream stream, long version) {
    StreamState newest = stream.published();
    if (version == StreamVersion.LATEST) {
      return newest;
    }
    if (version < StreamVersion.CREATED_MAJOR || version > newest.major()) {
      throw new BtrdbException(
          ErrorCode.NO_SUCH_VERSION,
          "stream "
              + stream.uuid
              + " has versions "
              + StreamVersion.CREATED_MAJOR
              + " to "
              + newest.major()
              + ", not "
              + version);
    }
    if (version == newest.major() && newest.minor() == 0) {
      return newest;
    }
    return stream.reading(
        () ->
            new StreamState(
                version,
                0,
                version == StreamVersion.CREATED_MAJOR ? null : store.root(stream.id, version)));
  }

  void create(NewStream stream) {
    write(
        () -> {
          index.checkNew(stream);
          commits.mutate(() -> index.add(stream));
          return commits.changed();
        });
  }

  /** Edits the metadata of a stream. */
  void edit(UUID uuid, MetadataEdit edit) {
    write(
        () -> {
          long id = numberOf(uuid);
          StreamDescriptor old = index.describe(id).orElseThrow();
          StreamDescriptor edited = edit.apply(old);
          index.checkReplace(old, edited);
          commits.mutate(() -> index.replace(id, old, edited));
          return commits.changed();
        });
  }

  /**
   * Removes a stream, then what is stored of it. The first step is one commit; what of the second
   * is not done when the process dies is done when the store is opened again.
   */
  void obliterate(UUID uuid) {
    OpenStream stream = stream(uuid);
    write(
        () -> {
          stream.checkExists();
          StreamDescriptor descriptor = index.describe(stream.id).orElseThrow();
          commits.mutate(
              () -> {
                index.remove(stream.id, descriptor);
                store.clearJournal(stream.id);
              });
          stream.obliterate();
          open.remove(uuid);
          buffers.flushed(stream);
          List<Follower> told = stream.followers();
          return commits.whenDurable(() -> told.forEach(follower -> follower.obliterated(uuid)));
        });
    reclaim(stream.id);
  }

  private void reclaim(long id) {
    StreamRemoval removal = store.removal(id);
    boolean[] more = {true};
    while (more[0]) {
      write(
          () -> {
            commits.mutate(
                () -> {
                  more[0] = removal.step(RECLAIM_NODES);
                  if (!more[0]) {
                    index.reclaimed(id);
                  }
                });
            return commits.changed();
          });
    }
  }

  StreamVersion insert(UUID uuid, Points points, MergePolicy policy) {
    OpenStream stream = stream(uuid);
    return writeStream(
        stream,
        () -> {
          long number = insert(stream, points, policy);
          return points.size() == 0 || stream.followers().isEmpty() ? number : tell(stream, points);
        });
  }

  /** The points are copied once for all: their arrays may be the caller's. */
  private long tell(OpenStream stream, Points points) {
    PointBatch batch =
        PointBatch.of(
            Arrays.copyOfRange(points.times(), points.from(), points.to()),
            Arrays.copyOfRange(points.values(), points.from(), points.to()));
    List<Follower> told = stream.followers();
    return commits.whenDurable(
        () -> told.forEach(follower -> follower.inserted(stream.uuid, batch)));
  }

  private void tellOfFailure(BtrdbException failure) {
    followers.forEach(follower -> follower.failed(failure));
  }

  /** Has a follower told of what is inserted from now on: into all these streams, or none. */
  void follow(Collection<UUID> uuids, Follower follower) {
    List<OpenStream> streams = uuids.stream().map(this::stream).toList();
    ReentrantLock lock = commits.writeLock();
    lock.lock();
    try {
      checkOpen();
      commits.checkWritable();
      streams.forEach(OpenStream::checkExists);
      followers.add(follower);
      for (OpenStream stream : streams) {
        stream.follow(follower);
        follower.began(stream.uuid);
      }
    } finally {
      lock.unlock();
    }
  }

  /** Tells a follower of nothing more that is inserted into some streams. */
  void unfollow(Collection<UUID> uuids, Follower follower) {
    ReentrantLock lock = commits.writeLock();
    lock.lock();
    try {
      for (UUID uuid : uuids) {
        OpenStream stream = open.get(uuid);
        if (stream != null) {
          stream.unfollow(follower);
        }
      }
      if (follower.hasEnded()) {
        followers.remove(follower);
      }
    } finally {
      lock.unlock();
    }
  }

  @SuppressWarnings("ReferenceEquality") // an edit that changes nothing gives back its argument
  private long insert(OpenStream stream, Points points, MergePolicy policy) {
    StreamState state = stream.working();
    long maxBytes = BufferBudget.maxBytesOfInsert(points.size());
    TreeEdit edit = new TreeEdit(store, state.major() + 1, maxBytes);
    Slot root = edit.insert(state.root(), points, policy);
    if (root == state.root()) {
      return commits.lastChange(); // nothing admitted; what it equals must be durable, though
    }
    long minor = state.minor() + points.size();
    StreamState buffered = new StreamState(state.major(), minor, root);
    if (minor >= BUFFER_POINTS) {
      return commitTree(stream, buffered);
    }
    JournalEntry entry = new JournalEntry(points, policy);
    long sequence = stream.nextJournalSequence();
    commits.mutate(() -> store.appendJournal(stream.id, sequence, entry));
    stream.advance(buffered);
    commits.changed(stream);
    buffers.grew(stream, edit.freshBytes());
    buffers.toFlush(stream, open.values()).forEach(this::flush);
    return commits.lastChange();
  }

  StreamVersion flush(UUID uuid) {
    OpenStream stream = stream(uuid);
    return writeStream(stream, () -> flush(stream));
  }

  private long flush(OpenStream stream) {
    StreamState state = stream.working();
    return state.minor() == 0 ? commits.lastChange() : commitTree(stream, state);
  }

  StreamVersion delete(UUID uuid, TimeRange range) {
    OpenStream stream = stream(uuid);
    return writeStream(
        stream,
        () -> {
          flush(stream);
          StreamState state = stream.working();
          Slot root = new TreeEdit(store, state.major() + 1).delete(state.root(), range);
          return commitTree(stream, new StreamState(state.major(), 0, root));
        });
  }

  /** Stores a state's tree as the stream's next version. */
  private long commitTree(OpenStream stream, StreamState state) {
    stream.advance(state);
    commits.mutate(() -> stream.commit(store));
    buffers.flushed(stream);
    return commits.changed(stream);
  }

  /** Copies everything acknowledged so far into another directory; its size in bytes. */
  long backup(Path target) {
    checkOpen();
    commits.awaitAll();
    return store.copyTo(target);
  }

  private StreamVersion writeStream(OpenStream stream, LongSupplier change) {
    StreamState[] reached = new StreamState[1];
    write(
        () -> {
          stream.checkExists();
          long number = change.getAsLong();
          reached[0] = stream.working();
          return number;
        });
    return reached[0].version();
  }

  private void write(LongSupplier change) {
    ReentrantLock lock = commits.writeLock();
    BtrdbException refusal = null;
    long number;
    lock.lock();
    try {
      checkOpen();
      commits.checkWritable();
      number = change.getAsLong();
    } catch (BtrdbException e) {
      if (!TOLD_OF_OTHERS.contains(e.code())) {
        throw e;
      }
      refusal = e;
      number = commits.lastChange();
    } finally {
      lock.unlock();
    }
    commits.await(number);
    if (refusal != null) {
      throw refusal;
    }
  }

  /** Flushes every buffer and gives the store back; idempotent. */
  void close() {
    commits.writeLock().lock();
    try {
      if (closed) {
        return;
      }
      if (!commits.hasFailed()) {
        open.values().forEach(this::flush);
      }
      closed = true;
    } catch (RuntimeException | Error e) {
      commits.fail(e);
      closed = true;
      store.closeImmediately();
      throw e;
    } finally {
      commits.writeLock().unlock();
    }
    release();
  }

  private void release() {
    if (commits.hasFailed()) {
      store.closeImmediately();
      return;
    }
    try {
      commits.awaitAll();
    } catch (RuntimeException | Error e) {
      store.closeImmediately();
      throw e;
    }
    store.close();
  }
}
