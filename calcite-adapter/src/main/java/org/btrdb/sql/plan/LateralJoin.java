package org.btrdb.sql.plan;

import java.util.List;
import org.apache.calcite.plan.Convention;
import org.apache.calcite.plan.RelTraitSet;
import org.apache.calcite.rel.BiRel;
import org.apache.calcite.rel.RelNode;
import org.apache.calcite.rel.RelWriter;
import org.apache.calcite.rel.core.JoinRelType;
import org.apache.calcite.rel.type.RelDataType;
import org.apache.calcite.util.ImmutableBitSet;
import org.btrdb.sql.time.OuterRow;

/**
 * A join whose right side is run for each left row, whose columns are parameters to it, behind
 * those that its left side has: to table functions that are called with them, and to sub-queries of
 * which no join can be made.
 */
public final class LateralJoin extends BiRel {
  private final JoinRelType type;
  private final OuterRow outer;

  private LateralJoin(
      RelTraitSet traits,
      RelNode left,
      RelNode right,
      JoinRelType type,
      OuterRow outer,
      RelDataType rowType) {
    super(left.getCluster(), traits, left, right);
    this.type = type;
    this.outer = outer;
    this.rowType = rowType;
  }

  static LateralJoin of(
      RelNode left, RelNode right, JoinRelType type, OuterRow outer, RelDataType rowType) {
    RelTraitSet traits = left.getCluster().traitSetOf(Convention.NONE);
    return new LateralJoin(traits, left, right, type, outer, rowType);
  }

  /** Which rows are answered; as for any join, but never rows of the right side alone. */
  public JoinRelType type() {
    return type;
  }

  /** The number of the parameter that the first left column is to the right side. */
  public int firstParameter() {
    return outer.firstParameter();
  }

  /** The left columns that the right side is called with. */
  ImmutableBitSet calledWith() {
    return outer.used();
  }

  /** How many parameters the right side has. */
  int parametersOfRight() {
    return outer.firstParameter() + left.getRowType().getFieldCount();
  }

  @Override
  public LateralJoin copy(RelTraitSet traits, List<RelNode> inputs) {
    return new LateralJoin(traits, inputs.get(0), inputs.get(1), type, outer, getRowType());
  }

  @Override
  public RelWriter explainTerms(RelWriter writer) {
    return super.explainTerms(writer)
        .item("joinType", type.lowerName)
        .item("firstParameter", firstParameter());
  }
}
