package org.btrdb.client.grpc.v4;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Deque;
import java.util.List;
import java.util.Random;
import org.btrdb.client.Cursor;
import org.btrdb.client.DataCursor;
import org.btrdb.client.batch.Point;
import org.btrdb.client.batch.PointBatch;
import org.btrdb.client.error.BtrdbException;
import org.btrdb.client.error.ErrorCode;
import org.btrdb.client.model.StreamVersion;
import org.btrdb.client.time.TimeRange;
import org.junit.jupiter.api.Test;

/** Buffered points put in order, whatever they lie between and however few may be held. */
class LatestPointsTest {
  private static final TimeRange RANGE = new TimeRange(-1000, 2000);

  /** Points in parts of a few. */
  private static final class Answer implements DataCursor<PointBatch> {
    private final List<Point> points;
    private final StreamVersion version;
    private final int part;
    private int from;
    private int to;

    Answer(List<Point> points, StreamVersion version, int part) {
      this.points = points;
      this.version = version;
      this.part = part;
    }

    @Override
    public boolean next() {
      from = to;
      to = Math.min(points.size(), from + part);
      return from < to;
    }

    @Override
    public PointBatch current() {
      List<Point> some = points.subList(from, to);
      return PointBatch.of(
          some.stream().mapToLong(Point::timeNanos).toArray(),
          some.stream().mapToDouble(Point::value).toArray());
    }

    @Override
    public StreamVersion version() {
      return version;
    }

    @Override
    public void close() {}
  }

  /** A tree and the times of its buffer, told to a width. */
  private record Model(List<Point> tree, List<Point> buffer, int width)
      implements LatestPoints.Source {

    @Override
    public BufferedTimes bufferedTimes(StreamVersion version) {
      List<TimeRange> ranges =
          buffer.stream()
              .map(p -> Math.floorDiv(p.timeNanos(), width) * width)
              .distinct()
              .sorted()
              .map(start -> new TimeRange(start, start + width))
              .toList();
      return BufferedTimes.of(once(ranges));
    }

    private static Cursor<List<TimeRange>> once(List<TimeRange> ranges) {
      return new Cursor<>() {
        private boolean read;

        @Override
        public boolean next() {
          boolean first = !read;
          read = true;
          return first;
        }

        @Override
        public List<TimeRange> current() {
          return ranges;
        }

        @Override
        public void close() {}
      };
    }

    @Override
    public DataCursor<PointBatch> stored(long major, TimeRange range) {
      return new Answer(inside(tree, range), new StreamVersion(major, 0), 3);
    }

    @Override
    public BtrdbException changed(String what) {
      return new BtrdbException(ErrorCode.CONCURRENT_CHANGE, what);
    }

    /** As the server merges them. */
    List<Point> answer() {
      Deque<Point> rest = new ArrayDeque<>(inside(buffer, RANGE));
      List<Point> merged = new ArrayList<>();
      for (Point point : inside(tree, RANGE)) {
        while (!rest.isEmpty() && rest.getFirst().timeNanos() < point.timeNanos()) {
          merged.add(rest.removeFirst());
        }
        merged.add(point);
      }
      merged.addAll(rest);
      return merged;
    }
  }

  private static List<Point> inside(List<Point> points, TimeRange range) {
    return points.stream()
        .filter(p -> p.timeNanos() >= range.startNanos() && p.timeNanos() < range.endNanos())
        .toList();
  }

  private static List<Point> read(Model model, List<Point> answer, int part, int mostHeld) {
    StreamVersion version = new StreamVersion(11, model.buffer.size());
    List<Point> all = new ArrayList<>();
    try (LatestPoints points =
        new LatestPoints(new Answer(answer, version, part), RANGE, model, mostHeld)) {
      while (points.next()) {
        PointBatch batch = points.current();
        for (int i = 0; i < batch.size(); i++) {
          all.add(new Point(batch.time(i), batch.value(i)));
        }
      }
      assertThat(points.version()).isEqualTo(version);
    }
    return all;
  }

  private static List<Point> random(Random random, int size, long origin, int spread) {
    List<Point> points = new ArrayList<>();
    for (int i = 0; i < size; i++) {
      points.add(new Point(origin + random.nextInt(spread), random.nextInt(4)));
    }
    return points;
  }

  /** Trap 20 of the design. */
  @Test
  void anyBufferIsPutInOrder() {
    for (int round = 0; round < 5000; round++) {
      long seed = round < 2500 ? round : System.nanoTime();
      Random random = new Random(seed);
      List<Point> tree =
          random(random, random.nextInt(60), 0, 1 + random.nextInt(1000)).stream()
              .sorted(Comparator.comparingLong(Point::timeNanos))
              .toList();
      List<Point> buffer =
          random(random, random.nextInt(20), random.nextInt(2500) - 1200, 1 + random.nextInt(1000));
      Model model = new Model(tree, buffer, 1 << random.nextInt(7));
      List<Point> answer = model.answer();
      List<Point> read = read(model, answer, 1 + random.nextInt(9), random.nextInt(40));
      List<Long> times = answer.stream().map(Point::timeNanos).sorted().toList();
      assertThat(read.stream().map(Point::timeNanos)).as("seed %s", seed).isEqualTo(times);
      assertThat(read).as("seed %s", seed).containsExactlyInAnyOrderElementsOf(answer);
    }
  }

  @Test
  void anOrderThatNoServerMakesIsAnError() {
    Model model = new Model(List.of(), List.of(new Point(50, 1)), 1);
    List<Point> answer = List.of(new Point(9, 1), new Point(8, 1), new Point(50, 1));
    assertThatThrownBy(() -> read(model, answer, 5, 40))
        .hasMessageContaining("8 after 9")
        .extracting(e -> ((BtrdbException) e).code())
        .isEqualTo(ErrorCode.PROTOCOL_VIOLATION);
  }

  @Test
  void aTreeThatIsAnotherThanAnsweredIsAnError() {
    List<Point> tree = random(new Random(1), 30, 0, 1);
    Model model = new Model(tree.subList(0, 20), List.of(new Point(0, 9)), 1);
    List<Point> answer = new ArrayList<>(tree);
    answer.add(new Point(0, 9));
    assertThatThrownBy(() -> read(model, answer, 5, 10))
        .extracting(e -> ((BtrdbException) e).code())
        .isEqualTo(ErrorCode.CONCURRENT_CHANGE);
  }
}
