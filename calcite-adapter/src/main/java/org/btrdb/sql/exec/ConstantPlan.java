package org.btrdb.sql.exec;

import java.util.ArrayList;
import java.util.List;
import org.btrdb.sql.read.Execution;
import org.btrdb.sql.read.ObjectRows;
import org.btrdb.sql.read.Scalar;
import org.btrdb.sql.row.RowCursor;
import org.jspecify.annotations.Nullable;

/** Rows of expressions without columns: {@code SELECT 1}, {@code VALUES (…)}, no rows at all. */
record ConstantPlan(List<List<Scalar>> rows) implements QueryPlan {

  @Override
  public RowCursor open(Execution execution) {
    List<@Nullable Object[]> values = new ArrayList<>();
    for (List<Scalar> row : rows) {
      @Nullable Object[] computed = new Object[row.size()];
      for (int column = 0; column < computed.length; column++) {
        computed[column] = row.get(column).body().value(execution.parameters());
      }
      values.add(computed);
    }
    return new ObjectRows(values.iterator(), () -> {}, execution.scope());
  }

  @Override
  public List<String> explain(Execution execution) {
    return List.of("path: " + rows.size() + " constant rows", "no call");
  }
}
