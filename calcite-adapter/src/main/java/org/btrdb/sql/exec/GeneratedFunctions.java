package org.btrdb.sql.exec;

import com.google.common.collect.ImmutableMap;
import java.math.BigDecimal;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.apache.calcite.rel.RelCollations;
import org.apache.calcite.rel.RelHomogeneousShuttle;
import org.apache.calcite.rel.RelNode;
import org.apache.calcite.rel.core.AggregateCall;
import org.apache.calcite.rel.logical.LogicalAggregate;
import org.apache.calcite.rel.type.RelDataType;
import org.apache.calcite.rel.type.RelDataTypeFactory;
import org.apache.calcite.rex.RexBuilder;
import org.apache.calcite.rex.RexCall;
import org.apache.calcite.rex.RexLiteral;
import org.apache.calcite.rex.RexNode;
import org.apache.calcite.rex.RexOver;
import org.apache.calcite.rex.RexShuttle;
import org.apache.calcite.rex.RexWindow;
import org.apache.calcite.schema.ScalarFunction;
import org.apache.calcite.schema.impl.AggregateFunctionImpl;
import org.apache.calcite.schema.impl.ScalarFunctionImpl;
import org.apache.calcite.sql.SqlAggFunction;
import org.apache.calcite.sql.SqlFunction;
import org.apache.calcite.sql.SqlIdentifier;
import org.apache.calcite.sql.SqlKind;
import org.apache.calcite.sql.SqlOperator;
import org.apache.calcite.sql.fun.SqlStdOperatorTable;
import org.apache.calcite.sql.fun.SqlTrimFunction;
import org.apache.calcite.sql.parser.SqlParserPos;
import org.apache.calcite.sql.type.ReturnTypes;
import org.apache.calcite.sql.type.SqlTypeName;
import org.apache.calcite.sql.type.SqlTypeUtil;
import org.apache.calcite.sql.validate.SqlUserDefinedAggFunction;
import org.apache.calcite.sql.validate.SqlUserDefinedFunction;
import org.apache.calcite.util.Optionality;
import org.btrdb.sql.aggregate.DialectAggregate;
import org.btrdb.sql.aggregate.PairMoments;
import org.btrdb.sql.expression.NumberFunctions;
import org.btrdb.sql.time.NanoFunctions;
import org.btrdb.sql.time.NanoOperators;
import org.jspecify.annotations.Nullable;

/**
 * Puts the methods of our operators into a plan that Calcite generates code for. Only such plans
 * load this class, for what it pulls in is a third of Calcite.
 */
final class GeneratedFunctions extends RexShuttle {
  private static final Map<SqlOperator, String> METHODS =
      ImmutableMap.<SqlOperator, String>builder()
          .put(NanoOperators.PLUS, "plus")
          .put(NanoOperators.MINUS, "minus")
          .put(NanoOperators.TIMES, "times")
          .put(NanoOperators.FLOOR, "floor")
          .put(NanoOperators.CEIL, "ceil")
          .put(NanoOperators.CALENDAR_FLOOR, "calendarFloor")
          .put(NanoOperators.CALENDAR_CEIL, "calendarCeil")
          .put(NanoOperators.TIME_FLOOR, "timeFloor")
          .put(NanoOperators.TIME_FLOOR_FROM, "timeFloorFrom")
          .put(NanoOperators.ADD_MONTHS, "addMonths")
          .put(NanoOperators.EXTRACT, "extract")
          .put(NanoOperators.MONTHS_BETWEEN, "monthsBetween")
          .put(NanoOperators.POWER_OF_TWO, "powerOfTwo")
          .put(NanoOperators.WIDTH, "width")
          .put(NanoOperators.FIRST_OF, "firstOf")
          .put(NanoOperators.LAST_OF, "lastOf")
          .put(NanoOperators.TO_DATE, "toDate")
          .put(NanoOperators.DATE_OF_TEXT, "dateOfText")
          .put(NanoOperators.OF_DATE, "ofDate")
          .put(NanoOperators.TO_TEXT, "toText")
          .put(NanoOperators.OF_TEXT, "ofText")
          .build();

  private static final Map<SqlOperator, String> NUMBER_METHODS =
      Map.of(
          NumberFunctions.WRAP_ANGLE, "wrapAngle",
          NumberFunctions.ANGLE_DIFF, "angleDiff",
          NumberFunctions.IS_NAN, "isNan",
          NumberFunctions.ORDER_KEY, "orderKey");

