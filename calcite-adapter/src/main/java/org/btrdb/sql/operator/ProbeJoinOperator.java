package org.btrdb.sql.operator;

import java.util.List;
import org.btrdb.sql.expression.ValueType;
import org.btrdb.sql.row.RowCursor;

/**
 * A join that holds one side and looks up in it each row of the other: by a hash of the keys, or
 * one after the other if there are none.
 *
 * @param holdsLeft whether it is the left side that is held, else the right one
 */
record ProbeJoinOperator(JoinSpec spec, boolean holdsLeft) implements Operator {

  /** Holds the right side, unless that side must keep its lonely rows or the left is one row. */
  static ProbeJoinOperator of(JoinSpec spec) {
    boolean holdsLeft =
        !spec.kind().isLeftOnly()
            && !spec.right().isAtMostOneRow()
            && (spec.left().isAtMostOneRow() || spec.kind() == JoinKind.RIGHT);
    return new ProbeJoinOperator(spec, holdsLeft);
  }

  @Override
  public RowCursor open(Run run) {
    List<RowCursor> inputs = Inputs.open(inputs(), run);
    Operator build = holdsLeft ? spec.left() : spec.right();
    return new ProbeJoinRows(this, inputs, new RowStore(build.types(), run.memory()), run);
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
    return (spec.leftKeys().isEmpty() ? "Nested loop" : "Hash join")
        + ", "
        + spec.kind()
        + ", holds the "
        + (holdsLeft ? "left" : "right")
        + ": "
        + spec.text();
  }

  @Override
  public boolean isOrderedBy(List<SortKey> keys) {
    return keys.isEmpty()
        || isAtMostOneRow()
        || (!holdsLeft
            && !spec.kind().keepsRight()
            && keys.stream().allMatch(k -> k.column() < spec.left().types().size())
            && spec.left().isOrderedBy(keys));
  }

  @Override
  public boolean isAtMostOneRow() {
    return spec.left().isAtMostOneRow()
        && (spec.kind().isLeftOnly()
            || (spec.right().isAtMostOneRow() && spec.kind() != JoinKind.FULL));
  }
}
