package org.btrdb.sql.exec;

import java.util.List;
import java.util.Objects;
import org.apache.calcite.rel.RelNode;
import org.apache.calcite.rel.core.TableModify;
import org.apache.calcite.sql.SqlExplain;
import org.apache.calcite.sql.SqlKind;
import org.apache.calcite.sql.SqlNode;
import org.btrdb.client.CallScope;
import org.btrdb.sql.PreparedSql;
import org.btrdb.sql.SessionOptions;
import org.btrdb.sql.SqlRefusal;
import org.btrdb.sql.catalog.Relation;
import org.btrdb.sql.catalog.StreamTable;
import org.btrdb.sql.read.Session;
import org.btrdb.sql.row.ColumnType;
import org.btrdb.sql.time.LoweredParameters;
import org.btrdb.sql.validate.RelationTable;
import org.btrdb.sql.validate.Validation;

/** Makes the statement that a parse tree stands for. */
public final class Statements {
  private final Session session;
  private final SessionOptions options;
  private final Planner planner;

  /** Statements of one session. */
  public Statements(Session session, SessionOptions options) {
    this.session = session;
    this.options = options;
    this.planner = new Planner(session, options);
  }

  /** Checks and plans a parsed statement. */
  public PreparedSql prepare(SqlNode parsed, String defaultSchema, CallScope scope) {
    if (parsed instanceof SqlExplain explain) {
      return new ExplainStatement(
          session, planner.plan(explain.getExplicandum(), defaultSchema, scope));
    }
    if (parsed.getKind().belongsTo(SqlKind.QUERY)) {
      return new QueryStatement(session, planner.plan(parsed, defaultSchema, scope));
    }
    return switch (parsed.getKind()) {
      case INSERT -> insert(parsed, defaultSchema, scope);
      case CREATE_TABLE -> StreamDefinition.of(parsed, defaultSchema).statement(session);
      default ->
          throw new SqlRefusal(
              SqlRefusal.Reason.UNSUPPORTED, parsed.getKind() + " is not supported yet", null);
    };
  }

  private PreparedSql insert(SqlNode parsed, String defaultSchema, CallScope scope) {
    Validation.Validated validated =
        new Validation(session.catalog()).validate(parsed, defaultSchema, scope);
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
    RelNode rows = planner.lowerAndPush(modify.getInput(), lowered, scope);
    return new InsertStatement(
        session,
        table.stream().uuid(),
        options.mergePolicy(),
        planner.physical(rows),
        parameters,
        new ParameterBinding(parameters, lowered));
  }
}
