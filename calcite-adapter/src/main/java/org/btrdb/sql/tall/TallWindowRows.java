package org.btrdb.sql.tall;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.btrdb.client.model.StreamDescriptor;
import org.btrdb.client.time.TimeRange;
import org.btrdb.sql.catalog.StreamTable;
import org.btrdb.sql.read.CombinedWindows;
import org.btrdb.sql.read.Execution;
import org.btrdb.sql.read.Limit;
import org.btrdb.sql.read.ReadVersion;
import org.btrdb.sql.read.WindowRead;
import org.btrdb.sql.row.RowCursor;
import org.jspecify.annotations.Nullable;

/** Rows of a tall read of windows, group after group; the calls of next groups are under way. */
final class TallWindowRows implements RowCursor {
  private static final int STREAMS_AHEAD = 16;

  private final TallWindowRead request;
  private final List<TimeRange> ranges;
  private final Execution execution;
  private final List<WindowRead.Column> asked;
  private final int[] keyOf;
  private final int[] statisticOf;
  private final Iterator<Map.Entry<List<@Nullable Object>, List<StreamDescriptor>>> groups;
  private final Deque<Group> opened = new ArrayDeque<>();
  private int openedStreams;
  private @Nullable Group current;

  /** The streams of equal keys. */
  private record Group(List<@Nullable Object> keys, int streams, CombinedWindows windows) {}

  private TallWindowRows(
      TallWindowRead request,
      List<TimeRange> ranges,
      Execution execution,
      Map<List<@Nullable Object>, List<StreamDescriptor>> groups) {
    this.request = request;
    this.ranges = ranges;
    this.execution = execution;
    this.asked = request.statistics();
    this.keyOf = request.columns().stream().mapToInt(TallWindowRead.Output::key).toArray();
    this.statisticOf =
        request.columns().stream()
            .mapToInt(o -> o.statistic() == null ? -1 : asked.indexOf(o.statistic()))
            .toArray();
    this.groups = groups.entrySet().iterator();
  }

  static TallWindowRows open(TallWindowRead request, List<TimeRange> ranges, Execution execution) {
    Map<List<@Nullable Object>, List<StreamDescriptor>> groups = new LinkedHashMap<>();
    if (request.keys().isEmpty() && request.isWhole()) {
      groups.put(List.of(), new ArrayList<>()); // one row, whatever there is
    }
    if (!ranges.isEmpty()) {
      for (StreamDescriptor stream : request.streams().list(execution)) {
        List<@Nullable Object> keys = new ArrayList<>();
        request.keys().forEach(key -> keys.add(key.of(stream)));
        groups.computeIfAbsent(keys, k -> new ArrayList<>()).add(stream);
      }
    }
    return new TallWindowRows(request, ranges, execution, groups);
  }

  @Override
  public boolean next() {
    while (true) {
      if (current != null) {
        while (current.windows.next()) {
          if (current.windows.hasPoints() || request.keys().isEmpty()) {
            return true;
          }
        }
        current.windows.close();
        current = null;
      }
      openSome();
      current = opened.poll();
      if (current == null) {
        return false;
      }
      openedStreams -= current.streams;
    }
  }

  private void openSome() {
    while ((opened.isEmpty() || openedStreams < STREAMS_AHEAD) && groups.hasNext()) {
      Map.Entry<List<@Nullable Object>, List<StreamDescriptor>> group = groups.next();
      List<WindowRead> reads = group.getValue().stream().map(this::read).toList();
      CombinedWindows windows =
          CombinedWindows.open(reads, asked, ranges, request.isWhole(), execution);
      opened.add(new Group(group.getKey(), reads.size(), windows));
      openedStreams += reads.size();
    }
  }

  private WindowRead read(StreamDescriptor stream) {
    return new WindowRead(
        new StreamTable(stream.collection(), stream.uuid().toString(), stream),
        ReadVersion.LATEST,
        request.times(),
        request.bucket(),
        asked,
        Limit.NONE);
  }

  private Group row() {
    if (current == null) {
      throw new IllegalStateException("next() was not called or returned false");
    }
    return current;
  }

  @Override
  public boolean isNull(int column) {
    return keyOf[column] >= 0
        ? row().keys.get(keyOf[column]) == null
        : row().windows.isNull(statisticOf[column]);
  }

  @Override
  public long getLong(int column) {
    return row().windows.getLong(statisticOf[column]);
  }

  @Override
  public double getDouble(int column) {
    return row().windows.getDouble(statisticOf[column]);
  }

  @Override
  public @Nullable Object getObject(int column) {
    return keyOf[column] >= 0
        ? row().keys.get(keyOf[column])
        : row().windows.getObject(statisticOf[column]);
  }

  @Override
  public void close() {
    if (current != null) {
      current.windows.close();
      current = null;
    }
    opened.forEach(group -> group.windows.close());
    opened.clear();
  }
}
