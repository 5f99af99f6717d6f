package org.btrdb.sql.time;

import java.util.Objects;
import org.apache.calcite.rel.type.RelDataType;
import org.apache.calcite.rex.RexBuilder;
import org.apache.calcite.rex.RexLiteral;
import org.apache.calcite.rex.RexNode;
import org.apache.calcite.sql.type.SqlTypeName;
import org.apache.calcite.sql.type.SqlTypeUtil;
import org.btrdb.sql.SqlRefusal;

/** Lowers the arguments of table functions: times and durations become BIGINT nanoseconds. */
public final class ArgumentLowering {
  private final RexBuilder rex;
  private final RexLowering lowering;

  ArgumentLowering(RexBuilder rex, RexLowering lowering) {
    this.rex = rex;
    this.lowering = lowering;
  }

  /** A time that does nothing but bound others: beyond 64 bits it is cut to them. */
  public RexNode bound(RexNode argument) {
    return TypeLowering.isTimestamp(argument.getType()) ? lowering.bound(argument) : time(argument);
  }

  /** A time; refused outside 64 bits. */
  public RexNode time(RexNode argument) {
    RelDataType type = argument.getType();
    if (type.getSqlTypeName() == SqlTypeName.NULL) {
      return rex.makeNullLiteral(rex.getTypeFactory().createSqlType(SqlTypeName.BIGINT));
    }
    if (type.getSqlTypeName() == SqlTypeName.DATE) {
      return lowering.call(NanoOperators.OF_DATE, argument.accept(lowering));
    }
    if (argument instanceof RexLiteral literal
        && SqlTypeUtil.isCharacter(type)
        && !literal.isNull()) {
      return lowering.bigint(
          NanoFunctions.ofText(Objects.requireNonNull(literal.getValueAs(String.class))));
    }
    RexNode lowered = argument.accept(lowering);
    return SqlTypeUtil.isCharacter(type)
        ? lowering.call(NanoOperators.OF_TEXT, lowered)
        : lowering.asBigint(lowered);
  }

  /** A duration; refused if it is a number of months. */
  public RexNode duration(RexNode argument) {
    if (TypeLowering.isYearMonth(argument.getType())) {
      throw new SqlRefusal(
          SqlRefusal.Reason.UNSUPPORTED, "windows of months have no one width", null);
    }
    return Widths.nanos(argument, lowering);
  }

  /** An argument that is no time. */
  public RexNode value(RexNode argument) {
    return argument.accept(lowering);
  }
}
