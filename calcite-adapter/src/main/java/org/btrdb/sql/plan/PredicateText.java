package org.btrdb.sql.plan;

import java.math.BigDecimal;
import java.math.MathContext;
import java.util.Optional;
import org.apache.calcite.sql.SqlCall;
import org.apache.calcite.sql.SqlIdentifier;
import org.apache.calcite.sql.SqlKind;
import org.apache.calcite.sql.SqlNode;
import org.apache.calcite.sql.SqlNodeList;
import org.apache.calcite.sql.SqlNumericLiteral;
import org.apache.calcite.sql.fun.SqlBetweenOperator;
import org.apache.calcite.sql.parser.SqlParseException;
import org.apache.calcite.sql.parser.SqlParser;
import org.btrdb.sql.SqlRefusal;
import org.btrdb.sql.parser.BtrdbParser;
import org.btrdb.sql.read.Scalar;
import org.btrdb.sql.read.ValueBounds.Bound;
import org.btrdb.sql.read.ValueSet;
import org.jspecify.annotations.Nullable;

/** Conditions on the value, written as text: comparisons with numbers, and AND, OR, NOT of them. */
final class PredicateText {
  /** More than a double has; all the digits of 1e600000000 + 1 would not fit. */
  private static final MathContext DIGITS = MathContext.DECIMAL128;

  private final String text;

  private PredicateText(String text) {
    this.text = text;
  }

  /**
   * The values that meet a condition.
   *
   * @throws SqlRefusal if it is none, or asks for anything but the value
   */
  static ValueSet values(String text) {
    SqlNode node;
    try {
      node = SqlParser.create(text, BtrdbParser.CONFIG).parseExpression();
    } catch (SqlParseException e) {
      throw new SqlRefusal(
          SqlRefusal.Reason.INVALID_VALUE,
          "predicate is no condition: '" + text + "' (write 'value < 6480 OR value > 7920')",
          e);
    }
    return new PredicateText(text).set(node, false);
  }

  private ValueSet set(SqlNode node, boolean negated) {
    if (!(node instanceof SqlCall call)) {
      throw refusal();
    }
    return switch (call.getKind()) {
      case NOT -> set(call.operand(0), !negated);
      case AND, OR -> combined(call, (call.getKind() == SqlKind.AND) != negated, negated);
      case BETWEEN -> between(call, negated);
      case IN, NOT_IN -> in(call, (call.getKind() == SqlKind.NOT_IN) != negated);
      default -> compared(call, negated);
    };
  }

  private ValueSet combined(SqlCall call, boolean both, boolean negated) {
    ValueSet one = set(call.operand(0), negated);
    ValueSet other = set(call.operand(1), negated);
    return known(both ? one.and(other) : one.or(other));
  }

  private ValueSet between(SqlCall call, boolean negated) {
    SqlBetweenOperator operator = (SqlBetweenOperator) call.getOperator();
    if (!isValue(call.operand(0)) || operator.flag == SqlBetweenOperator.Flag.SYMMETRIC) {
      throw refusal();
    }
    Scalar low = Scalar.constant(bound(call.operand(1)));
    Scalar high = Scalar.constant(bound(call.operand(2)));
    return operator.isNegated() != negated
        ? known(below(low, false).or(above(high, false)))
        : known(above(low, true).and(below(high, true)));
  }

  private ValueSet in(SqlCall call, boolean negated) {
    if (!isValue(call.operand(0)) || !(call.operand(1) instanceof SqlNodeList list)) {
      throw refusal();
    }
    ValueSet values = negated ? ValueSet.ALL : ValueSet.NONE;
    for (SqlNode element : list) {
      ValueSet one = equal(bound(element), negated);
      values = known(negated ? values.and(one) : values.or(one));
    }
    return values;
  }

  private ValueSet compared(SqlCall call, boolean negated) {
    if (!SqlKind.COMPARISON.contains(call.getKind()) || call.operandCount() != 2) {
      throw refusal();
    }
    boolean isLeft = isValue(call.operand(0));
    if (!isLeft && !isValue(call.operand(1))) {
      throw refusal();
    }
    SqlKind kind = isLeft ? call.getKind() : call.getKind().reverse();
    SqlNode other = isLeft ? call.operand(1) : call.operand(0);
    double number = bound(other);
    Scalar bound = Scalar.constant(number);
    return switch (kind) {
      case LESS_THAN -> negated ? above(bound, true) : below(bound, false);
      case LESS_THAN_OR_EQUAL -> negated ? above(bound, false) : below(bound, true);
      case GREATER_THAN -> negated ? below(bound, true) : above(bound, false);
      case GREATER_THAN_OR_EQUAL -> negated ? below(bound, false) : above(bound, true);
      case EQUALS -> equal(number, negated);
      case NOT_EQUALS -> equal(number, !negated);
      default -> throw refusal();
    };
  }

  private static ValueSet above(Scalar bound, boolean inclusive) {
    return ValueSet.from(new Bound(bound, inclusive));
  }

  private static ValueSet below(Scalar bound, boolean inclusive) {
    return ValueSet.upTo(new Bound(bound, inclusive));
  }

  private ValueSet equal(double number, boolean negated) {
    Scalar bound = Scalar.constant(number);
    return negated ? known(below(bound, false).or(above(bound, false))) : ValueSet.equalTo(bound);
  }

  private static boolean isValue(SqlNode node) {
    return node instanceof SqlIdentifier name
        && name.isSimple()
        && name.getSimple().equalsIgnoreCase("value");
  }

  /** A number that a value can have. */
  private double bound(SqlNode node) {
    double bound;
    try {
      bound = number(node).doubleValue();
    } catch (ArithmeticException e) {
      throw tooLarge(e);
    }
    if (Double.isInfinite(bound)) {
      throw tooLarge(null);
    }
    return bound;
  }

  private SqlRefusal tooLarge(@Nullable ArithmeticException cause) {
    return new SqlRefusal(
        SqlRefusal.Reason.INVALID_VALUE,
        "predicate compares value with a number that is no double: '" + text + "'",
        cause);
  }

  /** A number, or arithmetic on numbers. */
  private BigDecimal number(SqlNode node) {
    if (node instanceof SqlNumericLiteral literal) {
      return literal.bigDecimalValue();
    }
    if (!(node instanceof SqlCall call)) {
      throw refusal();
    }
    return switch (call.getKind()) {
      case MINUS_PREFIX -> number(call.operand(0)).negate();
      case PLUS_PREFIX -> number(call.operand(0));
      case PLUS -> number(call.operand(0)).add(number(call.operand(1)), DIGITS);
      case MINUS -> number(call.operand(0)).subtract(number(call.operand(1)), DIGITS);
      case TIMES -> number(call.operand(0)).multiply(number(call.operand(1)), DIGITS);
      default -> throw refusal();
    };
  }

  private ValueSet known(Optional<ValueSet> set) {
    return set.orElseThrow(
            () ->
                new SqlRefusal(
                    SqlRefusal.Reason.UNSUPPORTED,
                    "predicate has too many parts: '" + text + "'",
                    null))
        .withoutEmpty();
  }

  private SqlRefusal refusal() {
    return new SqlRefusal(
        SqlRefusal.Reason.UNSUPPORTED,
        "predicate compares value with numbers, and AND, OR, NOT of that; not '" + text + "'",
        null);
  }

  /** The set that the text of a scalar is, in each run; null for NULL. */
  static Scalar scalar(Scalar predicate) {
    return new Scalar(
        "in " + predicate,
        parameters -> {
          Object text = predicate.body().value(parameters);
          return text == null ? null : (@Nullable Object) values(text.toString());
        });
  }
}
