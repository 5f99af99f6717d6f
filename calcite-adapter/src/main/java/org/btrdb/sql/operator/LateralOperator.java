package org.btrdb.sql.operator;

import java.util.List;
import org.btrdb.sql.expression.ValueType;
import org.btrdb.sql.row.RowCursor;

/**
 * Left rows in their order, each with the rows that the right side answers for it.
 *
 * @param right has the columns of a left row as parameters
 * @param firstParameter the number of the first of them
 */
record LateralOperator(
    Operator left, Operator right, JoinKind kind, int firstParameter, List<ValueType> types)
    implements Operator {

  @Override
  public RowCursor open(Run run) {
    return new LateralRows(this, left.open(run), run);
  }

  @Override
  public List<Operator> inputs() {
    return List.of(left, right);
  }

  @Override
  public String text() {
    return "Lateral, "
        + kind
        + ": the second input for each row of the first, whose columns are ?"
        + firstParameter
        + " to ?"
        + (firstParameter + left.types().size() - 1);
  }

  @Override
  public boolean isOrderedBy(List<SortKey> keys) {
    int width = left.types().size();
    if (!left.isAtMostOneRow()) {
      return keys.stream().allMatch(key -> key.column() < width) && left.isOrderedBy(keys);
    }
    return right.isOrderedBy(
        keys.stream()
            .filter(key -> key.column() >= width)
            .map(key -> key.ofColumn(key.column() - width))
            .toList());
  }

  @Override
  public boolean isAtMostOneRow() {
    return left.isAtMostOneRow() && (kind.isLeftOnly() || right.isAtMostOneRow());
  }
}
