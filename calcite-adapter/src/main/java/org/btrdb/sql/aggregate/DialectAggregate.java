package org.btrdb.sql.aggregate;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.apache.calcite.rel.RelFieldCollation;
import org.apache.calcite.rel.core.AggregateCall;
import org.apache.calcite.sql.SqlAggFunction;
import org.apache.calcite.sql.SqlFunctionCategory;
import org.apache.calcite.sql.SqlKind;
import org.apache.calcite.sql.type.OperandTypes;
import org.apache.calcite.sql.type.ReturnTypes;
import org.apache.calcite.sql.type.SqlOperandTypeChecker;
import org.apache.calcite.sql.type.SqlOperandTypeInference;
import org.apache.calcite.sql.type.SqlReturnTypeInference;
import org.apache.calcite.sql.type.SqlTypeFamily;
import org.apache.calcite.sql.type.SqlTypeName;
import org.apache.calcite.sql.type.SqlTypeTransforms;
import org.apache.calcite.util.Optionality;

/** An aggregate function of the dialect, by the name users write. */
public final class DialectAggregate extends SqlAggFunction {

  /** What a function computes. */
  public enum Meaning {
    /** The average of a value that holds until the next one, weighted by for how long. */
    HELD_AVERAGE,
    /** The integral of such a value over time, in units of the value times seconds. */
    HELD_INTEGRAL,
    /** The value that half of all are not above, or the middle between two. */
    MEDIAN,
    /** The value, or one between two, that a fraction of all are not above; the order is a key. */
    PERCENTILE_CONT,
    /** The first value that a fraction of all are not after; the order is a key. */
    PERCENTILE_DISC,
    /** The same as {@link #PERCENTILE_CONT} of its first argument. */
    APPROX_PERCENTILE,
    /** The {@link PairMoments.Statistic} of its name. */
    OF_PAIRS,
    /** An angle without the jumps that come of full turns, over a window in order. */
    UNWRAPPED_ANGLE;

    /** Whether it depends on how long values hold, and so on points beside those of a group. */
    public boolean isHeld() {
      return this == HELD_AVERAGE || this == HELD_INTEGRAL;
    }
  }

  private static final SqlOperandTypeInference DOUBLES =
      (binding, returnType, operandTypes) ->
          Arrays.fill(operandTypes, binding.getTypeFactory().createSqlType(SqlTypeName.DOUBLE));

  private static final SqlOperandTypeChecker VALUE_AND_TIME =
      OperandTypes.family(SqlTypeFamily.NUMERIC, SqlTypeFamily.TIMESTAMP);

  private static final FractionOperand FRACTION = new FractionOperand();

  /** {@code PERCENTILE_CONT(fraction) WITHIN GROUP (ORDER BY x)}; Calcite's has the type of x. */
  public static final DialectAggregate PERCENTILE_CONT =
      new DialectAggregate(
          "PERCENTILE_CONT",
          Meaning.PERCENTILE_CONT,
          SqlKind.PERCENTILE_CONT,
          ReturnTypes.DOUBLE_FORCE_NULLABLE,
          FRACTION);

  /** {@code PERCENTILE_DISC(fraction) WITHIN GROUP (ORDER BY x)}; Calcite's takes no parameter. */
  public static final DialectAggregate PERCENTILE_DISC =
      new DialectAggregate(
          "PERCENTILE_DISC",
          Meaning.PERCENTILE_DISC,
          SqlKind.PERCENTILE_DISC,
          ReturnTypes.PERCENTILE_DISC_CONT.andThen(SqlTypeTransforms.FORCE_NULLABLE),
          FRACTION);

  /** Those that a name is enough for; the others are put in the place of Calcite's. */
  public static final List<DialectAggregate> ALL =
      List.of(
          new DialectAggregate("TIME_WEIGHTED_AVG", Meaning.HELD_AVERAGE, VALUE_AND_TIME),
          new DialectAggregate("TIME_INTEGRAL", Meaning.HELD_INTEGRAL, VALUE_AND_TIME),
          new DialectAggregate("MEDIAN", Meaning.MEDIAN, OperandTypes.NUMERIC),
          new DialectAggregate(
              "APPROX_PERCENTILE",
              Meaning.APPROX_PERCENTILE,
              OperandTypes.sequence(
                  (operator, name) -> name + "(value, fraction), the fraction from 0 to 1",
                  OperandTypes.NUMERIC,
                  FRACTION)),
          ofPairs("CORR"),
          ofPairs("REGR_SLOPE"),
          ofPairs("REGR_INTERCEPT"),
          ofPairs("REGR_R2"),
          ofPairs("REGR_AVGX"),
          ofPairs("REGR_AVGY"),
          ofPairs("REGR_SXY"),
          new DialectAggregate("UNWRAP_ANGLE", Meaning.UNWRAPPED_ANGLE, OperandTypes.NUMERIC));

  private final Meaning meaning;

  private DialectAggregate(String name, Meaning meaning, SqlOperandTypeChecker operands) {
    this(name, meaning, SqlKind.OTHER_FUNCTION, ReturnTypes.DOUBLE_FORCE_NULLABLE, operands);
  }

  private DialectAggregate(
      String name,
      Meaning meaning,
      SqlKind kind,
      SqlReturnTypeInference type,
      SqlOperandTypeChecker operands) {
    super(
        name,
        null,
        kind,
        type,
        DOUBLES,
        operands,
        SqlFunctionCategory.USER_DEFINED_FUNCTION,
        meaning == Meaning.UNWRAPPED_ANGLE,
        meaning == Meaning.UNWRAPPED_ANGLE,
        kind == SqlKind.OTHER_FUNCTION ? Optionality.FORBIDDEN : Optionality.MANDATORY);
    this.meaning = meaning;
  }

  private static DialectAggregate ofPairs(String name) {
    return new DialectAggregate(name, Meaning.OF_PAIRS, OperandTypes.NUMERIC_NUMERIC);
  }

  /** The columns of a call: what a percentile is ordered by comes first. */
  public static List<Integer> arguments(AggregateCall call) {
    List<Integer> arguments = new ArrayList<>(call.getArgList());
    if (call.getAggregation().isPercentile()) {
      arguments.add(0, order(call).getFieldIndex());
    }
    return arguments;
  }

  /** Whether a call is of a percentile that counts from the largest value. */
  public static boolean isDescending(AggregateCall call) {
    return call.getAggregation().isPercentile() && order(call).getDirection().isDescending();
  }

  private static RelFieldCollation order(AggregateCall percentile) {
    return percentile.getCollation().getFieldCollations().get(0);
  }

  /** What it computes. */
  public Meaning meaning() {
    return meaning;
  }

  @Override
  public boolean isPercentile() {
    return meaning == Meaning.PERCENTILE_CONT || meaning == Meaning.PERCENTILE_DISC;
  }

  /** An angle is unwrapped from the first row on. */
  @Override
  public boolean allowsFraming() {
    return meaning != Meaning.UNWRAPPED_ANGLE;
  }
}
