package org.btrdb.sql.time;

import java.util.List;
import org.apache.calcite.rex.RexCall;
import org.apache.calcite.rex.RexNode;
import org.apache.calcite.sql.SqlFunction;
import org.apache.calcite.sql.type.OperandTypes;
import org.apache.calcite.sql.type.ReturnTypes;

/** The functions that make rows for buckets without points, and fill them. */
public final class GapFunctions {

  /** {@code date_bin_gapfill(width, time [, origin])}: a group for each bucket of a range. */
  public static final TimeFunction DATE_BIN_GAPFILL =
      TimeFunctions.bin(
          "DATE_BIN_GAPFILL",
          (call, lowering) -> lowering.call(NanoOperators.GAPFILL, Cuts.bin(call, lowering)));

  /** {@code locf(aggregate)}: the last one that is not NULL. */
  public static final TimeFunction LOCF =
      new TimeFunction(
          "LOCF",
          ReturnTypes.ARG0_FORCE_NULLABLE,
          OperandTypes.ANY,
          (call, lowering) -> marked(NanoOperators.LOCF, call, lowering));

  /** {@code interpolate(aggregate)}: on the line between the nearest ones that are not NULL. */
  public static final TimeFunction INTERPOLATE =
      new TimeFunction(
          "INTERPOLATE",
          ReturnTypes.DOUBLE_FORCE_NULLABLE,
          OperandTypes.NUMERIC,
          (call, lowering) -> marked(NanoOperators.INTERPOLATE, call, lowering));

  /** What it is of, NULL in rows that are made; no function of users. */
  public static final TimeFunction VALUE =
      new TimeFunction(
          "BTRDB_GAP_VALUE",
          ReturnTypes.ARG0_FORCE_NULLABLE,
          OperandTypes.ANY,
          (call, lowering) -> call.getOperands().get(0).accept(lowering));

  /** All of them. */
  public static final List<TimeFunction> ALL = List.of(DATE_BIN_GAPFILL, LOCF, INTERPOLATE, VALUE);

  private GapFunctions() {}

  private static RexNode marked(SqlFunction marker, RexCall call, RexLowering lowering) {
    return lowering.call(marker, call.getOperands().get(0).accept(lowering));
  }
}
