package org.btrdb.jdbc;

import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.calcite.avatica.AvaticaConnection;
import org.apache.calcite.avatica.MetaImpl;
import org.apache.calcite.avatica.QueryState;
import org.apache.calcite.avatica.remote.TypedValue;

/**
 * Avatica's service handler, reduced to numbering statements.
 *
 * <p>Avatica's execution hands over frames of boxed rows and takes neither a deadline nor a cancel;
 * ours goes from {@link BtrdbStatement} to {@link org.btrdb.sql.SqlSession} directly. Nothing calls
 * the refused methods; were it otherwise, they say so.
 */
final class BtrdbMeta extends MetaImpl {
  private final AtomicInteger statements = new AtomicInteger();

  BtrdbMeta(AvaticaConnection connection) {
    super(connection);
  }

  /** Numbers a statement; unlike Avatica's, right when several threads make statements. */
  @Override
  public StatementHandle createStatement(ConnectionHandle connection) {
    return new StatementHandle(connection.id, statements.incrementAndGet(), null);
  }

  @Override
  public void closeStatement(StatementHandle statement) {
    // nothing is held for it
  }

  @Override
  public StatementHandle prepare(ConnectionHandle connection, String sql, long maxRows) {
    throw refused();
  }

  @Deprecated
  @Override
  public ExecuteResult prepareAndExecute(
      StatementHandle statement, String sql, long maxRows, PrepareCallback callback) {
    throw refused();
  }

  @Override
  public ExecuteResult prepareAndExecute(
      StatementHandle statement,
      String sql,
      long maxRows,
      int maxRowsInFirstFrame,
      PrepareCallback callback) {
    throw refused();
  }

  @Override
  public ExecuteBatchResult prepareAndExecuteBatch(StatementHandle statement, List<String> sql) {
    throw refused();
  }

  @Override
  public ExecuteBatchResult executeBatch(
      StatementHandle statement, List<List<TypedValue>> parameterValues) {
    throw refused();
  }

  @Override
  public Frame fetch(StatementHandle statement, long offset, int maxRows) {
    throw refused();
  }

  @Deprecated
  @Override
  public ExecuteResult execute(
      StatementHandle statement, List<TypedValue> parameterValues, long maxRows) {
    throw refused();
  }

  @Override
  public ExecuteResult execute(
      StatementHandle statement, List<TypedValue> parameterValues, int maxRowsInFirstFrame) {
    throw refused();
  }

  @Override
  public boolean syncResults(StatementHandle statement, QueryState state, long offset) {
    throw refused();
  }

  @Override
  public void commit(ConnectionHandle connection) {
    // every statement has been committed already
  }

  @Override
  public void rollback(ConnectionHandle connection) {
    // nothing is ever pending
  }

  private static UnsupportedOperationException refused() {
    return new UnsupportedOperationException("statements of this driver execute themselves");
  }
}
