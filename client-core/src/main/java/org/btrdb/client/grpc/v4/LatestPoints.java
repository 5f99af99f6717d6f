package org.btrdb.client.grpc.v4;

import org.btrdb.client.DataCursor;
import org.btrdb.client.batch.PointBatch;
import org.btrdb.client.error.BtrdbException;
import org.btrdb.client.error.ErrorCode;
import org.btrdb.client.model.StreamVersion;
import org.btrdb.client.time.TimeRange;
import org.jspecify.annotations.Nullable;

/**
 * Points of the latest version in order of time, of an answer that has buffered points in the order
 * of their insertion.
 *
 * <p>Such an answer is a merge: while points of the tree are left, the head of the buffer is sent
 * before the head of the tree if its time is less, and at the end what is left of the buffer. So
 * the tree's points keep their order, and so do the buffer's, which has none. Let all buffered
 * points lie in {@code [a, b)}, which {@link BufferedTimes} tells. Then
 *
 * <ul>
 *   <li>a tree's point before {@code a} is before any buffered head, so all of these come first and
 *       in order;
 *   <li>a tree's point at or after {@code b} is after any buffered head, so when the first of these
 *       comes, all buffered ones have come, and what follows is in order;
 *   <li>what comes between is the tree's and the buffer's points of {@code [a, b)} and nothing
 *       else. It is held and sorted; usually it is the newest points and little more.
 * </ul>
 *
 * <p>If more than {@value #MOST_HELD} points lie between, {@link InterleavedPoints} reads them
 * again. That the parts are in order is checked, so a server that merges otherwise gives an error
 * and no wrong order.
 */
final class LatestPoints implements DataCursor<PointBatch> {
  /** Four megabytes; the buffer has at most 32767 points. */
  static final int MOST_HELD = 1 << 18;

  private final DataCursor<PointBatch> answer;
  private final TimeRange range;
  private final Source source;
  private final int mostHeld;
  private Phase phase = Phase.BEGIN;
  private TimeRange buffered = new TimeRange(Long.MAX_VALUE, Long.MIN_VALUE);
  private PointBatch pending = PointBatch.EMPTY;
  private @Nullable PointBatch current;
  private @Nullable InterleavedPoints interleaved;
  private long last = Long.MIN_VALUE;

  /** Where an answer's points stand to the buffered ones. */
  private enum Phase {
    BEGIN,
    /** Nothing is buffered in the range: the answer is in order. */
    ORDERED,
    BEFORE,
    BETWEEN,
    INTERLEAVED,
    AFTER
  }

  /** What else can be asked of the stream. */
  interface Source {
    /** Where the points are that were buffered at a version whose minor is not 0. */
    BufferedTimes bufferedTimes(StreamVersion version);

    /** The tree's points of a range, in order, without the buffered ones. */
    DataCursor<PointBatch> stored(long major, TimeRange range);

    /** The failure of a read whose stream changed. */
    BtrdbException changed(String what);
  }

  LatestPoints(DataCursor<PointBatch> answer, TimeRange range, Source source, int mostHeld) {
    this.answer = answer;
    this.range = range;
    this.source = source;
    this.mostHeld = mostHeld;
  }

  @Override
  public boolean next() {
    current = null;
    if (phase == Phase.BEGIN && !begin()) {
      return false;
    }
    current = phase == Phase.ORDERED ? ordered() : unordered();
    return current != null;
  }

  /** Looks at the version that answers; false if there is no point at all. */
  private boolean begin() {
    if (!answer.next()) {
      phase = Phase.ORDERED;
      return false;
    }
    pending = answer.current();
    StreamVersion version = answer.version();
    phase = Phase.ORDERED;
    if (version.minor() > 0 && pending.size() > 0) {
      buffered = source.bufferedTimes(version).within(range);
      if (!buffered.isEmpty()) {
        phase = Phase.BEFORE;
      }
    }
    return true;
  }

  private @Nullable PointBatch ordered() {
    if (pending.size() > 0) {
      PointBatch first = pending;
      pending = PointBatch.EMPTY;
      return first;
    }
    return answer.next() ? answer.current() : null;
  }

  private @Nullable PointBatch unordered() {
    while (true) {
      if (phase == Phase.INTERLEAVED) {
        PointBatch batch = interleaved == null ? null : interleaved.next();
        if (batch != null) {
          return inOrder(batch);
        }
        phase = Phase.AFTER;
      }
      if (pending.size() == 0) {
        if (!answer.next()) {
          pending = PointBatch.EMPTY;
          return null;
        }
        pending = answer.current();
      }
      if (phase == Phase.AFTER) {
        PointBatch rest = pending;
        pending = PointBatch.EMPTY;
        if (rest.size() > 0) {
          return inOrder(rest);
        }
        continue;
      }
      PointBatch batch = phase == Phase.BEFORE ? before() : between();
      if (batch != null && batch.size() > 0) {
        return inOrder(batch);
      }
    }
  }

  private PointBatch before() {
    int count = 0;
    while (count < pending.size() && pending.time(count) < buffered.startNanos()) {
      count++;
    }
    if (count < pending.size()) {
      phase = Phase.BETWEEN;
    }
    return take(count);
  }

  private PointBatch take(int count) {
    PointBatch taken = pending.slice(0, count);
    pending = pending.slice(count, pending.size() - count);
    return taken;
  }

  /** The sorted points between, all of them; null if they are too many. */
  private @Nullable PointBatch between() {
    PointRun held = new PointRun();
    do {
      if (pending.size() == 0) {
        pending = answer.current();
      }
      if (addTo(held)) {
        phase = Phase.AFTER;
        break;
      }
      if (held.size() > mostHeld) {
        interleave(held);
        return null;
      }
    } while (answer.next());
    phase = Phase.AFTER;
    held.sort();
    return held.batch();
  }

  /** Holds what is pending; true if it reaches beyond the buffered points. */
  private boolean addTo(PointRun held) {
    int count = 0;
    while (count < pending.size() && pending.time(count) < buffered.endNanos()) {
      held.add(pending.time(count), pending.value(count));
      count++;
    }
    pending = pending.slice(count, pending.size() - count);
    return pending.size() > 0;
  }

  private void interleave(PointRun held) {
    InterleavedPoints points = new InterleavedPoints(source, answer.version(), buffered);
    interleaved = points;
    phase = Phase.INTERLEAVED;
    points.separate(held, answer);
    pending = points.beyond();
  }

  private PointBatch inOrder(PointBatch batch) {
    for (int i = 0; i < batch.size(); i++) {
      if (batch.time(i) < last) {
        throw new BtrdbException(
            ErrorCode.PROTOCOL_VIOLATION,
            "the server's points are in no known order: " + batch.time(i) + " after " + last);
      }
      last = batch.time(i);
    }
    return batch;
  }

  @Override
  public PointBatch current() {
    if (current == null) {
      throw new IllegalStateException("next() was not called or returned false");
    }
    return current;
  }

  @Override
  public StreamVersion version() {
    return answer.version();
  }

  @Override
  public void close() {
    current = null;
    pending = PointBatch.EMPTY;
    if (interleaved != null) {
      interleaved.close();
    }
    answer.close();
  }
}
