package org.btrdb.sql.expression;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.math.BigDecimal;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.apache.calcite.jdbc.JavaTypeFactoryImpl;
import org.apache.calcite.rel.type.RelDataType;
import org.apache.calcite.rel.type.RelDataTypeFactory;
import org.apache.calcite.rex.RexBuilder;
import org.apache.calcite.rex.RexNode;
import org.apache.calcite.sql.SqlOperator;
import org.apache.calcite.sql.fun.SqlStdOperatorTable;
import org.apache.calcite.sql.type.SqlTypeName;
import org.btrdb.sql.SqlRefusal;
import org.btrdb.sql.time.NanoOperators;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** Expressions against tables of what SQL says, NULLs and NaNs among them. */
class ExpressionCompilerTest {
  private static final @Nullable Boolean[] TRUTHS = {true, false, null};

  private final RelDataTypeFactory types =
      new JavaTypeFactoryImpl(org.apache.calcite.rel.type.RelDataTypeSystem.DEFAULT);
  private final RexBuilder rex = new RexBuilder(types);

  private RelDataType type(SqlTypeName name) {
    return types.createTypeWithNullability(types.createSqlType(name), true);
  }

  private RexNode parameter(SqlTypeName name, int index) {
    return rex.makeDynamicParam(type(name), index);
  }

  /** The value of an expression of parameters. */
  private @Nullable Object value(RexNode node, @Nullable Object... parameters) {
    Expression expression = new ExpressionCompiler(rex).compile(node).orElseThrow();
    Evaluation at = new Evaluation(NoRow.INSTANCE, Arrays.asList(parameters));
    Object value = expression.value(at);
    assertThat(at.wasNull()).as("%s", node).isEqualTo(value == null);
    return value;
  }

  private @Nullable Object call(
      SqlOperator operator, SqlTypeName type, @Nullable Object... parameters) {
    RexNode[] operands = new RexNode[parameters.length];
    for (int i = 0; i < operands.length; i++) {
      operands[i] = parameter(type, i);
    }
    return value(rex.makeCall(operator, operands), parameters);
  }

  /** What one operand decides, else unknown if one is, else the other truth. */
  private static @Nullable Boolean decided(
      boolean decisive, @Nullable Boolean a, @Nullable Boolean b) {
    for (Boolean operand : new @Nullable Boolean[] {a, b}) {
      if (operand != null && operand == decisive) {
        return decisive;
      }
    }
    return a == null ? null : b == null ? null : Boolean.valueOf(!decisive);
  }

  @Test
  void logicHasThreeValues() {
    for (Boolean a : TRUTHS) {
      for (Boolean b : TRUTHS) {
        Boolean and = decided(false, a, b);
        Boolean or = decided(true, a, b);
        assertThat(call(SqlStdOperatorTable.AND, SqlTypeName.BOOLEAN, a, b)).isEqualTo(and);
        assertThat(call(SqlStdOperatorTable.OR, SqlTypeName.BOOLEAN, a, b)).isEqualTo(or);
        assertThat(call(SqlStdOperatorTable.IS_DISTINCT_FROM, SqlTypeName.BOOLEAN, a, b))
            .isEqualTo(!java.util.Objects.equals(a, b));
      }
      Boolean not = a == null ? null : Boolean.valueOf(!a);
      assertThat(call(SqlStdOperatorTable.NOT, SqlTypeName.BOOLEAN, a)).isEqualTo(not);
      assertThat(call(SqlStdOperatorTable.IS_TRUE, SqlTypeName.BOOLEAN, a))
          .isEqualTo(Boolean.TRUE.equals(a));
      assertThat(call(SqlStdOperatorTable.IS_NOT_TRUE, SqlTypeName.BOOLEAN, a))
          .isEqualTo(!Boolean.TRUE.equals(a));
      assertThat(call(SqlStdOperatorTable.IS_FALSE, SqlTypeName.BOOLEAN, a))
          .isEqualTo(Boolean.FALSE.equals(a));
      assertThat(call(SqlStdOperatorTable.IS_NOT_FALSE, SqlTypeName.BOOLEAN, a))
          .isEqualTo(!Boolean.FALSE.equals(a));
      assertThat(call(SqlStdOperatorTable.IS_NULL, SqlTypeName.BOOLEAN, a)).isEqualTo(a == null);
    }
  }

