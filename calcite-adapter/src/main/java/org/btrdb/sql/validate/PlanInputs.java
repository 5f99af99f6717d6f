package org.btrdb.sql.validate;

import java.util.List;
import java.util.function.UnaryOperator;
import org.apache.calcite.rel.RelNode;

/** Nodes of a plan over other inputs. */
public final class PlanInputs {
  private PlanInputs() {}

  /** A node over its inputs after a pass; itself if the pass left them. */
  public static RelNode rewritten(RelNode node, UnaryOperator<RelNode> pass) {
    return replaced(node, node.getInputs().stream().map(pass).toList());
  }

  /** A node over other inputs; itself over its own, by which a pass sees that nothing changed. */
  public static RelNode replaced(RelNode node, List<RelNode> inputs) {
    return inputs.equals(node.getInputs()) ? node : node.copy(node.getTraitSet(), inputs);
  }
}
