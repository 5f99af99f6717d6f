package org.btrdb.sql.exec;

import org.apache.calcite.linq4j.function.Strict;
import org.apache.calcite.runtime.SqlFunctions;
import org.apache.calcite.sql.fun.SqlTrimFunction;

/**
 * TRIM for plans that Calcite runs: its own forgets the sides within a CASE or COALESCE, and then
 * trims nothing. Public for generated code.
 */
@Strict
public final class TrimmedText {
  private TrimmedText() {}

  /**
   * TRIM(sides seek FROM text).
   *
   * @param sides the name of a {@link SqlTrimFunction.Flag}
   */
  public static String trim(String sides, String seek, String text) {
    SqlTrimFunction.Flag flag = SqlTrimFunction.Flag.valueOf(sides);
    return SqlFunctions.trim(
        flag != SqlTrimFunction.Flag.TRAILING, flag != SqlTrimFunction.Flag.LEADING, seek, text);
  }
}
