package org.btrdb.sql.operator;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.apache.calcite.rel.RelFieldCollation;
import org.apache.calcite.rex.RexFieldCollation;
import org.apache.calcite.rex.RexInputRef;
import org.apache.calcite.rex.RexNode;
import org.apache.calcite.rex.RexOver;
import org.apache.calcite.rex.RexShuttle;
import org.apache.calcite.rex.RexWindow;
import org.apache.calcite.rex.RexWindowBound;
import org.apache.calcite.rex.RexWindowExclusion;
import org.apache.calcite.sql.SqlKind;
import org.btrdb.sql.SqlRefusal;
import org.btrdb.sql.expression.Evaluation;
import org.btrdb.sql.expression.Expression;
import org.btrdb.sql.expression.ExpressionCompiler;
import org.btrdb.sql.expression.NoRow;
import org.btrdb.sql.expression.ValueType;
import org.jspecify.annotations.Nullable;

/**
 * Takes a projection with OVER apart: below the windows what their arguments and keys are computed
 * from, one window for each partition and order, above them the rest.
 */
final class WindowBuilder {

  /** Makes a projection without OVER; null if it has what is not known. */
  interface Projection {
    @Nullable Operator project(Operator input, List<RexNode> projects);
  }

  /** What functions must share to be computed together. */
  private record Grouping(List<Integer> partition, List<SortKey> keys) {}

  private final ExpressionCompiler expressions;
  private final Projection projection;
  private final List<RexNode> below = new ArrayList<>();
  private final Map<RexOver, WindowFunction> functions = new LinkedHashMap<>();
  private final Map<Grouping, List<RexOver>> groups = new LinkedHashMap<>();

  WindowBuilder(ExpressionCompiler expressions, Projection projection) {
    this.expressions = expressions;
    this.projection = projection;
  }

  /** The operators of a projection; null if it has what is not known. */
  @Nullable Operator build(Operator input, List<RexNode> projects, List<RexNode> identity) {
    below.addAll(identity);
    List<RexOver> overs = new ArrayList<>();
    RexShuttle collector =
        new RexShuttle() {
          @Override
          public RexNode visitOver(RexOver over) {
            if (!overs.contains(over)) {
              overs.add(over);
            }
            return over;
          }
        };
    collector.visitList(projects);
    for (RexOver over : overs) {
      groups.computeIfAbsent(grouping(over.getWindow()), g -> new ArrayList<>()).add(over);
    }
    overs.forEach(over -> valueArguments(over).forEach(this::column));
    Operator prepared =
        below.size() > identity.size() ? projection.project(input, List.copyOf(below)) : input;
    if (prepared == null || !addFunctions(overs, prepared.types())) {
      return null;
    }
    Map<RexOver, Integer> places = new LinkedHashMap<>();
    Operator windows = prepared;
    for (Map.Entry<Grouping, List<RexOver>> group : groups.entrySet()) {
      windows = window(windows, group.getKey(), group.getValue(), places);
      if (windows == null) {
        return null;
      }
    }
    return projection.project(windows, above(projects, places));
  }

  private Grouping grouping(RexWindow window) {
    List<Integer> partition = window.partitionKeys.stream().map(this::column).toList();
    List<SortKey> keys = new ArrayList<>();
    for (RexFieldCollation key : window.orderKeys) {
      RelFieldCollation collation =
          new RelFieldCollation(column(key.left), key.getDirection(), key.getNullDirection());
      keys.add(OperatorBuilder.sortKey(collation));
    }
    return new Grouping(partition, keys);
  }

  /** The column below the windows that has a value; it is added if there is none. */
  private int column(RexNode node) {
    if (node instanceof RexInputRef ref) {
      return ref.getIndex();
    }
    int known = below.indexOf(node);
    if (known >= 0) {
      return known;
    }
    below.add(node);
    return below.size() - 1;
  }

  /** The arguments that are values of rows: not how far LAG reaches or how many tiles there are. */
  private static List<RexNode> valueArguments(RexOver over) {
    List<RexNode> operands = over.getOperands();
    return switch (over.getAggOperator().getKind()) {
      case LAG, LEAD ->
          operands.size() > 2 ? List.of(operands.get(0), operands.get(2)) : operands.subList(0, 1);
      case NTH_VALUE -> operands.subList(0, 1);
      case NTILE -> List.of();
      default -> operands;
    };
  }

  private boolean addFunctions(List<RexOver> overs, List<ValueType> types) {
    for (RexOver over : overs) {
      WindowFunction function = function(over, types);
      if (function == null) {
        return false;
      }
      functions.put(over, function);
    }
    return true;
  }

