package org.btrdb.sql.exec;

import com.google.common.base.Ticker;
import java.util.List;
import java.util.Objects;
import org.apache.calcite.rel.RelNode;
import org.apache.calcite.rel.core.TableModify;
import org.apache.calcite.sql.SqlExplain;
import org.apache.calcite.sql.SqlInsert;
import org.apache.calcite.sql.SqlKind;
import org.apache.calcite.sql.SqlNode;
import org.btrdb.client.CallScope;
import org.btrdb.client.error.BtrdbException;
import org.btrdb.client.model.MergePolicy;
import org.btrdb.sql.PreparedSql;
import org.btrdb.sql.SessionOptions;
import org.btrdb.sql.SqlRefusal;
import org.btrdb.sql.cache.PlanCache;
import org.btrdb.sql.cache.StatementText;
import org.btrdb.sql.catalog.Relation;
import org.btrdb.sql.catalog.StreamTable;
import org.btrdb.sql.parser.BtrdbParser;
import org.btrdb.sql.parser.SqlSyntaxException;
import org.btrdb.sql.plan.ReadLeaves;
import org.btrdb.sql.read.Session;
import org.btrdb.sql.row.ColumnType;
import org.btrdb.sql.time.LoweredParameters;
import org.btrdb.sql.validate.RelationTable;
import org.btrdb.sql.validate.Validation;

/** Makes the statements that texts stand for, from plans that are kept where there are some. */
public final class Statements {
  private final Session session;
  private final SessionOptions options;
  private final PlanCache<KeptPlan> plans;
  private final CheckedStatement.Lookups lookups;
  private final Planner planner;

  /**
   * Statements of one session.
   *
   * @param plans where plans are kept
   * @param ticker tells how time passes
   */
  public Statements(
      Session session, SessionOptions options, PlanCache<KeptPlan> plans, Ticker ticker) {
    this.session = session;
    this.options = options;
    this.lookups = new CheckedStatement.Lookups(session.catalog(), ticker);
    this.plans = plans;
    this.planner = new Planner(session, options);
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
    try {
      return unguarded(parsed, source);
    } catch (BtrdbException | SqlRefusal e) {
      throw e;
    } catch (RuntimeException | AssertionError e) {
      throw new SqlRefusal(
          SqlRefusal.Reason.UNSUPPORTED, "the statement has a form that cannot be planned", e);
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
      case INSERT -> insert(parsed, source);
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

  private PreparedSql insert(SqlNode parsed, Source source) {
    Validation.Validated validated =
        new Validation(session.catalog()).validate(parsed, source.schema, source.scope);
    TableModify modify = (TableModify) validated.root().rel;
    Relation target =
        Objects.requireNonNull(modify.getTable().unwrap(RelationTable.class)).relation();
    if (!(target instanceof StreamTable table)) {
      throw new SqlRefusal(
          SqlRefusal.Reason.UNSUPPORTED,
          "points are inserted into a stream; '" + target.table() + "' is none",
          null);
    }
    List<ColumnType> parameters = Planner.parameters(validated);
    LoweredParameters lowered = new LoweredParameters(parameters.size());
    ReadLeaves leaves = new ReadLeaves(session.catalog(), source.scope);
    RelNode rows = planner.lowerAndPush(modify.getInput(), lowered, leaves);
    InsertStatement insert =
        new InsertStatement(
            session,
            table.stream().uuid(),
            parsed instanceof SqlInsert written && written.isUpsert()
                ? MergePolicy.REPLACE
                : options.mergePolicy(),
            planner.physical(rows),
            parameters,
            new ParameterBinding(parameters, lowered));
    KeptPlan plan = new KeptPlan(validated.names().and(leaves.names()), values -> insert);
    if (!parameters.isEmpty()) {
      plans.put(source.sql, source.schema, plan); // with literals only it hardly comes again
    }
    return checked(plan, List.of(), source);
  }
}
