package org.btrdb.sql.validate;

import java.util.List;
import java.util.Locale;
import org.apache.calcite.sql.SqlBasicTypeNameSpec;
import org.apache.calcite.sql.SqlCall;
import org.apache.calcite.sql.SqlDataTypeSpec;
import org.apache.calcite.sql.SqlDynamicParam;
import org.apache.calcite.sql.SqlIntervalLiteral;
import org.apache.calcite.sql.SqlIntervalQualifier;
import org.apache.calcite.sql.SqlKind;
import org.apache.calcite.sql.SqlLiteral;
import org.apache.calcite.sql.SqlNode;
import org.apache.calcite.sql.SqlTimestampLiteral;
import org.apache.calcite.sql.fun.SqlStdOperatorTable;
import org.apache.calcite.sql.parser.SqlParserPos;
import org.apache.calcite.sql.type.SqlTypeName;
import org.apache.calcite.sql.util.SqlShuttle;
import org.apache.calcite.util.TimestampString;
import org.btrdb.sql.SqlRefusal;
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
    if (!(visited instanceof SqlCall rewritten)) {
      return visited;
    }
    String name = rewritten.getOperator().getName().toUpperCase(Locale.ROOT);
    if (name.equals(BtrdbParser.VERSION_FUNCTION)
        && rewritten.getOperandList().get(0) instanceof SqlDynamicParam number) {
      rewritten.setOperand(0, asBigint(number)); // the validator asks no period for its parameters
      return rewritten;
    }
    if (name.equals("TIMESTAMPDIFF")) {
      return withUnitAsText(TimeFunctions.TIMESTAMP_DIFFERENCE, rewritten);
    }
    if (name.equals("TIMESTAMPADD")) {
      return withUnitAsText(TimeFunctions.TIMESTAMP_ADDITION, rewritten);
    }
    return rewritten;
  }

  private static SqlNode asBigint(SqlNode node) {
    SqlParserPos position = node.getParserPosition();
    SqlDataTypeSpec bigint =
        new SqlDataTypeSpec(new SqlBasicTypeNameSpec(SqlTypeName.BIGINT, position), position);
    return SqlStdOperatorTable.CAST.createCall(position, node, bigint);
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
    List<SqlNode> operands = call.getOperandList();
    SqlParserPos position = call.getParserPosition();
    if (operands.size() != 3 || !(operands.get(0) instanceof SqlIntervalQualifier unit)) {
      return call;
    }
    SqlNode name = SqlLiteral.createCharString(unit.timeUnitRange.name(), position);
    return function.createCall(position, name, operands.get(1), operands.get(2));
  }
}
