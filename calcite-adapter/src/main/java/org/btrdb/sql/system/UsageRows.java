package org.btrdb.sql.system;

import java.util.ArrayList;
import java.util.Collections;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.btrdb.client.model.MetadataUsage;
import org.btrdb.sql.read.Execution;
import org.btrdb.sql.selection.BoundSelection;
import org.jspecify.annotations.Nullable;

/** Rows of {@code btrdb.metadata_usage} for one prefix of collections. */
final class UsageRows {
  private UsageRows() {}

  static Iterator<@Nullable Object[]> of(SystemRead read, Execution execution) {
    Optional<BoundSelection> selection =
        BoundSelection.of(read.selection(), execution.parameters());
    if (selection.isEmpty()) {
      return Collections.emptyIterator();
    }
    String prefix = selection.get().collection();
    MetadataUsage usage = execution.btrdb().metadataUsage(prefix, execution.scope());
    List<@Nullable Object[]> rows = new ArrayList<>();
    add(rows, prefix, "tag", usage.tags());
    add(rows, prefix, "annotation", usage.annotations());
    return rows.iterator();
  }

  private static void add(
      List<@Nullable Object[]> rows, String prefix, String kind, Map<String, Long> counts) {
    new TreeMap<>(counts)
        .forEach((key, count) -> rows.add(new @Nullable Object[] {prefix, kind, key, count}));
  }
}
