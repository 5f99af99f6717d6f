package org.btrdb.sql.operator;

import java.util.List;
import org.btrdb.sql.expression.Evaluation;
import org.btrdb.sql.expression.Expression;
import org.btrdb.sql.expression.ValueType;
import org.jspecify.annotations.Nullable;

/** One row of computed values. */
final class Slots {
  private final ValueType[] types;
  private final boolean[] nulls;
  private final long[] longs;
  private final double[] doubles;
  private final @Nullable Object[] objects;

  Slots(List<ValueType> types) {
    this.types = types.toArray(ValueType[]::new);
    this.nulls = new boolean[this.types.length];
    this.longs = new long[this.types.length];
    this.doubles = new double[this.types.length];
    this.objects = new Object[this.types.length];
  }

  void set(int column, Expression expression, Evaluation at) {
    switch (types[column].storage()) {
      case LONG -> longs[column] = expression.longs().value(at);
      case DOUBLE -> doubles[column] = expression.doubles().value(at);
      case OBJECT -> objects[column] = expression.objects().value(at);
    }
    nulls[column] = at.wasNull();
  }

  void setLong(int column, long value) {
    longs[column] = value;
    nulls[column] = false;
  }

  void setDouble(int column, double value) {
    doubles[column] = value;
    nulls[column] = false;
  }

  void setObject(int column, @Nullable Object value) {
    objects[column] = value;
    nulls[column] = value == null;
  }

  void setNull(int column) {
    longs[column] = 0;
    doubles[column] = 0;
    objects[column] = null;
    nulls[column] = true;
  }

  boolean isNull(int column) {
    return nulls[column];
  }

  long getLong(int column) {
    return longs[column];
  }

  double getDouble(int column) {
    return doubles[column];
  }

  @Nullable Object getObject(int column) {
    if (nulls[column]) {
      return null;
    }
    return switch (types[column].storage()) {
      case LONG -> types[column].box(longs[column]);
      case DOUBLE -> (Object) doubles[column];
      case OBJECT -> objects[column];
    };
  }
}