  @Test
  void comparisonsFollowOneOrderAndNullIsUnknown() {
    List<Double> inOrder =
        List.of(Double.NEGATIVE_INFINITY, -1.5, 0.0, 2.0, Double.POSITIVE_INFINITY, Double.NaN);
    for (int i = 0; i < inOrder.size(); i++) {
      for (int j = 0; j < inOrder.size(); j++) {
        Double a = inOrder.get(i);
        Double b = inOrder.get(j);
        SqlTypeName type = SqlTypeName.DOUBLE;
        assertThat(call(SqlStdOperatorTable.EQUALS, type, a, b)).isEqualTo(i == j);
        assertThat(call(SqlStdOperatorTable.NOT_EQUALS, type, a, b)).isEqualTo(i != j);
        assertThat(call(SqlStdOperatorTable.LESS_THAN, type, a, b)).isEqualTo(i < j);
        assertThat(call(SqlStdOperatorTable.LESS_THAN_OR_EQUAL, type, a, b)).isEqualTo(i <= j);
        assertThat(call(SqlStdOperatorTable.GREATER_THAN, type, a, b)).isEqualTo(i > j);
        assertThat(call(SqlStdOperatorTable.GREATER_THAN_OR_EQUAL, type, a, b)).isEqualTo(i >= j);
      }
      assertThat(call(SqlStdOperatorTable.EQUALS, SqlTypeName.DOUBLE, inOrder.get(i), null))
          .isNull();
      assertThat(call(SqlStdOperatorTable.LESS_THAN, SqlTypeName.DOUBLE, null, inOrder.get(i)))
          .isNull();
    }
    assertThat(call(SqlStdOperatorTable.EQUALS, SqlTypeName.DOUBLE, 0.0, -0.0)).isEqualTo(true);
    assertThat(
            call(
                SqlStdOperatorTable.EQUALS,
                SqlTypeName.DECIMAL,
                new BigDecimal("1.0"),
                new BigDecimal("1.00")))
        .isEqualTo(true);
    UUID small = new UUID(1, 0);
    UUID large = new UUID(-1, 0);
    assertThat(call(SqlStdOperatorTable.LESS_THAN, SqlTypeName.UUID, small, large)).isEqualTo(true);
  }

  @Test
  void wholeNumbersNeverWrap() {
    for (long[] pair : new long[][] {{1, 2}, {-7, 3}, {Long.MAX_VALUE, 0}, {7, -3}}) {
      long a = pair[0];
      long b = pair[1];
      assertThat(call(SqlStdOperatorTable.PLUS, SqlTypeName.BIGINT, a, b)).isEqualTo(a + b);
      assertThat(call(SqlStdOperatorTable.MINUS, SqlTypeName.BIGINT, a, b)).isEqualTo(a - b);
    }
    assertThat(call(SqlStdOperatorTable.DIVIDE, SqlTypeName.BIGINT, -7L, 2L)).isEqualTo(-3L);
    assertThat(call(SqlStdOperatorTable.MOD, SqlTypeName.BIGINT, -7L, 2L)).isEqualTo(-1L);
    assertThat(call(SqlStdOperatorTable.PLUS, SqlTypeName.BIGINT, null, 2L)).isNull();
    refused(SqlRefusal.Reason.OUT_OF_RANGE, SqlStdOperatorTable.PLUS, Long.MAX_VALUE, 1L);
    refused(SqlRefusal.Reason.OUT_OF_RANGE, SqlStdOperatorTable.MINUS, Long.MIN_VALUE, 1L);
    refused(SqlRefusal.Reason.OUT_OF_RANGE, SqlStdOperatorTable.MULTIPLY, 1L << 62, 2L);
    refused(SqlRefusal.Reason.OUT_OF_RANGE, SqlStdOperatorTable.MULTIPLY, Long.MIN_VALUE, -1L);
    refused(SqlRefusal.Reason.OUT_OF_RANGE, SqlStdOperatorTable.DIVIDE, Long.MIN_VALUE, -1L);
    refused(SqlRefusal.Reason.DIVISION_BY_ZERO, SqlStdOperatorTable.DIVIDE, 1L, 0L);
    refused(SqlRefusal.Reason.DIVISION_BY_ZERO, SqlStdOperatorTable.MOD, 1L, 0L);
    assertThatThrownBy(
            () -> call(SqlStdOperatorTable.PLUS, SqlTypeName.INTEGER, Integer.MAX_VALUE, 1))
        .isInstanceOf(SqlRefusal.class)
        .hasMessageContaining("INTEGER");
  }

