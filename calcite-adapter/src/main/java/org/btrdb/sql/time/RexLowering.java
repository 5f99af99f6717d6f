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
import org.btrdb.client.time.IsoTime;
import org.btrdb.sql.SqlRefusal;

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
  private final OuterColumns outer;

  RexLowering(RexBuilder rex, LoweredParameters parameters) {
    this.outer = new OuterColumns(parameters.nowIndex() + 1);
    this.rex = rex;
    this.types = new TypeLowering(rex.getTypeFactory());
    this.parameters = parameters;
  }

  /** The columns of outer rows that are parameters now. */
  OuterColumns outer() {
    return outer;
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
    RexNode parameter = outer.parameter(access);
    if (parameter != null) {
      return parameter;
    }
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
      return bigint(new BigDecimal(TimeLiterals.exactNanos(literal)));
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
      return current(call);
    }
    if (call.getOperator().equals(SqlStdOperatorTable.CURRENT_DATE)) {
      return call(NanoOperators.TO_DATE, now());
    }
    boolean temporal =
        TypeLowering.isTemporal(call.getType())
            || isOfDate(call)
            || call.getOperands().stream().anyMatch(o -> TypeLowering.isTemporal(o.getType()));
    List<RexNode> operands =
        temporal && !NEUTRAL.contains(call.getKind()) ? List.of() : visitList(call.getOperands());
    if (temporal && !NEUTRAL.contains(call.getKind())) {
      return temporal(call);
    }
    RexNode lowered = call.clone(types.lower(call.getType()), operands);
    // TIME_IN becomes a conjunction, perhaps inside one.
    return lowered.isA(SqlKind.AND) || lowered.isA(SqlKind.OR)
        ? RexUtil.flatten(rex, lowered)
        : lowered;
  }

  /** What Calcite would compute of dates, but our operators only of times. */
  private static boolean isOfDate(RexCall call) {
    return switch (call.getKind()) {
      case FLOOR, CEIL -> isDate(call.getOperands().get(0));
      case EXTRACT -> isDate(call.getOperands().get(1));
      case CAST -> isDate(call) && SqlTypeUtil.isCharacter(call.getOperands().get(0).getType());
      default -> false;
    };
  }

  private static boolean isDate(RexNode node) {
    return node.getType().getSqlTypeName() == SqlTypeName.DATE;
  }

  /** CURRENT_TIMESTAMP, perhaps with a number of digits. */
  private RexNode current(RexCall call) {
    if (!TypeLowering.isTimestamp(call.getType())) {
      throw refusal(call);
    }
    return call.getOperands().isEmpty() ? now() : truncated(now(), call.getType().getPrecision());
  }

  /** One instant for the whole statement: the parameter after the user's own. */
  RexNode now() {
    return rex.makeDynamicParam(
        rex.getTypeFactory().createSqlType(SqlTypeName.BIGINT), parameters.nowIndex());
  }

  RexBuilder builder() {
    return rex;
  }

  /** A timestamp, or the midnight a date begins with. */
  RexNode nanos(RexNode node) {
    RexNode lowered = node.accept(this);
    return isDate(node) ? call(NanoOperators.OF_DATE, lowered) : lowered;
  }

  /** A text that must be known when the statement is planned. */
  String text(RexNode node, String what) {
    if (node instanceof RexLiteral literal && !literal.isNull()) {
      return Objects.requireNonNull(literal.getValueAs(String.class));
    }
    throw new SqlRefusal(SqlRefusal.Reason.UNSUPPORTED, "the " + what + " must be a literal", null);
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
    Long constant = TimeLiterals.compared(operand);
    if (operand instanceof RexDynamicParam p && TypeLowering.isTimestamp(p.getType())) {
      parameters.usedInComparison(p.getIndex());
      return rex.makeDynamicParam(types.lower(p.getType()), p.getIndex());
    }
    return constant != null ? bigint(constant) : operand.accept(this);
  }

  private RexNode temporal(RexCall call) {
    return switch (call.getKind()) {
      case FLOOR -> typed(call, Cuts.floor(timeOperand(call, 0), unit(call, 1), this));
      case CEIL -> typed(call, Cuts.ceil(timeOperand(call, 0), unit(call, 1), this));
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
    if (isDate(left)) {
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

  /** A date and an interval are a date in Calcite's types, so hours of it would be lost. */
  private RexNode dateSum(RexCall call, RexNode date, RexNode interval, boolean minus) {
    if (isDate(call)
        && !TypeLowering.isYearMonth(interval.getType())
        && !isWholeDays(dayTime(call, interval))) {
      throw new SqlRefusal(
          SqlRefusal.Reason.UNSUPPORTED,
          "a date moves by whole days; write CAST(date AS TIMESTAMP) to move it by less",
          null);
    }
    RexNode nanos = rex.makeCall(NanoOperators.OF_DATE, date.accept(this));
    RexNode sum =
        TypeLowering.isYearMonth(interval.getType())
            ? rex.makeCall(NanoOperators.ADD_MONTHS, nanos, months(interval, minus))
            : folded(
                minus ? NanoOperators.MINUS : NanoOperators.PLUS, nanos, dayTime(call, interval));
    return typed(call, sum);
  }

  private static boolean isWholeDays(RexNode nanos) {
    return nanos instanceof RexLiteral literal
        && !literal.isNull()
        && Objects.requireNonNull(literal.getValueAs(Long.class)) % IsoTime.NANOS_PER_DAY == 0;
  }

  RexNode months(RexNode interval, boolean negate) {
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
      throw new SqlRefusal(
          SqlRefusal.Reason.UNSUPPORTED,
          "an interval is multiplied by whole numbers only, not by " + factor.getType(),
          null);
    }
    return folded(NanoOperators.TIMES, dayTime(call, interval), factor.accept(this));
  }

  private RexNode timeOperand(RexCall call, int index) {
    RexNode operand = call.getOperands().get(index);
    if (!TypeLowering.isTimestamp(operand.getType()) && !isDate(operand)) {
      throw refusal(call);
    }
    return nanos(operand);
  }

  /** Nanoseconds as the date that a call answers, if it answers one. */
  private RexNode typed(RexCall call, RexNode nanos) {
    return isDate(call) ? call(NanoOperators.TO_DATE, nanos) : nanos;
  }

  private static TimeUnit unit(RexCall call, int index) {
    return TimeUnit.named(unitName(call, index));
  }

  /** A unit is a flag if Calcite has a constant for it, else its name. */
  private static String unitName(RexCall call, int index) {
    if (!(call.getOperands().get(index) instanceof RexLiteral literal)) {
      throw refusal(call);
    }
    return literal.getValue() instanceof TimeUnitRange range
        ? range.name()
        : Objects.requireNonNull(literal.getValueAs(String.class));
  }

  private RexNode extract(RexCall call) {
    RexNode nanos = timeOperand(call, 1);
    String field = NanoFunctions.checkedField(unitName(call, 0));
    return call(NanoOperators.EXTRACT, nanos, rex.makeLiteral(field));
  }

  private RexNode cast(RexCall call) {
    RexNode operand = call.getOperands().get(0);
    RelDataType from = operand.getType();
    RelDataType to = call.getType();
    if (TypeLowering.isTimestamp(to)) {
      return truncated(toTimestamp(call, operand), to.getPrecision());
    }
    if (isDate(call) && SqlTypeUtil.isCharacter(from)) {
      return call(NanoOperators.DATE_OF_TEXT, operand.accept(this));
    }
    if (!TypeLowering.isTimestamp(from)) {
      throw refusal(call);
    }
    if (to.getSqlTypeName() == SqlTypeName.BIGINT) {
      return operand.accept(this);
    }
    if (SqlTypeUtil.isCharacter(to)) {
      RexNode text =
          rex.makeCall(
              NanoOperators.TO_TEXT,
              operand.accept(this),
              rex.makeExactLiteral(BigDecimal.valueOf(to.getPrecision())));
      return rex.makeAbstractCast(to, text, false);
    }
    if (isDate(call)) {
      return call(NanoOperators.TO_DATE, operand.accept(this));
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
    if (isDate(operand)) {
      return nanos(operand);
    }
    if (SqlTypeUtil.isExactNumeric(from) && from.getScale() == 0) {
      return asBigint(operand.accept(this));
    }
    throw refusal(call);
  }

  /** A cast to fewer digits cuts, it never rounds into the next second. */
  private RexNode truncated(RexNode nanos, int precision) {
    if (precision < 0 || precision >= TypeLowering.DIGITS || RexUtil.isNull(nanos)) {
      return nanos;
    }
    long width = BigInteger.TEN.pow(TypeLowering.DIGITS - precision).longValueExact();
    return rex.makeCall(NanoOperators.FLOOR, nanos, bigint(width), bigint(0));
  }

  /** A sum or product, computed at once if it can be. */
  RexNode folded(SqlFunction operator, RexNode left, RexNode right) {
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

  RexNode literal(String text) {
    return rex.makeLiteral(text);
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
