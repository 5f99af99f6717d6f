package org.btrdb.sql.validate;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.apache.calcite.sql.SqlCall;
import org.apache.calcite.sql.SqlFunction;
import org.apache.calcite.sql.SqlFunctionCategory;
import org.apache.calcite.sql.SqlIdentifier;
import org.apache.calcite.sql.SqlKind;
import org.apache.calcite.sql.SqlLiteral;
import org.apache.calcite.sql.SqlNode;
import org.apache.calcite.sql.parser.SqlParserPos;
import org.apache.calcite.sql.util.SqlShuttle;
import org.btrdb.sql.SqlRefusal;
import org.btrdb.sql.tablefunction.Argument;
import org.btrdb.sql.tablefunction.TableFunction;
import org.jspecify.annotations.Nullable;

/**
 * Gives every call of a table function all its arguments in order: by name or by place, in place
 * first, and what is left out as the literal it stands for. Calcite does part of this, forgets
 * arguments it does not know and fails on calls that mix both.
 */
final class NamedArguments extends SqlShuttle {

  @Override
  public @Nullable SqlNode visit(SqlCall call) {
    SqlNode visited = super.visit(call);
    if (!(visited instanceof SqlCall same)
        || !(same.getOperator() instanceof SqlFunction operator)
        || operator.getFunctionType() != SqlFunctionCategory.USER_DEFINED_TABLE_FUNCTION) {
      return visited;
    }
    Optional<TableFunction> function = TableFunction.named(operator.getName());
    return function.isPresent() ? complete(function.get(), same) : visited;
  }

  private static SqlNode complete(TableFunction function, SqlCall call) {
    @Nullable SqlNode[] values = new SqlNode[function.arguments().size()];
    boolean named = false;
    int place = 0;
    for (SqlNode operand : call.getOperandList()) {
      int at = place++;
      SqlNode value = operand;
      if (operand.getKind() == SqlKind.ARGUMENT_ASSIGNMENT) {
        named = true;
        at = indexOf(function, ((SqlCall) operand).operand(1));
        value = ((SqlCall) operand).operand(0);
      } else if (named) {
        throw refusal(function, operand, "an argument without a name after one with a name");
      }
      if (at >= values.length) {
        throw refusal(function, operand, "too many arguments");
      }
      if (values[at] != null) {
        throw refusal(function, operand, "two values for " + function.arguments().get(at).name());
      }
      if (function.arguments().get(at).kind() == Argument.Kind.STREAMS) {
        ArgumentCheck.texts(value); // or the validator would speak of types
      }
      values[at] = value;
    }
    List<SqlNode> all = new ArrayList<>();
    for (int i = 0; i < values.length; i++) {
      SqlNode value = values[i];
      all.add(value != null ? value : absent(function, function.arguments().get(i), call));
    }
    return TableFunctionOperator.of(function).createCall(call.getParserPosition(), all);
  }

  private static int indexOf(TableFunction function, SqlIdentifier name) {
    for (int i = 0; i < function.arguments().size(); i++) {
      if (function.arguments().get(i).name().equalsIgnoreCase(name.getSimple())) {
        return i;
      }
    }
    throw refusal(function, name, "no argument '" + name.getSimple() + "'");
  }

  private static SqlNode absent(TableFunction function, Argument argument, SqlCall call) {
    if (!argument.isOptional()) {
      throw refusal(function, call, "no value for " + argument.name());
    }
    SqlParserPos position = call.getParserPosition();
    return switch (argument.kind()) {
      case FLAG -> SqlLiteral.createBoolean(false, position);
      case TEXT -> SqlLiteral.createCharString("", position);
      case STREAM, STREAMS, TIME, DURATION, NUMBER -> SqlLiteral.createExactNumeric("0", position);
    };
  }

  private static SqlRefusal refusal(TableFunction function, SqlNode at, String what) {
    return new SqlRefusal(
        SqlRefusal.Reason.INVALID,
        Places.of(at) + what + " in a call of " + function.signature(),
        null);
  }
}