  private static final Map<SqlOperator, String> PLAIN_METHODS =
      Map.of(
          NumberFunctions.OF_ORDER_KEY, "ofOrderKey",
          NumberFunctions.TEXT_OF_UUID, "textOfUuid",
          NumberFunctions.TEXT_OF_DOUBLE, "textOfDouble",
          NumberFunctions.TEXT_OF_REAL, "textOfReal",
          NumberFunctions.TEXT_OF_DECIMAL, "textOfDecimal",
          NumberFunctions.TEXT_OF_BOOLEAN, "textOfBoolean",
          NumberFunctions.FITTED_TEXT, "fittedText");

  private static final Map<SqlTypeName, SqlFunction> TEXTS =
      Map.of(
          SqlTypeName.UUID, NumberFunctions.TEXT_OF_UUID,
          SqlTypeName.BOOLEAN, NumberFunctions.TEXT_OF_BOOLEAN,
          SqlTypeName.DOUBLE, NumberFunctions.TEXT_OF_DOUBLE,
          SqlTypeName.FLOAT, NumberFunctions.TEXT_OF_DOUBLE,
          SqlTypeName.REAL, NumberFunctions.TEXT_OF_REAL,
          SqlTypeName.DECIMAL, NumberFunctions.TEXT_OF_DECIMAL);

  private static final Map<SqlKind, Class<?>> DEVIATIONS =
      Map.of(
          SqlKind.STDDEV_POP, Deviation.StddevPop.class,
          SqlKind.STDDEV_SAMP, Deviation.StddevSamp.class,
          SqlKind.VAR_POP, Deviation.VarPop.class,
          SqlKind.VAR_SAMP, Deviation.VarSamp.class);

  private static final Map<SqlTypeName, Class<?>> SUMS =
      Map.of(
          SqlTypeName.TINYINT, ExactSum.OfTinyint.class,
          SqlTypeName.SMALLINT, ExactSum.OfSmallint.class,
          SqlTypeName.INTEGER, ExactSum.OfInteger.class,
          SqlTypeName.BIGINT, ExactSum.OfBigint.class);

  /** Calcite's own wrap around at the ends of their types. */
  private static final Map<SqlKind, SqlOperator> CHECKED =
      Map.of(
          SqlKind.PLUS, SqlStdOperatorTable.CHECKED_PLUS,
          SqlKind.MINUS, SqlStdOperatorTable.CHECKED_MINUS,
          SqlKind.TIMES, SqlStdOperatorTable.CHECKED_MULTIPLY,
          SqlKind.DIVIDE, SqlStdOperatorTable.CHECKED_DIVIDE,
          SqlKind.MINUS_PREFIX, SqlStdOperatorTable.CHECKED_UNARY_MINUS);

  private final RexBuilder rex;

  private GeneratedFunctions(RexBuilder rex) {
    this.rex = rex;
  }

  @Override
  public RexNode visitCall(RexCall call) {
    RexNode visited = super.visitCall(call);
    if (call.getKind() == SqlKind.CAST && SqlTypeUtil.isCharacter(call.getType())) {
      return textCast((RexCall) visited);
    }
    SqlOperator checked = CHECKED.get(call.getKind());
    if (checked != null && isOfWholeNumbers(call)) {
      return rex.makeCall(
          call.getType(),
          checked,
          ((RexCall) visited)
              .getOperands().stream().map(o -> rex.ensureType(call.getType(), o, true)).toList());
    }
    if (call.getKind() == SqlKind.TRIM
        && call.getOperands().size() == 3
        && call.getOperands().get(0) instanceof RexLiteral sides) {
      SqlTrimFunction.Flag flag = sides.getValueAs(SqlTrimFunction.Flag.class);
      List<RexNode> texts = ((RexCall) visited).getOperands();
      return replaced(
          call,
          TrimmedText.class,
          "trim",
          List.of(
              rex.makeLiteral(flag != SqlTrimFunction.Flag.TRAILING),
              rex.makeLiteral(flag != SqlTrimFunction.Flag.LEADING),
              texts.get(1),
              texts.get(2)));
    }
    String onTime = METHODS.get(call.getOperator());
    if (onTime != null) {
      return replaced(call, NanoFunctions.class, onTime, ((RexCall) visited).getOperands());
    }
    String plain = PLAIN_METHODS.get(call.getOperator());
    if (plain != null) {
      return replaced(call, NumberFunctions.class, plain, ((RexCall) visited).getOperands());
    }
    String onNumbers = NUMBER_METHODS.get(call.getOperator());
    return onNumbers == null
        ? visited
        : replaced(
            call,
            NumberFunctions.class,
            onNumbers,
            ((RexCall) visited).getOperands().stream().map(this::asDouble).toList());
  }

