package org.btrdb.embedded.streamsql;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a statement does, all names and types settled.
 *
 * @param columns names of the items
 * @param distinct whether equal rows are answered once
 * @param items what is answered, over the rows of the relation or, if grouped, over groups
 * @param where a condition on rows of the relation, or none
 * @param grouping null if rows are not grouped
 * @param orderBy the sort keys
 * @param limit rows to answer at most
 * @param offset rows to leave out before
 */
record Plan(
    List<String> columns,
    boolean distinct,
    List<Expr> items,
    @Nullable Expr where,
    @Nullable Grouping grouping,
    List<Key> orderBy,
    long limit,
    long offset) {

  /**
   * How rows are grouped; a group's row has the keys and then the aggregates.
   *
   * @param isWhole whether all rows are one group, which is there even without rows
   * @param having a condition on groups, or none
   */
  record Grouping(
      List<Expr> keys, List<Expr.Aggregate> aggregates, boolean isWhole, @Nullable Expr having) {}

  /**
   * A sort key.
   *
   * @param item index of the item it is, or -1
   * @param value what it is if it is no item
   */
  record Key(int item, @Nullable Expr value, Type type, boolean descending, boolean nullsFirst) {}
}
