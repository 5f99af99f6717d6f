package org.btrdb.jdbc;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.SQLWarning;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;
import org.apache.calcite.avatica.AvaticaStatement;
import org.apache.calcite.avatica.Meta;
import org.btrdb.client.CallScope;
import org.btrdb.sql.PreparedSql;
import org.btrdb.sql.row.RowCursor;
import org.jspecify.annotations.Nullable;

/**
 * A statement. One thread runs it; {@link #cancel()} may come from any other, takes no lock and
 * leaves the statement usable.
 */
class BtrdbStatement extends AvaticaStatement {
  private final BtrdbConnection owner;

  /** The calls of the execution under way or last made; replaced with each execution. */
  private final AtomicReference<@Nullable CallScope> running = new AtomicReference<>();

  private final List<String> batch = new ArrayList<>();
  private int timeoutSeconds;

  BtrdbStatement(
      BtrdbConnection connection,
      Meta.@Nullable StatementHandle h,
      int resultSetType,
      int resultSetConcurrency,
      int resultSetHoldability) {
    super(connection, h, resultSetType, resultSetConcurrency, resultSetHoldability);
    this.owner = connection;
    this.updateCount = -1;
  }

  BtrdbStatement(BtrdbConnection connection, Meta.Signature signature) {
    super(
        connection,
        null,
        ResultSet.TYPE_FORWARD_ONLY,
        ResultSet.CONCUR_READ_ONLY,
        ResultSet.HOLD_CURSORS_OVER_COMMIT,
        signature);
    this.owner = connection;
    this.updateCount = -1;
  }

  final BtrdbConnection owner() {
    return owner;
  }

  @Override
  protected void checkOpen() throws SQLException {
    if (isClosed()) {
      throw SqlErrors.of("HY010", "the statement is closed", null);
    }
  }

  /** Ends the last execution's results and starts the calls of a new one. */
  final CallScope begin() throws SQLException {
    checkOpen();
    owner.checkUsable();
    closeResults();
    updateCount = -1;
    CallScope scope =
        timeoutSeconds > 0
            ? CallScope.withTimeout(Duration.ofSeconds(timeoutSeconds))
            : CallScope.unbounded();
    running.set(scope);
    return scope;
  }

  private void closeResults() {
    if (openResultSet != null) {
      openResultSet.close();
      openResultSet = null;
    }
  }

  @Override
  protected void executeInternal(String sql) throws SQLException {
    CallScope scope = begin();
    try {
      PreparedSql prepared = owner.session().prepare(sql, owner.schema(), scope);
      run(sql, prepared, List.of(), scope);
    } catch (RuntimeException e) {
      throw SqlErrors.of(e);
    }
  }

  /** Runs a prepared statement and keeps its results or count. */
  final void run(
      String sql, PreparedSql prepared, List<@Nullable Object> parameters, CallScope scope)
      throws SQLException {
    if (prepared.kind() == PreparedSql.Kind.UPDATE) {
      updateCount = prepared.update(parameters, scope);
      return;
    }
    Meta.Signature signature = Signatures.of(sql, prepared.columns(), prepared.parameters(), true);
    RowCursor rows = prepared.query(parameters, scope, maxRowCount);
    openResultSet = BtrdbResultSet.over(this, signature, prepared.columns(), rows);
  }

  @Override
  public boolean execute(String sql) throws SQLException {
    executeInternal(sql);
    return openResultSet != null;
  }

  @Override
  public ResultSet executeQuery(String sql) throws SQLException {
    executeInternal(sql);
    return results();
  }

  final ResultSet results() throws SQLException {
    if (openResultSet == null) {
      throw SqlErrors.of("07005", "the statement answers no rows; use executeUpdate", null);
    }
    return openResultSet;
  }

  @Override
  public long executeLargeUpdate(String sql) throws SQLException {
    executeInternal(sql);
    return count();
  }

  final long count() throws SQLException {
    if (openResultSet != null) {
      closeResults();
      throw SqlErrors.of("07005", "the statement answers rows; use executeQuery", null);
    }
    return updateCount;
  }

  @Override
  @SuppressWarnings("UnsynchronizedOverridesSynchronized") // a cancel must not wait for a call
  public void cancel() throws SQLException {
    checkOpen();
    CallScope scope = running.get();
    if (scope != null) {
      scope.cancel();
    }
  }

  @Override
  @SuppressWarnings("UnsynchronizedOverridesSynchronized") // nor may a close
  public void close() throws SQLException {
    CallScope scope = running.getAndSet(null);
    try {
      close_();
    } catch (RuntimeException e) {
      throw SqlErrors.of(e);
    } finally {
      if (scope != null) {
        scope.cancel();
      }
    }
  }

  @Override
  public int getQueryTimeout() throws SQLException {
    checkOpen();
    return timeoutSeconds;
  }

  @Override
  public void setQueryTimeout(int seconds) throws SQLException {
    checkOpen();
    if (seconds < 0) {
      throw SqlErrors.of("22023", "a timeout can not be negative: " + seconds, null);
    }
    timeoutSeconds = seconds;
  }

  @Override
  public boolean getMoreResults(int current) throws SQLException {
    checkOpen();
    if (current != Statement.KEEP_CURRENT_RESULT) {
      closeResults();
    }
    openResultSet = null;
    updateCount = -1;
    return false;
  }

  @Override
  public void setEscapeProcessing(boolean enable) throws SQLException {
    checkOpen(); // the parser reads escapes; there is nothing to switch off
  }

  @Override
  public @Nullable SQLWarning getWarnings() throws SQLException {
    checkOpen();
    return null;
  }

  @Override
  public ResultSet getGeneratedKeys() throws SQLException {
    checkOpen();
    return owner.metadataRows(List.of(), List.of());
  }

  @Override
  public boolean execute(String sql, int autoGeneratedKeys) throws SQLException {
    return execute(sql);
  }

  @Override
  public int executeUpdate(String sql, int autoGeneratedKeys) throws SQLException {
    return executeUpdate(sql);
  }

  @Override
  public boolean isPoolable() throws SQLException {
    checkOpen();
    return false;
  }

  @Override
  public void setPoolable(boolean poolable) throws SQLException {
    checkOpen(); // a hint
  }

  @Override
  public void setCursorName(String name) throws SQLException {
    checkOpen(); // positioned updates are not supported, so the name is of no use
  }

  @Override
  public void addBatch(String sql) throws SQLException {
    checkOpen();
    batch.add(sql);
  }

  @Override
  public void clearBatch() throws SQLException {
    checkOpen();
    batch.clear();
  }

  @Override
  public long[] executeLargeBatch() throws SQLException {
    List<String> statements = new ArrayList<>(batch);
    batch.clear();
    long[] counts = new long[statements.size()];
    for (int i = 0; i < counts.length; i++) {
      counts[i] = executeLargeUpdate(statements.get(i));
    }
    return counts;
  }

  @Override
  public int[] executeBatch() throws SQLException {
    return saturated(executeLargeBatch());
  }

  static int[] saturated(long[] counts) {
    int[] small = new int[counts.length];
    for (int i = 0; i < counts.length; i++) {
      small[i] = (int) Math.min(counts[i], Integer.MAX_VALUE);
    }
    return small;
  }
}
