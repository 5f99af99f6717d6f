package org.btrdb.sql.parser;

import java.time.DateTimeException;
import org.apache.calcite.sql.SqlLiteral;
import org.apache.calcite.sql.SqlNode;
import org.apache.calcite.sql.SqlUnknownLiteral;
import org.apache.calcite.sql.type.SqlTypeName;
import org.apache.calcite.sql.util.SqlShuttle;
import org.apache.calcite.util.TimestampString;
import org.btrdb.client.time.IsoTime;
import org.btrdb.sql.SqlRefusal;
import org.jspecify.annotations.Nullable;

/**
 * {@code TIMESTAMP '2018-01-01T00:00:00.5Z'} and with offsets as UTC literals of nine digits;
 * Calcite's own know neither the T nor a zone.
 */
final class IsoLiterals extends SqlShuttle {
  private static final int NANO_DIGITS = 9;

  private IsoLiterals() {}

  static SqlNode in(SqlNode statement) {
    return java.util.Objects.requireNonNull(statement.accept(new IsoLiterals()));
  }

  @Override
  public @Nullable SqlNode visit(SqlLiteral literal) {
    if (literal instanceof SqlUnknownLiteral unknown
        && unknown.tag.equals("TIMESTAMP")
        && unknown.getTypeName().getName().equals("UNKNOWN")) {
      return timestamp(unknown);
    }
    return super.visit(literal);
  }

  private static SqlNode timestamp(SqlUnknownLiteral literal) {
    String text = literal.getValueAs(String.class).strip();
    if (isBeyondNanos(text)) {
      return literal;
    }
    try {
      TimestampString value =
          new TimestampString(trimmed(IsoTime.format(IsoTime.parseNanos(text))));
      return SqlLiteral.createTimestamp(
          SqlTypeName.TIMESTAMP, value, NANO_DIGITS, literal.getParserPosition());
    } catch (DateTimeException e) {
      throw new SqlRefusal(
          SqlRefusal.Reason.INVALID_VALUE,
          "not a timestamp: '"
              + text
              + "' (line "
              + literal.getParserPosition().getLineNum()
              + ", column "
              + literal.getParserPosition().getColumnNum()
              + ")",
          e);
    }
  }

  /** Years that 64-bit nanoseconds do not reach stay Calcite's, and saturate in comparisons. */
  private static boolean isBeyondNanos(String text) {
    return text.length() >= 4
        && text.substring(0, 4).chars().allMatch(c -> c >= '0' && c <= '9')
        && (Integer.parseInt(text.substring(0, 4)) < 1678
            || Integer.parseInt(text.substring(0, 4)) > 2261);
  }

  private static String trimmed(String digits) {
    int end = digits.length();
    while (digits.charAt(end - 1) == '0') {
      end--;
    }
    return digits.charAt(end - 1) == '.' ? digits.substring(0, end - 1) : digits.substring(0, end);
  }
}
