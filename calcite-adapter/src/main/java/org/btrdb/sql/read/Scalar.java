package org.btrdb.sql.read;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * An expression without columns: a constant, a parameter, or arithmetic on them.
 *
 * @param text how EXPLAIN shows it
 * @param body computes it from the parameters
 */
public record Scalar(String text, Body body) {

  /** What a scalar computes. */
  @FunctionalInterface
  public interface Body {
    /** The value; null for NULL. */
    @Nullable Object value(List<@Nullable Object> parameters);
  }

  /** A constant. */
  public static Scalar constant(Object value) {
    return new Scalar(String.valueOf(value), parameters -> value);
  }

  /** The value as a long; null for NULL. */
  public @Nullable Long longValue(List<@Nullable Object> parameters) {
    Object value = body.value(parameters);
    return value == null ? null : Long.valueOf(((Number) value).longValue());
  }

  @Override
  public String toString() {
    return text;
  }
}
