package org.btrdb.sql;

import com.google.common.base.Ticker;
import org.btrdb.client.Btrdb;
import org.btrdb.client.CallScope;
import org.btrdb.sql.cache.PlanCache;
import org.btrdb.sql.catalog.Catalog;
import org.btrdb.sql.catalog.RecentRelations;
import org.btrdb.sql.exec.KeptPlan;
import org.btrdb.sql.exec.Statements;
import org.btrdb.sql.parser.SqlSyntaxException;
import org.btrdb.sql.read.Session;
import org.btrdb.sql.rpc.RecordedBtrdb;
import org.btrdb.sql.rpc.RpcLog;

/** The session over Calcite as a library. */
final class CalciteSqlSession implements SqlSession {
  private final Session session;
  private final SessionOptions options;
  private final Ticker ticker;
  private final PlanCache<KeptPlan> plans;

  CalciteSqlSession(Btrdb btrdb, SessionOptions options, Ticker ticker) {
    RpcLog rpcs = new RpcLog();
    RecentRelations recent = new RecentRelations(options.nameLifetime(), ticker);
    Btrdb recorded = new RecordedBtrdb(btrdb, rpcs, recent::forget);
    this.session =
        new Session(recorded, new Catalog(recorded, options.schemaNames(), recent), rpcs, options);
    this.options = options;
    this.ticker = ticker;
    this.plans = new PlanCache<>(options.maxPlans());
  }

  /** How often a statement found its plan made. */
  long plansFound() {
    return plans.hits();
  }

  @Override
  public Catalog catalog() {
    return session.catalog();
  }

  @Override
  public void refresh() {
    session.catalog().forget();
  }

  @Override
  public PreparedSql prepare(String sql, String defaultSchema, CallScope scope) {
    PlannerWarmUp.await();
    return prepareNow(sql, defaultSchema, scope);
  }

  PreparedSql prepareNow(String sql, String defaultSchema, CallScope scope) {
    try {
      // Made here and not in the constructor: a session used for metadata only loads no Calcite.
      return new Statements(session, options, plans, ticker).prepare(sql, defaultSchema, scope);
    } catch (SqlSyntaxException e) {
      throw new SqlRefusal(SqlRefusal.Reason.SYNTAX, String.valueOf(e.getMessage()), e);
    }
  }
}
