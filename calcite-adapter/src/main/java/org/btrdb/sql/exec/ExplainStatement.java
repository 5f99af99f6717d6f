package org.btrdb.sql.exec;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.btrdb.client.CallScope;
import org.btrdb.sql.PreparedSql;
import org.btrdb.sql.read.Execution;
import org.btrdb.sql.read.LimitedRows;
import org.btrdb.sql.read.ObjectRows;
import org.btrdb.sql.read.Session;
import org.btrdb.sql.row.Column;
import org.btrdb.sql.row.ColumnType;
import org.btrdb.sql.row.RowCursor;
import org.jspecify.annotations.Nullable;

/** EXPLAIN PLAN FOR a query: its path, and its calls with bounds and sizes. */
record ExplainStatement(Session session, Planner.Planned planned) implements PreparedSql {
  private static final Column PLAN =
      new Column("PLAN", "PLAN", null, null, new ColumnType(ColumnType.Kind.VARCHAR, -1, 0), false);

  @Override
  public Kind kind() {
    return Kind.QUERY;
  }

  @Override
  public List<Column> columns() {
    return List.of(PLAN);
  }

  @Override
  public List<ColumnType> parameters() {
    return planned.parameters();
  }

  @Override
  public RowCursor query(List<@Nullable Object> parameters, CallScope scope, long maxRows) {
    Execution execution = new Execution(session, scope, planned.binding().bind(parameters));
    List<String> lines = new ArrayList<>(planned.plan().explain(execution));
    consistency().ifPresent(lines::add);
    RowCursor rows =
        new ObjectRows(lines.stream().map(l -> new Object[] {l}).iterator(), () -> {}, scope);
    return maxRows > 0 ? new LimitedRows(rows, 0, maxRows) : rows;
  }

  /** The counts are those of the newest states: explaining a statement commits nothing. */
  private Optional<String> consistency() {
    return switch (planned.consistency()) {
      case LATEST -> Optional.empty();
      case PINNED ->
          Optional.of("consistency: the latest version is what StreamInfo answers of each stream");
      case FLUSH ->
          Optional.of("consistency: the latest version is what Flush makes of each stream");
    };
  }

  @Override
  public long update(List<@Nullable Object> parameters, CallScope scope) {
    throw QueryStatement.notAnUpdate();
  }

  @Override
  public long[] updateBatch(List<List<@Nullable Object>> rows, CallScope scope) {
    throw QueryStatement.notAnUpdate();
  }
}
