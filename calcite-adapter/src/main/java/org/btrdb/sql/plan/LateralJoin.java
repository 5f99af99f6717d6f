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

/**
 * A join whose right side is run for each left row: a table function in it is called with columns
 * of that row. They are parameters to it, behind those that its left side has.
 */
public final class LateralJoin extends BiRel {
  private final JoinRelType type;
  private final int firstParameter;
  private final ImmutableBitSet calledWith;

  private LateralJoin(
      RelTraitSet traits,
      RelNode left,
      RelNode right,
      JoinRelType type,
      int firstParameter,
      ImmutableBitSet calledWith,
      RelDataType rowType) {
    super(left.getCluster(), traits, left, right);
    this.type = type;
    this.firstParameter = firstParameter;
    this.calledWith = calledWith;
    this.rowType = rowType;
  }

  static LateralJoin of(
      RelNode left,
      RelNode right,
      JoinRelType type,
      int firstParameter,
      ImmutableBitSet calledWith,
      RelDataType rowType) {
    RelTraitSet traits = left.getCluster().traitSetOf(Convention.NONE);
    return new LateralJoin(traits, left, right, type, firstParameter, calledWith, rowType);
  }

  /** Which rows are answered; as for any join, but never rows of the right side alone. */
  public JoinRelType type() {
    return type;
  }

  /** The number of the parameter that the first left column is to the right side. */
  public int firstParameter() {
    return firstParameter;
  }

  /** The left columns that the right side is called with. */
  ImmutableBitSet calledWith() {
    return calledWith;
  }

  /** How many parameters the right side has. */
  int parametersOfRight() {
    return firstParameter + left.getRowType().getFieldCount();
  }

  @Override
  public LateralJoin copy(RelTraitSet traits, List<RelNode> inputs) {
    return new LateralJoin(
        traits, inputs.get(0), inputs.get(1), type, firstParameter, calledWith, getRowType());
  }

  @Override
  public RelWriter explainTerms(RelWriter writer) {
    return super.explainTerms(writer)
        .item("joinType", type.lowerName)
        .item("firstParameter", firstParameter);
  }
}
