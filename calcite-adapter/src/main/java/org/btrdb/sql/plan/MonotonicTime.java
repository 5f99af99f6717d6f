package org.btrdb.sql.plan;

import java.util.List;
import java.util.Optional;
import java.util.function.LongUnaryOperator;
import org.apache.calcite.rex.RexCall;
import org.apache.calcite.rex.RexLiteral;
import org.apache.calcite.rex.RexNode;
import org.apache.calcite.sql.SqlOperator;
import org.btrdb.client.time.IsoTime;
import org.btrdb.sql.SqlRefusal;
import org.btrdb.sql.read.Scalar;
import org.btrdb.sql.time.CalendarBuckets;
import org.btrdb.sql.time.NanoFunctions;
import org.btrdb.sql.time.NanoOperators;
import org.jspecify.annotations.Nullable;

/**
 * A function of the time that never falls as time goes on, such as the bucket or the day it falls
 * into: what is compared with its value bounds the time itself.
 */
final class MonotonicTime {

  /** For a value, the first time at which the function is not below it. */
  @FunctionalInterface
  private interface Inverse {
    LongUnaryOperator over(List<@Nullable Object> parameters);
  }

  private final String text;
  private final Inverse inverse;

  private MonotonicTime(String text, Inverse inverse) {
    this.text = text;
    this.inverse = inverse;
  }

  /** The function of its first operand that a call is; empty if it is none of these. */
  static Optional<MonotonicTime> of(RexCall call) {
    SqlOperator operator = call.getOperator();
    if (operator.equals(NanoOperators.TO_DATE)) {
      return Optional.of(
          new MonotonicTime("day", p -> v -> NanoFunctions.times(v, IsoTime.NANOS_PER_DAY)));
    }
    if (call.getOperands().size() < 2) {
      return Optional.empty();
    }
    Optional<Scalar> second = Scalars.compile(call.getOperands().get(1));
    if (second.isEmpty()) {
      return Optional.empty();
    }
    if (operator.equals(NanoOperators.EXTRACT)) {
      return field(call.getOperands().get(1));
    }
    if (operator.equals(NanoOperators.PLUS)) {
      return Optional.of(shift(second.get(), -1));
    }
    if (operator.equals(NanoOperators.MINUS)) {
      return Optional.of(shift(second.get(), 1));
    }
    if (operator.equals(NanoOperators.TIME_FLOOR)) {
      CalendarBuckets buckets = CalendarBuckets.of(call);
      return Optional.of(new MonotonicTime(buckets.toString(), p -> buckets::ceil));
    }
    if (operator.equals(NanoOperators.TIME_FLOOR_FROM)) {
      CalendarBuckets buckets = CalendarBuckets.of(call);
      return Scalars.compile(call.getOperands().get(3))
          .map(
              origin ->
                  new MonotonicTime(
                      buckets + " from " + origin, p -> buckets.from(number(origin, p))::ceil));
    }
    if (operator.equals(NanoOperators.CALENDAR_FLOOR)) {
      return Optional.of(
          new MonotonicTime(
              second.get() + " months",
              p -> v -> NanoFunctions.calendarCeil(v, number(second.get(), p))));
    }
    if (operator.equals(NanoOperators.ADD_MONTHS)) {
      return monthEnd(call);
    }
    return operator.equals(NanoOperators.FLOOR)
        ? Scalars.compile(call.getOperands().get(2)).map(origin -> floor(second.get(), origin))
        : Optional.empty();
  }

  /**
   * The end of the calendar period that another function is; empty if a call is none. Later months
   * of any other times can be out of order: the days of a longer one become one.
   */
  private static Optional<MonotonicTime> monthEnd(RexCall call) {
    boolean isEnd =
        call.getOperator().equals(NanoOperators.ADD_MONTHS)
            && call.getOperands().get(0) instanceof RexCall start
            && start.getOperator().equals(NanoOperators.CALENDAR_FLOOR);
    return isEnd
        ? Scalars.compile(call.getOperands().get(1))
            .map(
                months ->
                    new MonotonicTime(
                        months + " months later",
                        p ->
                            v ->
                                NanoFunctions.addMonths(
                                    NanoFunctions.calendarCeil(v, 1), -number(months, p))))
        : Optional.empty();
  }

  /** The only fields that never begin anew. */
  private static Optional<MonotonicTime> field(RexNode name) {
    return switch (String.valueOf(((RexLiteral) name).getValueAs(String.class))) {
      case "YEAR" -> Optional.of(new MonotonicTime("year", p -> NanoFunctions::startOfYear));
      case "EPOCH" ->
          Optional.of(
              new MonotonicTime("second", p -> v -> NanoFunctions.times(v, 1_000_000_000L)));
      default -> Optional.empty();
    };
  }

  private static MonotonicTime shift(Scalar duration, int sign) {
    return new MonotonicTime(
        "shift", p -> v -> NanoFunctions.plus(v, NanoFunctions.times(number(duration, p), sign)));
  }

  private static MonotonicTime floor(Scalar width, Scalar origin) {
    return new MonotonicTime(
        width + " ns", p -> v -> NanoFunctions.ceil(v, number(width, p), number(origin, p)));
  }

  private static long number(Scalar scalar, List<@Nullable Object> parameters) {
    Long value = scalar.longValue(parameters);
    if (value == null) {
      throw new NullBound();
    }
    return value;
  }

  /** A width or shift that is NULL: the comparison is true for no time. */
  private static final class NullBound extends RuntimeException {
    private static final long serialVersionUID = 1L;

    NullBound() {
      super(null, null, false, false);
    }
  }

  /**
   * The first time at which the function is at least a value, or above it.
   *
   * @param above whether the value itself is not enough
   */
  Scalar firstAtLeast(Scalar value, boolean above) {
    return new Scalar(
        "first " + text + (above ? " above " : " from ") + value,
        parameters -> {
          Long bound = value.longValue(parameters);
          if (bound == null) {
            return null;
          }
          try {
            return inverse
                .over(parameters)
                .applyAsLong(above && bound != Long.MAX_VALUE ? bound + 1 : bound);
          } catch (NullBound e) {
            return null;
          } catch (SqlRefusal e) {
            if (e.reason() != SqlRefusal.Reason.OUT_OF_RANGE) {
              throw e;
            }
            return bound < 0 ? Long.MIN_VALUE : Long.MAX_VALUE; // no time lies beyond 64 bits
          }
        });
  }
}
