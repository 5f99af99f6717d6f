package org.btrdb.sql.exec;

import java.util.List;
import org.btrdb.client.CallScope;
import org.btrdb.sql.PreparedSql;
import org.btrdb.sql.SqlRefusal;
import org.btrdb.sql.row.Column;
import org.btrdb.sql.row.ColumnType;
import org.btrdb.sql.row.RowCursor;
import org.jspecify.annotations.Nullable;

/**
 * A statement that is planned anew if, when it runs, its table names stand for something else than
 * when it was planned. They are not looked at again while what was looked up is to be believed.
 *
 * @param planned what runs as long as they stand for the same
 * @param names tells whether they do
 * @param checkAfterNanoTime when to ask that again
 * @param again plans the statement
 */
record CheckedStatement(PreparedSql planned, Names names, long checkAfterNanoTime, Planning again)
    implements PreparedSql {

  /** Tells whether names stand for the same still. */
  @FunctionalInterface
  interface Names {
    boolean hold(CallScope scope);
  }

  /** Plans a statement. */
  @FunctionalInterface
  interface Planning {
    PreparedSql prepare(CallScope scope);
  }

  @Override
  public Kind kind() {
    return planned.kind();
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

  private PreparedSql current(CallScope scope) {
    if (System.nanoTime() - checkAfterNanoTime < 0 || names.hold(scope)) {
      return planned;
    }
    PreparedSql anew = again.prepare(scope);
    if (anew.kind() != kind()
        || !anew.columns().equals(columns())
        || !anew.parameters().equals(parameters())) {
      throw new SqlRefusal(
          SqlRefusal.Reason.INVALID,
          "the tables of the statement have other columns since it was prepared: prepare it again",
          null);
    }
    return anew;
  }

  @Override
  public RowCursor query(List<@Nullable Object> parameters, CallScope scope, long maxRows) {
    return current(scope).query(parameters, scope, maxRows);
  }

  @Override
  public long update(List<@Nullable Object> parameters, CallScope scope) {
    return current(scope).update(parameters, scope);
  }

  @Override
  public long[] updateBatch(List<List<@Nullable Object>> rows, CallScope scope) {
    return current(scope).updateBatch(rows, scope);
  }
}
