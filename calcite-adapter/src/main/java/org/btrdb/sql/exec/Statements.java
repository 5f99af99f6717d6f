package org.btrdb.sql.exec;

import java.util.List;
import java.util.Objects;
import org.apache.calcite.rel.RelNode;
import org.apache.calcite.rel.core.TableModify;
import org.apache.calcite.sql.SqlExplain;
import org.apache.calcite.sql.SqlKind;
import org.apache.calcite.sql.SqlNode;
import org.btrdb.client.Btrdb;
import org.btrdb.client.CallScope;
import org.btrdb.sql.PreparedSql;
import org.btrdb.sql.SessionOptions;
import org.btrdb.sql.SqlRefusal;
import org.btrdb.sql.catalog.Catalog;
import org.btrdb.sql.catalog.StreamTable;
import org.btrdb.sql.row.ColumnType;
import org.btrdb.sql.time.LoweredParameters;
import org.btrdb.sql.validate.StreamRelTable;
import org.btrdb.sql.validate.Validation;

/** Makes the statement that a parse tree stands for. */
public final class Statements {
  private final Btrdb btrdb;
  private final Catalog catalog;
  private final SessionOptions options;
  private final Planner planner;

  /** Statements over one BTrDB. */
  public Statements(Btrdb btrdb, Catalog catalog, SessionOptions options) {
    this.btrdb = btrdb;
    this.catalog = catalog;
    this.options = options;
    this.planner = new Planner(btrdb, catalog, options);
  }

  /** Checks and plans a parsed statement. */
  public PreparedSql prepare(SqlNode parsed, String defaultSchema, CallScope scope) {
    if (parsed instanceof SqlExplain explain) {
      return new ExplainStatement(
          btrdb, planner.plan(explain.getExplicandum(), defaultSchema, scope));
    }
    if (parsed.getKind().belongsTo(SqlKind.QUERY)) {
      return new QueryStatement(btrdb, planner.plan(parsed, defaultSchema, scope));
    }
    return switch (parsed.getKind()) {
      case INSERT -> insert(parsed, defaultSchema, scope);
      case CREATE_TABLE -> StreamDefinition.of(parsed, defaultSchema).statement(btrdb, catalog);
      default ->
          throw new SqlRefusal(
              SqlRefusal.Reason.UNSUPPORTED, parsed.getKind() + " is not supported yet", null);
    };
  }

  private PreparedSql insert(SqlNode parsed, String defaultSchema, CallScope scope) {
    Validation.Validated validated = new Validation(catalog).validate(parsed, defaultSchema, scope);
    TableModify modify = (TableModify) validated.root().rel;
    StreamTable table =
        Objects.requireNonNull(modify.getTable().unwrap(StreamRelTable.class)).table();
    List<ColumnType> parameters = Planner.parameters(validated);
    LoweredParameters lowered = new LoweredParameters(parameters.size());
    RelNode rows = planner.lowerAndPush(modify.getInput(), lowered);
    return new InsertStatement(
        btrdb,
        table.stream().uuid(),
        options.mergePolicy(),
        planner.physical(rows),
        parameters,
        new ParameterBinding(parameters, lowered));
  }
}
