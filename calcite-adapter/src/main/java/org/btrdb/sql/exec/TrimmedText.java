package org.btrdb.sql.exec;

import org.apache.calcite.linq4j.function.Strict;
import org.apache.calcite.runtime.SqlFunctions;

/**
 * TRIM for plans that Calcite runs: its own forgets the sides within a CASE or COALESCE, and then
 * trims nothing. Public for generated code.
 */
@Strict
public final class TrimmedText {
  private TrimmedText() {}

  /** TRIM of one side or both. */
  public static String trim(boolean left, boolean right, String seek, String text) {
    return SqlFunctions.trim(left, right, seek, text);
  }
}
