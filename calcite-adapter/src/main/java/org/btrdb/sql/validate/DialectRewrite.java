package org.btrdb.sql.validate;

import java.util.List;
import java.util.Locale;
import org.apache.calcite.avatica.util.TimeUnit;
import org.apache.calcite.sql.SqlBasicTypeNameSpec;
import org.apache.calcite.sql.SqlCall;
import org.apache.calcite.sql.SqlCharStringLiteral;
import org.apache.calcite.sql.SqlDataTypeSpec;
import org.apache.calcite.sql.SqlDynamicParam;
import org.apache.calcite.sql.SqlIdentifier;
import org.apache.calcite.sql.SqlIntervalLiteral;
import org.apache.calcite.sql.SqlIntervalQualifier;
import org.apache.calcite.sql.SqlJdbcFunctionCall;
import org.apache.calcite.sql.SqlKind;
import org.apache.calcite.sql.SqlLiteral;
import org.apache.calcite.sql.SqlNode;
import org.apache.calcite.sql.SqlNodeList;
import org.apache.calcite.sql.SqlSelect;
import org.apache.calcite.sql.SqlTimestampLiteral;
import org.apache.calcite.sql.fun.SqlCase;
import org.apache.calcite.sql.fun.SqlStdOperatorTable;
import org.apache.calcite.sql.parser.SqlParserPos;
import org.apache.calcite.sql.type.SqlTypeName;
import org.apache.calcite.sql.util.SqlShuttle;
import org.apache.calcite.util.TimestampString;
import org.btrdb.sql.SqlRefusal;
import org.btrdb.sql.aggregate.DialectAggregate;
import org.btrdb.sql.parser.BtrdbParser;
import org.btrdb.sql.time.TimeFunction;
import org.btrdb.sql.time.TimeFunctions;
import org.jspecify.annotations.Nullable;

/**
 * What must change in a parse tree before validation, because the validator or the conversion after
 * it would compute it in milliseconds or overflow an INTEGER.
 */
final class DialectRewrite extends SqlShuttle {

  @Override
  public @Nullable SqlNode visit(SqlCall call) {
    if (call.getKind() == SqlKind.SNAPSHOT && !isVersion(call.operand(1))) {
      throw new SqlRefusal(
          SqlRefusal.Reason.UNSUPPORTED,
          "BTrDB keeps versions by number and not by the time they were made; write FOR VERSION AS"
              + " OF n",
          null);
    }
    SqlNode visited = super.visit(call);
    if (visited instanceof SqlSelect select) {
      GapSelect.settle(select);
    }
    if (!(visited instanceof SqlCall rewritten)) {
      return visited;
    }
    String name = name(rewritten);
    if (name.equals(BtrdbParser.VERSION_FUNCTION)
        && rewritten.getOperandList().get(0) instanceof SqlDynamicParam number) {
      rewritten.setOperand(
          0, as(SqlTypeName.BIGINT, number)); // the validator asks no period for its parameters
      return rewritten;
    }
    return switch (name) {
      case "TIMESTAMPDIFF" -> withUnitAsText(TimeFunctions.TIMESTAMP_DIFFERENCE, rewritten);
      case "TIMESTAMPADD" -> withUnitAsText(TimeFunctions.TIMESTAMP_ADDITION, rewritten);
      case "DATE_TRUNC", "TIMESTAMP_TRUNC" -> truncation(rewritten);
      case "EXTRACT" -> extraction(rewritten);
      case "PERCENTILE_CONT" -> percentile(DialectAggregate.PERCENTILE_CONT, rewritten);
      case "PERCENTILE_DISC" -> percentile(DialectAggregate.PERCENTILE_DISC, rewritten);
      case "FILTER" -> filtered(rewritten);
      case "::" -> SqlStdOperatorTable.CAST.createCall(position(rewritten), operands(rewritten));
      default -> rewritten;
    };
  }

  /** The name of a function, without the braces of JDBC's {@code {fn name(…)}}. */
  private static String name(SqlCall call) {
    String name = call.getOperator().getName().toUpperCase(Locale.ROOT);
    return call.getOperator() instanceof SqlJdbcFunctionCall
        ? name.replace("{FN ", "").replace("}", "").strip()
        : name;
  }

  /** The grammar takes no DISTINCT there, but behind a quoted name it takes all. */
  private static SqlNode percentile(DialectAggregate function, SqlCall call) {
    if (call.getFunctionQuantifier() != null) {
      throw new SqlRefusal(
          SqlRefusal.Reason.UNSUPPORTED,
          function.getName() + " takes no " + call.getFunctionQuantifier().toValue(),
          null);
    }
    return function.createCall(position(call), operands(call));
  }

  /**
   * PERCENTILE_DISC has the type of what it is ordered by, which the validator forgets for FILTER;
   * so values that the filter drops become NULL, which are dropped too.
   */
  private static SqlNode filtered(SqlCall call) {
    if (call.operand(0) instanceof SqlCall within
        && within.getKind() == SqlKind.WITHIN_GROUP
        && within.operand(0).getKind() == SqlKind.PERCENTILE_DISC
        && within.operand(1) instanceof SqlNodeList order
        && order.size() == 1) {
      order.set(0, where(call.operand(1), order.get(0)));
      return within;
    }
    return call;
  }

