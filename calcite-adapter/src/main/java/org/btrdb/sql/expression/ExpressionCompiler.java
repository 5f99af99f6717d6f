package org.btrdb.sql.expression;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.apache.calcite.rex.RexBuilder;
import org.apache.calcite.rex.RexCall;
import org.apache.calcite.rex.RexDynamicParam;
import org.apache.calcite.rex.RexInputRef;
import org.apache.calcite.rex.RexLiteral;
import org.apache.calcite.rex.RexNode;
import org.apache.calcite.rex.RexOver;
import org.apache.calcite.rex.RexUtil;
import org.apache.calcite.sql.SqlKind;
import org.btrdb.sql.expression.Expression.OfLong;
import org.btrdb.sql.expression.Expression.OfObject;
import org.jspecify.annotations.Nullable;

/** Compiles expressions of lowered plans: an allow-list, empty for what is not on it. */
public final class ExpressionCompiler {
  private final RexBuilder rex;

  /** A compiler for the expressions of one plan. */
  public ExpressionCompiler(RexBuilder rex) {
    this.rex = rex;
  }

  /** The compiled form of an expression. */
  public Optional<Expression> compile(RexNode node) {
    return Optional.ofNullable(compiled(node));
  }

  /** A condition: holds where it is true, neither where it is false nor NULL. */
  public Optional<OfLong> condition(RexNode node) {
    return compile(node).filter(e -> e.type() == ValueType.BOOLEAN).map(Expression::longs);
  }

  /** All of several expressions, or empty. */
  public Optional<List<Expression>> compileAll(List<? extends RexNode> nodes) {
    List<Expression> all = new ArrayList<>();
    for (RexNode node : nodes) {
      Expression expression = compiled(node);
      if (expression == null) {
        return Optional.empty();
      }
      all.add(expression);
    }
    return Optional.of(all);
  }

  private @Nullable Expression compiled(RexNode node) {
    ValueType type = ValueType.of(node.getType());
    if (type == null || node instanceof RexOver) {
      return null;
    }
    if (node instanceof RexInputRef ref) {
      return Expression.column(ref.getIndex(), type);
    }
    if (node instanceof RexLiteral literal) {
      return literal(literal, type);
    }
    if (node instanceof RexDynamicParam parameter) {
      return parameter(parameter.getIndex(), type);
    }
    if (!(node instanceof RexCall call)) {
      return null;
    }
    if (call.getKind() == SqlKind.SEARCH) {
      return compiled(RexUtil.expandSearch(rex, null, call));
    }
    if (call.getKind() == SqlKind.TRIM && call.getOperands().size() == 3) {
      Expression seek = compiled(call.getOperands().get(1));
      Expression text = compiled(call.getOperands().get(2));
      return seek == null || text == null ? null : TextFunctions.trim(call, seek, text);
    }
    return compileAll(call.getOperands())
        .map(operands -> call(call, type, operands))
        // What a function answers must be what the plan says it is.
        .filter(e -> e.type() == type)
        .orElse(null);
  }

  private static @Nullable Expression literal(RexLiteral literal, ValueType type) {
    if (literal.isNull()) {
      return Expression.constant(type, null);
    }
    Object value =
        switch (type) {
          case BOOLEAN -> literal.getValueAs(Boolean.class);
          case TINYINT, SMALLINT, INTEGER, BIGINT -> literal.getValueAs(Long.class);
          case DATE -> literal.getValueAs(Integer.class);
          case DOUBLE -> literal.getValueAs(Double.class);
          case DECIMAL -> literal.getValueAs(BigDecimal.class);
          case TEXT -> literal.getValueAs(String.class);
          case UUID -> literal.getValueAs(java.util.UUID.class);
          case MAP, NULL -> null;
        };
    return value == null ? null : Expression.constant(type, value);
  }

  private static @Nullable Expression parameter(int index, ValueType type) {
    return switch (type.storage()) {
      case LONG ->
          Expression.ofLong(
              type,
              at -> {
                Object value = at.parameters.get(index);
                at.isNull = value == null;
                return value == null ? 0 : Expression.longOf(value);
              });
      case DOUBLE ->
          Expression.ofDouble(
              at -> {
                Object value = at.parameters.get(index);
                at.isNull = value == null;
                return value == null ? 0 : ((Number) value).doubleValue();
              });
      case OBJECT ->
          Expression.ofObject(
              type,
              at -> {
                Object value = at.parameters.get(index);
                at.isNull = value == null;
                return value;
              });
    };
  }

