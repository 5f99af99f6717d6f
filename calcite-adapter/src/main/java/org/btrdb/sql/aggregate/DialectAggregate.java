package org.btrdb.sql.aggregate;

import java.util.Arrays;
import java.util.List;
import org.apache.calcite.sql.SqlAggFunction;
import org.apache.calcite.sql.SqlFunctionCategory;
import org.apache.calcite.sql.SqlKind;
import org.apache.calcite.sql.type.OperandTypes;
import org.apache.calcite.sql.type.ReturnTypes;
import org.apache.calcite.sql.type.SqlOperandTypeChecker;
import org.apache.calcite.sql.type.SqlOperandTypeInference;
import org.apache.calcite.sql.type.SqlTypeFamily;
import org.apache.calcite.sql.type.SqlTypeName;
import org.apache.calcite.util.Optionality;

/** An aggregate function of the dialect, by the name users write. All answer a DOUBLE or NULL. */
public final class DialectAggregate extends SqlAggFunction {

  /** What a function computes. */
  public enum Meaning {
    /** The average of a value that holds until the next one, weighted by for how long. */
    HELD_AVERAGE,
    /** The integral of such a value over time, in units of the value times seconds. */
    HELD_INTEGRAL;

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

  /** All of them. */
  public static final List<DialectAggregate> ALL =
      List.of(
          new DialectAggregate("TIME_WEIGHTED_AVG", Meaning.HELD_AVERAGE, VALUE_AND_TIME),
          new DialectAggregate("TIME_INTEGRAL", Meaning.HELD_INTEGRAL, VALUE_AND_TIME));

  private final Meaning meaning;

  private DialectAggregate(String name, Meaning meaning, SqlOperandTypeChecker operands) {
    super(
        name,
        null,
        SqlKind.OTHER_FUNCTION,
        ReturnTypes.DOUBLE_FORCE_NULLABLE,
        DOUBLES,
        operands,
        SqlFunctionCategory.USER_DEFINED_FUNCTION,
        false,
        false,
        Optionality.FORBIDDEN);
    this.meaning = meaning;
  }

  /** What it computes. */
  public Meaning meaning() {
    return meaning;
  }
}
