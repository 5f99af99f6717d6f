package org.btrdb.sql.exec;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.stream.IntStream;
import org.apache.calcite.plan.RelOptUtil;
import org.apache.calcite.plan.hep.HepProgram;
import org.apache.calcite.plan.hep.HepProgramBuilder;
import org.apache.calcite.rel.RelNode;
import org.apache.calcite.rel.core.Join;
import org.apache.calcite.rel.core.Project;
import org.apache.calcite.rel.core.SetOp;
import org.apache.calcite.rel.core.Values;
import org.apache.calcite.rel.rules.FilterJoinRule;
import org.apache.calcite.rel.rules.FilterProjectTransposeRule;
import org.apache.calcite.rel.rules.FilterSetOpTransposeRule;
import org.apache.calcite.rel.type.RelDataTypeField;
import org.apache.calcite.rex.RexNode;
import org.apache.calcite.sql.SqlNode;
import org.btrdb.client.CallScope;
import org.btrdb.sql.Consistency;
import org.btrdb.sql.SessionOptions;
import org.btrdb.sql.SqlRefusal;
import org.btrdb.sql.operator.OperatorBuilder;
import org.btrdb.sql.plan.Decorrelation;
import org.btrdb.sql.plan.GapFilling;
import org.btrdb.sql.plan.GroupingSets;
import org.btrdb.sql.plan.HopWindows;
import org.btrdb.sql.plan.LateralJoin;
import org.btrdb.sql.plan.LivePlan;
import org.btrdb.sql.plan.PushDown;
import org.btrdb.sql.plan.ReadLeaves;
import org.btrdb.sql.plan.Scalars;
import org.btrdb.sql.plan.SideFilter;
import org.btrdb.sql.plan.StreamRead;
import org.btrdb.sql.read.Scalar;
import org.btrdb.sql.read.Session;
import org.btrdb.sql.row.Column;
import org.btrdb.sql.row.ColumnType;
import org.btrdb.sql.time.LoweredParameters;
import org.btrdb.sql.time.TimeLowering;
import org.btrdb.sql.validate.ConsistencyHint;
import org.btrdb.sql.validate.LiveKeyword;
import org.btrdb.sql.validate.ResolvedNames;
import org.btrdb.sql.validate.RuleSteps;
import org.btrdb.sql.validate.UnsimplifiedBuilder;
import org.btrdb.sql.validate.Validation;
import org.jspecify.annotations.Nullable;

/** The way from a parse tree to a plan that can be opened: validate, lower, push down, compile. */
final class Planner {
  /** Conditions must reach the reads below joins and unions before those can swallow them. */
  private static final HepProgram TO_THE_LEAVES =
      new HepProgramBuilder()
          .addRuleInstance(
              FilterJoinRule.FilterIntoJoinRule.FilterIntoJoinRuleConfig.DEFAULT
                  .withRelBuilderFactory(UnsimplifiedBuilder.FACTORY)
                  .toRule())
          .addRuleInstance(
              FilterProjectTransposeRule.Config.DEFAULT
                  .withCopyFilter(false) // the copy would keep ORs inside ORs, which filters refuse
                  .withRelBuilderFactory(UnsimplifiedBuilder.FACTORY)
                  .toRule())
          .addRuleInstance(
              FilterSetOpTransposeRule.Config.DEFAULT
                  .withRelBuilderFactory(UnsimplifiedBuilder.FACTORY)
                  .toRule())
          .build();

  private final Session session;
  private final SessionOptions options;

  Planner(Session session, SessionOptions options) {
    this.session = session;
    this.options = options;
  }

  /**
   * A planned query.
   *
   * @param plan makes its rows
   * @param columns of its rows
   * @param parameters types of its parameters
   * @param binding turns users' parameters into the plan's
   * @param consistency which states of streams it reads
   * @param names what the table names of the query stand for
   * @param warnings what is right and hardly meant
   */
  record Planned(
      QueryPlan plan,
      List<Column> columns,
      List<ColumnType> parameters,
      ParameterBinding binding,
      Consistency consistency,
      List<String> warnings,
      ResolvedNames names) {}

  /** Plans a query as it stands. */
  Planned plan(SqlNode query, String defaultSchema, CallScope scope) {
    return plan(query, defaultSchema, scope, null);
  }

  /**
   * Plans a query.
   *
   * @param lifting puts parameters in the place of literals; null to leave them
   */
  Planned plan(
      SqlNode query, String defaultSchema, CallScope scope, @Nullable LiteralLifting lifting) {
    boolean isLive = LiveKeyword.takenFrom(query);
    Optional<Consistency> hint = ConsistencyHint.takenFrom(query);
    Validation.Validated validated =
        new Validation(session.catalog())
            .validate(
                query, defaultSchema, scope, lifting == null ? Validation.Change.NONE : lifting);
    List<ColumnType> parameters = parameters(validated);
    int lifted = lifting == null ? 0 : lifting.values().distinct().size();
    LoweredParameters lowered = new LoweredParameters(parameters.size() + lifted);
    List<Column> columns = ColumnTypes.columns(validated.rowType(), validated.origins());
    ReadLeaves leaves = new ReadLeaves(session.catalog(), scope);
    RelNode checked = validated.root().project();
    RelNode plan =
        isLive
            ? PushDown.none(LivePlan.of(lower(checked, lowered, leaves)))
            : lowerAndPush(checked, lowered, leaves);
    return new Planned(
        isLive ? live(plan) : physical(plan),
        columns,
        parameters,
        new ParameterBinding(parameters, lowered),
        isLive || !ReadRequests.of(plan).readNewest()
            ? Consistency.LATEST
            : hint.orElse(options.consistency()),
        validated.warnings(),
        validated.names().and(leaves.names()));
  }

