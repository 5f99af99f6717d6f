package org.btrdb.sql.plan;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.apache.calcite.rel.RelNode;
import org.apache.calcite.rel.core.Filter;
import org.apache.calcite.rex.RexNode;
import org.btrdb.sql.catalog.SystemTable;
import org.btrdb.sql.selection.StreamSelection;
import org.btrdb.sql.system.SystemRead;

/** Conditions on a system table that its look-up can answer. */
final class SystemFilter {
  private SystemFilter() {}

  static RelNode pushed(Filter filter, List<RexNode> conditions, StreamRead leaf, SystemRead read) {
    SelectionPredicate predicate = new SelectionPredicate(columns(read));
    StreamSelection selection = read.selection();
    List<RexNode> rest = new ArrayList<>();
    for (RexNode condition : conditions) {
      Optional<SelectionPredicate.Narrowed> narrowed = predicate.narrow(selection, condition);
      if (narrowed.isEmpty()) {
        rest.add(condition);
      } else {
        selection = narrowed.get().selection();
        if (!narrowed.get().exact()) {
          rest.add(condition);
        }
      }
    }
    return PushDown.filtered(filter, leaf.with(read.withSelection(selection)), rest);
  }

  /** The names of the columns that say something of a stream; another name for others. */
  private static List<String> columns(SystemRead read) {
    SystemTable table = read.table();
    boolean ofStreams =
        switch (table) {
          case STREAMS, STREAM_STATS, TAGS, ANNOTATIONS -> true;
          default -> false;
        };
    return read.columns().stream()
        .map(i -> table.columns().get(i).name())
        .map(
            name -> {
              if (table == SystemTable.METADATA_USAGE && name.equals("prefix")) {
                return SelectionPredicate.PREFIX;
              }
              boolean collections = table == SystemTable.COLLECTIONS && name.equals("collection");
              return ofStreams || collections ? name : "";
            })
        .toList();
  }
}
