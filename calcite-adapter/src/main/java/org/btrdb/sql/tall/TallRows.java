package org.btrdb.sql.tall;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Iterator;
import java.util.List;
import org.btrdb.client.model.StreamDescriptor;
import org.btrdb.sql.read.Execution;
import org.btrdb.sql.row.RowCursor;
import org.jspecify.annotations.Nullable;

/** Rows of a tall read, stream after stream; the calls of a few next streams are under way. */
final class TallRows implements RowCursor {
  private static final int STREAMS_AHEAD = 4;

  private final TallRead request;
  private final Execution execution;
  private final Iterator<List<StreamDescriptor>> groups;
  private final Runnable endLookup;
  private final int groupsAhead;
  private final Deque<MergedStreams> opened = new ArrayDeque<>();
  private final TallColumn.Kind[] kinds;
  private @Nullable MergedStreams current;

  private TallRows(
      TallRead request,
      Execution execution,
      Iterator<List<StreamDescriptor>> groups,
      Runnable endLookup) {
    this.request = request;
    this.execution = execution;
    this.groups = groups;
    this.endLookup = endLookup;
    // Rows after a limit are not wanted, so nothing is asked for before it is known to be needed.
    this.groupsAhead = request.limit().fetch() == null ? STREAMS_AHEAD : 1;
    this.kinds = request.columns().stream().map(TallColumn::kind).toArray(TallColumn.Kind[]::new);
  }

  static TallRows open(TallRead request, Execution execution) {
    if (request.order().equals(TallOrder.NONE)) {
      FoundStreams found = request.streams().find(execution);
      Iterator<List<StreamDescriptor>> single =
          new Iterator<>() {
            @Override
            public boolean hasNext() {
              return found.hasNext();
            }

            @Override
            public List<StreamDescriptor> next() {
              return List.of(found.next());
            }
          };
      return new TallRows(request, execution, single, found::close);
    }
    List<List<StreamDescriptor>> groups = request.order().groups(request.streams().list(execution));
    return new TallRows(request, execution, groups.iterator(), () -> {});
  }

  @Override
  public boolean next() {
    while (true) {
      if (current != null) {
        if (current.next()) {
          return true;
        }
        current.close();
        current = null;
      }
      while (opened.size() < groupsAhead && groups.hasNext()) {
        opened.add(MergedStreams.open(groups.next(), request, execution));
      }
      current = opened.poll();
      if (current == null) {
        return false;
      }
    }
  }

  private MergedStreams row() {
    if (current == null) {
      throw new IllegalStateException("next() was not called or returned false");
    }
    return current;
  }

  @Override
  public boolean isNull(int column) {
    return row().shown(column) == null;
  }

  @Override
  public long getLong(int column) {
    return kinds[column] == TallColumn.Kind.TIME ? row().timeNanos() : row().majorVersion();
  }

  @Override
  public double getDouble(int column) {
    return row().value();
  }

  @Override
  public @Nullable Object getObject(int column) {
    return switch (kinds[column]) {
      case TIME -> row().timeNanos();
      case VALUE -> row().value();
      case VERSION -> row().majorVersion();
      default -> row().shown(column);
    };
  }

  @Override
  public void close() {
    if (current != null) {
      current.close();
      current = null;
    }
    opened.forEach(MergedStreams::close);
    opened.clear();
    endLookup.run();
  }
}
