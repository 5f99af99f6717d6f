package org.btrdb.sql.exec;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Iterator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.function.Supplier;
import org.apache.calcite.adapter.enumerable.EnumerableConvention;
import org.apache.calcite.adapter.enumerable.EnumerableInterpretable;
import org.apache.calcite.adapter.enumerable.EnumerableRel;
import org.apache.calcite.adapter.enumerable.EnumerableRules;
import org.apache.calcite.adapter.java.JavaTypeFactory;
import org.apache.calcite.linq4j.Enumerator;
import org.apache.calcite.plan.RelOptPlanner;
import org.apache.calcite.plan.RelOptRules;
import org.apache.calcite.plan.RelOptUtil;
import org.apache.calcite.plan.hep.HepProgram;
import org.apache.calcite.plan.hep.HepProgramBuilder;
import org.apache.calcite.rel.RelNode;
import org.apache.calcite.rel.RelVisitor;
import org.apache.calcite.rel.core.Sort;
import org.apache.calcite.rel.rules.CoreRules;
import org.apache.calcite.rex.RexDynamicParam;
import org.apache.calcite.rex.RexNode;
import org.apache.calcite.runtime.Bindable;
import org.apache.calcite.sql.SqlExplainLevel;
import org.btrdb.client.error.BtrdbException;
import org.btrdb.sql.SqlRefusal;
import org.btrdb.sql.plan.SearchJoin;
import org.btrdb.sql.read.Execution;
import org.btrdb.sql.read.ObjectRows;
import org.btrdb.sql.row.RowCursor;
import org.btrdb.sql.validate.RuleSteps;
import org.jspecify.annotations.Nullable;

/** What push-down left over, run by Calcite's Enumerable over the lowered plan. */
final class EnumerablePlan implements QueryPlan {
  private static final HepProgram CALCS =
      new HepProgramBuilder().addRuleCollection(RelOptRules.CALC_RULES).build();

  private final List<String> text;
  private final ReadRequests requests;
  private final int columns;
  private final JavaTypeFactory types;
  private final Bindable<?> bindable;
  private final Map<String, Object> stashed;
  private final Set<Integer> limits;

  /** Why a constant of the generated code cannot be computed: Java tries once and says it once. */
  private volatile @Nullable SqlRefusal faultOfConstants;

  private EnumerablePlan(
      RelNode logical, JavaTypeFactory types, Bindable<?> bindable, Map<String, Object> stashed) {
    this.text = RelOptUtil.toString(logical, SqlExplainLevel.EXPPLAN_ATTRIBUTES).lines().toList();
    this.requests = ReadRequests.of(logical);
    this.columns = logical.getRowType().getFieldCount();
    this.types = types;
    this.bindable = bindable;
    this.stashed = stashed;
    this.limits = limits(logical);
  }

  /** The numbers of the parameters that are a LIMIT or OFFSET. */
  private static Set<Integer> limits(RelNode plan) {
    Set<Integer> numbers = new HashSet<>();
    new RelVisitor() {
      @Override
      public void visit(RelNode node, int ordinal, @Nullable RelNode parent) {
        if (node instanceof Sort sort) {
          for (RexNode rows : Arrays.asList(sort.fetch, sort.offset)) {
            if (rows instanceof RexDynamicParam parameter) {
              numbers.add(parameter.getIndex());
            }
          }
        }
        super.visit(node, ordinal, parent);
      }
    }.go(plan);
    return Set.copyOf(numbers);
  }

  /**
   * Optimises and compiles a plan.
   *
   * @param maxBytes that those parts of it may hold which our own operators run
   */
  static EnumerablePlan compile(RelNode plan, long maxBytes) {
    RelNode pushed = SearchJoin.undone(OperatorRead.ofLateralJoins(plan, maxBytes));
    WrongAnswers.refuse(pushed);
    RelOptPlanner planner = pushed.getCluster().getPlanner();
    EnumerableRules.rules().stream().filter(WrongAnswers::isTrusted).forEach(planner::addRule);
    planner.addRule(EnumerableStreamRead.Rule.CONFIG.toRule());
    planner.addRule(CoreRules.AGGREGATE_REDUCE_FUNCTIONS);
    planner.addRule(CoreRules.AGGREGATE_EXPAND_DISTINCT_AGGREGATES);
    planner.addRule(CoreRules.PROJECT_TO_LOGICAL_PROJECT_AND_WINDOW);
    planner.addRule(CoreRules.PROJECT_MERGE);
    planner.addRule(CoreRules.PROJECT_REMOVE);
    RelNode prepared = GeneratedFunctions.in(DoubleKeys.in(pushed));
    RelNode root =
        planner.changeTraits(
            prepared, prepared.getTraitSet().replace(EnumerableConvention.INSTANCE).simplify());
    planner.setRoot(root);
    try {
      EnumerableRel best = withCalcs(planner.findBestExp());
      Map<String, Object> stashed = new HashMap<>();
      Bindable<?> bindable =
          EnumerableInterpretable.toBindable(stashed, null, best, EnumerableRel.Prefer.ARRAY);
      JavaTypeFactory types = (JavaTypeFactory) pushed.getCluster().getTypeFactory();
      return new EnumerablePlan(pushed, types, bindable, Map.copyOf(stashed));
    } catch (RelOptPlanner.CannotPlanException e) {
      throw notSupported(pushed, e);
    } catch (RuntimeException | AssertionError e) {
      RuntimeException ours = ours(e); // rules wrap what is thrown inside them
      // Calcite finds out while it writes or compiles the code.
      throw ours == null ? notSupported(pushed, e) : ours;
    }
  }

