package org.btrdb.sql.time;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.util.Objects;
import org.apache.calcite.rel.type.RelDataType;
import org.apache.calcite.rex.RexCall;
import org.apache.calcite.rex.RexLiteral;
import org.apache.calcite.rex.RexNode;
import org.apache.calcite.sql.SqlKind;
import org.apache.calcite.sql.type.SqlTypeName;
import org.apache.calcite.sql.type.SqlTypeUtil;
import org.apache.calcite.util.TimestampString;
import org.btrdb.client.time.IsoTime;
import org.jspecify.annotations.Nullable;

/** The nanoseconds that constants of a checked plan stand for, whether they fit 64 bits or not. */
final class TimeLiterals {
  private TimeLiterals() {}

  /** The nanoseconds of a timestamp literal. */
  static BigInteger exactNanos(RexLiteral literal) {
    TimestampString text = Objects.requireNonNull(literal.getValueAs(TimestampString.class));
    String digits = text.toString();
    int point = digits.indexOf('.');
    long seconds =
        LocalDateTime.parse((point < 0 ? digits : digits.substring(0, point)).replace(' ', 'T'))
            .toEpochSecond(ZoneOffset.UTC);
    String fraction = point < 0 ? "" : digits.substring(point + 1);
    return BigInteger.valueOf(seconds)
        .multiply(BigInteger.valueOf(NanoFunctions.NANOS_PER_SECOND))
        .add(new BigInteger((fraction + "000000000").substring(0, TypeLowering.DIGITS)));
  }

  /**
   * The nanoseconds, as comparisons have them, of a timestamp that is a literal, or of a date, text
   * or whole number cast to one: the nearest 64-bit number. Null for anything else.
   */
  static @Nullable Long compared(RexNode node) {
    if (!TypeLowering.isTimestamp(node.getType())) {
      return null;
    }
    boolean keepsAll =
        node.isA(SqlKind.CAST) && node.getType().getPrecision() == TypeLowering.DIGITS;
    RexNode inner = keepsAll ? ((RexCall) node).getOperands().get(0) : node;
    if (!(inner instanceof RexLiteral literal) || literal.isNull()) {
      return null;
    }
    RelDataType type = inner.getType();
    if (SqlTypeUtil.isCharacter(type)) {
      return NanoFunctions.saturated(
          NanoFunctions.instantOfText(Objects.requireNonNull(literal.getValueAs(String.class))));
    }
    BigInteger nanos = wholeNanos(literal, type);
    return nanos == null ? null : Long.valueOf(saturated(nanos));
  }

  private static @Nullable BigInteger wholeNanos(RexLiteral literal, RelDataType type) {
    if (TypeLowering.isTimestamp(type)) {
      return exactNanos(literal);
    }
    if (type.getSqlTypeName() == SqlTypeName.DATE) {
      return BigInteger.valueOf(Objects.requireNonNull(literal.getValueAs(Integer.class)))
          .multiply(BigInteger.valueOf(IsoTime.NANOS_PER_DAY));
    }
    return SqlTypeUtil.isExactNumeric(type) && type.getScale() == 0
        ? Objects.requireNonNull(literal.getValueAs(BigDecimal.class)).toBigIntegerExact()
        : null;
  }

  private static long saturated(BigInteger nanos) {
    return nanos
        .min(BigInteger.valueOf(Long.MAX_VALUE))
        .max(BigInteger.valueOf(Long.MIN_VALUE))
        .longValueExact();
  }
}
