package org.btrdb.jdbc;

import java.sql.BatchUpdateException;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.SQLWarning;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.apache.calcite.avatica.AvaticaStatement;
import org.btrdb.client.CallScope;
import org.btrdb.sql.BatchFailure;
import org.btrdb.sql.PreparedSql;
import org.btrdb.sql.row.Column;
import org.btrdb.sql.row.RowCursor;
import org.jspecify.annotations.Nullable;

/**
 * A statement: one {@link CallScope} for each execution, which {@link #cancel()}, {@link #close()}
 * and the timeout end from any thread, without a lock.
 */
class BtrdbStatement extends AvaticaStatement {

  private final boolean internal;
  private final List<String> batch = new ArrayList<>();
  private @Nullable BtrdbResultSet result;
  private @Nullable ResultSet keys;
  private @Nullable NetworkWatch watch;
  private int timeoutSeconds;
  private int fetchRows;
  private boolean poolable;
  private @Nullable SQLWarning warning;
  private volatile @Nullable CallScope scope;
  private volatile boolean ended;

  BtrdbStatement(BtrdbConnection connection) {
    this(connection, false);
  }

  /**
   * A statement of a connection.
   *
   * @param internal whether it only holds a result of DatabaseMetaData
   */
  BtrdbStatement(BtrdbConnection connection, boolean internal) {
    super(
        connection,
        null,
        ResultSet.TYPE_FORWARD_ONLY,
        ResultSet.CONCUR_READ_ONLY,
        ResultSet.HOLD_CURSORS_OVER_COMMIT);
    this.internal = internal;
    this.timeoutSeconds = connection.defaultQueryTimeoutSeconds();
    this.updateCount = -1;
  }

  /** The rest of an execution, once its scope is there. */
  @FunctionalInterface
  interface Work<T> {
    T in(CallScope scope) throws SQLException;
  }

  final boolean isInternal() {
    return internal;
  }

  final BtrdbConnection btrdbConnection() {
    return (BtrdbConnection) connection;
  }

  // Executing.

  /** Ends what ran before and does something under a new scope; failures become SQLExceptions. */
  final <T> T run(Work<T> work) throws SQLException {
    checkOpen();
    btrdbConnection().checkOpen(); // may have ended, or be ending, without closing this statement
    closeResult();
    closeKeys();
    updateCount = -1;
    warning = null;
    CallScope fresh =
        timeoutSeconds > 0
            ? CallScope.withTimeout(Duration.ofSeconds(timeoutSeconds))
            : CallScope.unbounded();
    scope = fresh;
    NetworkWatch calls =
        NetworkWatch.over(btrdbConnection(), fresh, btrdbConnection().networkTimeoutMillis());
    watch = calls;
    if (ended) {
      fresh.cancel(); // closed by another thread in between
    }
    try {
      return work.in(fresh);
    } catch (BatchFailure e) {
      calls.finish();
      throw batchFailure(failed(calls.explain(e.failure())), e.counts());
    } catch (RuntimeException e) {
      calls.finish();
      throw failed(calls.explain(e));
    } finally {
      calls.end();
      if (result == null) {
        calls.finish();
      }
    }
  }

  /** Tells whom it concerns of a failure of a call; answers the failure. */
  SQLException failed(SQLException failure) {
    return btrdbConnection().failed(failure);
  }

  /** Runs a prepared statement; what it gives becomes the current result. */
  final void start(
      PreparedSql prepared,
      List<@Nullable Object> parameters,
      PreparedSql.@Nullable Kind expected,
      CallScope current)
      throws SQLException {
    if (expected != null && prepared.kind() != expected) {
      throw SqlErrors.sequence(
          expected == PreparedSql.Kind.QUERY
              ? "the statement gives no rows: use executeUpdate or execute"
              : "the statement gives rows: use executeQuery or execute");
    }
    warning = SqlErrors.warning(prepared.warnings());
    if (prepared.changesData()) {
      btrdbConnection().beforeUpdate();
    }
    if (prepared.kind() == PreparedSql.Kind.QUERY) {
      show(prepared.columns(), prepared.query(parameters, current, maxRowCount));
    } else {
      updateCount = prepared.update(parameters, current);
    }
  }

  /** Makes rows the current result, which ends with this execution's scope. */
  final BtrdbResultSet show(List<Column> columns, RowCursor rows) {
    if (watch == null) {
      throw new IllegalStateException("nothing runs");
    }
    BtrdbResultSet shown = new BtrdbResultSet(this, columns, rows, watch);
    result = shown;
    return shown;
  }

  private boolean execute(String sql, PreparedSql.@Nullable Kind expected) throws SQLException {
    if (sql == null) {
      throw SqlErrors.invalidArgument("SQL is null");
    }
    return run(
        current -> {
          PreparedSql prepared = btrdbConnection().prepare(sql, current);
          if (!prepared.parameters().isEmpty()) {
            throw SqlErrors.missingParameter(1);
          }
          start(prepared, List.of(), expected, current);
          return result != null;
        });
  }