  private void refused(SqlRefusal.Reason reason, SqlOperator operator, long a, long b) {
    assertThatThrownBy(() -> call(operator, SqlTypeName.BIGINT, a, b))
        .isInstanceOfSatisfying(SqlRefusal.class, e -> assertThat(e.reason()).isEqualTo(reason));
  }

  @Test
  void decimalsAreExact() {
    BigDecimal a = new BigDecimal("0.1");
    BigDecimal b = new BigDecimal("0.2");
    assertThat(call(SqlStdOperatorTable.PLUS, SqlTypeName.DECIMAL, a, b))
        .isEqualTo(new BigDecimal("0.3"));
    assertThat(call(SqlStdOperatorTable.MULTIPLY, SqlTypeName.DECIMAL, a, b))
        .isEqualTo(new BigDecimal("0.02"));
    RexNode division =
        rex.makeCall(
            SqlStdOperatorTable.DIVIDE,
            parameter(SqlTypeName.DECIMAL, 0),
            parameter(SqlTypeName.DECIMAL, 1));
    assertThat(new ExpressionCompiler(rex).compile(division)).isEmpty();
  }

  private @Nullable Object cast(SqlTypeName from, SqlTypeName to, @Nullable Object value) {
    return value(rex.makeAbstractCast(type(to), parameter(from, 0), false), value);
  }

  @Test
  void castsCutFractionsAndRefuseWhatDoesNotFit() {
    assertThat(cast(SqlTypeName.DOUBLE, SqlTypeName.BIGINT, -2.9)).isEqualTo(-2L);
    assertThat(cast(SqlTypeName.DOUBLE, SqlTypeName.INTEGER, 2.9)).isEqualTo(2);
    assertThat(cast(SqlTypeName.DOUBLE, SqlTypeName.BIGINT, -0x1p63)).isEqualTo(Long.MIN_VALUE);
    assertThat(cast(SqlTypeName.VARCHAR, SqlTypeName.BIGINT, " 12 ")).isEqualTo(12L);
    assertThat(cast(SqlTypeName.VARCHAR, SqlTypeName.DOUBLE, "1e3")).isEqualTo(1000.0);
    assertThat(cast(SqlTypeName.VARCHAR, SqlTypeName.BOOLEAN, "True ")).isEqualTo(true);
    assertThat(cast(SqlTypeName.BOOLEAN, SqlTypeName.VARCHAR, true)).isEqualTo("true");
    assertThat(cast(SqlTypeName.DOUBLE, SqlTypeName.BIGINT, null)).isNull();
    for (double value : new double[] {0x1p63, -1e19, Double.NaN, Double.POSITIVE_INFINITY}) {
      assertThatThrownBy(() -> cast(SqlTypeName.DOUBLE, SqlTypeName.BIGINT, value))
          .isInstanceOf(SqlRefusal.class)
          .hasMessageContaining("BIGINT");
    }
    assertThatThrownBy(() -> cast(SqlTypeName.VARCHAR, SqlTypeName.BIGINT, "x1"))
        .isInstanceOf(SqlRefusal.class)
        .hasMessageContaining("x1");
  }

