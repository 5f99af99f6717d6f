package org.btrdb.sql.time;

import java.util.Objects;
import org.apache.calcite.rel.type.RelDataType;
import org.apache.calcite.rex.RexLiteral;
import org.apache.calcite.rex.RexNode;
import org.apache.calcite.sql.type.SqlTypeUtil;

/** Lengths of time as users write them: an INTERVAL, text like {@code 5ms}, nanoseconds. */
final class Widths {
  private Widths() {}

  static boolean isWidth(RelDataType type) {
    return SqlTypeUtil.isInterval(type)
        || SqlTypeUtil.isCharacter(type)
        || SqlTypeUtil.isIntType(type);
  }

  /** A length that is no number of months, in nanoseconds. */
  static RexNode nanos(RexNode width, RexLowering lowering) {
    if (!SqlTypeUtil.isCharacter(width.getType())) {
      return lowering.asBigint(width.accept(lowering));
    }
    if (width instanceof RexLiteral literal && !literal.isNull()) {
      String text = Objects.requireNonNull(literal.getValueAs(String.class));
      return lowering.bigint(Durations.parseNanos(text));
    }
    return lowering.call(NanoOperators.WIDTH, width.accept(lowering));
  }
}
