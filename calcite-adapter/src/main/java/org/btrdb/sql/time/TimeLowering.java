package org.btrdb.sql.time;

import com.google.common.collect.ImmutableList;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Stream;
import org.apache.calcite.plan.RelOptCluster;
import org.apache.calcite.plan.RelOptUtil;
import org.apache.calcite.rel.RelFieldCollation;
import org.apache.calcite.rel.RelNode;
import org.apache.calcite.rel.core.AggregateCall;
import org.apache.calcite.rel.core.JoinRelType;
import org.apache.calcite.rel.core.SetOp;
import org.apache.calcite.rel.core.TableFunctionScan;
import org.apache.calcite.rel.core.TableScan;
import org.apache.calcite.rel.logical.LogicalAggregate;
import org.apache.calcite.rel.logical.LogicalAsofJoin;
import org.apache.calcite.rel.logical.LogicalCorrelate;
import org.apache.calcite.rel.logical.LogicalFilter;
import org.apache.calcite.rel.logical.LogicalJoin;
import org.apache.calcite.rel.logical.LogicalProject;
import org.apache.calcite.rel.logical.LogicalSnapshot;
import org.apache.calcite.rel.logical.LogicalSort;
import org.apache.calcite.rel.logical.LogicalValues;
import org.apache.calcite.rel.type.RelDataType;
import org.apache.calcite.rel.type.RelDataTypeField;
import org.apache.calcite.rex.RexCall;
import org.apache.calcite.rex.RexLiteral;
import org.apache.calcite.rex.RexNode;
import org.apache.calcite.sql.SqlAggFunction;
import org.apache.calcite.sql.SqlKind;
import org.btrdb.sql.SqlRefusal;
import org.btrdb.sql.aggregate.DialectAggregate;

/**
 * Rebuilds a relational plan so that every timestamp is a BIGINT of nanoseconds.
 *
 * <p>It must run directly after SqlToRelConverter with simplification off: simplifying already
 * drops nanoseconds. An allow-list of operators, like that of {@link RexLowering}.
 */
public final class TimeLowering {
  private final RelOptCluster cluster;
  private final TypeLowering types;
  private final RexLowering rex;
  private final Leaves leaves;

  /** Makes the leaves of a lowered plan, and joins with such as need a row to be called with. */
  public interface Leaves {

    /** The node that stands for a table, given its lowered row type. */
    RelNode scan(TableScan scan, RelDataType rowType);

    /** The node that stands for a table as it was at a version. */
    RelNode atVersion(RelNode leaf, RexNode version);

    /**
     * The node that stands for a call of a table function, given its lowered row type.
     *
     * @param arguments lowers its operands, each as what it is
     */
    RelNode function(TableFunctionScan call, ArgumentLowering arguments, RelDataType rowType);

    /**
     * The node that has each row of an input once for each window of {@code HOP} that holds it.
     *
     * @param time the column of the rows' times
     * @param slide nanoseconds from the start of one window to that of the next
     * @param size nanoseconds that each is long
     * @param origin a time at which one begins
     */
    RelNode hop(
        RelNode input, int time, RexNode slide, RexNode size, RexNode origin, RelDataType rowType);

    /**
     * The join that runs its right side for each left row.
     *
     * @param outer what a left row is to it
     */
    RelNode forEach(
        RelNode left, RelNode right, JoinRelType type, OuterRow outer, RelDataType rowType);
  }

  /**
   * A lowering for one statement.
   *
   * @param parameters learns how the statement's parameters are used
   * @param leaves makes the nodes that stand for tables
   */
  public TimeLowering(RelOptCluster cluster, LoweredParameters parameters, Leaves leaves) {
    this.cluster = cluster;
    this.types = new TypeLowering(cluster.getTypeFactory());
    this.rex = new RexLowering(cluster.getRexBuilder(), parameters);
    this.leaves = leaves;
  }

