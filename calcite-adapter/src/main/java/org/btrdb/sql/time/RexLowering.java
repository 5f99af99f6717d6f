package org.btrdb.sql.time;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import org.apache.calcite.avatica.util.TimeUnitRange;
import org.apache.calcite.rel.type.RelDataType;
import org.apache.calcite.rex.RexBuilder;
import org.apache.calcite.rex.RexCall;
import org.apache.calcite.rex.RexCorrelVariable;
import org.apache.calcite.rex.RexDynamicParam;
import org.apache.calcite.rex.RexFieldAccess;
import org.apache.calcite.rex.RexFieldCollation;
import org.apache.calcite.rex.RexInputRef;
import org.apache.calcite.rex.RexLiteral;
import org.apache.calcite.rex.RexNode;
import org.apache.calcite.rex.RexOver;
import org.apache.calcite.rex.RexShuttle;
import org.apache.calcite.rex.RexSubQuery;
import org.apache.calcite.rex.RexUtil;
import org.apache.calcite.rex.RexWindowBound;
import org.apache.calcite.rex.RexWindowExclusion;
import org.apache.calcite.sql.SqlFunction;
import org.apache.calcite.sql.SqlKind;
import org.apache.calcite.sql.SqlOperator;
import org.apache.calcite.sql.fun.SqlAbstractTimeFunction;
import org.apache.calcite.sql.fun.SqlStdOperatorTable;
import org.apache.calcite.sql.type.SqlTypeName;
import org.apache.calcite.sql.type.SqlTypeUtil;
import org.apache.calcite.util.TimestampString;
import org.btrdb.sql.SqlRefusal;
import org.jspecify.annotations.Nullable;

/**
 * Lowers expressions: an allow-list of the operators that have temporal operands or results. What
 * is not on it is refused, so nothing can be silently computed in milliseconds.
 */
final class RexLowering extends RexShuttle {
  private static final BigDecimal NANOS_PER_MILLI = BigDecimal.valueOf(1_000_000);

  /** Operators for which a timestamp is as good as a number. */
  private static final Set<SqlKind> NEUTRAL =
      Set.of(
          SqlKind.EQUALS,
          SqlKind.NOT_EQUALS,
          SqlKind.LESS_THAN,
          SqlKind.LESS_THAN_OR_EQUAL,
          SqlKind.GREATER_THAN,
          SqlKind.GREATER_THAN_OR_EQUAL,
          SqlKind.IS_DISTINCT_FROM,
          SqlKind.IS_NOT_DISTINCT_FROM,
          SqlKind.IS_NULL,
          SqlKind.IS_NOT_NULL,
          SqlKind.CASE,
          SqlKind.COALESCE,
          SqlKind.NULLIF,
          SqlKind.GREATEST,
          SqlKind.LEAST);

  private final RexBuilder rex;
  private final TypeLowering types;
  private final LoweredParameters parameters;

  RexLowering(RexBuilder rex, LoweredParameters parameters) {
    this.rex = rex;
    this.types = new TypeLowering(rex.getTypeFactory());
    this.parameters = parameters;
  }

  @Override
  public RexNode visitInputRef(RexInputRef ref) {
    return new RexInputRef(ref.getIndex(), types.lower(ref.getType()));
  }

  @Override
  public RexNode visitCorrelVariable(RexCorrelVariable variable) {
    return rex.makeCorrel(types.lower(variable.getType()), variable.id);
  }

  @Override
  public RexNode visitFieldAccess(RexFieldAccess access) {
    RexNode from = access.getReferenceExpr().accept(this);
    return rex.makeFieldAccess(from, access.getField().getIndex());
  }

  @Override
  public RexNode visitDynamicParam(RexDynamicParam parameter) {
    parameters.usedAsValue(parameter.getIndex());
    return rex.makeDynamicParam(types.lower(parameter.getType()), parameter.getIndex());
  }

  @Override
  public RexNode visitSubQuery(RexSubQuery subQuery) {
    throw new SqlRefusal(
        SqlRefusal.Reason.UNSUPPORTED, "this form of sub-query is not supported", null);
  }

  @Override
  public RexNode visitLiteral(RexLiteral literal) {
    RelDataType type = literal.getType();
    if (!TypeLowering.isTemporal(type)) {
      return literal;
    }
    RelDataType lowered = types.lower(type);
    if (literal.isNull()) {
      return rex.makeNullLiteral(lowered);
    }
    if (TypeLowering.isTimestamp(type)) {
      return bigint(new BigDecimal(exactNanos(literal)));
    }
    BigDecimal millis = literal.getValueAs(BigDecimal.class);
    return bigint(Objects.requireNonNull(millis).multiply(NANOS_PER_MILLI));
  }

