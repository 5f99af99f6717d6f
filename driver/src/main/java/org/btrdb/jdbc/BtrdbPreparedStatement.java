package org.btrdb.jdbc;

import java.math.BigDecimal;
import java.sql.BatchUpdateException;
import java.sql.Date;
import java.sql.ParameterMetaData;
import java.sql.ResultSet;
import java.sql.ResultSetMetaData;
import java.sql.SQLException;
import java.sql.Statement;
import java.sql.Time;
import java.sql.Timestamp;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Calendar;
import java.util.List;
import org.apache.calcite.avatica.AvaticaResultSetMetaData;
import org.apache.calcite.avatica.Meta;
import org.btrdb.client.CallScope;
import org.btrdb.sql.PreparedSql;
import org.jspecify.annotations.Nullable;

/** A statement planned once; a batch of inserts goes to the server in few calls. */
@SuppressWarnings("NullAway") // java.sql sets and answers null for NULL
final class BtrdbPreparedStatement extends UnsupportedParameters {
  private final String sql;
  private final PreparedSql prepared;
  private final Meta.Signature signature;
  private final ParameterRow parameters;
  private final List<List<@Nullable Object>> rows = new ArrayList<>();

  private BtrdbPreparedStatement(
      BtrdbConnection connection, String sql, PreparedSql prepared, Meta.Signature signature) {
    super(connection, signature);
    this.sql = sql;
    this.prepared = prepared;
    this.signature = signature;
    this.parameters = new ParameterRow(prepared.parameters().size());
  }

  static BtrdbPreparedStatement of(BtrdbConnection connection, String sql, PreparedSql prepared) {
    boolean query = prepared.kind() == PreparedSql.Kind.QUERY;
    Meta.Signature signature = Signatures.of(sql, prepared.columns(), prepared.parameters(), query);
    return new BtrdbPreparedStatement(connection, sql, prepared, signature);
  }

  private void run() throws SQLException {
    List<@Nullable Object> values = parameters.values();
    CallScope scope = begin();
    try {
      run(sql, prepared, values, scope);
    } catch (RuntimeException e) {
      throw SqlErrors.of(e);
    }
  }

  @Override
  public boolean execute() throws SQLException {
    run();
    return openResultSet != null;
  }

  @Override
  public ResultSet executeQuery() throws SQLException {
    if (prepared.kind() != PreparedSql.Kind.QUERY) {
      throw SqlErrors.of("07005", "the statement answers no rows; use executeUpdate", null);
    }
    run();
    return results();
  }

  @Override
  public int executeUpdate() throws SQLException {
    return (int) Math.min(executeLargeUpdate(), Integer.MAX_VALUE);
  }

  @Override
  public long executeLargeUpdate() throws SQLException {
    if (prepared.kind() != PreparedSql.Kind.UPDATE) {
      throw SqlErrors.of("07005", "the statement answers rows; use executeQuery", null);
    }
    run();
    return count();
  }

  @Override
  protected void executeInternal(String other) throws SQLException {
    throw SqlErrors.of("HY010", "a prepared statement runs its own SQL, no other", null);
  }

  @Override
  public void addBatch() throws SQLException {
    checkOpen();
    rows.add(parameters.values());
  }

  @Override
  public void addBatch(String other) throws SQLException {
    throw SqlErrors.of("HY010", "a prepared statement takes no other SQL in its batch", null);
  }

  @Override
  public void clearBatch() throws SQLException {
    checkOpen();
    rows.clear();
  }

  @Override
  public long[] executeLargeBatch() throws SQLException {
    if (prepared.kind() != PreparedSql.Kind.UPDATE) {
      throw SqlErrors.of("07005", "only updates can run as a batch", null);
    }
    List<List<@Nullable Object>> batch = new ArrayList<>(rows);
    rows.clear();
    CallScope scope = begin();
    try {
      return prepared.updateBatch(batch, scope);
    } catch (RuntimeException e) {
      SQLException cause = SqlErrors.of(e);
      long[] failed = new long[batch.size()];
      Arrays.fill(failed, Statement.EXECUTE_FAILED);
      throw new BatchUpdateException(
          cause.getMessage(), cause.getSQLState(), cause.getErrorCode(), failed, cause);
    }
  }

  @Override
  public int[] executeBatch() throws SQLException {
    return saturated(executeLargeBatch());
  }

  @Override
  public void clearParameters() throws SQLException {
    checkOpen();
    parameters.clear();
  }

  @Override
  public @Nullable ResultSetMetaData getMetaData() throws SQLException {
    checkOpen();
    return prepared.kind() == PreparedSql.Kind.QUERY
        ? new AvaticaResultSetMetaData(this, null, signature)
        : null;
  }

  @Override
  public ParameterMetaData getParameterMetaData() throws SQLException {
    checkOpen();
    return new BtrdbParameterMetaData(prepared.parameters());
  }

  private void set(int parameter, @Nullable Object value) throws SQLException {
    checkOpen();
    parameters.set(parameter, value);
  }

  @Override
  public void setNull(int parameter, int sqlType) throws SQLException {
    set(parameter, null);
  }

  @Override
  public void setNull(int parameter, int sqlType, String typeName) throws SQLException {
    set(parameter, null);
  }

  @Override
  public void setBoolean(int parameter, boolean x) throws SQLException {
    set(parameter, x);
  }

  @Override
  public void setByte(int parameter, byte x) throws SQLException {
    set(parameter, (long) x);
  }

  @Override
  public void setShort(int parameter, short x) throws SQLException {
    set(parameter, (long) x);
  }

  @Override
  public void setInt(int parameter, int x) throws SQLException {
    set(parameter, (long) x);
  }

  @Override
  public void setLong(int parameter, long x) throws SQLException {
    set(parameter, x);
  }

  @Override
  public void setFloat(int parameter, float x) throws SQLException {
    set(parameter, (double) x);
  }

  @Override
  public void setDouble(int parameter, double x) throws SQLException {
    set(parameter, x);
  }

  @Override
  public void setBigDecimal(int parameter, BigDecimal x) throws SQLException {
    set(parameter, x);
  }

  @Override
  public void setString(int parameter, String x) throws SQLException {
    set(parameter, x);
  }

  @Override
  public void setNString(int parameter, String x) throws SQLException {
    set(parameter, x);
  }

  @Override
  public void setDate(int parameter, Date x) throws SQLException {
    set(parameter, x);
  }

  @Override
  public void setDate(int parameter, Date x, Calendar calendar) throws SQLException {
    set(parameter, x);
  }

  @Override
  public void setTime(int parameter, Time x) throws SQLException {
    set(parameter, x);
  }

  @Override
  public void setTime(int parameter, Time x, Calendar calendar) throws SQLException {
    set(parameter, x);
  }

  @Override
  public void setTimestamp(int parameter, Timestamp x) throws SQLException {
    set(parameter, x);
  }

  /** A Timestamp is an instant, which no calendar changes. */
  @Override
  public void setTimestamp(int parameter, Timestamp x, Calendar calendar) throws SQLException {
    set(parameter, x);
  }

  @Override
  public void setObject(int parameter, Object x) throws SQLException {
    set(parameter, x);
  }

  @Override
  public void setObject(int parameter, Object x, int targetSqlType) throws SQLException {
    set(parameter, x);
  }

  @Override
  public void setObject(int parameter, Object x, int targetSqlType, int scale) throws SQLException {
    set(parameter, x);
  }
}
