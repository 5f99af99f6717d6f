package org.btrdb.sql.plan;

import static java.util.Map.entry;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Function;
import org.apache.calcite.avatica.util.ByteString;
import org.apache.calcite.rex.RexCall;
import org.apache.calcite.rex.RexDynamicParam;
import org.apache.calcite.rex.RexLiteral;
import org.apache.calcite.rex.RexNode;
import org.apache.calcite.sql.SqlKind;
import org.apache.calcite.sql.SqlOperator;
import org.apache.calcite.sql.type.SqlTypeName;
import org.btrdb.sql.SqlRefusal;
import org.btrdb.sql.read.Scalar;
import org.btrdb.sql.time.NanoFunctions;
import org.btrdb.sql.time.NanoOperators;
import org.jspecify.annotations.Nullable;

/**
 * Turns expressions without columns into scalars; declines what it does not know.
 *
 * <p>Values are those of Calcite's runtime: Long for BIGINT, Integer for INTEGER and DATE, Double,
 * BigDecimal, String, Boolean.
 */
public final class Scalars {

  /** Functions of non-null arguments. */
  private static final Map<SqlOperator, Function<List<Object>, Object>> FUNCTIONS =
      Map.ofEntries(
          entry(NanoOperators.PLUS, a -> NanoFunctions.plus(ns(a, 0), ns(a, 1))),
          entry(NanoOperators.MINUS, a -> NanoFunctions.minus(ns(a, 0), ns(a, 1))),
          entry(NanoOperators.TIMES, a -> NanoFunctions.times(ns(a, 0), ns(a, 1))),
          entry(NanoOperators.FLOOR, a -> NanoFunctions.floor(ns(a, 0), ns(a, 1), ns(a, 2))),
          entry(NanoOperators.CEIL, a -> NanoFunctions.ceil(ns(a, 0), ns(a, 1), ns(a, 2))),
          entry(NanoOperators.CALENDAR_FLOOR, a -> NanoFunctions.calendarFloor(ns(a, 0), ns(a, 1))),
          entry(NanoOperators.CALENDAR_CEIL, a -> NanoFunctions.calendarCeil(ns(a, 0), ns(a, 1))),
          entry(
              NanoOperators.TIME_FLOOR,
              a -> NanoFunctions.timeFloor(ns(a, 0), (String) a.get(1), (String) a.get(2))),
          entry(
              NanoOperators.TIME_FLOOR_FROM,
              a ->
                  NanoFunctions.timeFloorFrom(
                      ns(a, 0), (String) a.get(1), (String) a.get(2), ns(a, 3))),
          entry(NanoOperators.ADD_MONTHS, a -> NanoFunctions.addMonths(ns(a, 0), ns(a, 1))),
          entry(NanoOperators.POWER_OF_TWO, a -> NanoFunctions.powerOfTwo(ns(a, 0))),
          entry(NanoOperators.WIDTH, a -> NanoFunctions.width((String) a.get(0))),
          entry(NanoOperators.FIRST_OF, a -> NanoFunctions.firstOf((String) a.get(0))),
          entry(NanoOperators.LAST_OF, a -> NanoFunctions.lastOf((String) a.get(0))),
          entry(NanoOperators.TO_DATE, a -> NanoFunctions.toDate(ns(a, 0))),
          entry(NanoOperators.DATE_OF_TEXT, a -> NanoFunctions.dateOfText((String) a.get(0))),
          entry(NanoOperators.OF_DATE, a -> NanoFunctions.ofDate((int) ns(a, 0))),
          entry(NanoOperators.OF_TEXT, a -> NanoFunctions.ofText((String) a.get(0))));

  private Scalars() {}

  /** The scalar of an expression; empty if it has columns, or something not known here. */
  public static Optional<Scalar> compile(RexNode node) {
    Scalar.@Nullable Body body = body(node);
    return Optional.ofNullable(body).map(b -> new Scalar(node.toString(), b));
  }

