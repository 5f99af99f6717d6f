package org.btrdb.embedded.streamsql;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * An expression whose types are settled. Two that are equal give the same value for the same row,
 * which is how grouping recognises its keys. A condition that is unknown is null.
 */
sealed interface Expr {

  Type type();

  /** Its value for a row. */
  @Nullable Object value(@Nullable Object[] row, Work work);

  /** The same over other operands; leaves give themselves. */
  Expr over(UnaryOperator<Expr> operands);

  /** Whether something is true of it or of anything within it. */
  default boolean contains(Predicate<Expr> what) {
    if (what.test(this)) {
      return true;
    }
    boolean[] found = new boolean[1];
    over(
        operand -> {
          found[0] = found[0] || operand.contains(what);
          return operand;
        });
    return found[0];
  }

  /** Whether a condition holds for a row, and is not just unknown. */
  default boolean holds(@Nullable Object[] row, Work work) {
    return Boolean.TRUE.equals(value(row, work));
  }

  /** A value that is always the same. */
  record Constant(Type type, @Nullable Object value) implements Expr {
    @Override
    public @Nullable Object value(@Nullable Object[] row, Work work) {
      return value;
    }

    @Override
    public Expr over(UnaryOperator<Expr> operands) {
      return this;
    }
  }

  /** A column of the row. */
  record Slot(Type type, int index) implements Expr {
    @Override
    public @Nullable Object value(@Nullable Object[] row, Work work) {
      return row[index];
    }

    @Override
    public Expr over(UnaryOperator<Expr> operands) {
      return this;
    }
  }

  /** What a group is asked for; grouping puts a slot in its place. */
  record Aggregate(Type type, Kind kind, boolean distinct, @Nullable Expr argument)
      implements Expr {
    enum Kind {
      COUNT,
      MIN,
      MAX
    }

    @Override
    public @Nullable Object value(@Nullable Object[] row, Work work) {
      throw new IllegalStateException("an aggregate has no value of one row");
    }

    @Override
    public Expr over(UnaryOperator<Expr> operands) {
      return this;
    }
  }

  /** The keys or values of an hstore, a row each; a list, only at the top of the select list. */
  record Entries(Expr argument, boolean keys) implements Expr {
    @Override
    public Type type() {
      return Type.TEXT;
    }

    @Override
    public @Nullable Object value(@Nullable Object[] row, Work work) {
      Object value = argument.value(row, work);
      List<@Nullable Object> entries = new ArrayList<>();
      if (value instanceof Map<?, ?> map) {
        Values.keys(map).forEach(key -> entries.add(keys ? key : map.get(key)));
      }
      return entries;
    }

    @Override
    public Expr over(UnaryOperator<Expr> operands) {
      return new Entries(operands.apply(argument), keys);
    }
  }

  /** A comparison of two values of one type. */
  record Compare(String operator, Expr left, Expr right) implements Expr {
    @Override
    public Type type() {
      return Type.BOOLEAN;
    }

    @Override
    public @Nullable Object value(@Nullable Object[] row, Work work) {
      Object a = left.value(row, work);
      Object b = a == null ? null : right.value(row, work);
      if (a == null || b == null) {
        return null;
      }
      work.spend(1);
      int order = Values.compare(left.type(), a, b);
      return switch (operator) {
        case "=" -> order == 0;
        case "<>" -> order != 0;
        case "<" -> order < 0;
        case "<=" -> order <= 0;
        case ">" -> order > 0;
        default -> order >= 0;
      };
    }

    @Override
    public Expr over(UnaryOperator<Expr> operands) {
      return new Compare(operator, operands.apply(left), operands.apply(right));
    }
  }

  /** AND or OR of conditions, from the left and no further than needed. */
  record Joined(boolean isAnd, List<Expr> conditions) implements Expr {
    @Override
    public Type type() {
      return Type.BOOLEAN;
    }

    @Override
    public @Nullable Object value(@Nullable Object[] row, Work work) {
      Object all = isAnd;
      for (Expr condition : conditions) {
        Object value = condition.value(row, work);
        if (value == null) {
          all = null;
        } else if (!value.equals(isAnd)) {
          return value;
        }
      }
      return all;
    }

    @Override
    public Expr over(UnaryOperator<Expr> operands) {
      return new Joined(isAnd, conditions.stream().map(operands).toList());
    }
  }

  /** NOT. */
  record Not(Expr condition) implements Expr {
    @Override
    public Type type() {
      return Type.BOOLEAN;
    }

    @Override
    public @Nullable Object value(@Nullable Object[] row, Work work) {
      Object value = condition.value(row, work);
      return value == null ? null : !(Boolean) value;
    }

    @Override
    public Expr over(UnaryOperator<Expr> operands) {
      return new Not(operands.apply(condition));
    }
  }

  /** Whether a value is NULL. */
  record IsNull(Expr argument) implements Expr {
    @Override
    public Type type() {
      return Type.BOOLEAN;
    }

    @Override
    public Object value(@Nullable Object[] row, Work work) {
      return argument.value(row, work) == null;
    }

    @Override
    public Expr over(UnaryOperator<Expr> operands) {
      return new IsNull(operands.apply(argument));
    }
  }

  /** Whether two values differ, NULL being a value. */
  record IsDistinct(Expr left, Expr right) implements Expr {
    @Override
    public Type type() {
      return Type.BOOLEAN;
    }

    @Override
    public Object value(@Nullable Object[] row, Work work) {
      Object a = left.value(row, work);
      Object b = right.value(row, work);
      if (a == null || b == null) {
        return a != b;
      }
      return Values.compare(left.type(), a, b) != 0;
    }

    @Override
    public Expr over(UnaryOperator<Expr> operands) {
      return new IsDistinct(operands.apply(left), operands.apply(right));
    }
  }

  /**
   * Whether a text is of a pattern.
   *
   * @param prefix what all such texts begin with
   */
  record Matches(Expr text, TextPattern pattern, String prefix) implements Expr {
    @Override
    public Type type() {
      return Type.BOOLEAN;
    }

    @Override
    public @Nullable Object value(@Nullable Object[] row, Work work) {
      return text.value(row, work) instanceof String value ? pattern.matches(value, work) : null;
    }

    @Override
    public Expr over(UnaryOperator<Expr> operands) {
      return new Matches(operands.apply(text), pattern, prefix);
    }
  }

  /** A cast to another type. */
  record Cast(Type type, long largest, Expr argument) implements Expr {
    @Override
    public @Nullable Object value(@Nullable Object[] row, Work work) {
      Object value = argument.value(row, work);
      return value == null ? null : Casts.cast(value, argument.type(), type, largest);
    }

    @Override
    public Expr over(UnaryOperator<Expr> operands) {
      return new Cast(type, largest, operands.apply(argument));
    }
  }

  /** A call of a function; COALESCE goes no further than it must. */
  record Call(Function function, Type type, List<Expr> arguments) implements Expr {
    @Override
    public @Nullable Object value(@Nullable Object[] row, Work work) {
      if (function == Function.COALESCE) {
        for (Expr argument : arguments) {
          Object value = argument.value(row, work);
          if (value != null) {
            return value;
          }
        }
        return null;
      }
      @Nullable Object[] values = new Object[arguments.size()];
      for (int i = 0; i < values.length; i++) {
        values[i] = arguments.get(i).value(row, work);
        if (values[i] == null && function != Function.NULLIF) {
          return null;
        }
      }
      return function.apply(values, arguments, work);
    }

    @Override
    public Expr over(UnaryOperator<Expr> operands) {
      return new Call(function, type, arguments.stream().map(operands).toList());
    }
  }
}
