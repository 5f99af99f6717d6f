package org.btrdb.sql.system;

import java.util.ArrayList;
import java.util.Collections;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.btrdb.client.model.StreamDescriptor;
import org.btrdb.client.multi.CallsAhead;
import org.btrdb.sql.catalog.Catalog;
import org.btrdb.sql.catalog.StreamTable;
import org.btrdb.sql.catalog.TableNames;
import org.btrdb.sql.read.Execution;
import org.btrdb.sql.selection.BoundSelection;
import org.btrdb.sql.selection.SelectedStreams;
import org.jspecify.annotations.Nullable;

/**
 * Rows of {@code btrdb.streams} with the name of each stream's table. That depends on the other
 * streams of its collection, so whole collections are looked up and held, unless the streams are
 * given by their uuids; of a name if one is asked for.
 */
final class NamedStreamRows {
  private final BoundSelection selection;
  private final Execution execution;

  private NamedStreamRows(BoundSelection selection, Execution execution) {
    this.selection = selection;
    this.execution = execution;
  }

  static Iterator<@Nullable Object[]> of(SystemRead read, Execution execution) {
    Optional<BoundSelection> selection =
        BoundSelection.of(read.selection(), execution.parameters());
    if (selection.isEmpty()) {
      return Collections.emptyIterator();
    }
    NamedStreamRows rows = new NamedStreamRows(selection.get(), execution);
    return selection.get().uuids() == null ? rows.ofCollections() : rows.ofUuids();
  }

  private Iterator<@Nullable Object[]> ofUuids() {
    return new CallsAhead<>(
        SelectedStreams.of(selection, execution),
        CallsAhead.AT_ONCE,
        execution.scope(),
        stream -> row(catalog().tableOf(stream, execution.scope())));
  }

  private Iterator<@Nullable Object[]> ofCollections() {
    Map<String, List<StreamDescriptor>> collections = new TreeMap<>();
    try (SelectedStreams streams = SelectedStreams.withNamesakes(selection, execution)) {
      streams.forEachRemaining(
          s -> collections.computeIfAbsent(s.collection(), c -> new ArrayList<>()).add(s));
    }
    return collections.entrySet().stream()
        .flatMap(entry -> tables(entry.getKey(), entry.getValue()).stream())
        .filter(table -> selection.matches(table.stream()))
        .map(NamedStreamRows::row)
        .iterator();
  }

  /** What tells namesakes apart could be the very name of a stream that was not looked up. */
  private List<StreamTable> tables(String collection, List<StreamDescriptor> streams) {
    boolean namesakes = selection.tags().containsKey(StreamDescriptor.NAME) && streams.size() > 1;
    return namesakes
        ? catalog().tables(collection, execution.scope())
        : TableNames.tables(collection, streams);
  }

  private Catalog catalog() {
    return execution.session().catalog();
  }

  private static @Nullable Object[] row(StreamTable table) {
    @Nullable Object[] row = StreamRow.of(table.stream());
    row[row.length - 1] = table.table();
    return row;
  }
}
