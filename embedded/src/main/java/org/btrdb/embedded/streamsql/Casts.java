package org.btrdb.embedded.streamsql;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.Locale;
import java.util.UUID;
import java.util.regex.Pattern;
import org.btrdb.client.error.BtrdbException;

/** Makes a value of one type of that of another, as PostgreSQL's casts do. */
final class Casts {
  /** Digits before or after the point that a decimal may have. */
  private static final int MAX_DIGITS = 1000;

  private static final int MAX_TEXT = 1 << 20;

  private static final Pattern WHOLE = Pattern.compile("[+-]?[0-9]{1,40}");
  private static final Pattern DECIMAL =
      Pattern.compile("[+-]?([0-9]+\\.?[0-9]*|\\.[0-9]+)([eE][+-]?[0-9]{1,6})?");
  private static final Pattern UUID_DIGITS = Pattern.compile("([0-9a-f]{4}-?){7}[0-9a-f]{4}");

  private Casts() {}

  /** Whether there is a cast. */
  static boolean exists(Type from, Type to) {
    return from == to
        || from == Type.TEXT
        || from == Type.UNKNOWN
        || to == Type.TEXT
        || (from.isNumber() && to.isNumber());
  }

  /**
   * Casts a value that is there.
   *
   * @param largest of whole numbers: the largest that the type has
   */
  static Object cast(Object value, Type from, Type to, long largest) {
    Object result =
        from == to
            ? value
            : to == Type.TEXT
                ? text(value)
                : value instanceof String text ? parse(text, to) : number((Number) value, to);
    if (result instanceof Long whole && (whole > largest || whole < -largest - 1)) {
      throw BadSql.of(whole + " is out of range: up to " + largest + " is allowed");
    }
    return result;
  }

  /** An hstore's text is up to twice as long as what is in it, and can be made an hstore again. */
  private static String text(Object value) {
    String text = Values.text(value);
    Function.checkLength(text.length(), MAX_TEXT);
    return text;
  }

  private static Object number(Number value, Type to) {
    return switch (to) {
      case DOUBLE ->
          value instanceof BigDecimal decimal ? real(decimal.toString()) : value.doubleValue();
      case NUMERIC ->
          value instanceof Long whole ? BigDecimal.valueOf(whole) : decimal(value.doubleValue());
      default -> {
        BigDecimal exact =
            value instanceof BigDecimal decimal
                ? decimal.setScale(0, RoundingMode.HALF_UP)
                : decimal(value.doubleValue()).setScale(0, RoundingMode.HALF_EVEN);
        yield whole(exact.toBigInteger().toString());
      }
    };
  }

  private static BigDecimal decimal(double value) {
    if (Double.isNaN(value) || Double.isInfinite(value)) {
      throw BadSql.of(value + " is no decimal");
    }
    return new BigDecimal(Double.toString(value));
  }

  /** What a text stands for. */
  static Object parse(String text, Type to) {
    String word = text.strip();
    return switch (to) {
      case TEXT, UNKNOWN -> text;
      case UUID -> uuid(word);
      case BIGINT -> whole(word);
      case NUMERIC -> decimal(word);
      case DOUBLE -> real(word);
      case BOOLEAN -> truth(word.toLowerCase(Locale.ROOT), text);
      case HSTORE -> HstoreText.parse(text);
    };
  }

  private static BtrdbException invalid(String text, Type type) {
    return BadSql.of(BadSql.quoted(text) + " is no " + type);
  }

  private static Long whole(String text) {
    if (!WHOLE.matcher(text).matches()) {
      throw invalid(text, Type.BIGINT);
    }
    try {
      return Long.valueOf(text);
    } catch (NumberFormatException e) {
      throw BadSql.of(BadSql.quoted(text) + " is out of the range of bigint", e);
    }
  }

  static BigDecimal decimal(String text) {
    if (!DECIMAL.matcher(text).matches() || text.length() > MAX_DIGITS) {
      throw invalid(text, Type.NUMERIC);
    }
    BigDecimal number = new BigDecimal(text);
    if (Math.abs(number.scale()) > MAX_DIGITS) {
      throw BadSql.of(BadSql.quoted(text) + " has more than " + MAX_DIGITS + " digits");
    }
    return number;
  }

  private static Double real(String text) {
    String word = text.toLowerCase(Locale.ROOT);
    return switch (word) {
      case "nan" -> Double.NaN;
      case "infinity", "+infinity", "inf", "+inf" -> Double.POSITIVE_INFINITY;
      case "-infinity", "-inf" -> Double.NEGATIVE_INFINITY;
      default -> {
        if (!DECIMAL.matcher(text).matches()) {
          throw invalid(text, Type.DOUBLE);
        }
        double number = Double.parseDouble(text);
        if (Double.isInfinite(number)) {
          throw BadSql.of(BadSql.quoted(text) + " is out of the range of double precision");
        }
        yield number;
      }
    };
  }

  private static UUID uuid(String text) {
    String word = text.toLowerCase(Locale.ROOT);
    boolean braces = word.startsWith("{") && word.endsWith("}") && word.length() > 2;
    String digits = braces ? word.substring(1, word.length() - 1) : word;
    if (!UUID_DIGITS.matcher(digits).matches()) {
      throw invalid(text, Type.UUID);
    }
    String plain = digits.replace("-", "");
    return new UUID(
        Long.parseUnsignedLong(plain.substring(0, 16), 16),
        Long.parseUnsignedLong(plain.substring(16), 16));
  }

  private static Boolean truth(String word, String text) {
    boolean isOn = word.equals("on") || word.equals("1");
    boolean isOff = word.equals("off") || word.equals("of") || word.equals("0");
    if (isOn || isOff) {
      return isOn;
    }
    if (!word.isEmpty()) {
      if ("true".startsWith(word) || "yes".startsWith(word)) {
        return true;
      }
      if ("false".startsWith(word) || "no".startsWith(word)) {
        return false;
      }
    }
    throw invalid(text, Type.BOOLEAN);
  }
}
