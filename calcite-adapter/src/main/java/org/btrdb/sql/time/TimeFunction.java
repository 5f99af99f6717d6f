package org.btrdb.sql.time;

import org.apache.calcite.rex.RexCall;
import org.apache.calcite.rex.RexNode;
import org.apache.calcite.sql.SqlFunction;
import org.apache.calcite.sql.SqlFunctionCategory;
import org.apache.calcite.sql.SqlKind;
import org.apache.calcite.sql.type.SqlOperandTypeChecker;
import org.apache.calcite.sql.type.SqlOperandTypeInference;
import org.apache.calcite.sql.type.SqlReturnTypeInference;
import org.jspecify.annotations.Nullable;

/** A function of the dialect on time; it exists up to the lowering, which replaces its calls. */
public final class TimeFunction extends SqlFunction {

  /** Turns a call of a function into one of a lowered plan. */
  @FunctionalInterface
  interface Lowering {
    RexNode lower(RexCall call, RexLowering lowering);
  }

  private final Lowering lowering;

  TimeFunction(
      String name, SqlReturnTypeInference type, SqlOperandTypeChecker operands, Lowering lowering) {
    this(name, type, null, operands, lowering);
  }

  /**
   * A function that may be called with parameters.
   *
   * @param parameters the types of operands that are given as {@code ?}
   */
  TimeFunction(
      String name,
      SqlReturnTypeInference type,
      @Nullable SqlOperandTypeInference parameters,
      SqlOperandTypeChecker operands,
      Lowering lowering) {
    super(
        name,
        SqlKind.OTHER_FUNCTION,
        type,
        parameters,
        operands,
        SqlFunctionCategory.USER_DEFINED_FUNCTION);
    this.lowering = lowering;
  }

  RexNode lower(RexCall call, RexLowering lowered) {
    return lowering.lower(call, lowered);
  }
}