  @Test
  void choiceEvaluatesOnlyWhatItAnswers() {
    RexNode zero = rex.makeExactLiteral(BigDecimal.ZERO, types.createSqlType(SqlTypeName.BIGINT));
    RexNode one = rex.makeExactLiteral(BigDecimal.ONE, types.createSqlType(SqlTypeName.BIGINT));
    RexNode choice =
        rex.makeCall(
            SqlStdOperatorTable.CASE,
            parameter(SqlTypeName.BOOLEAN, 0),
            rex.makeCall(SqlStdOperatorTable.DIVIDE, one, zero),
            rex.makeNullLiteral(type(SqlTypeName.BIGINT)));
    assertThat(value(choice, false)).isNull();
    assertThat(value(choice, (Object) null)).isNull();
    assertThatThrownBy(() -> value(choice, true))
        .isInstanceOf(SqlRefusal.class)
        .hasMessageContaining("division by zero");
    RexNode first =
        rex.makeCall(SqlStdOperatorTable.COALESCE, parameter(SqlTypeName.BIGINT, 0), one);
    assertThat(value(first, (Object) null)).isEqualTo(1L);
    assertThat(value(first, 5L)).isEqualTo(5L);
  }

  @Test
  void patternsMatchWholeTexts() {
    Object[][] cases = {
      {"abc", "abc", true},
      {"abc", "ab", false},
      {"abc", "a%", true},
      {"abc", "%c", true},
      {"abc", "%b%", true},
      {"abc", "a_c", true},
      {"abc", "_", false},
      {"", "%", true},
      {"", "_", false},
      {"aab", "%ab", true},
      {"abab", "%ab", true},
      {"a%c", "a%c", true},
      {"mississippi", "%iss%ip%i", true},
      {"mississippi", "%iss%x%i", false},
      {"\uD83D\uDE00x", "_x", true},
      {"a.c", "a.c", true},
      {"abc", "a.c", false},
      {"a\nb", "a_b", true},
      {"ABC", "abc", false}
    };
    for (Object[] row : cases) {
      assertThat(call(SqlStdOperatorTable.LIKE, SqlTypeName.VARCHAR, row[0], row[1]))
          .as("%s LIKE %s", row[0], row[1])
          .isEqualTo(row[2]);
    }
    assertThat(call(SqlStdOperatorTable.LIKE, SqlTypeName.VARCHAR, "a%c", "a!%c", "!"))
        .isEqualTo(true);
    assertThat(call(SqlStdOperatorTable.LIKE, SqlTypeName.VARCHAR, "abc", "a!%c", "!"))
        .isEqualTo(false);
    assertThat(call(SqlStdOperatorTable.LIKE, SqlTypeName.VARCHAR, "abc", null)).isNull();
    assertThatThrownBy(
            () -> call(SqlStdOperatorTable.LIKE, SqlTypeName.VARCHAR, "abc", "a!bc", "!"))
        .isInstanceOf(SqlRefusal.class)
        .hasMessageContaining("'!' before what needs no escape");
  }

