package org.btrdb.sql;

import org.apache.calcite.runtime.CalciteException;
import org.apache.calcite.sql.parser.SqlParseException;
import org.jspecify.annotations.Nullable;

/**
 * Tells refusals that were meant from those that users get in the place of an internal error: two
 * sides that stumble over the same fault would seem to agree.
 */
final class HiddenFaults {
  private HiddenFaults() {}

  /** Fails if a fault is behind a refusal. */
  static void none(SqlRefusal refusal, String what) {
    Throwable cause = refusal.getCause();
    if (refusal.reason() == SqlRefusal.Reason.UNSUPPORTED && isFault(cause)) {
      throw new AssertionError(what, cause);
    }
  }

  private static boolean isFault(@Nullable Throwable cause) {
    return cause != null
        && !(cause instanceof CalciteException)
        && !(cause instanceof SqlParseException)
        && !(cause instanceof SqlRefusal);
  }
}
