package org.btrdb.sql.exec;

import java.util.List;
import org.apache.calcite.DataContext;
import org.apache.calcite.adapter.enumerable.EnumerableConvention;
import org.apache.calcite.adapter.enumerable.EnumerableRel;
import org.apache.calcite.adapter.enumerable.EnumerableRelImplementor;
import org.apache.calcite.adapter.enumerable.JavaRowFormat;
import org.apache.calcite.adapter.enumerable.PhysType;
import org.apache.calcite.adapter.enumerable.PhysTypeImpl;
import org.apache.calcite.linq4j.tree.Blocks;
import org.apache.calcite.linq4j.tree.Expression;
import org.apache.calcite.linq4j.tree.Expressions;
import org.apache.calcite.plan.Convention;
import org.apache.calcite.plan.RelOptCluster;
import org.apache.calcite.plan.RelTraitSet;
import org.apache.calcite.rel.AbstractRelNode;
import org.apache.calcite.rel.RelNode;
import org.apache.calcite.rel.RelWriter;
import org.apache.calcite.rel.convert.ConverterRule;
import org.apache.calcite.rel.type.RelDataType;
import org.btrdb.sql.plan.StreamRead;
import org.btrdb.sql.read.ReadRequest;

/** A read request among Calcite's physical operators. */
final class EnumerableStreamRead extends AbstractRelNode implements EnumerableRel {
  private final ReadRequest request;

  private EnumerableStreamRead(
      RelOptCluster cluster, RelTraitSet traits, ReadRequest request, RelDataType rowType) {
    super(cluster, traits);
    this.request = request;
    this.rowType = rowType;
  }

  /** Turns the logical leaf into this one. */
  static final class Rule extends ConverterRule {
    static final Config CONFIG =
        Config.INSTANCE
            .withConversion(
                StreamRead.class,
                Convention.NONE,
                EnumerableConvention.INSTANCE,
                "EnumerableStreamReadRule")
            .withRuleFactory(Rule::new);

    private Rule(Config config) {
      super(config);
    }

    @Override
    public RelNode convert(RelNode rel) {
      StreamRead read = (StreamRead) rel;
      return new EnumerableStreamRead(
          read.getCluster(),
          read.getTraitSet().replace(EnumerableConvention.INSTANCE),
          read.request(),
          read.getRowType());
    }
  }

  @Override
  public RelNode copy(RelTraitSet traits, List<RelNode> inputs) {
    return new EnumerableStreamRead(getCluster(), traits, request, getRowType());
  }

  @Override
  public RelWriter explainTerms(RelWriter writer) {
    return super.explainTerms(writer).item("request", request.text());
  }

  @Override
  public Result implement(EnumerableRelImplementor implementor, Prefer prefer) {
    PhysType physical =
        PhysTypeImpl.of(implementor.getTypeFactory(), getRowType(), JavaRowFormat.ARRAY);
    ReadSource source = new ReadSource(request, getRowType().getFieldCount());
    Expression stashed = implementor.stash(source, ReadSource.class);
    return implementor.result(
        physical, Blocks.toBlock(Expressions.call(stashed, "rows", DataContext.ROOT)));
  }
}
