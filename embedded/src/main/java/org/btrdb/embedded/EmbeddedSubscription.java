package org.btrdb.embedded;

import java.util.ArrayDeque;
import java.util.Collection;
import java.util.Deque;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;
import org.btrdb.client.CallScope;
import org.btrdb.client.Subscription;
import org.btrdb.client.batch.PointBatch;
import org.btrdb.client.batch.StreamPoints;
import org.btrdb.client.error.BtrdbException;
import org.btrdb.client.error.ErrorCode;
import org.jspecify.annotations.Nullable;

/** Keeps what was inserted until it is taken, up to a limit that ends the subscription. */
final class EmbeddedSubscription implements Subscription, Follower {
  /** A second of some 10,000 streams of 100 Hz. */
  static final long MAX_WAITING_BYTES = 16L << 20;

  static final int MAX_STREAMS = 100_000;

  private static final long POINT_BYTES = 16;
  private static final long PART_BYTES = 128;

  private final Engine engine;
  private final CallScope scope;
  private final Consumer<EmbeddedSubscription> onEnd;
  private final ReentrantLock lock = new ReentrantLock();
  private final Condition changed = lock.newCondition();
  private volatile Runnable readyAction = () -> {};

  /** Guarded by the lock. */
  private final Deque<StreamPoints> waiting = new ArrayDeque<>();

  private final Set<UUID> streams = new HashSet<>();
  private long waitingBytes;
  private boolean finished;
  private CallScope.@Nullable Registration registration;

  /** Told once nothing waits; written under the lock. */
  private volatile @Nullable BtrdbException end;

  /** Belongs to the reader. */
  private @Nullable StreamPoints current;

  /**
   * A subscription to nothing yet.
   *
   * @param onEnd told when it was closed
   */
  EmbeddedSubscription(Engine engine, CallScope scope, Consumer<EmbeddedSubscription> onEnd) {
    this.engine = engine;
    this.scope = scope;
    this.onEnd = onEnd;
  }

  /** Begins to listen to its scope. */
  void open() {
    registration =
        scope.onCancel(
            () -> failed(new BtrdbException(ErrorCode.CANCELLED, "subscription: cancelled")));
  }

  @Override
  public void add(Collection<UUID> uuids) {
    List<UUID> distinct = uuids.stream().distinct().toList();
    lock.lock();
    try {
      checkOpen();
      long total = streams.size() + distinct.stream().filter(u -> !streams.contains(u)).count();
      if (total > MAX_STREAMS) {
        throw new BtrdbException(
            ErrorCode.TOO_LARGE,
            "a subscription to " + total + " streams: up to " + MAX_STREAMS + " are allowed");
      }
    } finally {
      lock.unlock();
    }
    engine.follow(distinct, this);
  }

  /** With the lock held. */
  private void checkOpen() {
    if (end != null) {
      throw end;
    }
    if (finished) {
      throw new BtrdbException(ErrorCode.CLOSED, "subscription: it is finished");
    }
  }

  @Override
  public void remove(Collection<UUID> uuids) {
    engine.unfollow(uuids, this);
    lock.lock();
    try {
      streams.removeAll(Set.copyOf(uuids));
    } finally {
      lock.unlock();
    }
  }

  @Override
  public void finish() {
    engine.unfollow(streams(), this);
    change(() -> finished = true);
  }

  private List<UUID> streams() {
    lock.lock();
    try {
      return List.copyOf(streams);
    } finally {
      lock.unlock();
    }
  }

  @Override
  public void began(UUID uuid) {
    change(
        () -> {
          streams.add(uuid);
          offer(new StreamPoints(uuid, PointBatch.EMPTY));
        });
  }

  @Override
  public void inserted(UUID uuid, PointBatch points) {
    change(() -> offer(new StreamPoints(uuid, points)));
  }

  /** With the lock held. */
  private void offer(StreamPoints part) {
    if (end != null || finished) {
      return;
    }
    long bytes = bytesOf(part);
    if (!waiting.isEmpty() && waitingBytes + bytes > MAX_WAITING_BYTES) {
      giveUp(
          new BtrdbException(
              ErrorCode.OVERLOADED,
              "subscription: its reader is too slow, more than "
                  + (MAX_WAITING_BYTES >> 20)
                  + " MiB of points wait for it, and it misses them; "
                  + firstMissed(part)));
      return;
    }
    waiting.add(part);
    waitingBytes += bytes;
  }

  /** With the lock held; the parts that wait come before the one that is too many. */
  private String firstMissed(StreamPoints part) {
    StreamPoints first =
        waiting.stream().filter(p -> p.points().size() > 0).findFirst().orElse(part);
    return first.points().size() == 0
        ? "none of stream " + first.uuid()
        : "the first of stream " + first.uuid() + " at " + first.points().time(0) + " ns";
  }

  private static long bytesOf(StreamPoints part) {
    return PART_BYTES + POINT_BYTES * part.points().size();
  }

  @Override
  public void obliterated(UUID uuid) {
    change(
        () -> {
          if (streams.remove(uuid) && streams.isEmpty() && end == null) {
            end =
                new BtrdbException(
                    ErrorCode.NO_SUCH_STREAM,
                    "subscription: stream " + uuid + ", the last one, was obliterated");
          }
        });
  }

  @Override
  public void failed(BtrdbException failure) {
    change(() -> giveUp(failure));
  }

  /** With the lock held; what waits is dropped, so that nobody's memory is held. */
  private void giveUp(BtrdbException failure) {
    if (end == null) {
      end = failure;
    }
    waiting.clear();
    waitingBytes = 0;
  }

  private void change(Runnable what) {
    lock.lock();
    try {
      what.run();
      changed.signalAll();
    } finally {
      lock.unlock();
    }
    readyAction.run();
  }

  /** What waits to be taken. */
  long waitingBytes() {
    lock.lock();
    try {
      return waitingBytes;
    } finally {
      lock.unlock();
    }
  }

  @Override
  public boolean hasEnded() {
    return end != null;
  }

  @Override
  public boolean next() {
    current = null;
    try {
      lock.lockInterruptibly();
      try {
        current = await();
      } finally {
        lock.unlock();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new BtrdbException(ErrorCode.CANCELLED, "subscription: interrupted", e);
    }
    return current != null;
  }

  private @Nullable StreamPoints await() throws InterruptedException {
    while (waiting.isEmpty()) {
      if (end != null) {
        throw end;
      }
      if (finished) {
        return null;
      }
      scope.check();
      changed.await(scope.remainingNanos(), TimeUnit.NANOSECONDS);
    }
    scope.check();
    StreamPoints part = waiting.remove();
    waitingBytes -= bytesOf(part);
    return part;
  }

  @Override
  public StreamPoints current() {
    if (current == null) {
      throw new IllegalStateException("no part: next() was not called, or was false");
    }
    return current;
  }

  @Override
  public boolean isReady() {
    lock.lock();
    try {
      return !waiting.isEmpty() || end != null || finished;
    } finally {
      lock.unlock();
    }
  }

  @Override
  public void onReady(Runnable action) {
    readyAction = action;
    if (isReady()) {
      action.run();
    }
  }

  @Override
  public void close() {
    current = null;
    end(new BtrdbException(ErrorCode.CLOSED, "subscription: it is closed"));
  }

  /** Ends it for good, from any thread; what its reader is told is the first failure. */
  void end(BtrdbException failure) {
    if (registration != null) {
      registration.remove();
    }
    failed(failure);
    engine.unfollow(streams(), this);
    onEnd.accept(this);
  }
}
