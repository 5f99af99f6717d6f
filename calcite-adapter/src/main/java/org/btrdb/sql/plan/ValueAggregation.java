package org.btrdb.sql.plan;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.apache.calcite.rel.core.Aggregate;
import org.apache.calcite.rel.core.AggregateCall;
import org.apache.calcite.rex.RexBuilder;
import org.apache.calcite.rex.RexCall;
import org.apache.calcite.rex.RexLiteral;
import org.apache.calcite.rex.RexNode;
import org.apache.calcite.sql.SqlKind;
import org.btrdb.client.model.Capabilities;
import org.btrdb.sql.expression.ValueType;
import org.btrdb.sql.read.Bucket;
import org.btrdb.sql.read.Limit;
import org.btrdb.sql.read.ValueAggregate;
import org.btrdb.sql.read.ValueAggregate.Column;
import org.btrdb.sql.read.ValueAggregate.Use;
import org.btrdb.sql.read.ValueSearch;
import org.btrdb.sql.read.ValueSet;
import org.btrdb.sql.read.WindowRead;
import org.jspecify.annotations.Nullable;

/**
 * An aggregate over points that conditions on their value choose: one of all (WHERE), others of
 * single aggregates (FILTER, or CASE in the argument).
 */
final class ValueAggregation {
  private final ValueSearch search;
  private final List<RexNode> inputs;
  private final RexBuilder rex;
  private final boolean whole;
  private final int timeColumn;
  private final int valueColumn;

  private ValueAggregation(
      ValueSearch search, List<RexNode> inputs, RexBuilder rex, boolean whole) {
    this.search = search;
    this.inputs = inputs;
    this.rex = rex;
    this.whole = whole;
    this.timeColumn = search.timeColumn();
    this.valueColumn = search.valueColumn();
  }

  /**
   * The request that answers an aggregate; empty if there is none.
   *
   * @param search what is aggregated
   * @param inputs what the aggregate's arguments are, over the search
   * @param bucket what the group key is
   * @param key the column that the bucket is; null for the whole range
   */
  static Optional<ValueAggregate> of(
      Aggregate aggregate,
      ValueSearch search,
      List<RexNode> inputs,
      Bucket bucket,
      WindowRead.@Nullable Column key,
      Capabilities capabilities) {
    ValueAggregation aggregation =
        new ValueAggregation(
            search, inputs, aggregate.getCluster().getRexBuilder(), bucket instanceof Bucket.Whole);
    List<Column> columns = new ArrayList<>();
    if (key != null) {
      columns.add(new Column(key, search.values(), Use.PLAIN, ValueType.BIGINT));
    }
    for (AggregateCall call : aggregate.getAggCallList()) {
      Optional<Column> column = aggregation.column(call);
      if (column.isEmpty()
          || (column.get().statistic().isDeviation() && !capabilities.standardDeviation())) {
        return Optional.empty();
      }
      columns.add(column.get());
    }
    return Optional.of(
        new ValueAggregate(search.points(), bucket, search.values(), columns, Limit.NONE));
  }

  private Optional<Column> column(AggregateCall call) {
    ValueType type = ValueType.of(call.getType());
    if (type == null || WindowAggregation.isMoreThanAFunction(call)) {
      return Optional.empty();
    }
    Optional<ValueSet> filtered =
        call.filterArg < 0
            ? Optional.of(search.values())
            : values(inputs.get(call.filterArg)).flatMap(search.values()::and);
    if (filtered.isEmpty()) {
      return Optional.empty();
    }
    ValueSet values = filtered.get();
    List<Integer> arguments = call.getArgList();
    return switch (arguments.size()) {
      case 0 ->
          call.getAggregation().getKind() == SqlKind.COUNT
              ? Optional.of(new Column(WindowRead.Column.COUNT, values, Use.PLAIN, type))
              : Optional.empty();
      case 1 -> of(call, inputs.get(arguments.get(0)), values, type);
      case 2 -> ofTwo(call, values, type);
      default -> Optional.empty();
    };
  }

  private Optional<ValueSet> values(RexNode condition) {
    return ValuePredicate.of(condition, valueColumn, rex);
  }

