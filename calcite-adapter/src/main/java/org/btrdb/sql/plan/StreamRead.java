package org.btrdb.sql.plan;

import java.util.List;
import org.apache.calcite.plan.Convention;
import org.apache.calcite.plan.RelOptCluster;
import org.apache.calcite.plan.RelTraitSet;
import org.apache.calcite.rel.AbstractRelNode;
import org.apache.calcite.rel.RelNode;
import org.apache.calcite.rel.RelWriter;
import org.apache.calcite.rel.type.RelDataType;
import org.btrdb.sql.read.ReadRequest;

/** The leaf that stands for a read request and swallows what is pushed into it. */
public final class StreamRead extends AbstractRelNode {
  private final ReadRequest request;

  private StreamRead(
      RelOptCluster cluster, RelTraitSet traits, ReadRequest request, RelDataType rowType) {
    super(cluster, traits);
    this.request = request;
    this.rowType = rowType;
  }

  /** A leaf for a request; the row type is that of what it replaces, lowered. */
  public static StreamRead of(RelOptCluster cluster, ReadRequest request, RelDataType rowType) {
    return new StreamRead(cluster, cluster.traitSetOf(Convention.NONE), request, rowType);
  }

  /** What it asks for. */
  public ReadRequest request() {
    return request;
  }

  /** The same leaf, asking for something else with the same row type. */
  StreamRead with(ReadRequest other) {
    return new StreamRead(getCluster(), getTraitSet(), other, getRowType());
  }

  @Override
  public RelNode copy(RelTraitSet traitSet, List<RelNode> inputs) {
    return new StreamRead(getCluster(), traitSet, request, getRowType());
  }

  @Override
  public RelWriter explainTerms(RelWriter writer) {
    return super.explainTerms(writer).item("request", request.text());
  }
}
