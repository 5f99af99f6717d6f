package org.btrdb.sql.validate;

import java.util.Locale;
import java.util.Set;
import org.apache.calcite.sql.SqlCall;
import org.apache.calcite.sql.util.SqlBasicVisitor;
import org.btrdb.sql.SqlRefusal;
import org.jspecify.annotations.Nullable;

/**
 * Refuses what Calcite asks of the program that runs it, where there is nothing to tell: users,
 * which BTrDB does not have, and the words of a language. Only a checked tree tells {@code USER}
 * from a column.
 */
final class UntoldValues extends SqlBasicVisitor<@Nullable Void> {
  private static final Set<String> NAMES =
      Set.of(
          "USER",
          "CURRENT_USER",
          "SESSION_USER",
          "SYSTEM_USER",
          "{FN USER}",
          "{FN DAYNAME}",
          "{FN MONTHNAME}");

  @Override
  public @Nullable Void visit(SqlCall call) {
    String name = call.getOperator().getName();
    if (NAMES.contains(name.toUpperCase(Locale.ROOT))) {
      throw new SqlRefusal(SqlRefusal.Reason.UNSUPPORTED, name + " is not supported", null);
    }
    return super.visit(call);
  }
}
