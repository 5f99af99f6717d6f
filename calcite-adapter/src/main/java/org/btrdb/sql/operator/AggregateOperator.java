package org.btrdb.sql.operator;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.btrdb.sql.expression.ValueType;
import org.btrdb.sql.row.RowCursor;

/**
 * GROUP BY: first the keys, then the functions. In one pass without holding groups if the input
 * comes ordered by the keys, else in a hash table.
 */
record AggregateOperator(
    Operator input, List<Integer> keys, List<AggregateFunction> functions, List<ValueType> types)
    implements Operator {

  @Override
  public RowCursor open(Run run) {
    RowCursor rows = input.open(run);
    return isStreaming() || keys.isEmpty()
        ? new OrderedGroups(this, rows, run)
        : new HashedGroups(this, rows, run);
  }

  @Override
  public List<Operator> inputs() {
    return List.of(input);
  }

  @Override
  public String text() {
    return "Aggregate"
        + (keys.isEmpty() ? "" : (isStreaming() ? " ordered by " : " hashed by ") + keys)
        + ": "
        + functions;
  }

  boolean isStreaming() {
    List<Integer> reversed = new ArrayList<>(keys);
    Collections.reverse(reversed);
    return !keys.isEmpty() && (isInputOrderedBy(keys) || isInputOrderedBy(reversed));
  }

  private boolean isInputOrderedBy(List<Integer> columns) {
    return input.isOrderedBy(columns.stream().map(SortKey::ascending).toList());
  }

  @Override
  public boolean isOrderedBy(List<SortKey> wanted) {
    if (wanted.isEmpty() || isAtMostOneRow()) {
      return true;
    }
    if (!isStreaming() || wanted.stream().anyMatch(k -> k.column() >= keys.size())) {
      return false;
    }
    return input.isOrderedBy(wanted.stream().map(k -> k.ofColumn(keys.get(k.column()))).toList());
  }

  @Override
  public boolean isAtMostOneRow() {
    return keys.isEmpty() || input.isAtMostOneRow();
  }

  int[] keyColumns() {
    return keys.stream().mapToInt(Integer::intValue).toArray();
  }

  List<ValueType> keyTypes() {
    return types.subList(0, keys.size());
  }
}