  @Override
  public RexNode visitOver(RexOver over) {
    if (over.getWindow().getExclude() != RexWindowExclusion.EXCLUDE_NO_OTHER) {
      throw new SqlRefusal(
          SqlRefusal.Reason.UNSUPPORTED, "EXCLUDE in a window is not supported", null);
    }
    List<RexNode> operands = visitList(over.getOperands());
    List<RexNode> partitionKeys = visitList(over.getWindow().partitionKeys);
    List<RexFieldCollation> orderKeys = new ArrayList<>();
    for (RexFieldCollation key : over.getWindow().orderKeys) {
      orderKeys.add(new RexFieldCollation(key.left.accept(this), key.right));
    }
    RexWindowBound lower = over.getWindow().getLowerBound().accept(this);
    RexWindowBound upper = over.getWindow().getUpperBound().accept(this);
    return rex.makeOver(
        types.lower(over.getType()),
        over.getAggOperator(),
        operands,
        partitionKeys,
        com.google.common.collect.ImmutableList.copyOf(orderKeys),
        lower,
        upper,
        over.getWindow().isRows(),
        true,
        false,
        over.isDistinct(),
        over.ignoreNulls());
  }

  @Override
  public RexNode visitCall(RexCall call) {
    if (SqlKind.COMPARISON.contains(call.getKind())) {
      return comparison(call);
    }
    if (call.getOperator() instanceof TimeFunction function) {
      return function.lower(call, this);
    }
    if (call.getOperator() instanceof SqlAbstractTimeFunction) {
      return now();
    }
    if (call.getOperator().equals(SqlStdOperatorTable.CURRENT_DATE)) {
      return rex.makeCall(NanoOperators.TO_DATE, now());
    }
    boolean temporal =
        TypeLowering.isTemporal(call.getType())
            || call.getOperands().stream().anyMatch(o -> TypeLowering.isTemporal(o.getType()));
    List<RexNode> operands =
        temporal && !NEUTRAL.contains(call.getKind()) ? List.of() : visitList(call.getOperands());
    if (!temporal || NEUTRAL.contains(call.getKind())) {
      return call.clone(types.lower(call.getType()), operands);
    }
    return temporal(call);
  }

  /** One instant for the whole statement: the parameter after the user's own. */
  private RexNode now() {
    return rex.makeDynamicParam(
        rex.getTypeFactory().createSqlType(SqlTypeName.BIGINT), parameters.nowIndex());
  }

  /** Makes a call in a lowered plan. */
  RexNode call(SqlFunction operator, RexNode... operands) {
    return rex.makeCall((SqlOperator) operator, operands);
  }

  /** An integer as BIGINT, literals without a cast. */
  RexNode asBigint(RexNode node) {
    if (node.getType().getSqlTypeName() == SqlTypeName.BIGINT) {
      return node;
    }
    if (node instanceof RexLiteral literal && !literal.isNull()) {
      return bigint(Objects.requireNonNull(literal.getValueAs(BigDecimal.class)));
    }
    RelDataType bigint =
        rex.getTypeFactory()
            .createTypeWithNullability(
                rex.getTypeFactory().createSqlType(SqlTypeName.BIGINT),
                node.getType().isNullable());
    return rex.makeAbstractCast(bigint, node, false);
  }

  /** A bound beyond 64 bits, such as the year 9999 of BI tools, saturates: no time is beyond it. */
  private RexNode comparison(RexCall call) {
    List<RexNode> operands = new ArrayList<>();
    for (RexNode operand : call.getOperands()) {
      operands.add(bound(operand));
    }
    return call.clone(types.lower(call.getType()), operands);
  }

  /** What other times are compared with. */
  RexNode bound(RexNode operand) {
    RexLiteral literal = timestampLiteral(operand);
    if (operand instanceof RexDynamicParam p && TypeLowering.isTimestamp(p.getType())) {
      parameters.usedInComparison(p.getIndex());
      return rex.makeDynamicParam(types.lower(p.getType()), p.getIndex());
    }
    return literal != null ? bigint(saturated(exactNanos(literal))) : operand.accept(this);
  }

  private static @Nullable RexLiteral timestampLiteral(RexNode node) {
    boolean precisionCast =
        node.isA(SqlKind.CAST)
            && TypeLowering.isTimestamp(node.getType())
            && node.getType().getPrecision() == 9;
    RexNode inner = precisionCast ? ((RexCall) node).getOperands().get(0) : node;
    return inner instanceof RexLiteral literal
            && TypeLowering.isTimestamp(inner.getType())
            && !literal.isNull()
        ? literal
        : null;
  }

