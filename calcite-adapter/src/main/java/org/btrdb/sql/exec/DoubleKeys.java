package org.btrdb.sql.exec;

import com.google.common.collect.ImmutableList;
import java.util.ArrayList;
import java.util.List;
import java.util.function.UnaryOperator;
import org.apache.calcite.plan.RelOptUtil;
import org.apache.calcite.rel.RelCollations;
import org.apache.calcite.rel.RelFieldCollation;
import org.apache.calcite.rel.RelNode;
import org.apache.calcite.rel.core.AggregateCall;
import org.apache.calcite.rel.core.Join;
import org.apache.calcite.rel.core.JoinInfo;
import org.apache.calcite.rel.core.SetOp;
import org.apache.calcite.rel.core.Union;
import org.apache.calcite.rel.logical.LogicalAggregate;
import org.apache.calcite.rel.logical.LogicalProject;
import org.apache.calcite.rel.logical.LogicalSort;
import org.apache.calcite.rel.type.RelDataType;
import org.apache.calcite.rel.type.RelDataTypeFactory;
import org.apache.calcite.rel.type.RelDataTypeField;
import org.apache.calcite.rex.RexBuilder;
import org.apache.calcite.rex.RexCall;
import org.apache.calcite.rex.RexFieldCollation;
import org.apache.calcite.rex.RexInputRef;
import org.apache.calcite.rex.RexNode;
import org.apache.calcite.rex.RexOver;
import org.apache.calcite.rex.RexShuttle;
import org.apache.calcite.rex.RexUtil;
import org.apache.calcite.rex.RexWindow;
import org.apache.calcite.rex.RexWindowBound;
import org.apache.calcite.rex.RexWindowExclusion;
import org.apache.calcite.sql.SqlAggFunction;
import org.apache.calcite.sql.SqlKind;
import org.apache.calcite.sql.type.SqlTypeName;
import org.btrdb.sql.expression.NumberFunctions;
import org.btrdb.sql.validate.PlanInputs;

/**
 * Makes Calcite order, compare and group doubles as {@link org.btrdb.sql.expression.ValueOrder}
 * does: by whole numbers in the same order. Its own code has NaN neither below, above nor equal to
 * anything, forgets it in MIN and MAX, cannot sort it or an infinity, and tells 0.0 from -0.0 where
 * it hashes.
 */
final class DoubleKeys {
  private final RexBuilder rex;
  private final Expressions expressions = new Expressions();

  private DoubleKeys(RexBuilder rex) {
    this.rex = rex;
  }

  /** The same plan with keys in the place of doubles wherever their order matters. */
  static RelNode in(RelNode plan) {
    return new DoubleKeys(plan.getCluster().getRexBuilder()).node(plan);
  }

  private RelNode node(RelNode old) {
    RelNode node = PlanInputs.rewritten(old, this::node);
    if (node instanceof Join join) {
      return join(join);
    }
    if (node instanceof LogicalAggregate aggregate) {
      return aggregate(aggregate);
    }
    if (node instanceof LogicalSort sort) {
      return sort(sort);
    }
    if (node instanceof SetOp set) {
      return set instanceof Union && set.all ? set : distinct(set);
    }
    return node.accept(expressions);
  }

  private static boolean isDouble(RelDataType type) {
    return switch (type.getSqlTypeName()) {
      case DOUBLE, FLOAT, REAL -> true;
      default -> false;
    };
  }

  private RelDataType type(SqlTypeName name, boolean nullable) {
    RelDataTypeFactory types = rex.getTypeFactory();
    return types.createTypeWithNullability(types.createSqlType(name), nullable);
  }

  private RexNode key(RexNode number) {
    RexNode asDouble =
        rex.makeCast(type(SqlTypeName.DOUBLE, number.getType().isNullable()), number);
    return rex.makeCall(NumberFunctions.ORDER_KEY, asDouble);
  }

  private RexNode number(RexNode key, RelDataType type) {
    RexNode number = rex.makeCall(NumberFunctions.OF_ORDER_KEY, key);
    return number.getType().equals(type) ? number : rex.makeAbstractCast(type, number, false);
  }

  /** A double that is the same for all doubles that are equal. */
  private RexNode canonical(RexNode number) {
    return number(key(number), number.getType());
  }

