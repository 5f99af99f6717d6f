package org.btrdb.sql.expression;

import java.util.List;
import java.util.Objects;
import org.btrdb.sql.row.RowCursor;
import org.jspecify.annotations.Nullable;

/**
 * A compiled expression; immutable, for any number of runs at once.
 *
 * <p>Each body is evaluated once for a row and then asks {@link Evaluation#wasNull()}; of a NULL it
 * answers 0, 0.0 or null. So a condition holds where its long is not 0.
 */
public final class Expression {

  /** Answers a long, and whether it is NULL. */
  @FunctionalInterface
  public interface OfLong {
    /** The value; 0 for NULL. */
    long value(Evaluation at);
  }

  /** Answers a double, and whether it is NULL. */
  @FunctionalInterface
  public interface OfDouble {
    /** The value; 0 for NULL. */
    double value(Evaluation at);
  }

  /** Answers an object, and whether it is NULL. */
  @FunctionalInterface
  public interface OfObject {
    /** The value; null for NULL. */
    @Nullable Object value(Evaluation at);
  }

  private final ValueType type;
  private final boolean constant;
  private final @Nullable OfLong longs;
  private final @Nullable OfDouble doubles;
  private final @Nullable OfObject objects;

  private Expression(
      ValueType type,
      boolean constant,
      @Nullable OfLong longs,
      @Nullable OfDouble doubles,
      @Nullable OfObject objects) {
    this.type = type;
    this.constant = constant;
    this.longs = longs;
    this.doubles = doubles;
    this.objects = objects;
  }

  static Expression ofLong(ValueType type, OfLong body) {
    return new Expression(type, false, body, null, null);
  }

  static Expression ofBoolean(OfLong body) {
    return ofLong(ValueType.BOOLEAN, body);
  }

  static Expression ofDouble(OfDouble body) {
    return new Expression(ValueType.DOUBLE, false, null, body, null);
  }

  static Expression ofObject(ValueType type, OfObject body) {
    return new Expression(type, false, null, null, body);
  }

  /** The value of a column. */
  public static Expression column(int index, ValueType type) {
    return switch (type.storage()) {
      case LONG ->
          ofLong(
              type,
              at -> {
                RowCursor row = at.row;
                at.isNull = row.isNull(index);
                return at.isNull ? 0 : row.getLong(index);
              });
      case DOUBLE ->
          ofDouble(
              at -> {
                RowCursor row = at.row;
                at.isNull = row.isNull(index);
                return at.isNull ? 0 : row.getDouble(index);
              });
      case OBJECT ->
          ofObject(
              type,
              at -> {
                Object value = at.row.getObject(index);
                at.isNull = value == null;
                return value;
              });
    };
  }

  /** A constant in the representation of its type; null for NULL. */
  static Expression constant(ValueType type, @Nullable Object value) {
    boolean isNull = value == null;
    OfLong longs = null;
    OfDouble doubles = null;
    OfObject objects = null;
    switch (type.storage()) {
      case LONG -> {
        long number = value == null ? 0 : longOf(value);
        longs =
            at -> {
              at.isNull = isNull;
              return number;
            };
      }
      case DOUBLE -> {
        double number = value == null ? 0 : ((Number) value).doubleValue();
        doubles =
            at -> {
              at.isNull = isNull;
              return number;
            };
      }
      case OBJECT ->
          objects =
              at -> {
                at.isNull = isNull;
                return value;
              };
    }
    return new Expression(type, true, longs, doubles, objects);
  }

  static long longOf(Object value) {
    return value instanceof Boolean truth ? (truth ? 1 : 0) : ((Number) value).longValue();
  }

  /** The constant that an expression of constants only is. */
  Expression folded() {
    return constant(type, value(new Evaluation(NoRow.INSTANCE, List.of())));
  }

  /** The type of its values. */
  public ValueType type() {
    return type;
  }

  /** Whether it is a literal. */
  public boolean isConstant() {
    return constant;
  }

  /** Of a type held as long. */
  public OfLong longs() {
    return Objects.requireNonNull(longs, "not held as long");
  }

  /** Of a type held as double. */
  public OfDouble doubles() {
    return Objects.requireNonNull(doubles, "not held as double");
  }

  /** Of a type held as object. */
  public OfObject objects() {
    return Objects.requireNonNull(objects, "not held as object");
  }

  /** The value as an object, boxed if need be; null for NULL. For values that are needed once. */
  public @Nullable Object value(Evaluation at) {
    return switch (type.storage()) {
      case LONG -> {
        long value = longs().value(at);
        yield at.isNull ? null : type.box(value);
      }
      case DOUBLE -> {
        double value = doubles().value(at);
        yield at.isNull ? null : (Object) value;
      }
      case OBJECT -> objects().value(at);
    };
  }
}
