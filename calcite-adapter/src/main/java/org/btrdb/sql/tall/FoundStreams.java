package org.btrdb.sql.tall;

import java.util.Iterator;
import java.util.NoSuchElementException;
import org.btrdb.client.model.StreamDescriptor;
import org.btrdb.sql.read.Execution;
import org.btrdb.sql.selection.BoundSelection;
import org.btrdb.sql.selection.SelectedStreams;
import org.jspecify.annotations.Nullable;

/** The streams of a tall table, as the server sends them; ends its call when it is closed. */
final class FoundStreams implements Iterator<StreamDescriptor>, AutoCloseable {
  private final TallStreams wanted;
  private final Execution execution;
  private final @Nullable SelectedStreams selected;
  private @Nullable StreamDescriptor ahead;

  private FoundStreams(
      TallStreams wanted, Execution execution, @Nullable SelectedStreams selected) {
    this.wanted = wanted;
    this.execution = execution;
    this.selected = selected;
  }

  static FoundStreams of(TallStreams wanted, Execution execution) {
    SelectedStreams selected =
        BoundSelection.of(wanted.selection(), execution.parameters())
            .map(bound -> SelectedStreams.of(bound, execution))
            .orElse(null);
    return new FoundStreams(wanted, execution, selected);
  }

  @Override
  public boolean hasNext() {
    while (ahead == null && selected != null && selected.hasNext()) {
      StreamDescriptor next = selected.next();
      if (wanted.conditions().stream().allMatch(c -> c.test(next, execution))) {
        ahead = next;
      }
    }
    return ahead != null;
  }

  @Override
  public StreamDescriptor next() {
    if (!hasNext() || ahead == null) {
      throw new NoSuchElementException();
    }
    StreamDescriptor next = ahead;
    ahead = null;
    return next;
  }

  @Override
  public void close() {
    if (selected != null) {
      selected.close();
    }
  }
}
