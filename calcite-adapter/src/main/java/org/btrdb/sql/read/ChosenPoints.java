package org.btrdb.sql.read;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.btrdb.client.batch.PointBatch;
import org.btrdb.client.batch.StatBatch;
import org.jspecify.annotations.Nullable;

/**
 * Statistics of the points that meet each of the conditions of a request, which grow by whole
 * windows and by points.
 */
final class ChosenPoints implements WindowTest {
  private final @Nullable Grid grid;
  private final boolean needsDeviation;

  /** The first is of the condition that makes rows. */
  private final List<Part> parts;

  private final int[] partOf;

  /** The points of one condition. */
  static final class Part extends StatisticRow {
    final ValueRanges values;

    /** The time of the first point, or the start of the window it is in. */
    private long first;

    private boolean firstIsInWindow;

    /** The time of the last point, or the end of the window it is in. */
    private long last;

    private boolean lastIsInWindow;

    Part(ValueRanges values, List<WindowRead.Column> columns) {
      super(columns);
      this.values = values;
    }

    private void spans(long from, long to, boolean isWindow) {
      if (statistics.count() == 0) {
        first = from;
        firstIsInWindow = isWindow;
      }
      last = to;
      lastIsInWindow = isWindow;
    }

    /** Finds out the times of the first and the last point. */
    void locate(EdgeTime edges) {
      boolean hasPoints = statistics.count() > 0;
      firstNanos =
          !hasPoints ? null : Long.valueOf(firstIsInWindow ? edges.of(first, false) : first);
      lastNanos = !hasPoints ? null : Long.valueOf(lastIsInWindow ? edges.of(last, true) : last);
    }

    @Override
    public boolean next() {
      return false;
    }

    @Override
    public void close() {
      // holds nothing
    }
  }

  /** Tells the time of the point that is nearest to another time. */
  @FunctionalInterface
  interface EdgeTime {
    long of(long nanos, boolean backward);
  }

  private ChosenPoints(
      @Nullable Grid grid, boolean needsDeviation, List<Part> parts, int[] partOf) {
    this.grid = grid;
    this.needsDeviation = needsDeviation;
    this.parts = parts;
    this.partOf = partOf;
  }

  /** No points yet. */
  static ChosenPoints of(ValueAggregate request, Execution execution) {
    List<WindowRead.Column> statistics =
        request.columns().stream().map(ValueAggregate.Column::statistic).toList();
    Map<String, Integer> known = new LinkedHashMap<>();
    List<Part> parts = new ArrayList<>();
    known.put(request.where().toString(), 0);
    parts.add(new Part(request.where().ranges(execution.parameters()), statistics));
    int[] partOf = new int[statistics.size()];
    for (int i = 0; i < partOf.length; i++) {
      ValueSet values = request.columns().get(i).values();
      Integer part = known.putIfAbsent(values.toString(), parts.size());
      partOf[i] = part == null ? parts.size() : part;
      if (part == null) {
        parts.add(new Part(values.ranges(execution.parameters()), statistics));
      }
    }
    return new ChosenPoints(
        request.isWhole() ? null : request.bucket().grid(execution.parameters()),
        statistics.stream().anyMatch(WindowRead.Column::isDeviation),
        parts,
        partOf);
  }

  /** Whether no point can make a row. */
  boolean isNone() {
    return parts.get(0).values.isEmpty();
  }

  void clear() {
    parts.forEach(part -> part.statistics.clear());
  }

  List<Part> parts() {
    return parts;
  }

  /** The points that a column is of. */
  Part of(int column) {
    return parts.get(partOf[column]);
  }

  /** The number of points that make rows. */
  long count() {
    return parts.get(0).statistics.count();
  }

  /** The start of the bucket that a time is in; 0 if there is only one. */
  long bucketOf(long nanos) {
    return grid == null ? 0 : grid.bucketOf(nanos);
  }

  /** Whether a point with a value makes a row. */
  boolean has(double value) {
    return parts.get(0).values.has(value);
  }

  @Override
  public Action of(StatBatch windows, int i, long widthNanos) {
    double mean = windows.mean(i);
    ValueRanges.Verdict rows = verdict(parts.get(0), windows, i);
    if (rows == ValueRanges.Verdict.NONE) {
      return Action.SKIP;
    }
    boolean isUnclear =
        rows == ValueRanges.Verdict.UNDECIDED
            || !(Math.abs(mean) <= Double.MAX_VALUE)
            || (needsDeviation && Double.isNaN(windows.stddev(i)));
    if (isUnclear) {
      return Action.DESCEND;
    }
    for (int part = 1; part < parts.size(); part++) {
      if (verdict(parts.get(part), windows, i) == ValueRanges.Verdict.UNDECIDED) {
        return Action.DESCEND;
      }
    }
    long start = windows.time(i);
    return bucketOf(start) == bucketOf(start + widthNanos - 1) ? Action.TAKE : Action.DESCEND;
  }

  private static ValueRanges.Verdict verdict(Part part, StatBatch windows, int i) {
    return part.values.of(windows.min(i), windows.mean(i), windows.max(i));
  }

  /** Adds a window that is to be taken. */
  void add(StatBatch windows, int i, long widthNanos) {
    for (Part part : parts) {
      if (verdict(part, windows, i) == ValueRanges.Verdict.ALL) {
        part.spans(windows.time(i), windows.time(i) + widthNanos, true);
        part.statistics.add(
            windows.count(i), windows.min(i), windows.mean(i), windows.max(i), windows.stddev(i));
      }
    }
  }

  /** Adds those of some points that make rows, all of one bucket. */
  void add(PointBatch points) {
    for (Part part : parts) {
      if (needsDeviation || !addSum(part, points)) {
        addEach(part, points);
      }
    }
  }

  /** Adds points at once; false, and nothing is added, if their sum is no finite number. */
  private static boolean addSum(Part part, PointBatch points) {
    ValueRanges values = part.values;
    int count = 0;
    int first = 0;
    int last = 0;
    double sum = 0;
    double min = Double.POSITIVE_INFINITY;
    double max = Double.NEGATIVE_INFINITY;
    for (int i = 0; i < points.size(); i++) {
      double value = points.value(i);
      if (values.has(value)) {
        first = count == 0 ? i : first;
        last = i;
        count++;
        sum += value;
        min = value < min ? value : min;
        max = value > max ? value : max;
      }
    }
    if (!Double.isFinite(sum)) {
      return false;
    }
    if (count > 0) {
      part.spans(points.time(first), points.time(last), false);
      part.statistics.add(count, min, sum / count, max, 0);
    }
    return true;
  }

  private static void addEach(Part part, PointBatch points) {
    for (int i = 0; i < points.size(); i++) {
      double value = points.value(i);
      if (part.values.has(value)) {
        part.spans(points.time(i), points.time(i), false);
        part.statistics.add(1, value, value, value, 0);
      }
    }
  }

  /** Adds a point that makes a row. */
  void add(long timeNanos, double value) {
    for (int i = 0; i < parts.size(); i++) {
      Part part = parts.get(i);
      if (i == 0 || part.values.has(value)) {
        part.spans(timeNanos, timeNanos, false);
        part.statistics.add(1, value, value, value, 0);
      }
    }
  }
}