  static List<ColumnType> parameters(Validation.Validated validated) {
    return validated.parameters().getFieldList().stream()
        .map(RelDataTypeField::getType)
        .map(ColumnTypes::of)
        .toList();
  }

  /** The lowered plan of a checked one, with all pushed that fits. */
  RelNode lowerAndPush(RelNode checked, LoweredParameters parameters, ReadLeaves leaves) {
    RelNode lowered = lower(checked, parameters, leaves);
    return options.pushDown() ? push(lowered, parameters) : PushDown.none(lowered);
  }

  /** All pushed that fits. */
  RelNode push(RelNode lowered, LoweredParameters parameters) {
    return new PushDown(session.btrdb().capabilities(), parameters.nowIndex() + 1).apply(lowered);
  }

  /** The lowered plan of a checked one. */
  RelNode lower(RelNode checked, LoweredParameters parameters, ReadLeaves leaves) {
    RuleSteps.checkWanted(checked);
    RelNode lowered =
        GapFilling.placed(
            new TimeLowering(checked.getCluster(), parameters, leaves).lower(checked));
    RelNode flat = toTheSides(GroupingSets.apart(Decorrelation.of(lowered)));
    RuleSteps.checkWanted(flat);
    return flat;
  }

  /** What one way of moving conditions brings down, the other may bring further. */
  private static RelNode toTheSides(RelNode plan) {
    if (!contains(plan, Planner::takesConditions)) {
      return plan;
    }
    boolean mayGoFurther = contains(plan, SideFilter::isKnown);
    RelNode moved = plan;
    RelNode before;
    do {
      before = moved;
      moved = RuleSteps.apply(TO_THE_LEAVES, SideFilter.below(before));
    } while (mayGoFurther && !moved.deepEquals(before));
    return moved;
  }

  private static boolean takesConditions(RelNode node) {
    return node instanceof Join
        || node instanceof SetOp
        || node instanceof LateralJoin
        || node instanceof HopWindows;
  }

  private static boolean contains(RelNode node, Predicate<RelNode> kind) {
    return kind.test(node) || node.getInputs().stream().anyMatch(i -> contains(i, kind));
  }

  /** Enumerable would wait for one row more than a limit wants. */
  private QueryPlan live(RelNode plan) {
    return operators(plan)
        .orElseThrow(
            () ->
                new SqlRefusal(
                    SqlRefusal.Reason.UNSUPPORTED,
                    "SELECT STREAM does not take one of its expressions",
                    null));
  }

  private Optional<QueryPlan> operators(RelNode plan) {
    return OperatorBuilder.build(plan)
        .map(root -> new OperatorPlan(root, ReadRequests.of(plan), options.maxHeldBytes()));
  }

  /** The cheapest way to run a plan. */
  QueryPlan physical(RelNode plan) {
    RuleSteps.checkWanted(plan);
    if (plan instanceof StreamRead read) {
      return new DirectPlan(read.request());
    }
    Optional<List<List<Scalar>>> constants = constants(plan);
    if (constants.isPresent()) {
      return new ConstantPlan(constants.get());
    }
    Optional<QueryPlan> operators =
        options.executor() == SessionOptions.Executor.ENUMERABLE
            ? Optional.empty()
            : operators(plan);
    if (operators.isPresent()) {
      return operators.get();
    }
    if (options.executor() == SessionOptions.Executor.OPERATORS) {
      throw new SqlRefusal(
          SqlRefusal.Reason.UNSUPPORTED,
          "our operators do not cover this plan: " + RelOptUtil.toString(plan).strip(),
          null);
    }
    return EnumerablePlan.compile(plan, options.maxHeldBytes());
  }

  private static Optional<List<List<Scalar>>> constants(RelNode plan) {
    if (plan instanceof Values values) {
      return scalars(values.tuples.stream().map(List::copyOf).toList());
    }
    if (plan instanceof Project project && project.getInput() instanceof Values values) {
      return scalars(
          IntStream.range(0, values.tuples.size()).mapToObj(i -> project.getProjects()).toList());
    }
    if (plan instanceof org.apache.calcite.rel.core.Union union && union.all) {
      List<List<Scalar>> rows = new ArrayList<>();
      for (RelNode input : union.getInputs()) {
        Optional<List<List<Scalar>>> part = constants(input);
        if (part.isEmpty()) {
          return part;
        }
        rows.addAll(part.get());
      }
      return Optional.of(rows);
    }
    return Optional.empty();
  }

  private static Optional<List<List<Scalar>>> scalars(
      List<? extends List<? extends RexNode>> rows) {
    List<List<Scalar>> compiled = new ArrayList<>();
    for (List<? extends RexNode> row : rows) {
      List<Scalar> scalars = new ArrayList<>();
      for (RexNode node : row) {
        Optional<Scalar> scalar = Scalars.compile(node);
        if (scalar.isEmpty()) {
          return Optional.empty();
        }
        scalars.add(scalar.get());
      }
      compiled.add(scalars);
    }
    return Optional.of(compiled);
  }
}
