package org.btrdb.sql.plan;

import java.util.BitSet;
import org.apache.calcite.rel.RelNode;
import org.btrdb.sql.read.ReadRequest;
import org.btrdb.sql.validate.PlanInputs;
import org.btrdb.sql.validate.UsedColumns;

/** Tells each read which of its columns a plan looks at. */
final class ReadColumns extends UsedColumns {

  @Override
  protected RelNode other(RelNode node, BitSet used) {
    if (node instanceof StreamRead leaf) {
      ReadRequest request = leaf.request().using(used);
      return request.equals(leaf.request()) ? leaf : leaf.with(request);
    }
    if (node instanceof LateralJoin join) {
      BitSet both = (BitSet) used.clone();
      join.calledWith().forEach(both::set);
      return sides(join, both);
    }
    if (node instanceof HopWindows hop) {
      BitSet below = used.get(0, hop.getInput().getRowType().getFieldCount());
      below.set(hop.time());
      return below(hop, below);
    }
    return PlanInputs.rewritten(node, this::passed);
  }
}