  @Override
  public boolean execute(String sql) throws SQLException {
    return execute(sql, (PreparedSql.Kind) null);
  }

  @Override
  public ResultSet executeQuery(String sql) throws SQLException {
    execute(sql, PreparedSql.Kind.QUERY);
    return current();
  }

  /** The result that an execution has just made. */
  final ResultSet current() {
    BtrdbResultSet current = result;
    if (current == null) {
      throw new IllegalStateException("no result");
    }
    return current;
  }

  @Override
  public long executeLargeUpdate(String sql) throws SQLException {
    execute(sql, PreparedSql.Kind.UPDATE);
    return updateCount;
  }

  // Keys that the database generates: none, so asking for them changes nothing.

  @Override
  public boolean execute(String sql, int generatedKeys) throws SQLException {
    return execute(sql);
  }

  @Override
  public boolean execute(String sql, int[] keyColumns) throws SQLException {
    return execute(sql);
  }

  @Override
  public boolean execute(String sql, String[] keyColumns) throws SQLException {
    return execute(sql);
  }

  @Override
  public int executeUpdate(String sql, int generatedKeys) throws SQLException {
    return executeUpdate(sql);
  }

  @Override
  public int executeUpdate(String sql, int[] keyColumns) throws SQLException {
    return executeUpdate(sql);
  }

  @Override
  public int executeUpdate(String sql, String[] keyColumns) throws SQLException {
    return executeUpdate(sql);
  }

  @Override
  public long executeLargeUpdate(String sql, int generatedKeys) throws SQLException {
    return executeLargeUpdate(sql);
  }

  @Override
  public long executeLargeUpdate(String sql, int[] keyColumns) throws SQLException {
    return executeLargeUpdate(sql);
  }

  @Override
  public long executeLargeUpdate(String sql, String[] keyColumns) throws SQLException {
    return executeLargeUpdate(sql);
  }

  /** An empty result, open until the next execution or call of this: BTrDB generates no keys. */
  @Override
  public ResultSet getGeneratedKeys() throws SQLException {
    checkOpen();
    closeKeys();
    ResultSet empty = btrdbConnection().emptyResult(MetadataShape.GENERATED_KEYS);
    keys = empty;
    return empty;
  }

  private void closeKeys() throws SQLException {
    ResultSet open = keys;
    keys = null;
    if (open != null) {
      open.close();
    }
  }

  // Batches.

  @Override
  public void addBatch(String sql) throws SQLException {
    checkOpen();
    if (sql == null) {
      throw SqlErrors.invalidArgument("SQL is null");
    }
    batch.add(sql);
  }

  @Override
  public void clearBatch() throws SQLException {
    checkOpen();
    batch.clear();
  }

  /** Runs the statements of the batch in order; the first failure ends it. */
  @Override
  public long[] executeLargeBatch() throws SQLException {
    checkOpen();
    List<String> statements = List.copyOf(batch);
    batch.clear();
    long[] counts = new long[statements.size()];
    for (int i = 0; i < counts.length; i++) {
      try {
        counts[i] = executeLargeUpdate(statements.get(i));
      } catch (SQLException e) {
        throw batchFailure(e, Arrays.copyOf(counts, i));
      }
    }
    return counts;
  }

  static BatchUpdateException batchFailure(SQLException e, long[] counts) {
    return new BatchUpdateException(e.getMessage(), e.getSQLState(), e.getErrorCode(), counts, e);
  }

  // Results.

  @Override
  public @Nullable ResultSet getResultSet() throws SQLException {
    checkOpen();
    return result;
  }

  @Override
  public boolean getMoreResults() throws SQLException {
    return getMoreResults(CLOSE_CURRENT_RESULT);
  }

  /** There is never a second result. */
  @Override
  public boolean getMoreResults(int current) throws SQLException {
    checkOpen();
    switch (current) {
      case CLOSE_CURRENT_RESULT, CLOSE_ALL_RESULTS -> closeResult();
      case KEEP_CURRENT_RESULT -> throw SqlErrors.unsupported("several open results");
      default -> throw SqlErrors.invalidArgument("getMoreResults(" + current + ")");
    }
    updateCount = -1;
    return false;
  }

  /** Closes the current result without completing the statement. */
  private void closeResult() throws SQLException {
    BtrdbResultSet open = result;
    result = null;
    if (open != null) {
      open.close();
    }
  }

  /**
   * Called by a result that was read to its end. A result of DatabaseMetaData that is left so has
   * nothing to be closed any more, and the connection would hold it for as long as it lives.
   */
  final void rowsEnded() {
    NetworkWatch calls = watch;
    if (internal && calls != null) {
      calls.finish();
      btrdbConnection().statementMap.remove(handle.id, this);
    }
  }

