package org.btrdb.sql.plan;

import java.util.List;
import org.apache.calcite.plan.RelTraitSet;
import org.apache.calcite.rel.RelNode;
import org.apache.calcite.rel.RelWriter;
import org.apache.calcite.rel.SingleRel;
import org.apache.calcite.rel.type.RelDataType;
import org.btrdb.sql.read.Hop;

/**
 * Each row once for each window that holds its time, with the start and the end of the window
 * behind its columns.
 */
public final class HopWindows extends SingleRel {
  private final int time;
  private final Hop hop;

  private HopWindows(RelTraitSet traits, RelNode input, int time, Hop hop, RelDataType rowType) {
    super(input.getCluster(), traits, input);
    this.time = time;
    this.hop = hop;
    this.rowType = rowType;
  }

  /** The windows of an input's rows. */
  static HopWindows of(RelNode input, int time, Hop hop, RelDataType rowType) {
    return new HopWindows(input.getCluster().traitSet(), input, time, hop, rowType);
  }

  /** The column of the times. */
  public int time() {
    return time;
  }

  /** The windows. */
  public Hop hop() {
    return hop;
  }

  @Override
  public RelNode copy(RelTraitSet traits, List<RelNode> inputs) {
    return new HopWindows(traits, inputs.get(0), time, hop, rowType);
  }

  @Override
  public RelWriter explainTerms(RelWriter writer) {
    return super.explainTerms(writer).item("time", time).item("hop", hop);
  }
}