  /** The lowered form of a plan. */
  public RelNode lower(RelNode node) {
    if (node instanceof TableScan scan) {
      return leaves.scan(scan, types.lower(scan.getRowType()));
    }
    if (node instanceof LogicalSnapshot snapshot) {
      RexNode version = ((RexCall) snapshot.getPeriod()).getOperands().get(0);
      return leaves.atVersion(lower(snapshot.getInput()), version.accept(rex));
    }
    if (node instanceof TableFunctionScan call && WindowTables.isCall(call)) {
      return new WindowTables(cluster.getRexBuilder(), rex, leaves)
          .lower(call, lower(call.getInput(0)), types.lower(call.getRowType()));
    }
    if (node instanceof TableFunctionScan call) {
      return leaves.function(
          call, new ArgumentLowering(cluster.getRexBuilder(), rex), types.lower(call.getRowType()));
    }
    if (node instanceof LogicalFilter filter) {
      return LogicalFilter.create(
          lower(filter.getInput()),
          filter.getCondition().accept(rex),
          com.google.common.collect.ImmutableSet.copyOf(filter.getVariablesSet()));
    }
    if (node instanceof LogicalProject project) {
      return LogicalProject.create(
          lower(project.getInput()),
          project.getHints(),
          rex.visitList(project.getProjects()),
          project.getRowType().getFieldNames(),
          project.getVariablesSet());
    }
    if (node instanceof LogicalAggregate aggregate) {
      return aggregate(aggregate);
    }
    if (node instanceof LogicalSort sort) {
      return LogicalSort.create(
          lower(sort.getInput()), sort.getCollation(), lower(sort.offset), lower(sort.fetch));
    }
    if (node instanceof LogicalJoin join) {
      return LogicalJoin.create(
          lower(join.getLeft()),
          lower(join.getRight()),
          join.getHints(),
          join.getCondition().accept(rex),
          join.getVariablesSet(),
          join.getJoinType());
    }
    if (node instanceof LogicalAsofJoin join) {
      return LogicalAsofJoin.create(
          lower(join.getLeft()),
          lower(join.getRight()),
          join.getHints(),
          join.getCondition().accept(rex),
          join.getMatchCondition().accept(rex),
          join.getJoinType(),
          ImmutableList.of());
    }
    if (node instanceof LogicalCorrelate correlate) {
      if (isLateral(correlate)) {
        return lateral(correlate);
      }
      return LogicalCorrelate.create(
          lower(correlate.getLeft()),
          lower(correlate.getRight()),
          correlate.getHints(),
          correlate.getCorrelationId(),
          correlate.getRequiredColumns(),
          correlate.getJoinType());
    }
    if (node instanceof SetOp set) {
      List<RelNode> inputs = set.getInputs().stream().map(this::lower).toList();
      return set.copy(set.getTraitSet(), inputs);
    }
    if (node instanceof LogicalValues values) {
      return values(values);
    }
    throw new SqlRefusal(
        SqlRefusal.Reason.UNSUPPORTED, words(node.getRelTypeName()) + " is not supported", null);
  }

  /**
   * Whether the right side must be run for each left row: a table function needs it, and Calcite's
   * decorrelator joins on equality with columns of the row, which loses those that are NULL.
   */
  private static boolean isLateral(LogicalCorrelate correlate) {
    List<RelDataTypeField> columns = correlate.getLeft().getRowType().getFieldList();
    return OuterColumns.areArguments(correlate.getRight())
        || correlate.getRequiredColumns().asList().stream()
            .anyMatch(column -> columns.get(column).getType().isNullable())
        || branches(correlate.getRight());
  }

  /**
   * Whether what refers to outer rows is in one of several inputs, as it is where a sub-query is in
   * another. Calcite's decorrelator mixes up to which row it refers.
   */
  private static boolean branches(RelNode node) {
    List<RelNode> inputs = node.getInputs();
    return inputs.stream().anyMatch(TimeLowering::branches)
        || (inputs.size() > 1
            && inputs.stream().anyMatch(i -> !RelOptUtil.getVariablesUsed(i).isEmpty()));
  }

  private RelNode lateral(LogicalCorrelate correlate) {
    RelNode left = lower(correlate.getLeft());
    rex.outer().enter(correlate.getCorrelationId(), left.getRowType());
    RelNode right = lower(correlate.getRight());
    OuterRow outer = rex.outer().leave(correlate.getCorrelationId());
    RelDataType rowType = types.lower(correlate.getRowType());
    return leaves.forEach(left, right, correlate.getJoinType(), outer, rowType);
  }