  private RexNode temporal(RexCall call) {
    return switch (call.getKind()) {
      case FLOOR -> rounded(call, NanoOperators.FLOOR, NanoOperators.CALENDAR_FLOOR);
      case CEIL -> rounded(call, NanoOperators.CEIL, NanoOperators.CALENDAR_CEIL);
      case EXTRACT -> extract(call);
      case CAST -> cast(call);
      case PLUS, MINUS -> sum(call);
      case TIMES -> product(call);
      case MINUS_PREFIX ->
          rex.makeCall(NanoOperators.MINUS, bigint(0), dayTime(call, call.getOperands().get(0)));
      default -> throw refusal(call);
    };
  }

  private RexNode sum(RexCall call) {
    RexNode left = call.getOperands().get(0);
    RexNode right = call.getOperands().get(1);
    boolean minus = call.getKind() == SqlKind.MINUS;
    if (!minus && SqlTypeUtil.isInterval(left.getType())) {
      RexNode swap = left;
      left = right;
      right = swap;
    }
    if (left.getType().getSqlTypeName() == SqlTypeName.DATE) {
      return dateSum(call, left, right, minus);
    }
    if (TypeLowering.isYearMonth(right.getType())) {
      RexNode months = months(right, minus);
      return rex.makeCall(NanoOperators.ADD_MONTHS, left.accept(this), months);
    }
    boolean timestamps =
        minus
            && TypeLowering.isTimestamp(left.getType())
            && TypeLowering.isTimestamp(right.getType());
    if (!timestamps && !TypeLowering.isDayTime(right.getType())) {
      throw refusal(call);
    }
    return folded(
        minus ? NanoOperators.MINUS : NanoOperators.PLUS, left.accept(this), right.accept(this));
  }

  /** Calcite computes dates in whole days, which is exact for whole days and months only. */
  private RexNode dateSum(RexCall call, RexNode date, RexNode interval, boolean minus) {
    RexNode nanos = rex.makeCall(NanoOperators.OF_DATE, date.accept(this));
    RexNode sum =
        TypeLowering.isYearMonth(interval.getType())
            ? rex.makeCall(NanoOperators.ADD_MONTHS, nanos, months(interval, minus))
            : folded(
                minus ? NanoOperators.MINUS : NanoOperators.PLUS, nanos, dayTime(call, interval));
    return TypeLowering.isTimestamp(call.getType())
        ? sum
        : rex.makeCall(NanoOperators.TO_DATE, sum);
  }

  private RexNode months(RexNode interval, boolean negate) {
    if (!(interval instanceof RexLiteral literal) || literal.isNull()) {
      throw new SqlRefusal(
          SqlRefusal.Reason.UNSUPPORTED, "an interval of months must be a literal", null);
    }
    BigDecimal months = Objects.requireNonNull(literal.getValueAs(BigDecimal.class));
    return bigint(negate ? months.negate() : months);
  }

  private RexNode dayTime(RexCall call, RexNode interval) {
    if (!TypeLowering.isDayTime(interval.getType())) {
      throw refusal(call);
    }
    return interval.accept(this);
  }

  private RexNode product(RexCall call) {
    RexNode left = call.getOperands().get(0);
    RexNode right = call.getOperands().get(1);
    boolean intervalFirst = SqlTypeUtil.isInterval(left.getType());
    RexNode factor = intervalFirst ? right : left;
    RexNode interval = intervalFirst ? left : right;
    if (!SqlTypeUtil.isIntType(factor.getType())) {
      throw refusal(call);
    }
    return folded(NanoOperators.TIMES, dayTime(call, interval), factor.accept(this));
  }

  private RexNode rounded(RexCall call, SqlFunction fixed, SqlFunction calendar) {
    RexNode operand = call.getOperands().get(0);
    if (!TypeLowering.isTimestamp(operand.getType())
        || !(call.getOperands().get(1) instanceof RexLiteral flag)) {
      throw refusal(call);
    }
    TimeUnitRange unit = Objects.requireNonNull(flag.getValueAs(TimeUnitRange.class));
    if (unit == TimeUnitRange.CENTURY || unit == TimeUnitRange.MILLENNIUM) {
      throw refusal(call);
    }
    RexNode nanos = operand.accept(this);
    long months = TimeUnits.months(unit);
    return months > 0
        ? rex.makeCall(calendar, nanos, bigint(months))
        : rex.makeCall(
            fixed, nanos, bigint(TimeUnits.nanos(unit)), bigint(TimeUnits.originNanos(unit)));
  }

  private RexNode extract(RexCall call) {
    RexNode operand = call.getOperands().get(1);
    if (!TypeLowering.isTimestamp(operand.getType())
        || !(call.getOperands().get(0) instanceof RexLiteral flag)) {
      throw refusal(call);
    }
    TimeUnitRange unit = Objects.requireNonNull(flag.getValueAs(TimeUnitRange.class));
    return rex.makeCall(NanoOperators.EXTRACT, rex.makeLiteral(unit.name()), operand.accept(this));
  }

