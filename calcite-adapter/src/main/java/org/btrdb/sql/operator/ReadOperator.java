package org.btrdb.sql.operator;

import java.util.List;
import org.btrdb.sql.expression.ValueType;
import org.btrdb.sql.read.ReadRequest;
import org.btrdb.sql.row.RowCursor;

/** A read request. */
record ReadOperator(ReadRequest request, List<ValueType> types) implements Operator {

  @Override
  public RowCursor open(Run run) {
    return request.open(run.execution());
  }

  @Override
  public List<Operator> inputs() {
    return List.of();
  }

  @Override
  public String text() {
    return "Read: " + request.text();
  }

  @Override
  public boolean isOrderedBy(List<SortKey> keys) {
    if (keys.isEmpty() || isAtMostOneRow()) {
      return true;
    }
    return (keys.size() == 1 || request.isOrderUnique())
        && request.isOrderedBy(keys.get(0).column())
        && !keys.get(0).descending();
  }

  @Override
  public boolean isAtMostOneRow() {
    return request.isAtMostOneRow();
  }
}