  private static SqlRefusal notSupported(RelNode plan, @Nullable Throwable cause) {
    String features = String.join(", ", PlanFeatures.of(plan));
    return new SqlRefusal(
        SqlRefusal.Reason.UNSUPPORTED,
        features.contains(", ")
            ? "this combination is not supported yet: " + features
            : features + " is not supported yet",
        cause);
  }

  /** Enumerable computes expressions in Calc only, so projects and filters become that. */
  private static EnumerableRel withCalcs(RelNode best) {
    WrongAnswers.refuseJoins(best);
    return (EnumerableRel) RuleSteps.apply(CALCS, best);
  }

  @Override
  public RowCursor open(Execution execution) {
    Enumerator<?> enumerator =
        guarded(
            () ->
                bindable
                    .bind(new ExecutionContext(execution, types, stashed, limits))
                    .enumerator());
    Iterator<@Nullable Object[]> rows =
        new Iterator<>() {
          private boolean moved;
          private boolean has;

          @Override
          public boolean hasNext() {
            if (!moved) {
              has = guarded(enumerator::moveNext);
              moved = true;
            }
            return has;
          }

          @Override
          public @Nullable Object[] next() {
            if (!hasNext()) {
              throw new java.util.NoSuchElementException();
            }
            moved = false;
            Object row = guarded(enumerator::current);
            return columns == 1 && !(row instanceof Object[]) ? new Object[] {row} : (Object[]) row;
          }
        };
    return new ObjectRows(rows, enumerator::close, execution.scope());
  }

  /** Errors of generated code come wrapped, or as what Java throws for bad arithmetic. */
  private <T extends @Nullable Object> T guarded(Supplier<T> step) {
    try {
      return step.get();
    } catch (RuntimeException e) {
      RuntimeException ours = ours(e);
      throw ours == null ? refusal(e) : ours;
    } catch (ExceptionInInitializerError e) {
      if (!(e.getCause() instanceof RuntimeException cause)) {
        throw e;
      }
      SqlRefusal fault = refusal(cause);
      faultOfConstants = fault;
      throw fault;
    } catch (NoClassDefFoundError e) {
      SqlRefusal known = faultOfConstants;
      if (known == null) {
        throw e;
      }
      throw new SqlRefusal(known.reason(), String.valueOf(known.getMessage()), e);
    }
  }

  /** What is meant for users inside of something; null if nothing is. */
  private static @Nullable RuntimeException ours(Throwable fault) {
    for (Throwable cause = fault; cause != null; cause = cause.getCause()) {
      if (cause instanceof BtrdbException || cause instanceof SqlRefusal) {
        return (RuntimeException) cause;
      }
    }
    return null;
  }

  private static SqlRefusal refusal(RuntimeException e) {
    Throwable told = e;
    while (told.getCause() != null && told.getCause().toString().equals(told.getMessage())) {
      told = told.getCause(); // the message would begin with the name of a class
    }
    String message = String.valueOf(told.getMessage()).strip().replaceAll("\\s*\\R\\s*", " ");
    return new SqlRefusal(reason(e), message, e);
  }

  private static SqlRefusal.Reason reason(RuntimeException e) {
    if (!(e instanceof ArithmeticException)) {
      String message = String.valueOf(e.getMessage());
      return message.contains("logarithm")
          ? SqlRefusal.Reason.OUT_OF_RANGE
          : message.endsWith("in agg SINGLE_VALUE")
              ? SqlRefusal.Reason.CARDINALITY
              : SqlRefusal.Reason.INVALID_VALUE;
    }
    // Java has one type and these words for it, and so has BigDecimal, also for 0 / 0.
    String message = String.valueOf(e.getMessage()).toLowerCase(Locale.ROOT);
    return message.contains("by zero") || message.equals("division undefined")
        ? SqlRefusal.Reason.DIVISION_BY_ZERO
        : SqlRefusal.Reason.OUT_OF_RANGE;
  }

  @Override
  public List<String> explain(Execution execution) {
    List<String> lines = new ArrayList<>();
    lines.add("path: Calcite's Enumerable over");
    text.forEach(line -> lines.add("  " + line));
    requests.calls(execution).forEach(call -> lines.add("call: " + call));
    return lines;
  }
}