  private static Scalar.@Nullable Body body(RexNode node) {
    if (node instanceof RexLiteral literal) {
      return literal(literal);
    }
    if (node instanceof RexDynamicParam parameter) {
      int index = parameter.getIndex();
      return parameters -> parameters.get(index);
    }
    if (!(node instanceof RexCall call)) {
      return null;
    }
    Function<List<Object>, Object> function = function(call);
    if (function == null) {
      return null;
    }
    List<Scalar.Body> operands = new ArrayList<>();
    for (RexNode operand : call.getOperands()) {
      Scalar.Body body = body(operand);
      if (body == null) {
        return null;
      }
      operands.add(body);
    }
    return parameters -> {
      List<Object> arguments = new ArrayList<>(operands.size());
      for (Scalar.Body operand : operands) {
        Object value = operand.value(parameters);
        if (value == null) {
          return null;
        }
        arguments.add(value);
      }
      return function.apply(arguments);
    };
  }

  private static @Nullable Function<List<Object>, Object> function(RexCall call) {
    if (call.getKind() == SqlKind.CAST) {
      return cast(
          call.getOperands().get(0).getType().getSqlTypeName(), call.getType().getSqlTypeName());
    }
    if (call.getKind() == SqlKind.MINUS_PREFIX
        && call.getType().getSqlTypeName() == SqlTypeName.DOUBLE) {
      return a -> -((Number) a.get(0)).doubleValue();
    }
    return FUNCTIONS.get(call.getOperator());
  }

  private static @Nullable Function<List<Object>, Object> cast(SqlTypeName from, SqlTypeName to) {
    if (to == SqlTypeName.DOUBLE && SqlTypeName.NUMERIC_TYPES.contains(from)) {
      return a -> ((Number) a.get(0)).doubleValue();
    }
    if (to == SqlTypeName.VARCHAR && SqlTypeName.CHAR_TYPES.contains(from)) {
      return a -> a.get(0);
    }
    if (to == SqlTypeName.UUID && SqlTypeName.CHAR_TYPES.contains(from)) {
      return a -> uuid((String) a.get(0));
    }
    if (from == to && SqlTypeName.INT_TYPES.contains(to)) {
      return a -> a.get(0);
    }
    if (to == SqlTypeName.BIGINT && SqlTypeName.INT_TYPES.contains(from)) {
      return a -> ((Number) a.get(0)).longValue();
    }
    return null;
  }

  private static Scalar.@Nullable Body literal(RexLiteral literal) {
    if (literal.isNull()) {
      return parameters -> null;
    }
    if (literal.getTypeName() == SqlTypeName.SARG) {
      return null; // a set of values, though its type is that of one
    }
    Object value = value(literal);
    return value == null ? null : parameters -> value;
  }

  private static @Nullable Object value(RexLiteral literal) {
    return switch (literal.getType().getSqlTypeName()) {
      case BIGINT -> literal.getValueAs(Long.class);
      case INTEGER, DATE -> literal.getValueAs(Integer.class);
      case SMALLINT -> Objects.requireNonNull(literal.getValueAs(Integer.class)).shortValue();
      case TINYINT -> Objects.requireNonNull(literal.getValueAs(Integer.class)).byteValue();
      case DOUBLE, FLOAT -> literal.getValueAs(Double.class);
      case DECIMAL -> literal.getValueAs(BigDecimal.class);
      case BOOLEAN -> literal.getValueAs(Boolean.class);
      case CHAR, VARCHAR -> literal.getValueAs(String.class);
      case UUID -> literal.getValueAs(UUID.class);
      case BINARY, VARBINARY -> Objects.requireNonNull(literal.getValueAs(ByteString.class));
      default -> null;
    };
  }

  private static UUID uuid(String text) {
    try {
      return UUID.fromString(text.strip());
    } catch (IllegalArgumentException e) {
      throw new SqlRefusal(SqlRefusal.Reason.INVALID_VALUE, "not a uuid: '" + text + "'", e);
    }
  }

  private static long ns(List<Object> arguments, int index) {
    return ((Number) arguments.get(index)).longValue();
  }
}
