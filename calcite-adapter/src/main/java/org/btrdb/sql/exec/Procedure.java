package org.btrdb.sql.exec;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.apache.calcite.sql.SqlCall;
import org.apache.calcite.sql.SqlIdentifier;
import org.apache.calcite.sql.SqlKind;
import org.apache.calcite.sql.SqlLiteral;
import org.apache.calcite.sql.SqlNode;
import org.apache.calcite.sql.parser.SqlParserPos;
import org.btrdb.sql.SqlRefusal;
import org.jspecify.annotations.Nullable;

/** What {@code CALL} can do; all arguments are texts, by place or by name. */
enum Procedure {
  /** Commits buffered points of a stream: {@code flush(stream_id)}. */
  FLUSH(1, "stream_id"),
  /** Removes a stream for ever, with its uuid: {@code obliterate(stream_id)}. */
  OBLITERATE(1, "stream_id"),
  /** Creates a stream: {@code create_stream(collection, name [, unit, ingress, distiller])}. */
  CREATE_STREAM(2, "collection", "name", "unit", "ingress", "distiller");

  private final int required;

  @SuppressWarnings("ImmutableEnumChecker") // made by List.of
  private final List<String> arguments;

  Procedure(int required, String... arguments) {
    this.required = required;
    this.arguments = List.of(arguments);
  }

  /** The procedure of a name in any case. */
  static Procedure named(String name) {
    return Arrays.stream(values())
        .filter(p -> p.name().equalsIgnoreCase(name))
        .findFirst()
        .orElseThrow(
            () ->
                invalid(
                    "there is no procedure '"
                        + name
                        + "'; there are "
                        + String.join(
                            ", ", Arrays.stream(values()).map(Procedure::signature).toList())));
  }

  List<String> arguments() {
    return arguments;
  }

  private String signature() {
    List<String> shown = new ArrayList<>();
    for (int i = 0; i < arguments.size(); i++) {
      shown.add(i < required ? arguments.get(i) : "[" + arguments.get(i) + "]");
    }
    return name().toLowerCase(Locale.ROOT) + "(" + String.join(", ", shown) + ")";
  }

  /** All its arguments in order; NULL for those that are left out. */
  List<SqlNode> complete(SqlCall call) {
    @Nullable SqlNode[] values = new SqlNode[arguments.size()];
    boolean isNamed = false;
    int place = 0;
    for (SqlNode operand : call.getOperandList()) {
      int at = place++;
      SqlNode value = operand;
      if (operand.getKind() == SqlKind.ARGUMENT_ASSIGNMENT) {
        isNamed = true;
        value = ((SqlCall) operand).operand(0);
        at = indexOf(((SqlCall) operand).operand(1));
      } else if (isNamed) {
        throw invalid(signature() + " has an argument without a name after one with a name");
      }
      if (at >= values.length) {
        throw invalid(signature() + " has at most " + values.length + " arguments");
      }
      if (values[at] != null) {
        throw invalid(signature() + " is given " + arguments.get(at) + " twice");
      }
      values[at] = value;
    }
    List<SqlNode> complete = new ArrayList<>();
    for (int i = 0; i < values.length; i++) {
      SqlNode value = values[i];
      if (value == null && i < required) {
        throw invalid(signature() + " needs " + arguments.get(i));
      }
      complete.add(value == null ? SqlLiteral.createNull(SqlParserPos.ZERO) : value);
    }
    return complete;
  }

  private int indexOf(SqlIdentifier name) {
    return Optional.of(arguments.indexOf(name.getSimple().toLowerCase(Locale.ROOT)))
        .filter(i -> i >= 0)
        .orElseThrow(() -> invalid(signature() + " has no argument '" + name.getSimple() + "'"));
  }

  private static SqlRefusal invalid(String message) {
    return new SqlRefusal(SqlRefusal.Reason.INVALID, message, null);
  }
}
