package org.btrdb.sql.validate;

import org.apache.calcite.sql.validate.SqlConformance;
import org.apache.calcite.sql.validate.SqlConformanceEnum;
import org.apache.calcite.sql.validate.SqlDelegatingConformance;

/** Lenient in what parses, strict in what could answer wrong. */
public final class BtrdbConformance extends SqlDelegatingConformance {
  /** The only one. */
  public static final SqlConformance INSTANCE = new BtrdbConformance();

  private BtrdbConformance() {
    super(SqlConformanceEnum.BABEL);
  }

  /** Never: {@code SELECT name, value … GROUP BY name} would answer an arbitrary value. */
  @Override
  public boolean isNonStrictGroupBy() {
    return false;
  }

  /** Never: an alias in the same select list hides that a column does not exist. */
  @Override
  public SelectAliasLookup isSelectAlias() {
    return SelectAliasLookup.UNSUPPORTED;
  }
}
