package org.btrdb.sql.system;

import java.util.ArrayList;
import java.util.Collections;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.btrdb.client.model.StreamDescriptor;
import org.btrdb.sql.catalog.StreamTable;
import org.btrdb.sql.catalog.TableNames;
import org.btrdb.sql.read.Execution;
import org.btrdb.sql.selection.BoundSelection;
import org.btrdb.sql.selection.SelectedStreams;
import org.jspecify.annotations.Nullable;

/**
 * Rows of {@code btrdb.streams} with the name of each stream's table. That depends on the other
 * streams of its collection, so whole collections are looked up and held.
 */
final class NamedStreamRows {
  private NamedStreamRows() {}

  static Iterator<@Nullable Object[]> of(SystemRead read, Execution execution) {
    Optional<BoundSelection> selection =
        BoundSelection.of(read.selection(), execution.parameters());
    if (selection.isEmpty()) {
      return Collections.emptyIterator();
    }
    Map<String, List<StreamDescriptor>> collections = new TreeMap<>();
    try (SelectedStreams streams = SelectedStreams.ofWholeCollections(selection.get(), execution)) {
      streams.forEachRemaining(
          s -> collections.computeIfAbsent(s.collection(), c -> new ArrayList<>()).add(s));
    }
    return collections.entrySet().stream()
        .flatMap(entry -> TableNames.tables(entry.getKey(), entry.getValue()).stream())
        .filter(table -> selection.get().matches(table.stream()))
        .map(NamedStreamRows::row)
        .iterator();
  }

  private static @Nullable Object[] row(StreamTable table) {
    @Nullable Object[] row = StreamRow.of(table.stream());
    row[row.length - 1] = table.table();
    return row;
  }
}