  private static @Nullable Expression call(
      RexCall call, ValueType type, List<Expression> operands) {
    return switch (call.getKind()) {
      case EQUALS,
          NOT_EQUALS,
          LESS_THAN,
          LESS_THAN_OR_EQUAL,
          GREATER_THAN,
          GREATER_THAN_OR_EQUAL,
          IS_DISTINCT_FROM,
          IS_NOT_DISTINCT_FROM ->
          Comparisons.compile(call.getKind(), operands.get(0), operands.get(1));
      case AND -> booleans(operands).map(b -> Expression.ofBoolean(Logic.and(b))).orElse(null);
      case OR -> booleans(operands).map(b -> Expression.ofBoolean(Logic.or(b))).orElse(null);
      case NOT ->
          booleans(operands).map(b -> Expression.ofBoolean(Logic.not(b.get(0)))).orElse(null);
      case IS_TRUE -> is(operands, 1, false);
      case IS_NOT_TRUE -> is(operands, 1, true);
      case IS_FALSE -> is(operands, 0, false);
      case IS_NOT_FALSE -> is(operands, 0, true);
      case IS_UNKNOWN, IS_NULL -> Expression.ofBoolean(Logic.isNull(operands.get(0), false));
      case IS_NOT_NULL -> Expression.ofBoolean(Logic.isNull(operands.get(0), true));
      case CASE -> choice(type, operands);
      case COALESCE -> converted(type, operands).map(v -> Logic.coalesce(type, v)).orElse(null);
      case CAST ->
          Casts.compile(call.getOperands().get(0).getType(), call.getType(), operands.get(0));
      case PLUS, MINUS, TIMES, DIVIDE, MOD ->
          Arithmetic.compile(call.getKind(), type, operands.get(0), operands.get(1));
      case MINUS_PREFIX ->
          operands.get(0).type() == type && type.isNumeric()
              ? Arithmetic.negated(type, operands.get(0))
              : null;
      case PLUS_PREFIX -> operands.get(0);
      case ITEM -> item(type, operands);
      default -> function(call, type, operands);
    };
  }

  private static @Nullable Expression function(
      RexCall call, ValueType type, List<Expression> operands) {
    Expression found = MathFunctions.compile(call.getOperator(), type, operands);
    if (found == null) {
      found = TextFunctions.compile(call, operands);
    }
    return found != null || operands.isEmpty() ? found : TimeExpressions.compile(call, operands);
  }

  private static Optional<List<OfLong>> booleans(List<Expression> operands) {
    return converted(ValueType.BOOLEAN, operands)
        .map(all -> all.stream().map(Expression::longs).toList());
  }

  private static Optional<List<Expression>> converted(ValueType type, List<Expression> operands) {
    List<Expression> all = new ArrayList<>();
    for (Expression operand : operands) {
      Expression converted = Conversions.to(type, operand);
      if (converted == null) {
        return Optional.empty();
      }
      all.add(converted);
    }
    return Optional.of(all);
  }

  private static @Nullable Expression is(List<Expression> operands, long wanted, boolean negated) {
    return booleans(operands)
        .map(b -> Expression.ofBoolean(Logic.is(b.get(0), wanted, negated)))
        .orElse(null);
  }

  private static @Nullable Expression choice(ValueType type, List<Expression> operands) {
    List<Expression> conditions = new ArrayList<>();
    List<Expression> values = new ArrayList<>();
    for (int i = 0; i + 1 < operands.size(); i += 2) {
      conditions.add(operands.get(i));
      values.add(operands.get(i + 1));
    }
    values.add(operands.get(operands.size() - 1));
    Optional<List<OfLong>> tests = booleans(conditions);
    Optional<List<Expression>> answers = converted(type, values);
    return tests.isPresent() && answers.isPresent()
        ? Logic.choice(type, tests.get(), answers.get())
        : null;
  }

  /** {@code tags['unit']}; NULL for a key that is not there. */
  private static @Nullable Expression item(ValueType type, List<Expression> operands) {
    if (operands.get(0).type() != ValueType.MAP
        || operands.get(1).type() != ValueType.TEXT
        || type != ValueType.TEXT) {
      return null;
    }
    OfObject map = operands.get(0).objects();
    OfObject key = operands.get(1).objects();
    return Expression.ofObject(
        type,
        at -> {
          Object entries = map.value(at);
          Object name = entries == null ? null : key.value(at);
          Object value =
              entries == null || name == null
                  ? null
                  : ((Map<?, ?>) entries).get(Objects.requireNonNull(name));
          at.isNull = value == null;
          return value;
        });
  }
}
