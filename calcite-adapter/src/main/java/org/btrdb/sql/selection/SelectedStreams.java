package org.btrdb.sql.selection;

import java.util.Iterator;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.UUID;
import org.btrdb.client.Cursor;
import org.btrdb.client.model.StreamDescriptor;
import org.btrdb.sql.read.Execution;
import org.jspecify.annotations.Nullable;

/** The streams of a selection, as the server sends them; ends its call when it is closed. */
public final class SelectedStreams implements Iterator<StreamDescriptor>, AutoCloseable {
  private final BoundSelection selection;
  private final Execution execution;
  private final Iterator<UUID> uuids;
  private final @Nullable Cursor<List<StreamDescriptor>> found;
  private Iterator<StreamDescriptor> batch = List.<StreamDescriptor>of().iterator();

  private SelectedStreams(BoundSelection selection, Execution execution) {
    this.selection = selection;
    this.execution = execution;
    this.uuids = selection.uuidList().iterator();
    this.found =
        selection.uuids() == null
            ? execution.btrdb().lookup(selection.query(), execution.scope())
            : null;
  }

  /** Finds streams: one look-up, or one call for each uuid. */
  public static SelectedStreams of(BoundSelection selection, Execution execution) {
    return new SelectedStreams(selection, execution);
  }

  /**
   * All streams of the collections, and of the name if any, that a selection asks for, whatever
   * else it asks.
   */
  public static SelectedStreams withNamesakes(BoundSelection selection, Execution execution) {
    return new SelectedStreams(selection.withNamesakes(), execution);
  }

  @Override
  public boolean hasNext() {
    while (!batch.hasNext()) {
      if (uuids.hasNext()) {
        batch =
            execution.btrdb().stream(uuids.next(), execution.scope()).stream()
                .filter(selection::matches)
                .iterator();
      } else if (found != null && found.next()) {
        batch = found.current().iterator();
      } else {
        return false;
      }
    }
    return true;
  }

  @Override
  public StreamDescriptor next() {
    if (!hasNext()) {
      throw new NoSuchElementException();
    }
    return batch.next();
  }

  @Override
  public void close() {
    if (found != null) {
      found.close();
    }
  }
}
