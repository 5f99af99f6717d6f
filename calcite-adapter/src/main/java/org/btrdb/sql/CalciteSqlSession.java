package org.btrdb.sql;

import org.btrdb.client.Btrdb;
import org.btrdb.client.CallScope;
import org.btrdb.sql.catalog.Catalog;
import org.btrdb.sql.exec.Statements;
import org.btrdb.sql.parser.BtrdbParser;
import org.btrdb.sql.parser.SqlSyntaxException;

/** The session over Calcite as a library. */
final class CalciteSqlSession implements SqlSession {
  private final Btrdb btrdb;
  private final Catalog catalog;
  private final SessionOptions options;

  CalciteSqlSession(Btrdb btrdb, SessionOptions options) {
    this.btrdb = btrdb;
    this.catalog = new Catalog(btrdb);
    this.options = options;
  }

  @Override
  public Catalog catalog() {
    return catalog;
  }

  @Override
  public PreparedSql prepare(String sql, String defaultSchema, CallScope scope) {
    try {
      // Made here and not in the constructor: a session used for metadata only loads no Calcite.
      return new Statements(btrdb, catalog, options)
          .prepare(BtrdbParser.parse(sql), defaultSchema, scope);
    } catch (SqlSyntaxException e) {
      throw new SqlRefusal(SqlRefusal.Reason.SYNTAX, String.valueOf(e.getMessage()), e);
    }
  }
}
