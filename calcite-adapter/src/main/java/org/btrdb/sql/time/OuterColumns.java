package org.btrdb.sql.time;

import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import org.apache.calcite.rel.RelNode;
import org.apache.calcite.rel.core.CorrelationId;
import org.apache.calcite.rel.core.TableFunctionScan;
import org.apache.calcite.rel.type.RelDataType;
import org.apache.calcite.rel.type.RelDataTypeField;
import org.apache.calcite.rex.RexCorrelVariable;
import org.apache.calcite.rex.RexFieldAccess;
import org.apache.calcite.rex.RexNode;
import org.apache.calcite.rex.RexUtil;
import org.apache.calcite.util.ImmutableBitSet;
import org.jspecify.annotations.Nullable;

/**
 * The columns of outer rows that what is run for each row is given: parameters behind those of the
 * statement, and behind those of rows further out.
 */
final class OuterColumns {
  private final Map<CorrelationId, Row> rows = new HashMap<>();
  private int parameters;

  /** A lowered row, and which of its columns have been asked for. */
  private record Row(int firstParameter, RelDataType type, ImmutableBitSet.Builder used) {}

  /** No rows yet. */
  OuterColumns(int parameters) {
    this.parameters = parameters;
  }

  /**
   * Whether a table function in a plan is called with columns of an outer row. What is run for each
   * row once is so at every level above it, for no rewriting sees the rows that it refers to.
   */
  static boolean areArguments(RelNode plan) {
    return (plan instanceof TableFunctionScan scan && RexUtil.containsCorrelation(scan.getCall()))
        || plan.getInputs().stream().anyMatch(OuterColumns::areArguments);
  }

  /** Makes the columns of a row parameters. */
  void enter(CorrelationId row, RelDataType type) {
    rows.put(row, new Row(parameters, type, ImmutableBitSet.builder()));
    parameters += type.getFieldCount();
  }

  /** Takes that back for the row entered last; answers what was made of it. */
  OuterRow leave(CorrelationId row) {
    Row left = Objects.requireNonNull(rows.remove(row), "the row was not entered");
    parameters = left.firstParameter;
    return new OuterRow(left.firstParameter, left.used.build());
  }

  /** The parameter that a column of a row is; null if it is none. */
  @Nullable RexNode parameter(RexFieldAccess column) {
    if (!(column.getReferenceExpr() instanceof RexCorrelVariable variable)) {
      return null;
    }
    Row row = rows.get(variable.id);
    if (row == null) {
      return null;
    }
    row.used.set(column.getField().getIndex());
    RelDataTypeField field = row.type.getFieldList().get(column.getField().getIndex());
    return new OuterColumn(field.getType(), row.firstParameter + field.getIndex(), field.getName());
  }
}
