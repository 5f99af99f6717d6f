package org.btrdb.sql.exec;

import java.util.List;
import java.util.Optional;
import org.apache.calcite.plan.RelOptUtil;
import org.apache.calcite.rel.RelNode;
import org.btrdb.sql.operator.Operator;
import org.btrdb.sql.operator.OperatorBuilder;
import org.btrdb.sql.operator.Run;
import org.btrdb.sql.plan.LateralJoin;
import org.btrdb.sql.plan.StreamRead;
import org.btrdb.sql.read.Execution;
import org.btrdb.sql.read.Limit;
import org.btrdb.sql.read.ReadRequest;
import org.btrdb.sql.row.RowCursor;
import org.btrdb.sql.validate.PlanInputs;

/**
 * A part of a plan that only our own operators can run, as a leaf of one that they do not cover.
 *
 * @param text the part, which tells it from others
 */
record OperatorRead(Operator operator, ReadRequests requests, String text, long maxBytes)
    implements ReadRequest {

  /** The plan with such leaves in the place of joins that run one side for each row. */
  static RelNode ofLateralJoins(RelNode node, long maxBytes) {
    if (node instanceof LateralJoin) {
      Optional<Operator> operator = OperatorBuilder.build(node);
      if (operator.isPresent()) {
        ReadRequest read =
            new OperatorRead(
                operator.get(), ReadRequests.of(node), line(RelOptUtil.toString(node)), maxBytes);
        return StreamRead.of(node.getCluster(), read, node.getRowType());
      }
    }
    return PlanInputs.rewritten(node, input -> ofLateralJoins(input, maxBytes));
  }

  /** A text in one line; of two texts never the same. */
  private static String line(String text) {
    return text.strip().replace("\\", "\\\\").replace("\r", "\\r").replace("\n", "\\n");
  }

  @Override
  public Limit limit() {
    return Limit.NONE;
  }

  @Override
  public ReadRequest withLimit(Limit limit) {
    throw pushed();
  }

  @Override
  public ReadRequest withColumns(List<Integer> columns) {
    throw pushed();
  }

  private static IllegalStateException pushed() {
    return new IllegalStateException("all was pushed before");
  }

  @Override
  public boolean isAtMostOneRow() {
    return operator.isAtMostOneRow();
  }

  @Override
  public RowCursor open(Execution execution) {
    return operator.open(Run.of(execution, maxBytes));
  }

  @Override
  public List<String> calls(Execution execution) {
    return requests.calls(execution);
  }
}
