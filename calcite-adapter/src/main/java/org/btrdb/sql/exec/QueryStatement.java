package org.btrdb.sql.exec;

import java.util.List;
import org.btrdb.client.CallScope;
import org.btrdb.sql.Consistency;
import org.btrdb.sql.PreparedSql;
import org.btrdb.sql.SqlRefusal;
import org.btrdb.sql.read.Execution;
import org.btrdb.sql.read.LimitedRows;
import org.btrdb.sql.read.Session;
import org.btrdb.sql.row.Column;
import org.btrdb.sql.row.ColumnType;
import org.btrdb.sql.row.RowCursor;
import org.jspecify.annotations.Nullable;

/**
 * A query ready to run.
 *
 * @param planned its plan, which other statements may share
 * @param lifted what the plan's parameters after the user's own are in this one
 */
record QueryStatement(Session session, Planner.Planned planned, List<Object> lifted)
    implements PreparedSql {

  @Override
  public Kind kind() {
    return Kind.QUERY;
  }

  @Override
  public boolean changesData() {
    return planned.consistency() == Consistency.FLUSH;
  }

  @Override
  public List<Column> columns() {
    return planned.columns();
  }

  @Override
  public List<ColumnType> parameters() {
    return planned.parameters();
  }

  @Override
  public List<String> warnings() {
    return planned.warnings();
  }

  @Override
  public RowCursor query(List<@Nullable Object> parameters, CallScope scope, long maxRows) {
    Execution execution =
        Execution.of(
            session,
            planned.consistency(),
            scope,
            planned.binding().bind(parameters, lifted),
            maxRows);
    RowCursor rows = planned.plan().open(execution);
    return maxRows > 0 ? new LimitedRows(rows, 0, maxRows) : rows;
  }

  @Override
  public long update(List<@Nullable Object> parameters, CallScope scope) {
    throw notAnUpdate();
  }

  @Override
  public long[] updateBatch(List<List<@Nullable Object>> rows, CallScope scope) {
    throw notAnUpdate();
  }

  static SqlRefusal notAnUpdate() {
    return new SqlRefusal(
        SqlRefusal.Reason.INVALID, "a query answers rows; it is not an update", null);
  }
}