  private static String words(String node) {
    return switch (node) {
      case "LogicalMatch" -> "MATCH_RECOGNIZE";
      case "LogicalTableModify" -> "EXPLAIN of a statement that writes";
      case "LogicalRepeatUnion", "LogicalTableSpool" -> "WITH RECURSIVE";
      case "Uncollect" -> "UNNEST";
      case "Collect" -> "a sub-query as ARRAY, MAP or MULTISET";
      case "Sample" -> "TABLESAMPLE";
      default -> node.replaceFirst("^Logical", "").toUpperCase(Locale.ROOT);
    };
  }

  private @org.jspecify.annotations.Nullable RexNode lower(
      @org.jspecify.annotations.Nullable RexNode node) {
    return node == null ? null : node.accept(rex);
  }

  private RelNode aggregate(LogicalAggregate aggregate) {
    RelNode input = lower(aggregate.getInput());
    List<AggregateCall> calls = new ArrayList<>();
    for (AggregateCall call : aggregate.getAggCallList()) {
      if (call.getAggregation().getKind() == SqlKind.LITERAL_AGG) {
        continue;
      }
      boolean temporal =
          Stream.concat(
                  call.getArgList().stream(),
                  call.getCollation().getFieldCollations().stream()
                      .filter(key -> call.getAggregation().isPercentile())
                      .map(RelFieldCollation::getFieldIndex))
              .map(i -> aggregate.getInput().getRowType().getFieldList().get(i).getType())
              .anyMatch(TypeLowering::isTemporal);
      if (temporal && !isNeutral(call.getAggregation())) {
        throw new SqlRefusal(
            SqlRefusal.Reason.UNSUPPORTED,
            call.getAggregation().getName() + " is not supported on time",
            null);
      }
      calls.add(
          AggregateCall.create(
              call.getAggregation(),
              call.isDistinct(),
              call.isApproximate(),
              call.ignoreNulls(),
              call.rexList,
              call.getArgList(),
              call.filterArg,
              call.distinctKeys,
              call.getCollation(),
              types.lower(call.getType()),
              call.getName()));
    }
    return withLiterals(
        LogicalAggregate.create(
            input, aggregate.getHints(), aggregate.getGroupSet(), aggregate.getGroupSets(), calls),
        aggregate);
  }

  /** LITERAL_AGG, by which sub-queries say that a row is there, is a literal above the groups. */
  private RelNode withLiterals(LogicalAggregate lowered, LogicalAggregate aggregate) {
    if (lowered.getAggCallList().size() == aggregate.getAggCallList().size()) {
      return lowered;
    }
    List<RexNode> columns = new ArrayList<>();
    for (int i = 0; i < lowered.getGroupCount(); i++) {
      columns.add(cluster.getRexBuilder().makeInputRef(lowered, i));
    }
    int next = lowered.getGroupCount();
    for (AggregateCall call : aggregate.getAggCallList()) {
      columns.add(
          call.getAggregation().getKind() == SqlKind.LITERAL_AGG
              ? call.rexList.get(0).accept(rex)
              : cluster.getRexBuilder().makeInputRef(lowered, next++));
    }
    return LogicalProject.create(
        lowered, List.of(), columns, aggregate.getRowType().getFieldNames(), Set.of());
  }

  /** Whether a function of times is the same of their nanoseconds. */
  private static boolean isNeutral(SqlAggFunction function) {
    return switch (function.getKind()) {
      case COUNT, MIN, MAX, SINGLE_VALUE, ANY_VALUE, ARG_MIN, ARG_MAX -> true;
      default ->
          function instanceof DialectAggregate ours
              && (ours.meaning().isHeld()
                  || ours.meaning() == DialectAggregate.Meaning.PERCENTILE_DISC);
    };
  }

  private RelNode values(LogicalValues values) {
    RelDataType type = types.lower(values.getRowType());
    ImmutableList.Builder<ImmutableList<RexLiteral>> tuples = ImmutableList.builder();
    for (ImmutableList<RexLiteral> tuple : values.getTuples()) {
      ImmutableList.Builder<RexLiteral> lowered = ImmutableList.builder();
      for (RexLiteral literal : tuple) {
        lowered.add((RexLiteral) literal.accept(rex));
      }
      tuples.add(lowered.build());
    }
    return LogicalValues.create(cluster, type, tuples.build());
  }
}