  private List<RexNode> columns(RelNode input) {
    return new ArrayList<>(rex.identityProjects(input.getRowType()));
  }

  private static RelNode project(RelNode input, List<RexNode> expressions, List<String> names) {
    return LogicalProject.create(
        input, List.of(), expressions, names, com.google.common.collect.ImmutableSet.of());
  }

  private RelNode join(Join join) {
    JoinInfo info = join.analyzeCondition();
    RelNode left = canonical(join.getLeft(), info.leftKeys);
    RelNode right = canonical(join.getRight(), info.rightKeys);
    int width = left.getRowType().getFieldCount();
    List<RexNode> conditions = new ArrayList<>();
    for (RexNode condition : RelOptUtil.conjunctions(join.getCondition())) {
      conditions.add(isOfKeys(condition, width) ? condition : condition.accept(expressions));
    }
    return join.copy(
        join.getTraitSet(),
        RexUtil.composeConjunction(rex, conditions),
        left,
        right,
        join.getJoinType(),
        join.isSemiJoinDone());
  }

  /** Such a condition is what Calcite hashes by; the inputs have what can be hashed. */
  private static boolean isOfKeys(RexNode condition, int width) {
    return condition.isA(SqlKind.EQUALS)
        && ((RexCall) condition).getOperands().get(0) instanceof RexInputRef a
        && ((RexCall) condition).getOperands().get(1) instanceof RexInputRef b
        && a.getIndex() < width != b.getIndex() < width;
  }

  private RelNode canonical(RelNode input, List<Integer> columns) {
    List<RexNode> projects = columns(input);
    boolean changed = false;
    for (int column : columns) {
      if (isDouble(projects.get(column).getType())) {
        projects.set(column, canonical(rex.makeInputRef(input, column)));
        changed = true;
      }
    }
    return changed ? project(input, projects, input.getRowType().getFieldNames()) : input;
  }

  private RelNode distinct(SetOp set) {
    List<RelNode> inputs = new ArrayList<>();
    for (RelNode input : set.getInputs()) {
      inputs.add(
          canonical(
              input,
              input.getRowType().getFieldList().stream().map(RelDataTypeField::getIndex).toList()));
    }
    return set.copy(set.getTraitSet(), inputs);
  }

  private RelNode sort(LogicalSort sort) {
    RelNode input = sort.getInput();
    List<RexNode> projects = columns(input);
    int width = projects.size();
    List<RelFieldCollation> keys = new ArrayList<>();
    for (RelFieldCollation key : sort.getCollation().getFieldCollations()) {
      RexNode column = rex.makeInputRef(input, key.getFieldIndex());
      if (isDouble(column.getType())) {
        keys.add(key.withFieldIndex(projects.size()));
        projects.add(key(column));
      } else {
        keys.add(key);
      }
    }
    if (projects.size() == width) {
      return sort;
    }
    List<String> names = names(input.getRowType().getFieldNames(), projects.size());
    RelNode sorted =
        LogicalSort.create(
            project(input, projects, names), RelCollations.of(keys), sort.offset, sort.fetch);
    return project(sorted, columns(sorted).subList(0, width), sort.getRowType().getFieldNames());
  }

  private static List<String> names(List<String> known, int count) {
    List<String> names = new ArrayList<>(known);
    while (names.size() < count) {
      names.add("$key" + names.size());
    }
    return names;
  }

  private RelNode aggregate(LogicalAggregate aggregate) {
    RelNode input = aggregate.getInput();
    List<RexNode> projects = columns(input);
    int width = projects.size();
    List<AggregateCall> calls = new ArrayList<>();
    for (AggregateCall call : aggregate.getAggCallList()) {
      calls.add(keyed(call, input, projects));
    }
    boolean changed = projects.size() > width;
    for (int column : aggregate.getGroupSet()) {
      RexNode key = rex.makeInputRef(input, column);
      if (isDouble(key.getType())) {
        // A column may be both key and argument; which double of equal ones it is matters to none.
        projects.set(column, canonical(key));
        changed = true;
      }
    }
    if (!changed) {
      return aggregate;
    }
    List<String> names = names(input.getRowType().getFieldNames(), projects.size());
    RelNode keyed =
        LogicalAggregate.create(
            project(input, projects, names),
            aggregate.getHints(),
            aggregate.getGroupSet(),
            aggregate.getGroupSets(),
            calls);
    List<RexNode> results = columns(keyed);
    for (int i = aggregate.getGroupCount(); i < results.size(); i++) {
      RelDataType type = aggregate.getRowType().getFieldList().get(i).getType();
      if (!results.get(i).getType().equals(type)) {
        results.set(i, number(results.get(i), type));
      }
    }
    return project(keyed, results, aggregate.getRowType().getFieldNames());
  }

