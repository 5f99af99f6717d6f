package org.btrdb.sql.operator;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.apache.calcite.rel.RelFieldCollation;
import org.apache.calcite.rel.RelNode;
import org.apache.calcite.rel.core.Aggregate;
import org.apache.calcite.rel.core.AggregateCall;
import org.apache.calcite.rel.core.Calc;
import org.apache.calcite.rel.core.Filter;
import org.apache.calcite.rel.core.Join;
import org.apache.calcite.rel.core.Project;
import org.apache.calcite.rel.core.SetOp;
import org.apache.calcite.rel.core.Sort;
import org.apache.calcite.rel.core.Values;
import org.apache.calcite.rel.type.RelDataTypeField;
import org.apache.calcite.rex.RexCall;
import org.apache.calcite.rex.RexDynamicParam;
import org.apache.calcite.rex.RexInputRef;
import org.apache.calcite.rex.RexLiteral;
import org.apache.calcite.rex.RexNode;
import org.apache.calcite.rex.RexOver;
import org.apache.calcite.sql.SqlOperator;
import org.btrdb.sql.expression.Expression;
import org.btrdb.sql.expression.ExpressionCompiler;
import org.btrdb.sql.expression.ValueType;
import org.btrdb.sql.plan.GapFill;
import org.btrdb.sql.plan.HeldAggregate;
import org.btrdb.sql.plan.HopWindows;
import org.btrdb.sql.plan.LateralJoin;
import org.btrdb.sql.plan.SearchJoin;
import org.btrdb.sql.plan.StreamRead;
import org.btrdb.sql.time.NanoOperators;
import org.jspecify.annotations.Nullable;

/**
 * Makes operators from a lowered, pushed plan, from the leaves up: merge where the order is known,
 * hash where not. Empty if the plan has anything that is not known here.
 */
public final class OperatorBuilder {
  private static final List<SqlOperator> GROWING =
      List.of(
          NanoOperators.FLOOR,
          NanoOperators.CEIL,
          NanoOperators.CALENDAR_FLOOR,
          NanoOperators.CALENDAR_CEIL,
          NanoOperators.TIME_FLOOR,
          NanoOperators.TIME_FLOOR_FROM,
          NanoOperators.TO_DATE,
          NanoOperators.PLUS,
          NanoOperators.ADD_MONTHS);

  private final ExpressionCompiler expressions;

  private OperatorBuilder(ExpressionCompiler expressions) {
    this.expressions = expressions;
  }

  /** The operators that run a plan. */
  public static Optional<Operator> build(RelNode plan) {
    ExpressionCompiler expressions = new ExpressionCompiler(plan.getCluster().getRexBuilder());
    return Optional.ofNullable(new OperatorBuilder(expressions).operator(plan));
  }

  private @Nullable Operator operator(RelNode node) {
    if (node instanceof StreamRead read) {
      List<ValueType> types = types(read);
      return types == null ? null : new ReadOperator(read.request(), types);
    }
    if (node instanceof Values values) {
      return values(values);
    }
    List<Operator> inputs = new ArrayList<>();
    for (RelNode input : node.getInputs()) {
      Operator operator = operator(input);
      if (operator == null) {
        return null;
      }
      inputs.add(operator);
    }
    if (node instanceof Filter filter) {
      return filter.getVariablesSet().isEmpty()
          ? filter(inputs.get(0), filter.getCondition())
          : null;
    }
    if (node instanceof Project project) {
      return project.getVariablesSet().isEmpty()
          ? project(inputs.get(0), project.getProjects(), project.getInput())
          : null;
    }
    if (node instanceof Calc calc) {
      return calc(inputs.get(0), calc);
    }
    if (node instanceof Sort sort) {
      return sort(inputs.get(0), sort);
    }
    if (node instanceof Aggregate aggregate) {
      return aggregate(inputs.get(0), aggregate);
    }
    if (node instanceof HeldAggregate aggregate) {
      return held(inputs.get(0), aggregate);
    }
    if (node instanceof Join join) {
      return join.getVariablesSet().isEmpty()
          ? new JoinBuilder(expressions, inputs.get(0), inputs.get(1)).build(join)
          : null;
    }
    if (node instanceof GapFill fill) {
      return GapFillOperator.of(inputs.get(0), fill.spec());
    }
    if (node instanceof HopWindows windows) {
      return HopOperator.of(inputs.get(0), windows.time(), windows.hop());
    }
    if (node instanceof LateralJoin join) {
      Operator left = inputs.get(0);
      Operator right = inputs.get(1);
      return JoinKind.of(join.type())
          .map(
              kind ->
                  new LateralOperator(
                      left, right, kind, join.firstParameter(), JoinSpec.types(kind, left, right)))
          .orElse(null);
    }
    if (node instanceof SearchJoin join) {
      return expressions
          .condition(join.condition())
          .map(
              condition ->
                  SearchJoinOperator.of(
                      inputs.get(0), inputs.get(1), condition, join.condition().toString()))
          .orElse(null);
    }
    return node instanceof SetOp set ? setOperation(inputs, set) : null;
  }

