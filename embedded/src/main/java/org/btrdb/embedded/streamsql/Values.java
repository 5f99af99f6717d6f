package org.btrdb.embedded.streamsql;

import java.math.BigDecimal;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Compares values of one type, and says how they are written. */
final class Values {
  private static final int OBJECT_BYTES = 48;
  private static final int LARGEST_PLAIN_EXPONENT = 15;
  private static final int SMALLEST_PLAIN_EXPONENT = -4;

  /** As PostgreSQL's hstore orders its keys: the short ones first. */
  static final Comparator<String> KEY_ORDER =
      Comparator.comparingInt(String::length).thenComparing(Values::compareText);

  private Values() {}

  /** Compares two values that are there; hstore has no order but equality. */
  static int compare(Type type, Object a, Object b) {
    return switch (type) {
      case TEXT, UNKNOWN -> compareText((String) a, (String) b);
      case UUID -> compareUuid((UUID) a, (UUID) b);
      case BIGINT -> Long.compare((Long) a, (Long) b);
      case NUMERIC -> ((BigDecimal) a).compareTo((BigDecimal) b);
      case DOUBLE -> Double.compare((Double) a + 0.0, (Double) b + 0.0); // -0.0 equals 0.0
      case BOOLEAN -> Boolean.compare((Boolean) a, (Boolean) b);
      case HSTORE -> a.equals(b) ? 0 : 1;
    };
  }

  /** By code points, which UTF-16 does not do above the basic plane. */
  static int compareText(String a, String b) {
    int length = Math.min(a.length(), b.length());
    for (int i = 0; i < length; i++) {
      char x = a.charAt(i);
      char y = b.charAt(i);
      if (x != y) {
        boolean surrogates = Character.isSurrogate(x) != Character.isSurrogate(y);
        return surrogates ? (Character.isSurrogate(x) ? 1 : -1) : Character.compare(x, y);
      }
    }
    return Integer.compare(a.length(), b.length());
  }

  private static int compareUuid(UUID a, UUID b) {
    int high = Long.compareUnsigned(a.getMostSignificantBits(), b.getMostSignificantBits());
    return high != 0
        ? high
        : Long.compareUnsigned(a.getLeastSignificantBits(), b.getLeastSignificantBits());
  }

  /** An object that is equal to those of equal values. */
  static @Nullable Object key(Type type, @Nullable Object value) {
    if (value == null) {
      return null;
    }
    return switch (type) {
      case NUMERIC -> ((BigDecimal) value).stripTrailingZeros();
      case DOUBLE -> (Double) value + 0.0;
      default -> value;
    };
  }

  /** About how many bytes a value takes. */
  static long bytes(@Nullable Object value) {
    if (value instanceof String text) {
      return OBJECT_BYTES + 2L * text.length();
    }
    if (value instanceof Map<?, ?> map) {
      long bytes = OBJECT_BYTES;
      for (Map.Entry<?, ?> entry : map.entrySet()) {
        bytes += OBJECT_BYTES + bytes(entry.getKey()) + bytes(entry.getValue());
      }
      return bytes;
    }
    return value == null ? 0 : OBJECT_BYTES;
  }

  /** A value as its cast to text writes it. */
  static String text(Object value) {
    if (value instanceof Map<?, ?> map) {
      return pairs(map);
    }
    if (value instanceof BigDecimal number) {
      return number.toPlainString();
    }
    return value instanceof Double number ? text(number.doubleValue()) : value.toString();
  }

  private static String pairs(Map<?, ?> map) {
    return keys(map).stream()
        .map(key -> inQuotes(key) + "=>" + (map.get(key) == null ? "NULL" : inQuotes(map.get(key))))
        .collect(Collectors.joining(", "));
  }

  private static String inQuotes(@Nullable Object text) {
    return '"' + String.valueOf(text).replace("\\", "\\\\").replace("\"", "\\\"") + '"';
  }

  /** The keys of an hstore in their order. */
  static List<String> keys(Map<?, ?> map) {
    return map.keySet().stream().map(String.class::cast).sorted(KEY_ORDER).toList();
  }

  /** As PostgreSQL writes doubles: no digits after a whole number, an exponent if far from 1. */
  private static String text(double number) {
    if (Double.isNaN(number) || Double.isInfinite(number)) {
      return Double.toString(number);
    }
    if (number == 0) {
      return 1 / number < 0 ? "-0" : "0";
    }
    BigDecimal digits = new BigDecimal(Double.toString(number)).stripTrailingZeros();
    int exponent = digits.precision() - digits.scale() - 1;
    if (exponent < SMALLEST_PLAIN_EXPONENT || exponent >= LARGEST_PLAIN_EXPONENT) {
      String mantissa = digits.movePointLeft(exponent).toPlainString();
      String power = Integer.toString(Math.abs(exponent));
      return mantissa + (exponent < 0 ? "e-" : "e+") + (power.length() < 2 ? "0" : "") + power;
    }
    return digits.toPlainString();
  }
}
