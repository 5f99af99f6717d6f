package org.btrdb.sql.operator;

import java.util.List;
import java.util.Optional;
import org.apache.calcite.rel.core.AggregateCall;
import org.apache.calcite.sql.SqlAggFunction;
import org.apache.calcite.sql.SqlKind;
import org.btrdb.sql.aggregate.DialectAggregate;
import org.btrdb.sql.aggregate.PairMoments;
import org.btrdb.sql.expression.ValueType;

/**
 * An aggregate function of columns.
 *
 * @param function which
 * @param arguments columns of the input
 * @param argumentTypes their types
 * @param filter a boolean column that must be true for a row to count, -1 for none
 * @param distinct whether equal arguments count once
 * @param descending whether percentiles count from the largest value
 * @param type of the result
 */
record AggregateFunction(
    SqlAggFunction function,
    List<Integer> arguments,
    List<ValueType> argumentTypes,
    int filter,
    boolean distinct,
    boolean descending,
    ValueType type) {

  /** The function that a call stands for; empty if it is not known here. */
  static Optional<AggregateFunction> of(AggregateCall call, List<ValueType> inputTypes) {
    int keys = call.getAggregation().isPercentile() ? 1 : 0;
    boolean plain =
        call.getCollation().getFieldCollations().size() == keys
            && call.rexList.isEmpty()
            && call.distinctKeys == null
            && !call.ignoreNulls();
    ValueType type = ValueType.of(call.getType());
    return plain && type != null
        ? of(
            call.getAggregation(),
            DialectAggregate.arguments(call),
            inputTypes,
            call.filterArg,
            call.isDistinct(),
            DialectAggregate.isDescending(call),
            type)
        : Optional.empty();
  }

  static Optional<AggregateFunction> of(
      SqlAggFunction aggregation,
      List<Integer> arguments,
      List<ValueType> inputTypes,
      int filter,
      boolean distinct,
      boolean descending,
      ValueType type) {
    AggregateFunction function =
        new AggregateFunction(
            aggregation,
            List.copyOf(arguments),
            arguments.stream().map(inputTypes::get).toList(),
            filter,
            distinct,
            descending,
            type);
    return function.isKnown() ? Optional.of(function) : Optional.empty();
  }

  private boolean isKnown() {
    ValueType first = argumentTypes.isEmpty() ? null : argumentTypes.get(0);
    if (argumentTypes.stream().anyMatch(t -> !t.isOrdered()) && distinct) {
      return false;
    }
    if (PairMoments.Statistic.of(function) != null) {
      return type == ValueType.DOUBLE && argumentTypes.stream().allMatch(ValueType::isNumeric);
    }
    if (function instanceof DialectAggregate ours) {
      return isKnown(ours.meaning());
    }
    return switch (function.getKind()) {
      case COUNT, REGR_COUNT -> true;
      case SUM, SUM0 -> first == type && type.isNumeric() && arguments.size() == 1;
      case AVG ->
          first != null && first.isNumeric() && type == ValueType.DOUBLE && arguments.size() == 1;
      case STDDEV_POP, STDDEV_SAMP, VAR_POP, VAR_SAMP ->
          first == ValueType.DOUBLE && type == ValueType.DOUBLE && arguments.size() == 1;
      case MIN, MAX -> first == type && type.isOrdered() && arguments.size() == 1;
      case ANY_VALUE, SINGLE_VALUE -> first == type && arguments.size() == 1;
      case ARG_MIN, ARG_MAX ->
          first == type && arguments.size() == 2 && argumentTypes.get(1).isOrdered();
      default -> false;
    };
  }

  private boolean isKnown(DialectAggregate.Meaning meaning) {
    ValueType first = argumentTypes.get(0);
    return switch (meaning) {
      case HELD_AVERAGE, HELD_INTEGRAL, MEDIAN, UNWRAPPED_ANGLE -> first.isNumeric();
      // A window keeps the order of a percentile to itself.
      case PERCENTILE_CONT, APPROX_PERCENTILE -> first.isNumeric() && arguments.size() == 2;
      case PERCENTILE_DISC ->
          first == type && first.storage() != ValueType.Storage.OBJECT && arguments.size() == 2;
      case OF_PAIRS -> false;
    };
  }

  /** Whether it needs the bounds of its groups, and what was before them. */
  boolean isHeld() {
    return function instanceof DialectAggregate ours && ours.meaning().isHeld();
  }

  /** Whether it is of all rows of a window up to the current one. */
  boolean isRunning() {
    return function instanceof DialectAggregate ours
        && ours.meaning() == DialectAggregate.Meaning.UNWRAPPED_ANGLE;
  }

  /** New states. */
  Accumulator accumulator(Memory memory) {
    int[] columns = arguments.stream().mapToInt(Integer::intValue).toArray();
    Accumulator plain = plain(columns, memory);
    SqlKind kind = function.getKind();
    boolean matters = kind != SqlKind.MIN && kind != SqlKind.MAX;
    return distinct && matters ? new DistinctRows(plain, columns, argumentTypes, memory) : plain;
  }

  private Accumulator plain(int[] columns, Memory memory) {
    PairMoments.Statistic ofPairs = PairMoments.Statistic.of(function);
    if (ofPairs != null) {
      return new Pairs(ofPairs, columns[0], columns[1], argumentTypes.get(0), argumentTypes.get(1));
    }
    if (function instanceof DialectAggregate ours) {
      return ofDialect(ours.meaning(), columns, memory);
    }
    return switch (function.getKind()) {
      case COUNT, REGR_COUNT -> new Counts(columns);
      case SUM -> Sums.of(columns[0], Sums.Result.SUM, type, type);
      case SUM0 -> Sums.of(columns[0], Sums.Result.SUM0, type, type);
      case AVG -> Sums.of(columns[0], Sums.Result.AVG, argumentTypes.get(0), type);
      case STDDEV_POP -> new Deviations(columns[0], false, true);
      case STDDEV_SAMP -> new Deviations(columns[0], true, true);
      case VAR_POP -> new Deviations(columns[0], false, false);
      case VAR_SAMP -> new Deviations(columns[0], true, false);
      case MIN -> extreme(columns[0], false, memory);
      case MAX -> extreme(columns[0], true, memory);
      case ANY_VALUE -> pick(Picks.Choice.ANY, columns[0], columns[0], memory);
      case SINGLE_VALUE -> pick(Picks.Choice.SINGLE, columns[0], columns[0], memory);
      case ARG_MIN -> pick(Picks.Choice.SMALLEST, columns[0], columns[1], memory);
      case ARG_MAX -> pick(Picks.Choice.LARGEST, columns[0], columns[1], memory);
      default -> throw new IllegalStateException("unknown: " + function);
    };
  }

  private Accumulator ofDialect(DialectAggregate.Meaning meaning, int[] columns, Memory memory) {
    ValueType first = argumentTypes.get(0);
    return switch (meaning) {
      case HELD_AVERAGE -> new Holds(columns[0], columns[1], first, false);
      case HELD_INTEGRAL -> new Holds(columns[0], columns[1], first, true);
      case MEDIAN ->
          new Percentiles(columns[0], -1, first, Percentiles.Choice.BETWEEN, false, memory);
      case PERCENTILE_CONT, APPROX_PERCENTILE ->
          new Percentiles(
              columns[0], columns[1], first, Percentiles.Choice.BETWEEN, descending, memory);
      case PERCENTILE_DISC ->
          new Percentiles(
              columns[0], columns[1], first, Percentiles.Choice.ONE_OF_THEM, descending, memory);
      case UNWRAPPED_ANGLE -> new UnwrappedAngles(columns[0], first);
      case OF_PAIRS -> throw new IllegalStateException("unknown: " + function);
    };
  }

  private Accumulator extreme(int column, boolean largest, Memory memory) {
    return type.storage() == ValueType.Storage.OBJECT
        ? pick(largest ? Picks.Choice.LARGEST : Picks.Choice.SMALLEST, column, column, memory)
        : Extremes.of(column, largest, type);
  }

  private Accumulator pick(Picks.Choice choice, int value, int key, Memory memory) {
    ValueType keyType = argumentTypes.get(argumentTypes.size() - 1);
    return new Picks(choice, value, key, type, keyType, memory);
  }

  @Override
  public String toString() {
    return function.getName()
        + (distinct ? " DISTINCT " : " ")
        + arguments
        + (filter < 0 ? "" : " if " + filter);
  }
}
