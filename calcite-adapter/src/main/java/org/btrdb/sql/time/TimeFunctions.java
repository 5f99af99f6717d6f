package org.btrdb.sql.time;

import java.math.BigDecimal;
import java.util.List;
import java.util.Objects;
import org.apache.calcite.rel.type.RelDataTypeFactory;
import org.apache.calcite.rex.RexCall;
import org.apache.calcite.rex.RexLiteral;
import org.apache.calcite.rex.RexNode;
import org.apache.calcite.sql.type.OperandTypes;
import org.apache.calcite.sql.type.ReturnTypes;
import org.apache.calcite.sql.type.SqlOperandTypeChecker;
import org.apache.calcite.sql.type.SqlOperandTypeInference;
import org.apache.calcite.sql.type.SqlReturnTypeInference;
import org.apache.calcite.sql.type.SqlTypeFamily;
import org.apache.calcite.sql.type.SqlTypeName;
import org.apache.calcite.sql.type.SqlTypeTransforms;
import org.apache.calcite.sql.type.SqlTypeUtil;
import org.btrdb.sql.SqlRefusal;
import org.btrdb.sql.parser.BtrdbParser;

/** The dialect's functions on time, by the names users write. */
public final class TimeFunctions {
  private static final SqlReturnTypeInference TIMESTAMP =
      ((SqlReturnTypeInference)
              binding -> {
                RelDataTypeFactory types = binding.getTypeFactory();
                return types.createSqlType(SqlTypeName.TIMESTAMP, 9);
              })
          .andThen(SqlTypeTransforms.TO_NULLABLE);

  private static final SqlOperandTypeInference BIGINTS =
      (binding, returnType, operandTypes) ->
          java.util.Arrays.fill(
              operandTypes, binding.getTypeFactory().createSqlType(SqlTypeName.BIGINT));

  private static final SqlOperandTypeChecker BIN_OPERANDS = new BinOperands();

  /** {@code date_bin(width, time [, origin])}: the start of the bucket that holds a time. */
  public static final TimeFunction DATE_BIN =
      new TimeFunction("DATE_BIN", TIMESTAMP, BIN_OPERANDS, TimeFunctions::bin);

  /** {@code time_bucket}: another name of {@link #DATE_BIN}. */
  public static final TimeFunction TIME_BUCKET =
      new TimeFunction("TIME_BUCKET", TIMESTAMP, BIN_OPERANDS, TimeFunctions::bin);

  /** {@code FROM_NANOS(bigint)}: the time so many nanoseconds after the Unix epoch. */
  public static final TimeFunction FROM_NANOS =
      new TimeFunction(
          "FROM_NANOS", TIMESTAMP, BIGINTS, OperandTypes.INTEGER, TimeFunctions::sameNumber);

  /** {@code TO_NANOS(time)}: nanoseconds since the Unix epoch. */
  public static final TimeFunction TO_NANOS =
      new TimeFunction(
          "TO_NANOS",
          ReturnTypes.BIGINT_NULLABLE,
          OperandTypes.family(SqlTypeFamily.TIMESTAMP),
          TimeFunctions::sameNumber);

  /**
   * {@code TIMESTAMPDIFF(unit, from, to)} with the unit as text; BIGINT, where Calcite's is not.
   */
  public static final TimeFunction TIMESTAMP_DIFFERENCE =
      new TimeFunction(
          "BTRDB_TIMESTAMPDIFF",
          ReturnTypes.BIGINT_NULLABLE,
          OperandTypes.family(
              SqlTypeFamily.CHARACTER, SqlTypeFamily.DATETIME, SqlTypeFamily.DATETIME),
          (call, lowering) ->
              lowering.call(
                  NanoOperators.DIFFERENCE,
                  call.getOperands().get(0),
                  time(call, 1, lowering),
                  time(call, 2, lowering)));

  /** {@code TIMESTAMPADD(unit, count, time)} with the unit as text. */
  public static final TimeFunction TIMESTAMP_ADDITION =
      new TimeFunction(
          "BTRDB_TIMESTAMPADD",
          TIMESTAMP,
          OperandTypes.family(
              SqlTypeFamily.CHARACTER, SqlTypeFamily.INTEGER, SqlTypeFamily.DATETIME),
          (call, lowering) ->
              lowering.call(
                  NanoOperators.ADD,
                  call.getOperands().get(0),
                  call.getOperands().get(1).accept(lowering),
                  time(call, 2, lowering)));

  /**
   * Stands for a version number where the grammar and the validator want a time; it names the state
   * of a stream that a LogicalSnapshot reads and is never computed.
   */
  public static final TimeFunction VERSION =
      new TimeFunction(
          BtrdbParser.VERSION_FUNCTION,
          ReturnTypes.explicit(SqlTypeName.TIMESTAMP, 9),
          BIGINTS,
          OperandTypes.INTEGER,
          (call, lowering) -> {
            throw new SqlRefusal(
                SqlRefusal.Reason.INVALID,
                BtrdbParser.VERSION_FUNCTION + " is not a function; write FOR VERSION AS OF n",
                null);
          });

  /** All of them. */
  public static final List<TimeFunction> ALL =
      List.of(
          DATE_BIN,
          TIME_BUCKET,
          FROM_NANOS,
          TO_NANOS,
          TIMESTAMP_DIFFERENCE,
          TIMESTAMP_ADDITION,
          VERSION);

  private TimeFunctions() {}

  private static RexNode sameNumber(RexCall call, RexLowering lowering) {
    RexNode operand = call.getOperands().get(0).accept(lowering);
    return operand.getType().getSqlTypeName() == SqlTypeName.BIGINT
        ? operand
        : lowering.asBigint(operand);
  }

  private static RexNode time(RexCall call, int index, RexLowering lowering) {
    RexNode operand = call.getOperands().get(index);
    RexNode lowered = operand.accept(lowering);
    return operand.getType().getSqlTypeName() == SqlTypeName.DATE
        ? lowering.call(NanoOperators.OF_DATE, lowered)
        : lowered;
  }

  private static RexNode bin(RexCall call, RexLowering lowering) {
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
      if (count <= 0) {
        throw new SqlRefusal(
            SqlRefusal.Reason.INVALID_VALUE, "a bucket must be wider than 0, not " + count, null);
      }
      return lowering.call(NanoOperators.CALENDAR_FLOOR, nanos, lowering.bigint(count));
    }
    RexNode origin = hasOrigin ? call.getOperands().get(2).accept(lowering) : lowering.bigint(0);
    return lowering.call(NanoOperators.FLOOR, nanos, width(width, lowering), origin);
  }

  private static RexNode width(RexNode width, RexLowering lowering) {
    RexNode lowered = lowering.asBigint(asDuration(width, lowering));
    if (lowered instanceof RexLiteral literal) {
      long nanos = Objects.requireNonNull(literal.getValueAs(Long.class));
      if (nanos <= 0) {
        throw new SqlRefusal(
            SqlRefusal.Reason.INVALID_VALUE, "a bucket must be wider than 0, not " + nanos, null);
      }
    }
    return lowered;
  }

  private static RexNode asDuration(RexNode width, RexLowering lowering) {
    if (!SqlTypeUtil.isCharacter(width.getType())) {
      return width.accept(lowering);
    }
    if (width instanceof RexLiteral literal) {
      String text = Objects.requireNonNull(literal.getValueAs(String.class));
      return lowering.bigint(Durations.parseNanos(text));
    }
    throw new SqlRefusal(
        SqlRefusal.Reason.UNSUPPORTED, "a width given as text must be a literal", null);
  }
}
