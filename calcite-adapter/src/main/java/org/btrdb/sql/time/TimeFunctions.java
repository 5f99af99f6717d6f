package org.btrdb.sql.time;

import java.util.Arrays;
import java.util.List;
import org.apache.calcite.rel.type.RelDataType;
import org.apache.calcite.rel.type.RelDataTypeFactory;
import org.apache.calcite.sql.type.OperandTypes;
import org.apache.calcite.sql.type.ReturnTypes;
import org.apache.calcite.sql.type.SqlOperandTypeInference;
import org.apache.calcite.sql.type.SqlReturnTypeInference;
import org.apache.calcite.sql.type.SqlTypeFamily;
import org.apache.calcite.sql.type.SqlTypeName;
import org.apache.calcite.sql.type.SqlTypeTransforms;
import org.btrdb.sql.SqlRefusal;
import org.btrdb.sql.parser.BtrdbParser;

/** The dialect's functions on time, by the names users write. */
public final class TimeFunctions {
  private static final SqlReturnTypeInference TIMESTAMP =
      ((SqlReturnTypeInference) binding -> timestamp(binding.getTypeFactory()))
          .andThen(SqlTypeTransforms.TO_NULLABLE);

  /** {@code date_bin(width, time [, origin])}: the start of the bucket that holds a time. */
  public static final TimeFunction DATE_BIN = bin("DATE_BIN", Cuts::bin);

  /** {@code time_bucket}: another name of {@link #DATE_BIN}. */
  public static final TimeFunction TIME_BUCKET = bin("TIME_BUCKET", Cuts::bin);

  /** {@code pw_bin(k, time)}: the start of the window of {@code 2^k} ns that holds a time. */
  public static final TimeFunction PW_BIN =
      new TimeFunction(
          "PW_BIN",
          TIMESTAMP,
          parameters(SqlTypeName.INTEGER, SqlTypeName.TIMESTAMP),
          OperandTypes.family(SqlTypeFamily.INTEGER, SqlTypeFamily.TIMESTAMP),
          Cuts::pointwidth);

  /** {@code TIME_FLOOR(time, 'P1D' [, origin [, 'Europe/Berlin']])}, Druid's. */
  public static final TimeFunction TIME_FLOOR =
      new TimeFunction(
          "TIME_FLOOR",
          TIMESTAMP,
          parameters(
              SqlTypeName.TIMESTAMP,
              SqlTypeName.VARCHAR,
              SqlTypeName.TIMESTAMP,
              SqlTypeName.VARCHAR),
          new TimeOperands(
              "(time, period [, origin [, zone]]), the period text like 'PT1H', 'P1D' or 'P1M', the"
                  + " zone text like 'Europe/Berlin'",
              TimeOperands.Kind.TIME,
              TimeOperands.Kind.TEXT,
              TimeOperands.Kind.OPTIONAL_ORIGIN,
              TimeOperands.Kind.OPTIONAL_TEXT),
          Cuts::calendar);

  /** {@code DATE_TRUNC('hour', time)}, PostgreSQL's: weeks begin on Monday. */
  public static final TimeFunction DATE_TRUNC =
      new TimeFunction(
          "DATE_TRUNC",
          TIMESTAMP,
          parameters(SqlTypeName.VARCHAR, SqlTypeName.TIMESTAMP),
          OperandTypes.family(SqlTypeFamily.CHARACTER, SqlTypeFamily.DATETIME),
          Cuts::postgres);

  /** {@code TIME_ADD(time, width)}: a time later by a length, which may be negative. */
  public static final TimeFunction TIME_ADD =
      new TimeFunction(
          "TIME_ADD",
          TIMESTAMP,
          parameters(SqlTypeName.TIMESTAMP, SqlTypeName.BIGINT),
          new TimeOperands(
              "(time, width), the width an INTERVAL, text like '5ms', or nanoseconds",
              TimeOperands.Kind.TIME,
              TimeOperands.Kind.WIDTH),
          Sums::later);

  /** {@code TIME_IN(time, '2018-01')}: whether a time lies in an interval, its end excluded. */
  public static final TimeFunction TIME_IN =
      new TimeFunction(
          "TIME_IN",
          ReturnTypes.BOOLEAN_NULLABLE,
          parameters(SqlTypeName.TIMESTAMP, SqlTypeName.VARCHAR),
          OperandTypes.family(SqlTypeFamily.TIMESTAMP, SqlTypeFamily.CHARACTER),
          Intervals::contains);

