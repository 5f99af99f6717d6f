package org.btrdb.client.grpc.v4;

import java.util.List;
import java.util.Optional;
import org.btrdb.client.DataCursor;
import org.btrdb.client.batch.Point;
import org.btrdb.client.batch.PointBatch;
import org.btrdb.client.batch.StatBatch;
import org.btrdb.client.error.BtrdbException;
import org.btrdb.client.error.ErrorCode;
import org.btrdb.client.grpc.call.Calls;
import org.btrdb.client.grpc.call.EmptyCursor;
import org.btrdb.client.grpc.call.LastingFailure;
import org.btrdb.client.grpc.call.StreamRead;
import org.btrdb.client.model.StreamVersion;
import org.btrdb.client.time.TimeRange;

/** Reads of the 4.x generation: what of a range is asked, and by whom the answer is corrected. */
final class V4Reads {
  /** Servers root their tree at -2^60, so wider windows are not aligned to the epoch. */
  private static final int MAX_POINT_WIDTH = 60;

  private final PlainReads plain;
  private final V4Changes changes;

  V4Reads(Calls calls) {
    this.plain = new PlainReads(calls);
    this.changes = new V4Changes(calls);
  }

  DataCursor<PointBatch> raw(StreamRead read, TimeRange range) {
    TimeRange clamped = range.clamped();
    if (clamped.isEmpty()) {
      return new EmptyCursor<>(read);
    }
    DataCursor<PointBatch> answer = plain.raw(read, clamped);
    return read.version() == StreamVersion.LATEST
        ? new LastingFailure<>(
            new LatestPoints(answer, clamped, new More(read, clamped), LatestPoints.MOST_HELD))
        : answer;
  }

  DataCursor<StatBatch> windows(StreamRead read, TimeRange range, long widthNanos) {
    if (widthNanos < 1) {
      throw new BtrdbException(
          ErrorCode.INVALID_WIDTH, "a window must be at least 1 ns wide, not " + widthNanos);
    }
    TimeRange clamped = range.clamped();
    long windows = clamped.isEmpty() ? 0 : clamped.lengthNanos() / widthNanos;
    if (windows == 0) {
      return new EmptyCursor<>(read);
    }
    long end = clamped.startNanos() + windows * widthNanos;
    boolean roomForOneMore = TimeRange.ALL.endNanos() - end >= widthNanos;
    TimeRange sure = new TimeRange(clamped.startNanos(), roomForOneMore ? end : end - widthNanos);
    return new LastingFailure<>(
        RepairedWindows.of(
            () -> plain.windows(read, sure, sure.endNanos() + widthNanos, widthNanos),
            new More(read, clamped),
            widthNanos,
            roomForOneMore ? null : new TimeRange(sure.endNanos(), end)));
  }

  DataCursor<StatBatch> alignedWindows(StreamRead read, TimeRange range, int pointWidth) {
    if (pointWidth < 0 || pointWidth > MAX_POINT_WIDTH) {
      throw new BtrdbException(
          ErrorCode.INVALID_WIDTH,
          "a 4.x server takes pointwidths 0 to " + MAX_POINT_WIDTH + ", not " + pointWidth);
    }
    // Both ends of the domain are multiples of 2^60, so clamping cuts no window; and no point is
    // in its last nanosecond, after which there is none to widen a single one with.
    long mask = -1L << pointWidth;
    long start = Math.max(range.startNanos(), TimeRange.MIN_NANOS) & mask;
    long end = Math.min(range.endNanos(), TimeRange.MAX_NANOS) & mask;
    if (end <= start || start == TimeRange.MAX_NANOS - 1) {
      return new EmptyCursor<>(read);
    }
    return plain.aligned(read, new TimeRange(start, end), pointWidth);
  }

  Optional<Point> nearest(StreamRead read, long timeNanos, boolean backward) {
    long last = TimeRange.MAX_NANOS - 1;
    boolean nothingThere = backward ? timeNanos <= TimeRange.MIN_NANOS : timeNanos > last;
    if (nothingThere) {
      return Optional.empty();
    }
    long time = Math.min(Math.max(timeNanos, TimeRange.MIN_NANOS), last);
    return backward
        ? new NearestBackward(plain, read).before(time)
        : plain.nearest(read, time, false);
  }

  DataCursor<List<TimeRange>> changes(StreamRead read, long fromMajor, int resolution) {
    return changes.between(read, fromMajor, resolution);
  }

  /**
   * Makes up for a delete, after which servers tell a version too low until the next commit: the
   * highest one that can be read. A stream never committed answers for every number, so it is not
   * asked.
   */
  StreamVersion newest(StreamRead read, StreamVersion told) {
    if (told.minor() > 0 || told.major() <= StreamVersion.CREATED_MAJOR) {
      return told;
    }
    long major = told.major();
    while (plain.hasVersion(read, major + 1)) {
      major++;
    }
    return new StreamVersion(major, 0);
  }

  /** What else of a stream its cursors ask. */
  private final class More implements LatestPoints.Source, RepairedWindows.Source {
    private final StreamRead read;
    private final TimeRange range;

    More(StreamRead read, TimeRange range) {
      this.read = read;
      this.range = range;
    }

    @Override
    public BufferedTimes bufferedTimes(StreamVersion version) {
      return changes.buffered(read, version, resolution());
    }

    /** A thousandth of the range. */
    private int resolution() {
      int bits = Long.SIZE - Long.numberOfLeadingZeros(range.lengthNanos());
      return Math.max(0, bits - 10);
    }

    @Override
    public DataCursor<PointBatch> stored(long major, TimeRange part) {
      return plain.raw(new StreamRead(read.btrdb(), read.uuid(), major, read.scope()), part);
    }

    @Override
    public DataCursor<PointBatch> points(TimeRange part) {
      return plain.raw(read, part);
    }

    @Override
    public WindowSum sum(TimeRange window) {
      return WindowSum.of(
          new WindowSum.Source() {
            @Override
            public DataCursor<StatBatch> aligned(TimeRange part, int pointWidth) {
              return plain.aligned(read, part, pointWidth);
            }

            @Override
            public DataCursor<PointBatch> points(TimeRange part) {
              return plain.raw(read, part);
            }
          },
          window);
    }

    @Override
    public BtrdbException changed(String what) {
      return Changed.during(read, what);
    }
  }
}