  /** A call on the keys of doubles where their order or equality matters. */
  private AggregateCall keyed(AggregateCall call, RelNode input, List<RexNode> projects) {
    SqlKind kind = call.getAggregation().getKind();
    List<Integer> arguments = new ArrayList<>(call.getArgList());
    UnaryOperator<RexNode> change =
        switch (kind) {
          case MIN, MAX -> this::key;
          case ARG_MIN, ARG_MAX -> this::key;
          default -> call.isDistinct() ? this::canonical : null;
        };
    boolean isExtreme = kind == SqlKind.MIN || kind == SqlKind.MAX;
    boolean changed = false;
    for (int i = isExtreme || call.isDistinct() ? 0 : 1; i < arguments.size(); i++) {
      RexNode argument = rex.makeInputRef(input, arguments.get(i));
      if (change != null && isDouble(argument.getType())) {
        arguments.set(i, projects.size());
        projects.add(change.apply(argument));
        changed = true;
      }
    }
    return changed
        ? AggregateCall.create(
            call.getAggregation(),
            call.isDistinct(),
            call.isApproximate(),
            call.ignoreNulls(),
            call.rexList,
            arguments,
            call.filterArg,
            call.distinctKeys,
            call.getCollation(),
            isExtreme ? type(SqlTypeName.BIGINT, call.getType().isNullable()) : call.getType(),
            call.getName())
        : call;
  }

  /** Comparisons and windows. */
  private final class Expressions extends RexShuttle {

    @Override
    public RexNode visitCall(RexCall call) {
      RexNode visited = super.visitCall(call);
      boolean compares =
          SqlKind.COMPARISON.contains(call.getKind())
              && call.getOperands().size() == 2
              && call.getOperands().stream().anyMatch(o -> isDouble(o.getType()));
      return compares
          ? rex.makeCall(
              call.getType(),
              call.getOperator(),
              ((RexCall) visited).getOperands().stream().map(DoubleKeys.this::key).toList())
          : visited;
    }

    @Override
    public RexNode visitOver(RexOver over) {
      RexWindow window = over.getWindow();
      SqlAggFunction function = over.getAggOperator();
      boolean isExtreme =
          (function.getKind() == SqlKind.MIN || function.getKind() == SqlKind.MAX)
              && isDouble(over.getType());
      List<RexNode> operands = visitList(over.getOperands());
      List<RexNode> partition = new ArrayList<>();
      window.partitionKeys.forEach(k -> partition.add(keyed(k)));
      ImmutableList.Builder<RexFieldCollation> order = ImmutableList.builder();
      for (RexFieldCollation key : window.orderKeys) {
        order.add(
            new RexFieldCollation(
                measures(window) ? key.left.accept(this) : keyed(key.left), key.right));
      }
      RexNode result =
          rex.makeOver(
              isExtreme ? type(SqlTypeName.BIGINT, over.getType().isNullable()) : over.getType(),
              function,
              isExtreme ? List.of(key(operands.get(0))) : operands,
              partition,
              order.build(),
              window.getLowerBound(),
              window.getUpperBound(),
              RexWindowExclusion.EXCLUDE_NO_OTHER,
              window.isRows(),
              true,
              false,
              over.isDistinct(),
              over.ignoreNulls());
      return isExtreme ? number(result, over.getType()) : result;
    }

    private RexNode keyed(RexNode key) {
      RexNode visited = key.accept(this);
      return isDouble(key.getType()) ? key(visited) : visited;
    }

    /** Whether a frame is a distance in what it is ordered by. */
    private static boolean measures(RexWindow window) {
      return !window.isRows()
          && (isDistance(window.getLowerBound()) || isDistance(window.getUpperBound()));
    }

    private static boolean isDistance(RexWindowBound bound) {
      return !bound.isUnbounded() && !bound.isCurrentRow();
    }
  }
}