  @Test
  void textsAndNumbersHaveTheirFunctions() {
    SqlTypeName text = SqlTypeName.VARCHAR;
    assertThat(call(SqlStdOperatorTable.UPPER, text, "\u00e4i")).isEqualTo("\u00c4I");
    assertThat(call(SqlStdOperatorTable.LOWER, text, "TITLE")).isEqualTo("title");
    assertThat(call(SqlStdOperatorTable.CONCAT, text, "a", null)).isNull();
    assertThat(call(SqlStdOperatorTable.CONCAT, text, "a", "b")).isEqualTo("ab");
    assertThat(call(SqlStdOperatorTable.CHAR_LENGTH, text, "abc")).isEqualTo(3);
    assertThat(call(SqlStdOperatorTable.POSITION, text, "b", "abc")).isEqualTo(2);
    assertThat(call(SqlStdOperatorTable.ABS, SqlTypeName.DOUBLE, -2.5)).isEqualTo(2.5);
    assertThat(call(SqlStdOperatorTable.POWER, SqlTypeName.DOUBLE, 2.0, 10.0)).isEqualTo(1024.0);
    assertThat(call(SqlStdOperatorTable.LOG10, SqlTypeName.DOUBLE, 1000.0)).isEqualTo(3.0);
    assertThat(call(SqlStdOperatorTable.ROUND, SqlTypeName.DOUBLE, -2.5)).isEqualTo(-3.0);
    assertThat(call(SqlStdOperatorTable.FLOOR, SqlTypeName.DOUBLE, -2.5)).isEqualTo(-3.0);
    assertThat(call(SqlStdOperatorTable.SIN, SqlTypeName.DOUBLE, (Object) null)).isNull();
    assertThatThrownBy(() -> call(SqlStdOperatorTable.LN, SqlTypeName.DOUBLE, 0.0))
        .isInstanceOf(SqlRefusal.class)
        .hasMessageContaining("no logarithm of 0.0");
  }

  @Test
  void timesKeepTheirNanoseconds() {
    long nanos = 1_500_000_000_123_456_789L;
    assertThat(call(NanoOperators.FLOOR, SqlTypeName.BIGINT, nanos, 1000L, 0L))
        .isEqualTo(nanos - 789);
    assertThat(call(NanoOperators.CEIL, SqlTypeName.BIGINT, nanos, 1000L, 0L))
        .isEqualTo(nanos + 211);
    assertThat(call(NanoOperators.PLUS, SqlTypeName.BIGINT, nanos, 1L)).isEqualTo(nanos + 1);
    assertThat(call(NanoOperators.PLUS, SqlTypeName.BIGINT, nanos, null)).isNull();
    assertThat(call(NanoOperators.TO_TEXT, SqlTypeName.BIGINT, nanos, -1L))
        .isEqualTo("2017-07-14 02:40:00.123456789");
    assertThat(call(NanoOperators.TO_DATE, SqlTypeName.BIGINT, -1L)).isEqualTo(-1);
    RexNode extract =
        rex.makeCall(
            NanoOperators.EXTRACT, parameter(SqlTypeName.BIGINT, 0), rex.makeLiteral("NANOSECOND"));
    assertThat(value(extract, nanos)).isEqualTo(123456789L);
    assertThat(value(extract, (Object) null)).isNull();
  }

  @Test
  void aKeyThatATagMapLacksIsNull() {
    RelDataType map =
        types.createMapType(types.createSqlType(SqlTypeName.VARCHAR), type(SqlTypeName.VARCHAR));
    RexNode item =
        rex.makeCall(
            SqlStdOperatorTable.ITEM,
            rex.makeDynamicParam(types.createTypeWithNullability(map, true), 0),
            parameter(SqlTypeName.VARCHAR, 1));
    assertThat(value(item, Map.of("unit", "volts"), "unit")).isEqualTo("volts");
    assertThat(value(item, Map.of("unit", "volts"), "phase")).isNull();
    assertThat(value(item, null, "unit")).isNull();
  }

  @Test
  void whatIsNotKnownDeclines() {
    RexNode random = rex.makeCall(SqlStdOperatorTable.RAND);
    assertThat(new ExpressionCompiler(rex).compile(random)).isEmpty();
    RexNode real =
        rex.makeCall(
            SqlStdOperatorTable.PLUS,
            parameter(SqlTypeName.REAL, 0),
            parameter(SqlTypeName.REAL, 1));
    assertThat(new ExpressionCompiler(rex).compile(real)).isEmpty();
  }
}