  private static @Nullable List<ValueType> types(RelNode node) {
    List<ValueType> types = new ArrayList<>();
    for (RelDataTypeField field : node.getRowType().getFieldList()) {
      ValueType type = ValueType.of(field.getType());
      if (type == null) {
        return null;
      }
      types.add(type);
    }
    return types;
  }

  private @Nullable Operator values(Values values) {
    List<ValueType> types = types(values);
    if (types == null) {
      return null;
    }
    List<List<Expression>> rows = new ArrayList<>();
    for (List<RexLiteral> tuple : values.getTuples()) {
      Optional<List<Expression>> row = expressions.compileAll(typed(tuple, values));
      if (row.isEmpty() || !row.get().stream().map(Expression::type).toList().equals(types)) {
        return null;
      }
      rows.add(row.get());
    }
    return new ValuesOperator(rows, types);
  }

  /** A row whose NULLs are of the types of their columns. */
  private static List<RexNode> typed(List<RexLiteral> tuple, Values values) {
    List<RexNode> typed = new ArrayList<>(tuple);
    for (RelDataTypeField field : values.getRowType().getFieldList()) {
      if (tuple.get(field.getIndex()).isNull()) {
        typed.set(
            field.getIndex(), values.getCluster().getRexBuilder().makeNullLiteral(field.getType()));
      }
    }
    return typed;
  }

  private @Nullable Operator filter(Operator input, RexNode condition) {
    return expressions
        .condition(condition)
        .map(c -> new FilterOperator(input, c, "Filter: " + condition))
        .orElse(null);
  }

  private @Nullable Operator project(Operator input, List<RexNode> projects, RelNode below) {
    if (RexOver.containsOver(projects, null)) {
      List<RexNode> identity =
          List.copyOf(below.getCluster().getRexBuilder().identityProjects(below.getRowType()));
      return new WindowBuilder(expressions, this::plainProject).build(input, projects, identity);
    }
    return plainProject(input, projects);
  }

  private @Nullable Operator plainProject(Operator input, List<RexNode> projects) {
    Optional<List<Expression>> compiled = expressions.compileAll(projects);
    if (compiled.isEmpty()) {
      return null;
    }
    List<ProjectOperator.Output> outputs = new ArrayList<>();
    for (int i = 0; i < projects.size(); i++) {
      RexNode node = projects.get(i);
      int column = node instanceof RexInputRef ref ? ref.getIndex() : -1;
      outputs.add(new ProjectOperator.Output(compiled.get().get(i), column, growsWith(node)));
    }
    return new ProjectOperator(input, List.copyOf(outputs), "Project: " + projects);
  }

  /** The column that a time is made of by a function that keeps its order; -1 if it is none. */
  private static int growsWith(RexNode node) {
    if (!(node instanceof RexCall call)
        || !GROWING.contains(call.getOperator())
        || !(call.getOperands().get(0) instanceof RexInputRef ref)) {
      return -1;
    }
    boolean onlyConstants =
        call.getOperands().stream()
            .skip(1)
            .allMatch(o -> o instanceof RexLiteral || o instanceof RexDynamicParam);
    return onlyConstants ? ref.getIndex() : -1;
  }

  private @Nullable Operator calc(Operator input, Calc calc) {
    Operator filtered = input;
    if (calc.getProgram().getCondition() != null) {
      RexNode condition = calc.getProgram().expandLocalRef(calc.getProgram().getCondition());
      filtered = filter(input, condition);
    }
    List<RexNode> projects =
        calc.getProgram().getProjectList().stream().map(calc.getProgram()::expandLocalRef).toList();
    return filtered == null ? null : project(filtered, projects, calc.getInput());
  }