  private static SqlNode where(SqlNode condition, SqlNode key) {
    SqlParserPos position = key.getParserPosition();
    return switch (key.getKind()) {
      case DESCENDING, NULLS_FIRST, NULLS_LAST -> {
        SqlCall order = (SqlCall) key;
        yield order.getOperator().createCall(position, where(condition, order.operand(0)));
      }
      default ->
          new SqlCase(
              position,
              null,
              SqlNodeList.of(condition),
              SqlNodeList.of(key),
              SqlLiteral.createNull(position));
    };
  }

  /** Calcite knows no named field; the only one that makes sense is its own WEEK. */
  private static SqlNode extraction(SqlCall call) {
    if (call.operand(0) instanceof SqlIntervalQualifier unit && unit.timeFrameName != null) {
      if (!unit.timeFrameName.equalsIgnoreCase("ISOWEEK")
          && !unit.timeFrameName.equals("WEEK_MONDAY")) {
        throw new SqlRefusal(
            SqlRefusal.Reason.INVALID, "no field of a time: '" + unit.timeFrameName + "'", null);
      }
      call.setOperand(0, new SqlIntervalQualifier(TimeUnit.WEEK, null, unit.getParserPosition()));
    }
    return call;
  }

  /** PostgreSQL's form has the unit first, as text; BigQuery's has it last, as a word. */
  private static SqlNode truncation(SqlCall call) {
    List<SqlNode> operands = operands(call);
    return operands.size() == 2 && operands.get(1) instanceof SqlIntervalQualifier
        ? SqlStdOperatorTable.FLOOR.createCall(position(call), operands)
        : TimeFunctions.DATE_TRUNC.createCall(position(call), operands);
  }

  private static SqlParserPos position(SqlCall call) {
    return call.getParserPosition();
  }

  private static List<SqlNode> operands(SqlCall call) {
    return call.getOperandList();
  }

  /** Calcite's CURRENT_TIMESTAMP has no digits, to which it would be cut beside another time. */
  @Override
  public @Nullable SqlNode visit(SqlIdentifier id) {
    boolean isWord = id.isSimple() && !id.isComponentQuoted(0);
    return isWord
            && (id.getSimple().equalsIgnoreCase("CURRENT_TIMESTAMP")
                || id.getSimple().equalsIgnoreCase("LOCALTIMESTAMP"))
        ? TimeFunctions.NOW.createCall(id.getParserPosition())
        : super.visit(id);
  }

  private static SqlNode as(SqlTypeName type, SqlNode node) {
    SqlParserPos position = node.getParserPosition();
    SqlDataTypeSpec spec = new SqlDataTypeSpec(new SqlBasicTypeNameSpec(type, position), position);
    return SqlStdOperatorTable.CAST.createCall(position, node, spec);
  }

  private static boolean isVersion(SqlNode period) {
    return period instanceof SqlCall call
        && call.getOperator().getName().equalsIgnoreCase(BtrdbParser.VERSION_FUNCTION);
  }

  /** Refused: Calcite's interval values are whole milliseconds and the rest would be dropped. */
  @Override
  public @Nullable SqlNode visit(SqlLiteral literal) {
    if (literal instanceof SqlIntervalLiteral interval
        && interval.getValue() instanceof SqlIntervalLiteral.IntervalValue value) {
      int point = value.getIntervalLiteral().indexOf('.');
      String fraction = point < 0 ? "" : value.getIntervalLiteral().substring(point + 1);
      if (fraction.replaceAll("0+$", "").length() > 3) {
        throw new SqlRefusal(
            SqlRefusal.Reason.UNSUPPORTED,
            "interval literals hold whole milliseconds, not '"
                + value.getIntervalLiteral()
                + "'; write TIMESTAMPADD(NANOSECOND, n, time), or '100us' in date_bin",
            null);
      }
    }
    return literal instanceof SqlTimestampLiteral timestamp
            && timestamp.getTypeName() == SqlTypeName.TIMESTAMP
        ? withNineDigits(timestamp)
        : super.visit(literal);
  }

  /** All of one precision, or the types that two literals have in common would depend on digits. */
  private static SqlNode withNineDigits(SqlTimestampLiteral literal) {
    return SqlLiteral.createTimestamp(
        SqlTypeName.TIMESTAMP,
        java.util.Objects.requireNonNull(literal.getValueAs(TimestampString.class)),
        9,
        literal.getParserPosition());
  }

  private static SqlNode withUnitAsText(TimeFunction function, SqlCall call) {
    List<SqlNode> operands = operands(call);
    SqlParserPos position = position(call);
    if (operands.size() != 3 || !(operands.get(0) instanceof SqlIntervalQualifier unit)) {
      return call;
    }
    String word = unit.timeFrameName == null ? unit.timeUnitRange.name() : unit.timeFrameName;
    SqlNode name = SqlLiteral.createCharString(word, position);
    return function.createCall(position, name, time(operands.get(1)), time(operands.get(2)));
  }

  /** A text where a time is meant. */
  private static SqlNode time(SqlNode node) {
    return node instanceof SqlCharStringLiteral ? as(SqlTypeName.TIMESTAMP, node) : node;
  }
}
