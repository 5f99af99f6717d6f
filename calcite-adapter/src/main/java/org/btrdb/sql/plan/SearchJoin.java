package org.btrdb.sql.plan;

import com.google.common.collect.ImmutableSet;
import java.util.List;
import java.util.Optional;
import org.apache.calcite.plan.Convention;
import org.apache.calcite.plan.RelOptUtil;
import org.apache.calcite.plan.RelTraitSet;
import org.apache.calcite.rel.AbstractRelNode;
import org.apache.calcite.rel.RelNode;
import org.apache.calcite.rel.RelWriter;
import org.apache.calcite.rel.core.Aggregate;
import org.apache.calcite.rel.core.Filter;
import org.apache.calcite.rel.core.Join;
import org.apache.calcite.rel.core.JoinRelType;
import org.apache.calcite.rel.core.Project;
import org.apache.calcite.rel.logical.LogicalJoin;
import org.apache.calcite.rex.RexBuilder;
import org.apache.calcite.rex.RexDynamicParam;
import org.apache.calcite.rex.RexInputRef;
import org.apache.calcite.rex.RexNode;
import org.apache.calcite.rex.RexShuttle;
import org.apache.calcite.rex.RexUtil;
import org.btrdb.sql.read.Limit;
import org.btrdb.sql.read.ValueSearch;
import org.btrdb.sql.read.ValueSet;
import org.btrdb.sql.validate.PlanInputs;

/**
 * An inner join of points with at most one row, such as a scalar sub-query, that bounds their
 * values: the row is read first, and the points are searched by what it says. Its columns are
 * parameters to the search, behind those of the statement. All conditions are tested on the rows
 * found as well.
 */
public final class SearchJoin extends AbstractRelNode {
  private final StreamRead all;
  private final StreamRead search;
  private final RelNode row;
  private final RexNode condition;

  private SearchJoin(Join join, StreamRead all, StreamRead search, RelNode row) {
    this(
        join.getCluster().traitSetOf(Convention.NONE), all, search, row, join.getCondition(), join);
  }

  private SearchJoin(
      RelTraitSet traits,
      StreamRead all,
      StreamRead search,
      RelNode row,
      RexNode condition,
      RelNode like) {
    super(like.getCluster(), traits);
    this.all = all;
    this.search = search;
    this.row = row;
    this.condition = condition;
    this.rowType = like.getRowType();
  }

  /**
   * The join that searches, in the place of one that reads all points.
   *
   * @param parameters how many the statement has
   */
  static Optional<SearchJoin> of(Join join, int parameters) {
    if (join.getJoinType() != JoinRelType.INNER
        || !join.getVariablesSet().isEmpty()
        || !(join.getLeft() instanceof StreamRead points)
        || !isAtMostOneRow(join.getRight())) {
      return Optional.empty();
    }
    return ValueSearch.over(points.request())
        .flatMap(before -> of(join, points, before, parameters));
  }

  private static Optional<SearchJoin> of(
      Join join, StreamRead points, ValueSearch before, int parameters) {
    int columns = points.getRowType().getFieldCount();
    RexBuilder rex = join.getCluster().getRexBuilder();
    ValueSet values = before.values();
    RexNode condition = RexUtil.expandSearch(rex, null, join.getCondition());
    for (RexNode part : RelOptUtil.conjunctions(condition)) {
      ValueSet others = values;
      values =
          ValuePredicate.of(known(part, columns, parameters), before.valueColumn(), rex)
              .flatMap(others::and)
              .orElse(others);
    }
    if (values.equals(before.values())) {
      return Optional.empty();
    }
    ValueSearch search =
        new ValueSearch(
            before.points(),
            values,
            Limit.NONE,
            parameters + join.getRight().getRowType().getFieldCount());
    return Optional.of(new SearchJoin(join, points, points.with(search), join.getRight()));
  }

  /** A condition with parameters in the place of the columns of the row. */
  private static RexNode known(RexNode condition, int columns, int parameters) {
    return condition.accept(
        new RexShuttle() {
          @Override
          public RexNode visitInputRef(RexInputRef ref) {
            return ref.getIndex() < columns
                ? ref
                : new RexDynamicParam(ref.getType(), parameters + ref.getIndex() - columns);
          }
        });
  }

  private static boolean isAtMostOneRow(RelNode node) {
    if (node instanceof StreamRead read) {
      return read.request().isAtMostOneRow();
    }
    if (node instanceof Aggregate aggregate) {
      return aggregate.getGroupCount() == 0;
    }
    if (node instanceof HeldAggregate aggregate) {
      return aggregate.keys().isEmpty();
    }
    return (node instanceof Project || node instanceof Filter) && isAtMostOneRow(node.getInput(0));
  }

  /** The plan with joins that read all points. */
  public static RelNode undone(RelNode node) {
    if (node instanceof SearchJoin join) {
      return LogicalJoin.create(
          join.all,
          undone(join.row),
          List.of(),
          join.condition,
          ImmutableSet.of(),
          JoinRelType.INNER);
    }
    return PlanInputs.rewritten(node, SearchJoin::undone);
  }

  /** True for the rows of the join, over the columns of the points and then of the row. */
  public RexNode condition() {
    return condition;
  }

  @Override
  public List<RelNode> getInputs() {
    return List.of(search, row);
  }

  @Override
  public RelNode copy(RelTraitSet traits, List<RelNode> inputs) {
    return new SearchJoin(traits, all, (StreamRead) inputs.get(0), inputs.get(1), condition, this);
  }

  @Override
  public RelWriter explainTerms(RelWriter writer) {
    return super.explainTerms(writer)
        .input("search", search)
        .input("row", row)
        .item("condition", condition);
  }
}
