package org.btrdb.sql;

import com.google.common.base.Ticker;
import org.btrdb.client.Btrdb;
import org.btrdb.client.CallScope;
import org.btrdb.sql.catalog.Catalog;

/**
 * What one connection needs to run SQL. Any number of threads may prepare and run statements of one
 * session; it owns nothing but memory, and the {@link org.btrdb.client.Btrdb} is closed by whoever
 * opened it.
 */
public interface SqlSession {

  /** A session over a BTrDB that stays the caller's to close. */
  static SqlSession over(Btrdb btrdb, SessionOptions options) {
    return new CalciteSqlSession(btrdb, options, Ticker.systemTicker());
  }

  /** The catalogue; using it loads no Calcite class. */
  Catalog catalog();

  /**
   * Forgets what table names stood for, so that the next statement looks them up again. Needed only
   * for changes that others made within {@link SessionOptions#nameLifetime}.
   */
  void refresh();

  /**
   * Parses, checks and plans one statement.
   *
   * @param defaultSchema the collection in which one-part names are looked up; empty for none
   * @param scope ends the look-ups that names need
   * @throws SqlRefusal if the statement is wrong or asks for what is not supported
   */
  PreparedSql prepare(String sql, String defaultSchema, CallScope scope);
}
