package org.btrdb.sql.plan;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.apache.calcite.rel.RelFieldCollation;
import org.apache.calcite.rel.core.Sort;
import org.btrdb.sql.read.Limit;
import org.btrdb.sql.tall.TallColumn;
import org.btrdb.sql.tall.TallOrder;
import org.btrdb.sql.tall.TallRead;

/** An order of a tall table's rows that it can be read in, without holding them. */
final class TallSort {
  private TallSort() {}

  /** The read in the order of a sort above it: by what describes streams, then by time. */
  static Optional<StreamRead> ordered(Sort sort) {
    if (!(sort.getInput() instanceof StreamRead leaf)
        || !(leaf.request() instanceof TallRead read)
        || !read.limit().equals(Limit.NONE)
        || !read.order().equals(TallOrder.NONE)) {
      return Optional.empty();
    }
    List<TallOrder.Key> keys = new ArrayList<>();
    boolean byTime = false;
    for (RelFieldCollation key : sort.getCollation().getFieldCollations()) {
      TallColumn column = read.columns().get(key.getFieldIndex());
      if (byTime) {
        return Optional.empty(); // among points of one time further keys decide
      }
      if (column.kind() == TallColumn.Kind.TIME && !key.getDirection().isDescending()) {
        byTime = true;
      } else if (hasOrder(column)) {
        keys.add(
            new TallOrder.Key(
                column,
                key.getDirection().isDescending(),
                key.nullDirection == RelFieldCollation.NullDirection.FIRST));
      } else {
        return Optional.empty();
      }
    }
    return Optional.of(leaf.with(read.withOrder(new TallOrder(keys, byTime))));
  }

  private static boolean hasOrder(TallColumn column) {
    return switch (column.kind()) {
      case COLLECTION, NAME, UNIT, UUID -> true;
      default -> false;
    };
  }
}
