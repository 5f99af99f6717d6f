package org.btrdb.sql;

import org.btrdb.client.Btrdb;
import org.btrdb.client.CallScope;
import org.btrdb.sql.catalog.Catalog;

/** The session over Calcite as a library. */
final class CalciteSqlSession implements SqlSession {
  private final Catalog catalog;

  CalciteSqlSession(Btrdb btrdb) {
    this.catalog = new Catalog(btrdb);
  }

  @Override
  public Catalog catalog() {
    return catalog;
  }

  @Override
  public PreparedSql prepare(String sql, String defaultSchema, CallScope scope) {
    throw new SqlRefusal(SqlRefusal.Reason.UNSUPPORTED, "not supported yet: " + sql, null);
  }
}
