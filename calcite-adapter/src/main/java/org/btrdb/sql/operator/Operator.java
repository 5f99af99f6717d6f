package org.btrdb.sql.operator;

import java.util.List;
import org.btrdb.sql.expression.ValueType;
import org.btrdb.sql.row.RowCursor;

/** A step of a plan; immutable, may be opened many times at once. */
public interface Operator {

  /** Opens it and all below it; the cursor owns them. */
  RowCursor open(Run run);

  /** The types of its columns. */
  List<ValueType> types();

  /** What it reads from. */
  List<Operator> inputs();

  /** What it does, as EXPLAIN shows it. */
  String text();

  /** Whether its rows are known to come in an order. */
  default boolean isOrderedBy(List<SortKey> keys) {
    return keys.isEmpty() || isAtMostOneRow();
  }

  /** Whether it is known to answer no more than one row. */
  default boolean isAtMostOneRow() {
    return false;
  }
}
