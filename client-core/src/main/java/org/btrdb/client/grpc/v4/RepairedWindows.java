package org.btrdb.client.grpc.v4;

import java.util.function.Supplier;
import org.btrdb.client.DataCursor;
import org.btrdb.client.batch.PointBatch;
import org.btrdb.client.batch.StatBatch;
import org.btrdb.client.error.BtrdbException;
import org.btrdb.client.error.ErrorCode;
import org.btrdb.client.model.StreamVersion;
import org.btrdb.client.time.TimeRange;
import org.jspecify.annotations.Nullable;

/**
 * Windows that make up for two faults of the server's.
 *
 * <p><b>Zeros.</b> At the latest version a window that holds buffered points and none of the tree's
 * is merged with a stored window of zeros: its min and max are those of its points and 0. So a min
 * or max other than 0 is right, and wrong ones are 0; count and mean are right. Windows that have a
 * zero, no more points than are buffered and lie where points are buffered are read again as
 * points. While the major version stays, points are only added, so an equal count means the very
 * same points.
 *
 * <p><b>The last window</b> may be missing, even with data, or have its buffered points only.
 * {@link V4Reads} asks for one more than it needs; where the domain has no room for that, {@link
 * WindowSum} makes the last one.
 *
 * <p>If the stream changes between the calls, all are made again as long as nothing was handed out;
 * after that the read fails with {@link ErrorCode#CONCURRENT_CHANGE}.
 */
final class RepairedWindows implements DataCursor<StatBatch> {
  private static final int ATTEMPTS = 10;

  private final Supplier<DataCursor<StatBatch>> ask;
  private final Source source;
  private final long widthNanos;
  private final @Nullable TimeRange unsureLast;
  private DataCursor<StatBatch> answer;
  private @Nullable BufferedTimes buffered;
  private @Nullable StatBatch current;
  private boolean lastMade;
  private boolean handedOut;
  private boolean ended;

  /** What else can be asked of the stream. */
  interface Source {
    /** Where the points are that were buffered at a version whose minor is not 0. */
    BufferedTimes bufferedTimes(StreamVersion version);

    /** The points of a range at the latest version, in any order. */
    DataCursor<PointBatch> points(TimeRange range);

    /** One window made of others; whatever version answers. */
    WindowSum sum(TimeRange window);

    /** The failure of a read whose stream changed. */
    BtrdbException changed(String what);
  }

  private RepairedWindows(
      Supplier<DataCursor<StatBatch>> ask,
      DataCursor<StatBatch> answer,
      Source source,
      long widthNanos,
      @Nullable TimeRange unsureLast) {
    this.ask = ask;
    this.answer = answer;
    this.source = source;
    this.widthNanos = widthNanos;
    this.unsureLast = unsureLast;
  }

  /**
   * Makes the call.
   *
   * @param ask makes it, and makes it again
   * @param unsureLast the last window if it is not to be taken from the answer, else null
   */
  static RepairedWindows of(
      Supplier<DataCursor<StatBatch>> ask,
      Source source,
      long widthNanos,
      @Nullable TimeRange unsureLast) {
    return new RepairedWindows(ask, ask.get(), source, widthNanos, unsureLast);
  }

  @Override
  public boolean next() {
    current = null;
    for (int attempt = 1; !ended; attempt++) {
      try {
        current = advance();
        handedOut |= current != null;
        ended = current == null;
      } catch (BtrdbException e) {
        if (e.code() != ErrorCode.CONCURRENT_CHANGE || handedOut || attempt == ATTEMPTS) {
          throw e;
        }
        answer.close();
        buffered = null;
        answer = ask.get();
        continue;
      }
      break;
    }
    return current != null;
  }

  private @Nullable StatBatch advance() {
    while (answer.next()) {
      StatBatch windows = answer.current();
      if (windows.size() > 0) {
        return answer.version().minor() > 0 ? withoutZeros(windows) : windows;
      }
    }
    if (unsureLast == null || lastMade) {
      return null;
    }
    WindowSum last = source.sum(unsureLast);
    if (!last.isOf(answer.version())) {
      throw source.changed("the last window is of another version");
    }
    lastMade = true;
    return last.batch();
  }

  private StatBatch withoutZeros(StatBatch windows) {
    StatBatch repaired = windows;
    int i = 0;
    while (i < windows.size()) {
      int from = i;
      while (i < windows.size() && isSuspicious(windows, i)) {
        i++;
      }
      if (i > from) {
        if (repaired == windows) {
          repaired = copy(windows, from);
        }
        repair(windows, from, i, repaired);
      } else {
        i++;
        if (repaired != windows) {
          append(windows, from, windows.min(from), windows.max(from), repaired);
        }
      }
    }
    return repaired;
  }

  private boolean isSuspicious(StatBatch windows, int i) {
    StreamVersion version = answer.version();
    if ((windows.min(i) != 0 && windows.max(i) != 0) || windows.count(i) > version.minor()) {
      return false;
    }
    if (buffered == null) {
      buffered = source.bufferedTimes(version);
    }
    return buffered.mayTouch(windows.time(i), windows.time(i) + widthNanos);
  }

  private static StatBatch copy(StatBatch windows, int size) {
    StatBatch copy = new StatBatch(windows.size());
    for (int i = 0; i < size; i++) {
      append(windows, i, windows.min(i), windows.max(i), copy);
    }
    return copy;
  }

  private static void append(StatBatch from, int i, double min, double max, StatBatch to) {
    to.add(from.time(i), min, from.mean(i), max, from.count(i), from.stddev(i));
  }

  /** Appends windows that follow one another with the extremes of their points. */
  private void repair(StatBatch windows, int from, int to, StatBatch repaired) {
    Extremes extremes = new Extremes(windows, from, to, widthNanos);
    try (DataCursor<PointBatch> points = source.points(extremes.range())) {
      boolean known = true;
      while (known && points.next()) {
        known = extremes.addAll(points.current());
      }
      if (!known
          || points.version().major() != answer.version().major()
          || !extremes.isComplete()) {
        throw source.changed("windows and their points are of different versions");
      }
    }
    for (int i = from; i < to; i++) {
      append(windows, i, extremes.min(i), extremes.max(i), repaired);
    }
  }

  @Override
  public StatBatch current() {
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
    answer.close();
  }
}