  private @Nullable Operator sort(Operator input, Sort sort) {
    List<SortKey> keys = new ArrayList<>();
    for (RelFieldCollation key : sort.getCollation().getFieldCollations()) {
      if (!input.types().get(key.getFieldIndex()).isOrdered()) {
        return null;
      }
      keys.add(sortKey(key));
    }
    Expression offset = sort.offset == null ? null : integer(sort.offset);
    Expression fetch = sort.fetch == null ? null : integer(sort.fetch);
    if ((sort.offset != null && offset == null) || (sort.fetch != null && fetch == null)) {
      return null;
    }
    LimitOperator.Bounds bounds = new LimitOperator.Bounds(offset, fetch);
    if (!input.isOrderedBy(keys)) {
      return new SortOperator(input, List.copyOf(keys), bounds);
    }
    return offset == null && fetch == null ? input : new LimitOperator(input, bounds);
  }

  private @Nullable Expression integer(RexNode node) {
    return expressions.compile(node).filter(e -> e.type().isInteger()).orElse(null);
  }

  static SortKey sortKey(RelFieldCollation key) {
    return new SortKey(
        key.getFieldIndex(),
        key.getDirection().isDescending(),
        key.nullDirection == RelFieldCollation.NullDirection.FIRST);
  }

  private static @Nullable Operator aggregate(Operator input, Aggregate aggregate) {
    List<Integer> keys = aggregate.getGroupSet().asList();
    boolean isPlain = keys.stream().allMatch(k -> input.types().get(k).isOrdered());
    AggregateOperator grouped = isPlain ? grouped(input, keys, aggregate.getAggCallList()) : null;
    if (grouped == null || grouped.functions().stream().anyMatch(AggregateFunction::isHeld)) {
      return null;
    }
    return grouped.functions().isEmpty() && keys.size() == input.types().size()
        ? new SetOperator(SetOperator.Kind.DISTINCT, false, input, null)
        : grouped;
  }

  private static @Nullable Operator held(Operator input, HeldAggregate aggregate) {
    AggregateOperator grouped = grouped(input, aggregate.keys(), aggregate.calls());
    if (grouped == null) {
      return null;
    }
    int timeColumn =
        grouped.functions().stream()
            .filter(AggregateFunction::isHeld)
            .map(function -> function.arguments().get(1))
            .findFirst()
            .orElseThrow();
    return new HeldAggregateOperator(grouped, timeColumn, aggregate.bucket(), aggregate.times());
  }

  /** Groups by keys; null if there is a function that is not known here. */
  private static @Nullable AggregateOperator grouped(
      Operator input, List<Integer> keys, List<AggregateCall> calls) {
    List<ValueType> types = new ArrayList<>(keys.stream().map(input.types()::get).toList());
    List<AggregateFunction> functions = new ArrayList<>();
    for (AggregateCall call : calls) {
      Optional<AggregateFunction> function = AggregateFunction.of(call, input.types());
      if (function.isEmpty()) {
        return null;
      }
      functions.add(function.get());
      types.add(function.get().type());
    }
    return new AggregateOperator(input, keys, List.copyOf(functions), List.copyOf(types));
  }

  private @Nullable Operator setOperation(List<Operator> inputs, SetOp set) {
    List<ValueType> types = types(set);
    if (types == null
        || !types.stream().allMatch(ValueType::isOrdered)
        || !inputs.stream().allMatch(i -> i.types().equals(types))) {
      return null;
    }
    return switch (set.kind) {
      case UNION -> {
        Operator union = new UnionOperator(inputs, types);
        yield set.all ? union : new SetOperator(SetOperator.Kind.DISTINCT, false, union, null);
      }
      case INTERSECT -> chained(SetOperator.Kind.INTERSECT, inputs, set.all);
      case EXCEPT -> chained(SetOperator.Kind.EXCEPT, inputs, set.all);
      default -> null;
    };
  }

  private static Operator chained(SetOperator.Kind kind, List<Operator> inputs, boolean all) {
    Operator result = inputs.get(0);
    for (Operator other : inputs.subList(1, inputs.size())) {
      result = new SetOperator(kind, all, result, other);
    }
    return result;
  }
}
