package org.btrdb.jdbc;

import java.util.List;
import org.apache.calcite.avatica.AvaticaConnection;
import org.apache.calcite.avatica.Meta;
import org.apache.calcite.avatica.MetaImpl;
import org.apache.calcite.avatica.QueryState;
import org.apache.calcite.avatica.remote.TypedValue;

/**
 * Avatica's view of a connection: handles of statements, and catalogue results that are empty.
 * Statements run in {@link BtrdbStatement} and {@link BtrdbPreparedStatement}, so what would run
 * them here is never called.
 */
final class BtrdbMeta extends MetaImpl {
  BtrdbMeta(AvaticaConnection connection) {
    super(connection);
    this.connProps
        .setAutoCommit(true)
        .setReadOnly(false)
        .setTransactionIsolation(java.sql.Connection.TRANSACTION_NONE)
        .setCatalog("")
        .setSchema("");
    this.connProps.setDirty(false);
  }

  @Override
  public void closeStatement(StatementHandle h) {
    // Nothing is kept for a statement here.
  }

  @Override
  public void commit(ConnectionHandle ch) {
    // Every statement is durable when it returns.
  }

  @Override
  public void rollback(ConnectionHandle ch) {
    // There is nothing to undo: every statement was committed by itself.
  }

  @Override
  public boolean syncResults(StatementHandle h, QueryState state, long offset) {
    throw notHere();
  }

  @Override
  public StatementHandle prepare(ConnectionHandle ch, String sql, long maxRowCount) {
    throw notHere();
  }

  @Override
  @Deprecated
  public ExecuteResult prepareAndExecute(
      StatementHandle h, String sql, long maxRowCount, PrepareCallback callback) {
    throw notHere();
  }

  @Override
  public ExecuteResult prepareAndExecute(
      StatementHandle h,
      String sql,
      long maxRowCount,
      int maxRowsInFirstFrame,
      PrepareCallback callback) {
    throw notHere();
  }

  @Override
  public ExecuteBatchResult prepareAndExecuteBatch(StatementHandle h, List<String> commands) {
    throw notHere();
  }

  @Override
  public ExecuteBatchResult executeBatch(
      StatementHandle h, List<List<TypedValue>> parameterValues) {
    throw notHere();
  }

  @Override
  public Meta.Frame fetch(StatementHandle h, long offset, int fetchMaxRowCount) {
    throw notHere();
  }

  @Override
  @Deprecated
  public ExecuteResult execute(
      StatementHandle h, List<TypedValue> parameterValues, long maxRowCount) {
    throw notHere();
  }

  @Override
  public ExecuteResult execute(
      StatementHandle h, List<TypedValue> parameterValues, int maxRowsInFirstFrame) {
    throw notHere();
  }

  private static UnsupportedOperationException notHere() {
    return new UnsupportedOperationException("statements run themselves");
  }
}
