package org.btrdb.sql.system;

import java.util.Collections;
import java.util.Iterator;
import java.util.NoSuchElementException;
import java.util.Optional;
import java.util.function.Function;
import org.btrdb.client.model.StreamDescriptor;
import org.btrdb.client.multi.CallsAhead;
import org.btrdb.sql.read.Execution;
import org.btrdb.sql.selection.BoundSelection;
import org.btrdb.sql.selection.SelectedStreams;
import org.jspecify.annotations.Nullable;

/** All columns of the rows of a system table; closing them ends their calls. */
final class SystemRows implements Iterator<@Nullable Object[]>, AutoCloseable {
  private static final int STATISTICS_HELD = 64;

  private final Iterator<@Nullable Object[]> rows;
  private final Runnable onClose;

  private SystemRows(Iterator<@Nullable Object[]> rows, Runnable onClose) {
    this.rows = rows;
    this.onClose = onClose;
  }

  static SystemRows of(SystemRead read, Execution execution) {
    return switch (read.table()) {
      case COLLECTIONS -> CollectionRows.open(read, execution);
      case STREAMS ->
          read.needs("table_name")
              ? of(NamedStreamRows.of(read, execution))
              : ofStreams(read, execution, StreamRow::of);
      case STREAM_STATS -> statistics(read, execution);
      case TAGS -> flattened(read, execution, StreamRow::tags);
      case ANNOTATIONS -> flattened(read, execution, StreamRow::annotations);
      case METADATA_USAGE -> of(UsageRows.of(read, execution));
      case SERVER_INFO -> of(ServerRows.info(read, execution));
      case CLUSTER_MEMBERS -> of(ServerRows.members(execution));
      case SESSION_RPCS ->
          of(execution.session().rpcs().calls().stream().map(RpcRow::of).iterator());
    };
  }

  /** Rows that need no closing. */
  static SystemRows of(Iterator<@Nullable Object[]> rows) {
    return new SystemRows(rows, () -> {});
  }

  /** Rows whose calls an action ends. */
  static SystemRows of(Iterator<@Nullable Object[]> rows, Runnable onClose) {
    return new SystemRows(rows, onClose);
  }

  /** With a call or more for each stream, so several streams are asked at once. */
  private static SystemRows statistics(SystemRead read, Execution execution) {
    StatsRow row = new StatsRow(read, execution);
    if (!row.makesCalls()) {
      return ofStreams(read, execution, row::of);
    }
    Optional<BoundSelection> selection =
        BoundSelection.of(read.selection(), execution.parameters());
    if (selection.isEmpty()) {
      return of(Collections.emptyIterator());
    }
    SelectedStreams streams = SelectedStreams.of(selection.get(), execution);
    return of(
        new CallsAhead<>(streams, STATISTICS_HELD, execution.scope(), row::of), streams::close);
  }

  private static SystemRows ofStreams(
      SystemRead read, Execution execution, Function<StreamDescriptor, @Nullable Object[]> row) {
    return flattened(
        read, execution, stream -> Collections.singletonList(row.apply(stream)).iterator());
  }

  private static SystemRows flattened(
      SystemRead read,
      Execution execution,
      Function<StreamDescriptor, Iterator<@Nullable Object[]>> rows) {
    Optional<BoundSelection> selection =
        BoundSelection.of(read.selection(), execution.parameters());
    if (selection.isEmpty()) {
      return of(Collections.emptyIterator());
    }
    SelectedStreams streams = SelectedStreams.of(selection.get(), execution);
    return of(new Flattened(streams, rows), streams::close);
  }

  /** The rows of each stream, one stream after the other. */
  private static final class Flattened implements Iterator<@Nullable Object[]> {
    private final SelectedStreams streams;
    private final Function<StreamDescriptor, Iterator<@Nullable Object[]>> rowsOf;
    private Iterator<@Nullable Object[]> rows = Collections.emptyIterator();

    Flattened(
        SelectedStreams streams, Function<StreamDescriptor, Iterator<@Nullable Object[]>> rowsOf) {
      this.streams = streams;
      this.rowsOf = rowsOf;
    }

    @Override
    public boolean hasNext() {
      while (!rows.hasNext()) {
        if (!streams.hasNext()) {
          return false;
        }
        rows = rowsOf.apply(streams.next());
      }
      return true;
    }

    @Override
    public @Nullable Object[] next() {
      if (!hasNext()) {
        throw new NoSuchElementException();
      }
      return rows.next();
    }
  }

  @Override
  public boolean hasNext() {
    return rows.hasNext();
  }

  @Override
  public @Nullable Object[] next() {
    return rows.next();
  }

  @Override
  public void close() {
    onClose.run();
  }
}
