package org.btrdb.sql.time;

import java.math.BigDecimal;
import java.util.List;
import java.util.Objects;
import org.apache.calcite.rex.RexCall;
import org.apache.calcite.rex.RexLiteral;
import org.apache.calcite.rex.RexNode;
import org.apache.calcite.rex.RexUtil;
import org.btrdb.sql.SqlRefusal;

/** Cutting times down, or up, to the start of a bucket, in terms of {@link NanoOperators}. */
final class Cuts {
  private Cuts() {}

  /** A time cut down to the start of a unit. */
  static RexNode floor(RexNode nanos, TimeUnit unit, RexLowering lowering) {
    if (unit.months() == 0) {
      return lowering.call(
          NanoOperators.FLOOR,
          nanos,
          lowering.bigint(unit.nanos()),
          lowering.bigint(unit.originNanos()));
    }
    RexNode cut =
        lowering.call(
            NanoOperators.CALENDAR_FLOOR,
            moved(nanos, -unit.firstMonth(), lowering),
            lowering.bigint(unit.months()));
    return moved(cut, unit.firstMonth(), lowering);
  }

  /** A time cut up to the start of a unit, itself if it is one. */
  static RexNode ceil(RexNode nanos, TimeUnit unit, RexLowering lowering) {
    if (unit.months() == 0) {
      return lowering.call(
          NanoOperators.CEIL,
          nanos,
          lowering.bigint(unit.nanos()),
          lowering.bigint(unit.originNanos()));
    }
    RexNode cut =
        lowering.call(
            NanoOperators.CALENDAR_CEIL,
            moved(nanos, -unit.firstMonth(), lowering),
            lowering.bigint(unit.months()));
    return moved(cut, unit.firstMonth(), lowering);
  }

  private static RexNode moved(RexNode nanos, int months, RexLowering lowering) {
    return months == 0
        ? nanos
        : lowering.call(NanoOperators.ADD_MONTHS, nanos, lowering.bigint(months));
  }

  /** {@code DATE_TRUNC(unit as text, time)}. */
  static RexNode postgres(RexCall call, RexLowering lowering) {
    TimeUnit unit = TimeUnit.named(lowering.text(call.getOperands().get(0), "unit of DATE_TRUNC"));
    return floor(
        lowering.nanos(call.getOperands().get(1)),
        unit == TimeUnit.WEEK ? TimeUnit.ISOWEEK : unit,
        lowering);
  }

  /** {@code pw_bin(pointwidth, time)}. */
  static RexNode pointwidth(RexCall call, RexLowering lowering) {
    RexNode pointwidth = lowering.asBigint(call.getOperands().get(0).accept(lowering));
    RexNode width =
        pointwidth instanceof RexLiteral literal && !literal.isNull()
            ? lowering.bigint(
                NanoFunctions.powerOfTwo(Objects.requireNonNull(literal.getValueAs(Long.class))))
            : lowering.call(NanoOperators.POWER_OF_TWO, pointwidth);
    RexNode nanos = call.getOperands().get(1).accept(lowering);
    return lowering.call(NanoOperators.FLOOR, nanos, width, lowering.bigint(0));
  }

  /** {@code date_bin(width, time [, origin])}. */
  static RexNode bin(RexCall call, RexLowering lowering) {
    RexNode width = call.getOperands().get(0);
    RexNode nanos = call.getOperands().get(1).accept(lowering);
    boolean hasOrigin = call.getOperands().size() > 2;
    if (TypeLowering.isYearMonth(width.getType())) {
      if (hasOrigin || !(width instanceof RexLiteral months)) {
        throw new SqlRefusal(
            SqlRefusal.Reason.UNSUPPORTED,
            "buckets of months need a literal width and take no origin",
            null);
      }
      long count = Objects.requireNonNull(months.getValueAs(BigDecimal.class)).longValueExact();
      return lowering.call(NanoOperators.CALENDAR_FLOOR, nanos, months(lowering.bigint(count)));
    }
    RexNode origin = hasOrigin ? call.getOperands().get(2).accept(lowering) : lowering.bigint(0);
    RexNode length = Widths.nanos(width, lowering);
    return lowering.call(NanoOperators.FLOOR, nanos, positive(length), origin);
  }

  /** {@code TIME_FLOOR(time, period [, origin [, zone]])}. */
  static RexNode calendar(RexCall call, RexLowering lowering) {
    List<RexNode> operands = call.getOperands();
    RexNode nanos = operands.get(0).accept(lowering);
    String period = lowering.text(operands.get(1), "period of TIME_FLOOR");
    String zone =
        isLeftOut(operands, 3) ? "UTC" : lowering.text(operands.get(3), "time zone of TIME_FLOOR");
    CalendarBuckets buckets = CalendarBuckets.of(period, zone);
    boolean hasOrigin = !isLeftOut(operands, 2);
    if (buckets.fixedWidth() > 0) {
      RexNode origin =
          hasOrigin ? operands.get(2).accept(lowering) : lowering.bigint(buckets.fixedOrigin());
      return lowering.call(
          NanoOperators.FLOOR, nanos, lowering.bigint(buckets.fixedWidth()), origin);
    }
    if (hasOrigin) {
      return lowering.call(
          NanoOperators.TIME_FLOOR_FROM,
          nanos,
          lowering.literal(period),
          lowering.literal(zone),
          operands.get(2).accept(lowering));
    }
    return buckets.plainMonths() > 0
        ? lowering.call(NanoOperators.CALENDAR_FLOOR, nanos, lowering.bigint(buckets.plainMonths()))
        : lowering.call(
            NanoOperators.TIME_FLOOR, nanos, lowering.literal(period), lowering.literal(zone));
  }

  /** Whether an operand is not there, or is NULL as it is written. */
  private static boolean isLeftOut(List<RexNode> operands, int index) {
    return operands.size() <= index || RexUtil.isNull(operands.get(index));
  }

  /** A width that is known to be more than 0 if it is a literal. */
  static RexNode positive(RexNode width) {
    if (width instanceof RexLiteral literal && !literal.isNull()) {
      positive(Objects.requireNonNull(literal.getValueAs(Long.class)));
    }
    return width;
  }

  /** Months of a calendar period. */
  static RexNode months(RexNode months) {
    if (months instanceof RexLiteral literal && !literal.isNull()) {
      long count = positive(Objects.requireNonNull(literal.getValueAs(Long.class)));
      if (count > IsoPeriod.MOST_MONTHS) {
        throw new SqlRefusal(
            SqlRefusal.Reason.INVALID_VALUE,
            "a bucket is at most 200 years, not " + count + " months",
            null);
      }
    }
    return months;
  }

  private static long positive(long width) {
    if (width <= 0) {
      throw new SqlRefusal(
          SqlRefusal.Reason.INVALID_VALUE, "a bucket must be wider than 0, not " + width, null);
    }
    return width;
  }
}