  /** Sums of windows are made in decimals, and must fit what they are meant to be. */
  @Override
  public RexNode visitOver(RexOver over) {
    RexOver visited = (RexOver) super.visitOver(over);
    SqlKind kind = visited.getAggOperator().getKind();
    if ((kind != SqlKind.SUM && kind != SqlKind.SUM0) || !isOfWholeNumbers(visited)) {
      Class<?> method = moments(visited.getAggOperator(), visited.getType());
      return method == null
          ? visited
          : over(
              visited,
              visited.getType(),
              function(visited.getAggOperator(), visited.getType(), method),
              visited.getOperands());
    }
    RexNode operand = visited.getOperands().get(0);
    RexNode sum =
        over(
            visited,
            decimal(visited),
            visited.getAggOperator(),
            List.of(rex.makeAbstractCast(decimal(operand), operand, false)));
    return rex.makeAbstractCast(visited.getType(), sum, false);
  }

  private RexNode over(
      RexOver like, RelDataType type, SqlAggFunction function, List<RexNode> operands) {
    RexWindow window = like.getWindow();
    return rex.makeOver(
        type,
        function,
        operands,
        window.partitionKeys,
        window.orderKeys,
        window.getLowerBound(),
        window.getUpperBound(),
        window.getExclude(),
        window.isRows(),
        true,
        false,
        like.isDistinct(),
        like.ignoreNulls());
  }

  private RexNode textCast(RexCall cast) {
    RexNode operand = cast.getOperands().get(0);
    if (SqlTypeUtil.isCharacter(operand.getType())
        || operand.getType().getSqlTypeName() == SqlTypeName.NULL) {
      return cast;
    }
    SqlFunction function = TEXTS.get(operand.getType().getSqlTypeName());
    RexNode text =
        function == null
            ? rex.makeAbstractCast(varchar(operand), operand, false)
            : rex.makeCall((SqlOperator) function, operand).accept(this);
    int length = cast.getType().getPrecision();
    RexNode fitted =
        length < 0
            ? text
            : rex.makeCall(
                    NumberFunctions.FITTED_TEXT,
                    text,
                    rex.makeExactLiteral(BigDecimal.valueOf(length)))
                .accept(this);
    return rex.makeAbstractCast(cast.getType(), fitted, false);
  }

  private RexNode replaced(RexCall call, Class<?> owner, String method, List<RexNode> operands) {
    return rex.makeCall(
        call.getType(), function((SqlFunction) call.getOperator(), owner, method), operands);
  }

  private static boolean isOfWholeNumbers(RexCall call) {
    return SqlTypeName.INT_TYPES.contains(call.getType().getSqlTypeName())
        && call.getOperands().stream()
            .allMatch(o -> SqlTypeName.INT_TYPES.contains(o.getType().getSqlTypeName()));
  }

  private RelDataType decimal(RexNode node) {
    RelDataTypeFactory types = rex.getTypeFactory();
    return types.createTypeWithNullability(
        types.createSqlType(
            SqlTypeName.DECIMAL, types.getTypeSystem().getMaxPrecision(SqlTypeName.DECIMAL), 0),
        node.getType().isNullable());
  }

  private RelDataType varchar(RexNode operand) {
    RelDataTypeFactory types = rex.getTypeFactory();
    return types.createTypeWithNullability(
        types.createSqlType(SqlTypeName.VARCHAR), operand.getType().isNullable());
  }

  private RexNode asDouble(RexNode operand) {
    RelDataTypeFactory types = rex.getTypeFactory();
    return rex.makeCast(
        types.createTypeWithNullability(
            types.createSqlType(SqlTypeName.DOUBLE), operand.getType().isNullable()),
        operand);
  }

