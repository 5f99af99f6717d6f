package org.btrdb.sql.operator;

import java.util.List;
import org.apache.calcite.sql.SqlKind;
import org.btrdb.sql.expression.Expression;
import org.btrdb.sql.expression.ValueType;
import org.jspecify.annotations.Nullable;

/**
 * A function over a window.
 *
 * @param kind which
 * @param arguments columns of the input
 * @param offset of LAG, LEAD and NTH_VALUE: how many rows; null for 1; of NTILE: how many tiles
 * @param aggregate the aggregate function, null if it is none
 * @param type of the result
 */
record WindowFunction(
    SqlKind kind,
    List<Integer> arguments,
    @Nullable Expression offset,
    WindowFrame frame,
    @Nullable AggregateFunction aggregate,
    ValueType type) {

  @Override
  public String toString() {
    return (aggregate == null ? kind.name() : aggregate.function().getName()) + " " + arguments;
  }
}