  private @Nullable WindowFunction function(RexOver over, List<ValueType> types) {
    RexWindow window = over.getWindow();
    ValueType type = ValueType.of(over.getType());
    WindowFrame frame = frame(window);
    if (type == null
        || frame == null
        || over.isDistinct()
        || over.ignoreNulls()
        || window.getExclude() != RexWindowExclusion.EXCLUDE_NO_OTHER) {
      return null;
    }
    SqlKind kind = over.getAggOperator().getKind();
    List<Integer> arguments = valueArguments(over).stream().map(this::column).toList();
    boolean argumentsFit = arguments.stream().allMatch(a -> types.get(a) == type);
    return switch (kind) {
      case ROW_NUMBER -> new WindowFunction(kind, List.of(), null, frame, null, type);
      case RANK, DENSE_RANK -> new WindowFunction(kind, List.of(), null, peers(), null, type);
      case NTILE -> {
        Expression tiles = offset(over.getOperands().get(0));
        yield tiles == null
            ? null
            : new WindowFunction(kind, List.of(), positive(kind, tiles), peers(), null, type);
      }
      case LAG, LEAD, NTH_VALUE -> {
        boolean hasOffset = over.getOperands().size() > 1;
        Expression offset = hasOffset ? offset(over.getOperands().get(1)) : null;
        if (kind == SqlKind.NTH_VALUE && offset != null) {
          offset = positive(kind, offset);
        }
        yield argumentsFit && (!hasOffset || offset != null)
            ? new WindowFunction(kind, arguments, offset, frame, null, type)
            : null;
      }
      case FIRST_VALUE, LAST_VALUE ->
          argumentsFit ? new WindowFunction(kind, arguments, null, frame, null, type) : null;
      default -> {
        Optional<AggregateFunction> aggregate =
            AggregateFunction.of(over.getAggOperator(), arguments, types, -1, false, false, type);
        yield aggregate
            .filter(a -> !a.isHeld())
            .map(
                a ->
                    new WindowFunction(
                        kind, arguments, null, a.isRunning() ? running() : frame, a, type))
            .orElse(null);
      }
    };
  }

  private static WindowFrame peers() {
    WindowFrame.Bound current = new WindowFrame.Bound(WindowFrame.Side.CURRENT, null);
    return new WindowFrame(false, current, current);
  }

  private static WindowFrame running() {
    return new WindowFrame(
        true,
        new WindowFrame.Bound(WindowFrame.Side.UNBOUNDED_PRECEDING, null),
        new WindowFrame.Bound(WindowFrame.Side.CURRENT, null));
  }

  private static Expression positive(SqlKind kind, Expression rows) {
    Object number = rows.value(new Evaluation(NoRow.INSTANCE, List.of()));
    if (number == null || ((Number) number).longValue() <= 0) {
      throw new SqlRefusal(
          SqlRefusal.Reason.INVALID, kind + " needs a number from 1 on: " + number, null);
    }
    return rows;
  }

  /** A literal number of rows, 0 or more. */
  private @Nullable Expression offset(RexNode node) {
    return expressions
        .compile(node)
        .filter(e -> e.isConstant() && e.type().isInteger())
        .orElse(null);
  }

  private @Nullable WindowFrame frame(RexWindow window) {
    WindowFrame.Bound lower = bound(window.getLowerBound());
    WindowFrame.Bound upper = bound(window.getUpperBound());
    if (lower == null || upper == null) {
      return null;
    }
    WindowFrame frame = new WindowFrame(window.isRows(), lower, upper);
    if (frame.hasRangeOffset()) {
      boolean oneKey =
          window.orderKeys.size() == 1
              && !window.orderKeys.get(0).left.getType().isNullable()
              && isInteger(window.orderKeys.get(0).left);
      return oneKey ? frame : null;
    }
    return frame;
  }

  private static boolean isInteger(RexNode node) {
    ValueType type = ValueType.of(node.getType());
    return type != null && type.isInteger();
  }

  private WindowFrame.@Nullable Bound bound(RexWindowBound bound) {
    if (bound.isUnbounded()) {
      return new WindowFrame.Bound(
          bound.isPreceding()
              ? WindowFrame.Side.UNBOUNDED_PRECEDING
              : WindowFrame.Side.UNBOUNDED_FOLLOWING,
          null);
    }
    if (bound.isCurrentRow()) {
      return new WindowFrame.Bound(WindowFrame.Side.CURRENT, null);
    }
    RexNode node = bound.getOffset();
    Expression offset =
        node == null
            ? null
            : expressions.compile(node).filter(e -> e.type().isInteger()).orElse(null);
    return offset == null
        ? null
        : new WindowFrame.Bound(
            bound.isPreceding() ? WindowFrame.Side.PRECEDING : WindowFrame.Side.FOLLOWING, offset);
  }

  private @Nullable Operator window(
      Operator input, Grouping grouping, List<RexOver> overs, Map<RexOver, Integer> places) {
    List<SortKey> order = new ArrayList<>();
    grouping.partition().forEach(p -> order.add(SortKey.ascending(p)));
    grouping.keys().forEach(order::add);
    if (order.stream().anyMatch(k -> !input.types().get(k.column()).isOrdered())) {
      return null;
    }
    for (RexOver over : overs) {
      places.put(over, input.types().size() + overs.indexOf(over));
    }
    return new WindowOperator(
        SortOperator.sorted(input, order),
        grouping.partition(),
        grouping.keys(),
        overs.stream().map(functions::get).toList());
  }

  private static List<RexNode> above(List<RexNode> projects, Map<RexOver, Integer> places) {
    return new RexShuttle() {
      @Override
      public RexNode visitOver(RexOver over) {
        return new RexInputRef(Objects.requireNonNull(places.get(over)), over.getType());
      }
    }.visitList(projects);
  }
}