  /** The plan with our operators replaced by functions that have a method each. */
  static RelNode in(RelNode plan) {
    GeneratedFunctions functions = new GeneratedFunctions(plan.getCluster().getRexBuilder());
    return plan.accept(
        new RelHomogeneousShuttle() {
          @Override
          public RelNode visit(RelNode other) {
            RelNode visited = super.visit(other);
            RelNode replaced = visited.accept(functions);
            return replaced instanceof LogicalAggregate aggregate
                ? aggregates(aggregate)
                : replaced;
          }
        });
  }

  private static RelNode aggregates(LogicalAggregate aggregate) {
    List<AggregateCall> calls =
        aggregate.getAggCallList().stream().map(c -> ours(c, aggregate)).toList();
    return aggregate.copy(
        aggregate.getTraitSet(),
        aggregate.getInput(),
        aggregate.getGroupSet(),
        aggregate.getGroupSets(),
        calls);
  }

  private static @Nullable Class<?> method(AggregateCall call, LogicalAggregate aggregate) {
    List<SqlTypeName> arguments =
        call.getArgList().stream()
            .map(a -> aggregate.getInput().getRowType().getFieldList().get(a).getType())
            .map(RelDataType::getSqlTypeName)
            .toList();
    if (arguments.isEmpty() || !SqlTypeName.NUMERIC_TYPES.containsAll(arguments)) {
      return null;
    }
    return switch (call.getAggregation().getKind()) {
      case AVG -> SqlTypeName.EXACT_TYPES.contains(arguments.get(0)) ? ExactAverage.class : null;
      case SUM ->
          SqlTypeName.INT_TYPES.contains(arguments.get(0))
              ? SUMS.get(call.getType().getSqlTypeName())
              : null;
      default -> moments(call.getAggregation(), call.getType());
    };
  }

  /** The class of a deviation or a statistic of pairs of numbers; null if it has none. */
  private static @Nullable Class<?> moments(SqlAggFunction function, RelDataType type) {
    if (type.getSqlTypeName() != SqlTypeName.DOUBLE) {
      return null;
    }
    PairMoments.Statistic ofPairs = PairMoments.Statistic.of(function);
    return ofPairs == null ? DEVIATIONS.get(function.getKind()) : Covariance.of(ofPairs);
  }

  /** The class of a function of the dialect; null if it has none. */
  private static @Nullable Class<?> ofDialect(DialectAggregate function, boolean descending) {
    return switch (function.meaning()) {
      case MEDIAN -> Percentile.Median.class;
      case PERCENTILE_CONT, APPROX_PERCENTILE ->
          descending ? Percentile.Descending.class : Percentile.Ascending.class;
      default -> null;
    };
  }

  private static AggregateCall ours(AggregateCall call, LogicalAggregate aggregate) {
    Class<?> method =
        call.getAggregation() instanceof DialectAggregate function
                && function.meaning() != DialectAggregate.Meaning.OF_PAIRS
            ? ofDialect(function, DialectAggregate.isDescending(call))
            : method(call, aggregate);
    if (method == null) {
      return call;
    }
    return AggregateCall.create(
        function(call.getAggregation(), call.getType(), method),
        call.isDistinct(),
        call.isApproximate(),
        call.ignoreNulls(),
        call.rexList,
        DialectAggregate.arguments(call),
        call.filterArg,
        call.distinctKeys,
        call.getAggregation().isPercentile() ? RelCollations.EMPTY : call.getCollation(),
        call.getType(),
        call.getName());
  }

  private static SqlUserDefinedAggFunction function(
      SqlAggFunction like, RelDataType type, Class<?> method) {
    return new SqlUserDefinedAggFunction(
        new SqlIdentifier(like.getName(), SqlParserPos.ZERO),
        SqlKind.OTHER_FUNCTION,
        ReturnTypes.explicit(type),
        null,
        null,
        Objects.requireNonNull(AggregateFunctionImpl.create(method)),
        false,
        false,
        Optionality.FORBIDDEN);
  }

  private static SqlUserDefinedFunction function(
      SqlFunction operator, Class<?> owner, String method) {
    ScalarFunction implementation =
        Objects.requireNonNull(ScalarFunctionImpl.create(owner, method));
    return new SqlUserDefinedFunction(
        new SqlIdentifier(operator.getName(), SqlParserPos.ZERO),
        SqlKind.OTHER_FUNCTION,
        Objects.requireNonNull(operator.getReturnTypeInference()),
        null,
        null,
        implementation);
  }
}