  private RexNode cast(RexCall call) {
    RexNode operand = call.getOperands().get(0);
    RelDataType from = operand.getType();
    RelDataType to = call.getType();
    if (TypeLowering.isTimestamp(to)) {
      return truncated(toTimestamp(call, operand), to.getPrecision());
    }
    if (!TypeLowering.isTimestamp(from)) {
      throw refusal(call);
    }
    if (SqlTypeUtil.isCharacter(to)) {
      RexNode text = rex.makeCall(NanoOperators.TO_TEXT, operand.accept(this));
      return rex.makeAbstractCast(to, text, false);
    }
    if (to.getSqlTypeName() == SqlTypeName.DATE) {
      return rex.makeCall(NanoOperators.TO_DATE, operand.accept(this));
    }
    throw refusal(call);
  }

  private RexNode toTimestamp(RexCall call, RexNode operand) {
    RelDataType from = operand.getType();
    if (TypeLowering.isTimestamp(from) || from.getSqlTypeName() == SqlTypeName.NULL) {
      return operand.accept(this);
    }
    if (operand instanceof RexLiteral literal
        && SqlTypeUtil.isCharacter(from)
        && !literal.isNull()) {
      String text = Objects.requireNonNull(literal.getValueAs(String.class));
      return bigint(NanoFunctions.ofText(text));
    }
    if (SqlTypeUtil.isCharacter(from)) {
      return rex.makeCall(NanoOperators.OF_TEXT, operand.accept(this));
    }
    if (from.getSqlTypeName() == SqlTypeName.DATE) {
      return rex.makeCall(NanoOperators.OF_DATE, operand.accept(this));
    }
    throw refusal(call);
  }

  /** A cast to fewer digits cuts, it never rounds into the next second. */
  private RexNode truncated(RexNode nanos, int precision) {
    if (precision < 0 || precision >= 9 || RexUtil.isNull(nanos)) {
      return nanos;
    }
    long width = BigInteger.TEN.pow(9 - precision).longValueExact();
    return rex.makeCall(NanoOperators.FLOOR, nanos, bigint(width), bigint(0));
  }

  private RexNode folded(SqlFunction operator, RexNode left, RexNode right) {
    if (left instanceof RexLiteral a
        && right instanceof RexLiteral b
        && !a.isNull()
        && !b.isNull()) {
      long x = Objects.requireNonNull(a.getValueAs(Long.class));
      long y = Objects.requireNonNull(b.getValueAs(Long.class));
      if (operator.equals(NanoOperators.PLUS)) {
        return bigint(NanoFunctions.plus(x, y));
      }
      return bigint(
          operator.equals(NanoOperators.MINUS)
              ? NanoFunctions.minus(x, y)
              : NanoFunctions.times(x, y));
    }
    return call(operator, left, right);
  }

  private static BigInteger exactNanos(RexLiteral literal) {
    TimestampString text = Objects.requireNonNull(literal.getValueAs(TimestampString.class));
    String digits = text.toString();
    int point = digits.indexOf('.');
    long seconds =
        java.time.LocalDateTime.parse(
                (point < 0 ? digits : digits.substring(0, point)).replace(' ', 'T'))
            .toEpochSecond(java.time.ZoneOffset.UTC);
    String fraction = point < 0 ? "" : digits.substring(point + 1);
    return BigInteger.valueOf(seconds)
        .multiply(BigInteger.valueOf(NanoFunctions.NANOS_PER_SECOND))
        .add(new BigInteger((fraction + "000000000").substring(0, 9)));
  }

  private static long saturated(BigInteger nanos) {
    return nanos
        .min(BigInteger.valueOf(Long.MAX_VALUE))
        .max(BigInteger.valueOf(Long.MIN_VALUE))
        .longValueExact();
  }

  RexLiteral bigint(long value) {
    return bigint(BigDecimal.valueOf(value));
  }

  private RexLiteral bigint(BigDecimal value) {
    try {
      return rex.makeExactLiteral(
          BigDecimal.valueOf(value.longValueExact()),
          rex.getTypeFactory().createSqlType(SqlTypeName.BIGINT));
    } catch (ArithmeticException e) {
      throw new SqlRefusal(
          SqlRefusal.Reason.OUT_OF_RANGE, "not a whole number of nanoseconds: " + value, e);
    }
  }

  private static SqlRefusal refusal(RexCall call) {
    return new SqlRefusal(
        SqlRefusal.Reason.UNSUPPORTED,
        call.getOperator().getName() + " of type " + call.getType() + " is not supported on time",
        null);
  }
}