  /** {@code NANOS('100us')}: the nanoseconds of a width given as text. */
  public static final TimeFunction NANOS =
      new TimeFunction(
          "NANOS",
          ReturnTypes.BIGINT_NULLABLE,
          parameters(SqlTypeName.VARCHAR),
          OperandTypes.CHARACTER,
          (call, lowering) -> Widths.nanos(call.getOperands().get(0), lowering));

  /** {@code FROM_NANOS(bigint)}: the time so many nanoseconds after the Unix epoch. */
  public static final TimeFunction FROM_NANOS =
      new TimeFunction(
          "FROM_NANOS",
          TIMESTAMP,
          parameters(SqlTypeName.BIGINT),
          OperandTypes.INTEGER,
          (call, lowering) -> lowering.asBigint(call.getOperands().get(0).accept(lowering)));

  /** {@code TO_NANOS(time)}: nanoseconds since the Unix epoch. */
  public static final TimeFunction TO_NANOS =
      new TimeFunction(
          "TO_NANOS",
          ReturnTypes.BIGINT_NULLABLE,
          parameters(SqlTypeName.TIMESTAMP),
          OperandTypes.family(SqlTypeFamily.DATETIME),
          (call, lowering) -> lowering.nanos(call.getOperands().get(0)));

  /** {@code NOW()}: the statement's own time. */
  public static final TimeFunction NOW =
      new TimeFunction(
          "NOW",
          ReturnTypes.explicit(SqlTypeName.TIMESTAMP, TypeLowering.DIGITS),
          OperandTypes.NILADIC,
          (call, lowering) -> lowering.now());

  /**
   * {@code TIMESTAMPDIFF(unit, from, to)} with the unit as text; BIGINT, where Calcite's is not.
   */
  public static final TimeFunction TIMESTAMP_DIFFERENCE =
      new TimeFunction(
          "BTRDB_TIMESTAMPDIFF",
          ReturnTypes.BIGINT_NULLABLE,
          parameters(SqlTypeName.VARCHAR, SqlTypeName.TIMESTAMP, SqlTypeName.TIMESTAMP),
          OperandTypes.family(
              SqlTypeFamily.CHARACTER, SqlTypeFamily.DATETIME, SqlTypeFamily.DATETIME),
          Sums::difference);

  /** {@code TIMESTAMPADD(unit, count, time)} with the unit as text. */
  public static final TimeFunction TIMESTAMP_ADDITION =
      new TimeFunction(
          "BTRDB_TIMESTAMPADD",
          TIMESTAMP,
          parameters(SqlTypeName.VARCHAR, SqlTypeName.BIGINT, SqlTypeName.TIMESTAMP),
          OperandTypes.family(
              SqlTypeFamily.CHARACTER, SqlTypeFamily.INTEGER, SqlTypeFamily.DATETIME),
          Sums::addition);

  /**
   * Stands for a version number where the grammar and the validator want a time; it names the state
   * of a stream that a LogicalSnapshot reads and is never computed.
   */
  public static final TimeFunction VERSION =
      new TimeFunction(
          BtrdbParser.VERSION_FUNCTION,
          ReturnTypes.explicit(SqlTypeName.TIMESTAMP, TypeLowering.DIGITS),
          parameters(SqlTypeName.BIGINT),
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
          PW_BIN,
          TIME_FLOOR,
          DATE_TRUNC,
          TIME_ADD,
          TIME_IN,
          NANOS,
          FROM_NANOS,
          TO_NANOS,
          NOW,
          TIMESTAMP_DIFFERENCE,
          TIMESTAMP_ADDITION,
          VERSION);

  private TimeFunctions() {}

  static TimeFunction bin(String name, TimeFunction.Lowering lowering) {
    return new TimeFunction(
        name,
        TIMESTAMP,
        parameters(SqlTypeName.BIGINT, SqlTypeName.TIMESTAMP, SqlTypeName.TIMESTAMP),
        new TimeOperands(
            "(width, time [, origin]), the width an INTERVAL, text like '5ms', or nanoseconds",
            TimeOperands.Kind.WIDTH,
            TimeOperands.Kind.TIME,
            TimeOperands.Kind.OPTIONAL_TIME),
        lowering);
  }

  /** The types of operands that are given as parameters. */
  private static SqlOperandTypeInference parameters(SqlTypeName... names) {
    return (binding, returnType, operandTypes) ->
        Arrays.setAll(
            operandTypes,
            i ->
                names[i] == SqlTypeName.TIMESTAMP
                    ? timestamp(binding.getTypeFactory())
                    : binding.getTypeFactory().createSqlType(names[i]));
  }

  private static RelDataType timestamp(RelDataTypeFactory types) {
    return types.createSqlType(SqlTypeName.TIMESTAMP, TypeLowering.DIGITS);
  }
}
