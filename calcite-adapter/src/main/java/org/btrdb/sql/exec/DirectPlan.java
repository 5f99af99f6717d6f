package org.btrdb.sql.exec;

import java.util.ArrayList;
import java.util.List;
import org.btrdb.sql.read.Execution;
import org.btrdb.sql.read.ReadRequest;
import org.btrdb.sql.row.RowCursor;

/** A plan that is nothing but a read request. */
record DirectPlan(ReadRequest request) implements QueryPlan {

  @Override
  public RowCursor open(Execution execution) {
    return request.open(execution);
  }

  @Override
  public List<String> explain(Execution execution) {
    List<String> lines = new ArrayList<>();
    lines.add("path: column batches straight to the result");
    request.calls(execution).forEach(call -> lines.add("call: " + call));
    return lines;
  }
}