  /** Called by a result that was closed by its reader. */
  final void resultClosed(BtrdbResultSet closedResult) throws SQLException {
    NetworkWatch calls = watch;
    if (calls != null) {
      calls.finish();
    }
    if (result == closedResult) {
      result = null;
      if (closeOnCompletion) {
        close();
      }
    }
  }

  // Ending.

  /** Ends what is running, from any thread; the next execution is not affected. */
  @Override
  @SuppressWarnings("UnsynchronizedOverridesSynchronized") // a cancel must never wait
  public void cancel() throws SQLException {
    checkOpen();
    endCalls();
  }

  final void endCalls() {
    CallScope running = scope;
    if (running != null) {
      running.cancel();
    }
  }

  @Override
  @SuppressWarnings("UnsynchronizedOverridesSynchronized") // must not wait for an execution
  public void close() throws SQLException {
    if (ended) {
      return;
    }
    ended = true;
    endCalls();
    try {
      closeResult();
      closeKeys();
    } finally {
      close_(); // forgets the statement in Avatica's connection
    }
  }

  @Override
  public boolean isClosed() {
    return ended;
  }

  @Override
  protected void checkOpen() throws SQLException {
    if (ended) {
      throw SqlErrors.closed("statement");
    }
  }

  // Settings.

  @Override
  public int getQueryTimeout() throws SQLException {
    checkOpen();
    return timeoutSeconds;
  }

  @Override
  public void setQueryTimeout(int seconds) throws SQLException {
    checkOpen();
    timeoutSeconds = (int) StatementChecks.notNegative("query timeout", seconds);
  }

  @Override
  public void setLargeMaxRows(long rows) throws SQLException {
    checkOpen();
    maxRowCount = StatementChecks.notNegative("maximum of rows", rows);
  }

  /** A hint that changes nothing: rows come in the server's batches. */
  @Override
  public void setFetchSize(int rows) throws SQLException {
    checkOpen();
    fetchRows = StatementChecks.fetchSize(rows);
  }

  @Override
  public int getFetchSize() throws SQLException {
    checkOpen();
    return fetchRows;
  }

  /** A hint that changes nothing: results are forward-only. */
  @Override
  public void setFetchDirection(int direction) throws SQLException {
    checkOpen();
    StatementChecks.fetchDirection(direction);
  }

  @Override
  public int getFetchDirection() throws SQLException {
    checkOpen();
    return ResultSet.FETCH_FORWARD;
  }

  @Override
  public void setMaxFieldSize(int bytes) throws SQLException {
    checkOpen();
    if (StatementChecks.notNegative("maximum field size", bytes) > 0) {
      throw SqlErrors.unsupported("cutting values to a maximum size");
    }
  }

  /** JDBC escapes are part of the grammar, whatever is set here. */
  @Override
  public void setEscapeProcessing(boolean enable) throws SQLException {
    checkOpen();
  }

  /** Does nothing, as java.sql wants it where positioned updates are not supported. */
  @Override
  public void setCursorName(@Nullable String name) throws SQLException {
    checkOpen();
  }

  @Override
  public void setPoolable(boolean wish) throws SQLException {
    checkOpen();
    poolable = wish;
  }

  @Override
  public boolean isPoolable() throws SQLException {
    checkOpen();
    return poolable;
  }

  /** What the last execution ran into that is valid and hardly meant. */
  @Override
  public @Nullable SQLWarning getWarnings() throws SQLException {
    checkOpen();
    return warning;
  }

  @Override
  public void clearWarnings() throws SQLException {
    checkOpen();
    warning = null;
  }

  @Override
  public <T> T unwrap(Class<T> type) throws SQLException {
    return Wrapping.unwrap(this, type);
  }

  @Override
  public boolean isWrapperFor(Class<?> type) {
    return Wrapping.isWrapper(this, type);
  }

  @Override
  public String enquoteLiteral(String text) throws SQLException {
    if (text == null) {
      throw SqlErrors.invalidArgument("literal is null");
    }
    return "'" + text.replace("'", "''") + "'";
  }

  @Override
  public String enquoteNCharLiteral(String text) throws SQLException {
    return "N" + enquoteLiteral(text);
  }

  @Override
  public String enquoteIdentifier(String name, boolean alwaysQuote) throws SQLException {
    if (name == null || name.isEmpty() || name.indexOf('\0') >= 0) {
      throw SqlErrors.invalidArgument("no identifier: '" + name + "'");
    }
    return !alwaysQuote && isSimpleIdentifier(name) ? name : '"' + name.replace("\"", "\"\"") + '"';
  }

  @Override
  public boolean isSimpleIdentifier(String name) {
    return name != null && name.matches("[A-Za-z][A-Za-z0-9_]{0,127}");
  }
}
