package org.btrdb.sql.exec;

import java.util.ArrayList;
import java.util.List;
import org.btrdb.sql.operator.Operator;
import org.btrdb.sql.operator.Run;
import org.btrdb.sql.read.Execution;
import org.btrdb.sql.row.RowCursor;

/** A plan of our own operators. */
record OperatorPlan(Operator root, ReadRequests requests, long maxBytes) implements QueryPlan {

  @Override
  public RowCursor open(Execution execution) {
    return root.open(Run.of(execution, maxBytes));
  }

  @Override
  public List<String> explain(Execution execution) {
    List<String> lines = new ArrayList<>();
    lines.add("path: operators, row by row");
    explain(root, "  ", lines);
    requests.calls(execution).forEach(call -> lines.add("call: " + call));
    return lines;
  }

  private static void explain(Operator operator, String indent, List<String> lines) {
    lines.add(indent + operator.text());
    operator.inputs().forEach(input -> explain(input, indent + "  ", lines));
  }
}