  private Optional<Column> of(
      AggregateCall call, RexNode argument, ValueSet values, ValueType type) {
    if (argument.getKind() != SqlKind.CASE) {
      return ofPoint(call, argument, values, type);
    }
    List<RexNode> operands = ((RexCall) argument).getOperands();
    if (operands.size() != 3) {
      return Optional.empty();
    }
    RexNode then = operands.get(1);
    RexNode otherwise = operands.get(2);
    return values(operands.get(0))
        .flatMap(values::and)
        .flatMap(
            some ->
                RexLiteral.isNullLiteral(otherwise)
                    ? ofPoint(call, then, some, type)
                    : isNumber(otherwise, BigDecimal.ZERO)
                        ? withZeros(call, then, values, some, type)
                        : Optional.empty());
  }

  /** An aggregate of one thing of each point. */
  private Optional<Column> ofPoint(
      AggregateCall call, RexNode argument, ValueSet values, ValueType type) {
    SqlKind kind = call.getAggregation().getKind();
    if (ValuePredicate.isColumn(argument, valueColumn)) {
      return column(WindowAggregation.ofValue(call), values, type);
    }
    if (WindowAggregation.isColumn(uncast(argument), timeColumn)) {
      return column(WindowAggregation.ofTime(kind, whole), values, type);
    }
    if (argument instanceof RexLiteral literal && !literal.isNull() && kind == SqlKind.COUNT) {
      return column(WindowRead.Column.COUNT, values, type);
    }
    return isNumber(argument, BigDecimal.ONE) && kind == SqlKind.SUM && type.isInteger()
        ? Optional.of(new Column(WindowRead.Column.COUNT, values, Use.SUM_OF_ONES, type))
        : Optional.empty();
  }

  private static Optional<Column> column(
      WindowRead.@Nullable Column statistic, ValueSet values, ValueType type) {
    return Optional.ofNullable(statistic).map(s -> new Column(s, values, Use.PLAIN, type));
  }

  /** An aggregate of one thing of some points and of 0 for the others. */
  private Optional<Column> withZeros(
      AggregateCall call, RexNode argument, ValueSet all, ValueSet some, ValueType type) {
    if (!all.equals(search.values())) {
      return Optional.empty(); // a FILTER beside the CASE: the others are not all that make rows
    }
    boolean ones = isNumber(argument, BigDecimal.ONE);
    return switch (call.getAggregation().getKind()) {
      case SUM -> {
        if (ones && type.isInteger()) {
          yield Optional.of(
              new Column(WindowRead.Column.COUNT, some, Use.SUM_OF_ONES_AND_ZEROS, type));
        }
        yield ValuePredicate.isColumn(argument, valueColumn)
            ? Optional.of(new Column(WindowRead.Column.SUM, some, Use.SUM_WITH_ZEROS, type))
            : Optional.empty();
      }
      case AVG ->
          ones && type == ValueType.DOUBLE
              ? Optional.of(new Column(WindowRead.Column.COUNT, some, Use.SHARE, type))
              : Optional.empty();
      default -> Optional.empty();
    };
  }

  /** ARG_MIN and ARG_MAX of the time by the value. */
  private Optional<Column> ofTwo(AggregateCall call, ValueSet values, ValueType type) {
    SqlKind kind = call.getAggregation().getKind();
    boolean isTimeOfValue =
        whole
            && (kind == SqlKind.ARG_MIN || kind == SqlKind.ARG_MAX)
            && WindowAggregation.isColumn(inputs.get(call.getArgList().get(0)), timeColumn)
            && ValuePredicate.isColumn(inputs.get(call.getArgList().get(1)), valueColumn);
    return isTimeOfValue
        ? Optional.of(
            new Column(
                kind == SqlKind.ARG_MIN ? WindowRead.Column.MIN : WindowRead.Column.MAX,
                values,
                Use.TIME_OF,
                type))
        : Optional.empty();
  }

  /** What a cast of a type to itself, which may only be NULL or not, is of. */
  private static RexNode uncast(RexNode node) {
    return node.getKind() == SqlKind.CAST
            && ((RexCall) node).getOperands().get(0).getType().getSqlTypeName()
                == node.getType().getSqlTypeName()
        ? ((RexCall) node).getOperands().get(0)
        : node;
  }

  private static boolean isNumber(RexNode node, BigDecimal number) {
    RexNode inner = node.getKind() == SqlKind.CAST ? ((RexCall) node).getOperands().get(0) : node;
    return inner instanceof RexLiteral literal
        && literal.getValue() instanceof BigDecimal value
        && value.compareTo(number) == 0;
  }
}
