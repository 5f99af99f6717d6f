package org.btrdb.sql.cache;

import org.jspecify.annotations.Nullable;

/** How a lifted literal is written. */
public interface LiteralForm {

  /**
   * The value that a plan's parameter takes for a literal.
   *
   * @param text what stands between the quotes, or the digits
   * @return null if the literal is wrong or no parameter can stand for it
   */
  @Nullable Object value(String text);

  /** Something that is equal for two literals, of any form, if a planner cannot tell them apart. */
  Object identity(String text);
}
