package org.btrdb.sql.exec;

import java.math.BigInteger;
import java.time.DateTimeException;
import java.util.Objects;
import org.apache.calcite.runtime.CalciteException;
import org.apache.calcite.sql.SqlBasicTypeNameSpec;
import org.apache.calcite.sql.SqlCall;
import org.apache.calcite.sql.SqlCharStringLiteral;
import org.apache.calcite.sql.SqlDataTypeSpec;
import org.apache.calcite.sql.SqlKind;
import org.apache.calcite.sql.SqlLiteral;
import org.apache.calcite.sql.SqlNode;
import org.apache.calcite.sql.SqlNumericLiteral;
import org.apache.calcite.sql.SqlTimestampLiteral;
import org.apache.calcite.sql.parser.SqlParserPos;
import org.apache.calcite.sql.parser.SqlParserUtil;
import org.apache.calcite.sql.type.SqlTypeName;
import org.apache.calcite.util.TimestampString;
import org.btrdb.client.time.IsoTime;
import org.btrdb.sql.cache.LiteralForm;
import org.btrdb.sql.parser.TimestampText;
import org.jspecify.annotations.Nullable;

/**
 * The ways to write a time, nine digits of a second kept. Each reads a text exactly as the parser
 * and the lowering do, and gives nanoseconds.
 */
enum TimeForm implements LiteralForm {
  /** {@code TIMESTAMP '…'}. */
  LITERAL {
    @Override
    @Nullable Long nanos(String text) {
      return TimestampText.nanos(text);
    }
  },
  /** JDBC's {@code {ts '…'}}, which Calcite reads. */
  ESCAPE {
    @Override
    @Nullable Long nanos(String text) {
      return nanosOf(SqlParserUtil.parseTimestampLiteral(text, SqlParserPos.ZERO));
    }
  },
  /** A string where a time is due. */
  STRING {
    @Override
    @Nullable Long nanos(String text) {
      return IsoTime.parseNanos(text);
    }

    /** Strings are times only after they are lowered. */
    @Override
    public Object identity(String text) {
      return text;
    }
  },
  /** A whole number where a time is due. */
  NUMBER {
    @Override
    @Nullable Long nanos(String text) {
      return Long.valueOf(text);
    }

    @Override
    public Object identity(String text) {
      return new BigInteger(text);
    }
  };

  private static final int DIGITS = 9;

  abstract @Nullable Long nanos(String text);

  @Override
  public final @Nullable Long value(String text) {
    try {
      return nanos(text);
    } catch (DateTimeException | NumberFormatException | CalciteException e) {
      return null;
    }
  }

  @Override
  public Object identity(String text) {
    return Objects.requireNonNull(value(text));
  }

  /** The literal behind a checked expression of type TIMESTAMP(9); null if it is none. */
  static @Nullable SqlLiteral literal(SqlNode node) {
    if (node instanceof SqlTimestampLiteral literal) {
      boolean exact = literal.getTypeName() == SqlTypeName.TIMESTAMP && literal.getPrec() == DIGITS;
      return exact ? literal : null;
    }
    return node.getKind() == SqlKind.CAST
            && node instanceof SqlCall cast
            && cast.operand(0) instanceof SqlLiteral literal
            && cast.operand(1) instanceof SqlDataTypeSpec type
            && isTimestamp(type)
        ? literal
        : null;
  }

  private static boolean isTimestamp(SqlDataTypeSpec type) {
    return type.getTypeNameSpec() instanceof SqlBasicTypeNameSpec name
        && name.getTypeName().getSimple().equals(SqlTypeName.TIMESTAMP.getName())
        && (name.getPrecision() == DIGITS || name.getPrecision() < 0);
  }

  /**
   * How a literal is written.
   *
   * @param text what of it stands in the statement, without quotes
   * @param braces whether braces stand around it
   * @return null if none of these forms reads from the text what the literal is
   */
  static @Nullable TimeForm of(SqlLiteral literal, String text, boolean braces) {
    if (literal instanceof SqlTimestampLiteral timestamp) {
      TimeForm form = braces ? ESCAPE : LITERAL;
      Long value = form.value(text);
      return value != null && value.equals(nanosOf(timestamp)) ? form : null;
    }
    if (literal instanceof SqlCharStringLiteral string) {
      boolean read = text.equals(string.getValueAs(String.class)) && STRING.value(text) != null;
      return read ? STRING : null;
    }
    if (literal instanceof SqlNumericLiteral number) {
      boolean read = text.equals(number.toValue()) && NUMBER.value(text) != null;
      return read ? NUMBER : null;
    }
    return null;
  }

  private static Long nanosOf(SqlTimestampLiteral literal) {
    return IsoTime.parseNanos(String.valueOf(literal.getValueAs(TimestampString.class)));
  }
}
