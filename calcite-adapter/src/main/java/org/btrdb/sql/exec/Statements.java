package org.btrdb.sql.exec;

import com.google.common.base.Ticker;
import java.util.List;
import org.apache.calcite.sql.SqlExplain;
import org.apache.calcite.sql.SqlKind;
import org.apache.calcite.sql.SqlNode;
import org.btrdb.client.CallScope;
import org.btrdb.client.error.BtrdbException;
import org.btrdb.sql.PreparedSql;
import org.btrdb.sql.SessionOptions;
import org.btrdb.sql.SqlRefusal;
import org.btrdb.sql.cache.PlanCache;
import org.btrdb.sql.cache.StatementText;
import org.btrdb.sql.parser.BtrdbParser;
import org.btrdb.sql.parser.SqlSyntaxException;
import org.btrdb.sql.read.Session;
import org.btrdb.sql.validate.PlanningThread;

/** Makes the statements that texts stand for, from plans that are kept where there are some. */
public final class Statements {
  private final Session session;
  private final PlanCache<KeptPlan> plans;
  private final CheckedStatement.Lookups lookups;
  private final Planner planner;
  private final Modifications modifications;

  /**
   * Statements of one session.
   *
   * @param plans where plans are kept
   * @param ticker tells how time passes
   */
  public Statements(
      Session session, SessionOptions options, PlanCache<KeptPlan> plans, Ticker ticker) {
    this.session = session;
    this.lookups = new CheckedStatement.Lookups(session.catalog(), ticker);
    this.plans = plans;
    this.planner = new Planner(session, options);
    this.modifications = new Modifications(session, planner, options.mergePolicy());
  }

  /** Parses, checks and plans a statement. */
  public PreparedSql prepare(String sql, String defaultSchema, CallScope scope) {
    try {
      return prepareOnce(sql, defaultSchema, scope);
    } catch (SqlSyntaxException | SqlRefusal | StackOverflowError e) {
      if (!isTooDeep(e)) {
        throw e;
      }
      throw new SqlRefusal(
          SqlRefusal.Reason.TOO_COMPLEX,
          "the statement is nested too deeply: some hundreds of operators, sub-queries or unions in"
              + " a row can be planned",
          null); // the cause would be a thousand lines about it
    }
  }

  private static boolean isTooDeep(Throwable fault) {
    for (Throwable cause = fault; cause != null; cause = cause.getCause()) {
      if (cause instanceof StackOverflowError) {
        return true;
      }
    }
    return false;
  }

  private PreparedSql prepareOnce(String sql, String defaultSchema, CallScope scope) {
    PlanCache.Found<KeptPlan> found = plans.find(sql, defaultSchema);
    return found != null && found.plan().names().hold(session.catalog(), scope)
        ? checked(found.plan(), found.values(), new Source(sql, defaultSchema, scope))
        : planned(BtrdbParser.parse(sql), new Source(sql, defaultSchema, scope));
  }

  /** Where a statement comes from. */
  private record Source(String sql, String schema, CallScope scope) {}

  private PreparedSql planned(SqlNode parsed, Source source) {
    PlanningThread thread = PlanningThread.enter();
    try {
      return unguarded(parsed, source);
    } catch (BtrdbException | SqlRefusal e) {
      throw e;
    } catch (RuntimeException | AssertionError e) {
      throw new SqlRefusal(
          SqlRefusal.Reason.UNSUPPORTED, "the statement has a form that cannot be planned", e);
    } finally {
      thread.leave();
    }
  }

  private PreparedSql unguarded(SqlNode parsed, Source source) {
    if (parsed instanceof SqlExplain explain) {
      Planner.Planned planned = planner.plan(explain.getExplicandum(), source.schema, source.scope);
      return checked(
          new KeptPlan(planned.names(), lifted -> new ExplainStatement(session, planned)),
          List.of(),
          source);
    }
    if (parsed.getKind().belongsTo(SqlKind.QUERY)) {
      return query(parsed, source);
    }
    return switch (parsed.getKind()) {
      case INSERT ->
          modification(modifications.insert(parsed, source.schema, source.scope), source);
      case DELETE ->
          modification(modifications.delete(parsed, source.schema, source.scope), source);
      case UPDATE ->
          modification(modifications.update(parsed, source.schema, source.scope), source);
      case PROCEDURE_CALL ->
          modification(modifications.call(parsed, source.schema, source.scope), source);
      case CREATE_TABLE -> StreamDefinition.of(parsed, source.schema).statement(session);
      default ->
          throw new SqlRefusal(
              SqlRefusal.Reason.UNSUPPORTED,
              parsed.getKind().sql.replace('_', ' ') + " is not supported yet",
              null);
    };
  }

  private PreparedSql checked(KeptPlan plan, List<Object> lifted, Source source) {
    return new CheckedStatement(
        plan.statement().apply(lifted),
        plan.names(),
        lookups,
        scope -> prepare(source.sql, source.schema, scope));
  }

  private PreparedSql query(SqlNode parsed, Source source) {
    StatementText text = plans.keeps(source.sql) ? StatementText.of(source.sql) : null;
    LiteralLifting lifting = text == null ? null : new LiteralLifting(source.sql, text);
    Planner.Planned planned = planner.plan(parsed, source.schema, source.scope, lifting);
    KeptPlan plan =
        new KeptPlan(planned.names(), values -> new QueryStatement(session, planned, values));
    if (text == null || lifting == null || lifting.lifted().isEmpty()) {
      plans.put(source.sql, source.schema, plan);
      return checked(plan, List.of(), source);
    }
    plans.put(text, lifting.lifted(), lifting.values(), source.schema, plan);
    return checked(plan, lifting.values().distinct(), source);
  }

  /** Of these only what has parameters is likely to come again. */
  private PreparedSql modification(Modifications.Planned planned, Source source) {
    KeptPlan plan = new KeptPlan(planned.names(), values -> planned.statement());
    if (!planned.statement().parameters().isEmpty()) {
      plans.put(source.sql, source.schema, plan);
    }
    return checked(plan, List.of(), source);
  }
}
