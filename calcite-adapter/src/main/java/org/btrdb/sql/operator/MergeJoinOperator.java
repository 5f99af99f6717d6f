package org.btrdb.sql.operator;

import java.util.List;
import org.btrdb.sql.expression.ValueType;
import org.btrdb.sql.row.RowCursor;

/**
 * A join of two sides that come ordered by one key: it holds the right rows of one key at a time.
 * Further equalities are part of the rest of the condition.
 */
record MergeJoinOperator(JoinSpec spec) implements Operator {

  @Override
  public RowCursor open(Run run) {
    List<RowCursor> inputs = Inputs.open(inputs(), run);
    return new MergeJoinRows(spec, inputs, new RowStore(spec.right().types(), run.memory()), run);
  }

  @Override
  public List<ValueType> types() {
    return spec.types();
  }

  @Override
  public List<Operator> inputs() {
    return List.of(spec.left(), spec.right());
  }

  @Override
  public String text() {
    return "Merge join, " + spec.kind() + ": " + spec.text();
  }

  @Override
  public boolean isOrderedBy(List<SortKey> keys) {
    List<SortKey> leftKeys = keys.stream().map(this::alike).toList();
    return keys.isEmpty()
        || (!spec.kind().keepsRight()
            && leftKeys.stream().allMatch(k -> k.column() < spec.left().types().size())
            && spec.left().isOrderedBy(leftKeys));
  }

  /** The left key instead of the right one, which is the same where every row has both. */
  private SortKey alike(SortKey key) {
    boolean isRightKey =
        spec.kind() == JoinKind.INNER
            && key.column() == spec.left().types().size() + spec.rightKeys().get(0);
    return isRightKey ? key.ofColumn(spec.leftKeys().get(0)) : key;
  }
}
