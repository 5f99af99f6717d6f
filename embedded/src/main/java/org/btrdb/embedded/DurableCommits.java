package org.btrdb.embedded;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;
import org.btrdb.client.error.BtrdbException;
import org.btrdb.client.error.ErrorCode;
import org.btrdb.embedded.store.Store;
import org.jspecify.annotations.Nullable;

/**
 * Turns changes into durable ones, many at a time: whoever comes first commits what everybody has
 * changed so far, and the others find theirs done.
 *
 * <p>A change is made under {@link #writeLock()}, whole, and numbered by {@link #changed}; so no
 * commit holds half of one. After a failure nothing is written any more: the maps may hold changes
 * of which nobody knows whether they are on the disk.
 */
final class DurableCommits {
  private final Store store;
  private final ReentrantLock writeLock = new ReentrantLock();
  private final ReentrantLock commitLock = new ReentrantLock();

  /** Guarded by the write lock. */
  private long lastChange;

  private Map<OpenStream, StreamState> unpublished = new HashMap<>();
  private List<Runnable> untold = new ArrayList<>();

  /** Guarded by the commit lock. */
  private long lastDurable;

  private final Consumer<BtrdbException> onFailure;
  private volatile @Nullable Throwable failure;

  /**
   * Commits of a store.
   *
   * @param onFailure told once, with locks held, that nothing is written any more
   */
  DurableCommits(Store store, Consumer<BtrdbException> onFailure) {
    this.store = store;
    this.onFailure = onFailure;
  }

  /** Held while maps are changed. */
  ReentrantLock writeLock() {
    return writeLock;
  }

  /** Numbers a change to a stream; under the write lock. */
  long changed(OpenStream stream) {
    unpublished.put(stream, stream.working());
    return ++lastChange;
  }

  /** Numbers a change to metadata; under the write lock. */
  long changed() {
    return ++lastChange;
  }

  /**
   * Has something done, which may not fail, when all changes so far are durable and published and
   * before those who made them are told; in the order of these calls, under the write lock.
   *
   * @return the number of a change to wait for
   */
  long whenDurable(Runnable action) {
    untold.add(action);
    return ++lastChange;
  }

  /** The newest change; under the write lock. */
  long lastChange() {
    return lastChange;
  }

  /** Refuses to write after a failure. */
  void checkWritable() {
    Throwable cause = failure;
    if (cause != null) {
      throw noMoreWrites(cause);
    }
  }

  private BtrdbException noMoreWrites(Throwable cause) {
    return new BtrdbException(
        ErrorCode.STORE_IO,
        store.where()
            + " takes no more writes until it is opened again, after: "
            + cause.getMessage(),
        cause);
  }

  /** Whether writing failed. */
  boolean hasFailed() {
    return failure != null;
  }

  /** Changes maps, under the write lock; what breaks off in the middle is never committed. */
  void mutate(Runnable change) {
    try {
      store.writing(change);
    } catch (RuntimeException | Error e) {
      fail(e);
      throw e;
    }
  }

  /** Refuses all writes from now on. */
  void fail(Throwable cause) {
    if (failure == null) {
      failure = cause;
      onFailure.accept(noMoreWrites(cause));
    }
  }

  /** Returns when a change is durable and its state published. */
  void await(long change) {
    commitLock.lock();
    try {
      if (change > lastDurable) {
        commit();
      }
    } finally {
      commitLock.unlock();
    }
  }

  /** Returns when everything changed so far is durable. */
  void awaitAll() {
    long all;
    writeLock.lock();
    try {
      all = lastChange;
    } finally {
      writeLock.unlock();
    }
    await(all);
  }

  private void commit() {
    Map<OpenStream, StreamState> committed;
    List<Runnable> toTell;
    long upTo;
    try {
      writeLock.lock();
      try {
        checkWritable();
        upTo = lastChange;
        committed = unpublished;
        unpublished = new HashMap<>();
        toTell = untold;
        untold = new ArrayList<>();
        store.commit();
      } finally {
        writeLock.unlock();
      }
      store.sync();
    } catch (RuntimeException | Error e) {
      fail(e);
      throw e;
    }
    lastDurable = upTo;
    committed.forEach(OpenStream::publish);
    toTell.forEach(Runnable::run);
  }
}
