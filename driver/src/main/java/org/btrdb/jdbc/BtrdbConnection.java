package org.btrdb.jdbc;

import java.sql.Array;
import java.sql.Blob;
import java.sql.CallableStatement;
import java.sql.ClientInfoStatus;
import java.sql.Clob;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.NClob;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLClientInfoException;
import java.sql.SQLException;
import java.sql.SQLWarning;
import java.sql.SQLXML;
import java.sql.Savepoint;
import java.sql.ShardingKey;
import java.sql.Statement;
import java.sql.Struct;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Properties;
import java.util.Set;
import java.util.TimeZone;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.apache.calcite.avatica.AvaticaConnection;
import org.apache.calcite.avatica.AvaticaFactory;
import org.apache.calcite.avatica.AvaticaStatement;
import org.apache.calcite.avatica.ConnectionConfig;
import org.apache.calcite.avatica.ConnectionConfigImpl;
import org.apache.calcite.avatica.UnregisteredDriver;
import org.btrdb.client.Btrdb;
import org.btrdb.client.CallScope;
import org.btrdb.client.error.BtrdbException;
import org.btrdb.client.error.ErrorCode;
import org.btrdb.client.model.MergePolicy;
import org.btrdb.client.spi.BtrdbConnector;
import org.btrdb.sql.Consistency;
import org.btrdb.sql.PlannerWarmUp;
import org.btrdb.sql.PreparedSql;
import org.btrdb.sql.SessionOptions;
import org.btrdb.sql.SqlSession;
import org.btrdb.sql.catalog.SchemaNames;
import org.jspecify.annotations.Nullable;

/**
 * A connection: owns its {@link Btrdb} and closes it, after its statements and their results. One
 * that was lent by a pool leaves it to its lender.
 *
 * <p>BTrDB has no transactions: every statement is durable when it returns. Turning autocommit off
 * and committing are therefore harmless; a rollback that came too late leaves a warning.
 */
final class BtrdbConnection extends AvaticaConnection {
  private static final String APPLICATION_NAME = "ApplicationName";

  /** Characters of a client info's value. */
  static final int MAX_CLIENT_INFO_LENGTH = 255;

  private static final ConnectionConfig NOTHING_FOR_AVATICA =
      new ConnectionConfigImpl(new Properties());

  private final BtrdbUrl url;
  private final Btrdb btrdb;
  private final SqlSession session;
  private final @Nullable ConnectionLender lender;
  private final Set<CallScope> calls = ConcurrentHashMap.newKeySet();
  private final Properties clientInfo = new Properties();
  private final AtomicBoolean closed = new AtomicBoolean();
  private final AtomicBoolean released = new AtomicBoolean();
  private volatile boolean dead;
  private volatile String schema;
  private volatile boolean autoCommit = true;
  private volatile boolean readOnly;
  private volatile boolean updatedSinceCommit;
  private volatile int networkTimeoutMillis;
  private @Nullable SQLWarning warnings;

  private BtrdbConnection(
      UnregisteredDriver driver,
      AvaticaFactory factory,
      BtrdbUrl url,
      Btrdb btrdb,
      SqlSession session,
      @Nullable ConnectionLender lender) {
    // Avatica gets neither URL nor properties: it would keep secrets in public places.
    super(driver, factory, url.display(), new Properties());
    this.url = url;
    this.btrdb = btrdb;
    this.session = session;
    this.lender = lender;
    this.schema = url.get(BtrdbProperty.SCHEMA);
    String application = url.get(BtrdbProperty.APPLICATION_NAME);
    if (!application.isEmpty()) {
      clientInfo.setProperty(APPLICATION_NAME, application);
    }
  }

  /** Opens what a URL names. */
  static BtrdbConnection open(UnregisteredDriver driver, AvaticaFactory factory, BtrdbUrl url)
      throws SQLException {
    Map<String, String> options = url.options();
    int loginTimeoutSeconds = DriverManager.getLoginTimeout();
    if (loginTimeoutSeconds > 0) {
      options.putIfAbsent(
          BtrdbProperty.CONNECT_TIMEOUT.key(),
          Long.toString(TimeUnit.SECONDS.toMillis(loginTimeoutSeconds)));
    }
    if (url.flag(BtrdbProperty.WARM_UP)) {
      PlannerWarmUp.start();
    }
    Btrdb btrdb = null;
    try {
      btrdb = BtrdbConnector.open(url.scheme(), url.target(), options);
      SqlSession session = SqlSession.over(btrdb, sessionOptions(url));
      return new BtrdbConnection(driver, factory, url, btrdb, session, null);
    } catch (RuntimeException e) {
      if (btrdb != null) {
        btrdb.close();
      }
      throw SqlErrors.of(e);
    }
  }

  /** A connection in its first state over the same BTrDB and session, which stay this one's. */
  BtrdbConnection lent(ConnectionLender to) {
    return new BtrdbConnection(driver, factory, url, btrdb, session, to);
  }

  private static SessionOptions sessionOptions(BtrdbUrl url) {
    long maxHeldBytes = url.bytes(BtrdbProperty.MAX_HELD_BYTES);
    return SessionOptions.DEFAULT
        .withMaxHeldBytes(maxHeldBytes == 0 ? SessionOptions.DEFAULT_MAX_HELD_BYTES : maxHeldBytes)
        .withMergePolicy(
            MergePolicy.valueOf(url.get(BtrdbProperty.MERGE_POLICY).toUpperCase(Locale.ROOT)))
        .withConsistency(
            Consistency.valueOf(url.get(BtrdbProperty.CONSISTENCY).toUpperCase(Locale.ROOT)))
        .withFullScan(url.flag(BtrdbProperty.FULL_SCAN))
        .withNameLifetime(Duration.ofSeconds(url.number(BtrdbProperty.NAME_LIFETIME)))
        .withSchemaNames(
            new SchemaNames(
                url.get(BtrdbProperty.WIDE_SCHEMA),
                url.get(BtrdbProperty.TALL_SCHEMA),
                url.get(BtrdbProperty.UUID_SCHEMA),
                url.get(BtrdbProperty.SYSTEM_SCHEMA)))
        .withMaxPlans(url.number(BtrdbProperty.MAX_PLANS));
  }

  // What statements and metadata need.

  SqlSession session() {
    return session;
  }

  Btrdb btrdb() {
    return btrdb;
  }

  BtrdbUrl url() {
    return url;
  }

  UnregisteredDriver driver() {
    return driver;
  }

  int defaultQueryTimeoutSeconds() {
    // Avatica's constructor makes no statement, so the URL is there.
    return url.number(BtrdbProperty.QUERY_TIMEOUT);
  }

  int networkTimeoutMillis() {
    return networkTimeoutMillis;
  }

  /** Parses and plans a statement, names looked up from this connection's schema. */
  PreparedSql prepare(String sql, CallScope scope) {
    return session.prepare(sql, schema, scope);
  }

  /** Refuses what changes data on a read-only connection. */
  void beforeUpdate() throws SQLException {
    if (readOnly) {
      throw SqlErrors.readOnly();
    }
    if (!autoCommit) {
      updatedSinceCommit = true;
    }
  }

  /** A result that no user's statement owns; closing it, or the connection, ends its calls. */
  ResultSet emptyResult(MetadataShape shape) throws SQLException {
    return result(shape, scope -> MetadataRows.of(List.of()));
  }

  /** A result of metadata calls that are made as it is read. */
  ResultSet result(MetadataShape shape, BtrdbStatement.Work<MetadataRows> rows)
      throws SQLException {
    checkOpen();
    BtrdbStatement owner = new BtrdbStatement(this, true);
    owner.closeOnCompletion();
    try {
      return owner.run(scope -> owner.show(shape.columns(), rows.in(scope)));
    } catch (SQLException e) {
      owner.close();
      throw e;
    }
  }

  /** Tells the lender of a failure that ends the connection; answers the failure. */
  SQLException failed(SQLException failure) {
    if (lender != null && isFatal(failure)) {
      lender.failed(this, failure);
    }
    return failure;
  }

  /** The same for a failure of a prepared statement. */
  SQLException failed(PreparedStatement statement, SQLException failure) {
    if (lender != null && isFatal(failure)) {
      lender.failed(statement, failure);
    }
    return failed(failure);
  }

  /** A prepared statement of this connection was closed. */
  void statementClosed(PreparedStatement statement) {
    if (lender != null) {
      lender.closed(statement);
    }
  }

  /** What a call meets when its own borrower closes the connection is nobody's business. */
  private boolean isFatal(SQLException failure) {
    String state = failure.getSQLState();
    return dead || (!closed.get() && state != null && state.startsWith("08"));
  }

  /** Whether it ended otherwise than by being closed: what is behind it is not to be lent again. */
  boolean isDead() {
    return dead;
  }

  /** Called when a call went unanswered for longer than the network timeout. */
  void markDead() {
    dead = true;
    closed.set(true);
  }

  @Override
  public ConnectionConfig config() {
    return NOTHING_FOR_AVATICA;
  }

  /** UTC, whatever the JVM's zone. */
  @Override
  public TimeZone getTimeZone() {
    return TimeZone.getTimeZone("UTC");
  }

  @Override
  protected void checkOpen() throws SQLException {
    if (closed.get()) {
      throw failed(SqlErrors.closed("connection"));
    }
  }

  // Closing.

  @Override
  public void close() throws SQLException {
    closed.set(true);
    release();
  }

  @Override
  public boolean isClosed() {
    return closed.get();
  }

  /** Ends all calls at once; what is left is released by the executor. */
  @Override
  public void abort(Executor executor) throws SQLException {
    if (executor == null) {
      throw SqlErrors.invalidArgument("abort needs an executor");
    }
    markDead();
    endCalls();
    if (lender != null) {
      lender.failed(this, SqlErrors.closed("connection")); // whatever made it hang may do so again
    }
    executor.execute(
        () -> {
          try {
            release();
          } catch (SQLException e) {
            System.getLogger("org.btrdb.jdbc")
                .log(System.Logger.Level.DEBUG, "abort: {0}", e.getMessage());
          }
        });
  }

  /** Ends all calls, from any thread, without waiting for them. */
  void endCalls() {
    calls.forEach(CallScope::cancel);
    statementMap.values().forEach(statement -> ((BtrdbStatement) statement).endCalls());
  }

  private void release() throws SQLException {
    if (!released.compareAndSet(false, true)) {
      return;
    }
    endCalls();
    SQLException failure = null;
    try {
      closeStatements();
    } catch (SQLException e) {
      failure = e;
    }
    if (lender != null) {
      lender.closed(this);
    } else {
      try {
        btrdb.close();
      } catch (RuntimeException e) {
        failure = SqlErrors.of(e);
      }
    }
    if (failure != null) {
      throw failure;
    }
  }

  /** Closes every statement; the last failure is thrown after all were tried. */
  void closeStatements() throws SQLException {
    SQLException failure = null;
    for (AvaticaStatement statement : List.copyOf(statementMap.values())) {
      try {
        statement.close();
      } catch (SQLException e) {
        failure = e;
      }
    }
    if (failure != null) {
      throw failure;
    }
  }

  /** Asks the server for a stream that cannot exist, in one small call, and takes any answer. */
  @Override
  public boolean isValid(int timeoutSeconds) throws SQLException {
    StatementChecks.notNegative("timeout", timeoutSeconds);
    if (closed.get()) {
      return false;
    }
    long millis = TimeUnit.SECONDS.toMillis(timeoutSeconds);
    if (networkTimeoutMillis > 0) {
      millis = millis == 0 ? networkTimeoutMillis : Math.min(millis, networkTimeoutMillis);
    }
    CallScope scope =
        millis == 0 ? CallScope.unbounded() : CallScope.withTimeout(Duration.ofMillis(millis));
    calls.add(scope);
    try {
      btrdb.stream(new java.util.UUID(0, 0), scope);
      return true;
    } catch (BtrdbException e) {
      // Whoever may not read everywhere is not told what does not exist.
      return e.code() == ErrorCode.NO_SUCH_STREAM || e.code() == ErrorCode.PERMISSION_DENIED;
    } finally {
      calls.remove(scope);
    }
  }

  // Statements.

  @Override
  public AvaticaStatement createStatement() throws SQLException {
    checkOpen();
    return new BtrdbStatement(this);
  }

  @Override
  public Statement createStatement(int type, int concurrency) throws SQLException {
    return createStatement(type, concurrency, ResultSet.HOLD_CURSORS_OVER_COMMIT);
  }

  /** Always forward-only and read-only, with a warning if something else was asked for. */
  @Override
  public AvaticaStatement createStatement(int type, int concurrency, int holdability)
      throws SQLException {
    checkOpen();
    checkResultForm(type, concurrency, holdability);
    return new BtrdbStatement(this);
  }

  @Override
  public PreparedStatement prepareStatement(String sql) throws SQLException {
    checkOpen();
    if (sql == null) {
      throw SqlErrors.invalidArgument("SQL is null");
    }
    int seconds = defaultQueryTimeoutSeconds();
    CallScope scope =
        seconds == 0 ? CallScope.unbounded() : CallScope.withTimeout(Duration.ofSeconds(seconds));
    calls.add(scope);
    NetworkWatch watch = NetworkWatch.over(this, scope, networkTimeoutMillis);
    try {
      return new BtrdbPreparedStatement(this, prepare(sql, scope));
    } catch (RuntimeException e) {
      throw failed(watch.explain(e));
    } finally {
      watch.finish();
      calls.remove(scope);
    }
  }

  @Override
  public PreparedStatement prepareStatement(String sql, int type, int concurrency)
      throws SQLException {
    return prepareStatement(sql, type, concurrency, ResultSet.HOLD_CURSORS_OVER_COMMIT);
  }

  @Override
  public PreparedStatement prepareStatement(String sql, int type, int concurrency, int holdability)
      throws SQLException {
    checkOpen();
    checkResultForm(type, concurrency, holdability);
    return prepareStatement(sql);
  }

  /** BTrDB generates no keys; asking for them gives an empty result. */
  @Override
  public PreparedStatement prepareStatement(String sql, int generatedKeys) throws SQLException {
    return prepareStatement(sql);
  }

  @Override
  public PreparedStatement prepareStatement(String sql, int[] keyColumns) throws SQLException {
    return prepareStatement(sql);
  }

  @Override
  public PreparedStatement prepareStatement(String sql, String[] keyColumns) throws SQLException {
    return prepareStatement(sql);
  }

  private void checkResultForm(int type, int concurrency, int holdability) throws SQLException {
    boolean known =
        (type == ResultSet.TYPE_FORWARD_ONLY
                || type == ResultSet.TYPE_SCROLL_INSENSITIVE
                || type == ResultSet.TYPE_SCROLL_SENSITIVE)
            && (concurrency == ResultSet.CONCUR_READ_ONLY
                || concurrency == ResultSet.CONCUR_UPDATABLE);
    if (!known) {
      throw SqlErrors.invalidArgument(
          "no result set type and concurrency: " + type + ", " + concurrency);
    }
    checkHoldability(holdability);
    if (type != ResultSet.TYPE_FORWARD_ONLY || concurrency != ResultSet.CONCUR_READ_ONLY) {
      warn("results are forward-only and read-only", SqlErrors.OPTION_CHANGED);
    }
  }

  private static void checkHoldability(int holdability) throws SQLException {
    if (holdability == ResultSet.CLOSE_CURSORS_AT_COMMIT) {
      throw SqlErrors.unsupported("results that close at commit");
    }
    if (holdability != ResultSet.HOLD_CURSORS_OVER_COMMIT) {
      throw SqlErrors.invalidArgument("holdability " + holdability + " does not exist");
    }
  }

  /** The text itself: JDBC escapes are part of the grammar. */
  @Override
  public String nativeSQL(String sql) throws SQLException {
    checkOpen();
    return sql;
  }

  @Override
  public CallableStatement prepareCall(String sql) throws SQLException {
    throw SqlErrors.unsupported("stored procedures");
  }

  @Override
  public CallableStatement prepareCall(String sql, int type, int concurrency) throws SQLException {
    throw SqlErrors.unsupported("stored procedures");
  }

  @Override
  public CallableStatement prepareCall(String sql, int type, int concurrency, int holdability)
      throws SQLException {
    throw SqlErrors.unsupported("stored procedures");
  }

  // Transactions that are none.

  @Override
  public void setAutoCommit(boolean on) throws SQLException {
    checkOpen();
    autoCommit = on;
    updatedSinceCommit = false;
  }

  @Override
  public boolean getAutoCommit() throws SQLException {
    checkOpen();
    return autoCommit;
  }

  @Override
  public void commit() throws SQLException {
    checkOpen();
    updatedSinceCommit = false;
  }

  @Override
  public void rollback() throws SQLException {
    checkOpen();
    if (updatedSinceCommit) {
      updatedSinceCommit = false;
      warn("rollback undid nothing: BTrDB stores each statement when it returns", "01000");
    }
  }

  @Override
  public void setReadOnly(boolean on) throws SQLException {
    checkOpen();
    readOnly = on;
  }

  @Override
  public boolean isReadOnly() throws SQLException {
    checkOpen();
    return readOnly;
  }

  /** Takes every level, for pools and tools that insist, and keeps to none of them. */
  @Override
  public void setTransactionIsolation(int level) throws SQLException {
    checkOpen();
    switch (level) {
      case TRANSACTION_NONE,
          TRANSACTION_READ_UNCOMMITTED,
          TRANSACTION_READ_COMMITTED,
          TRANSACTION_REPEATABLE_READ,
          TRANSACTION_SERIALIZABLE -> {}
      default -> throw SqlErrors.invalidArgument("isolation level " + level + " does not exist");
    }
  }

  @Override
  public int getTransactionIsolation() throws SQLException {
    checkOpen();
    return Connection.TRANSACTION_NONE;
  }

  @Override
  public void setHoldability(int holdability) throws SQLException {
    checkOpen();
    checkHoldability(holdability);
  }

  @Override
  public int getHoldability() throws SQLException {
    checkOpen();
    return ResultSet.HOLD_CURSORS_OVER_COMMIT;
  }

  @Override
  public Savepoint setSavepoint() throws SQLException {
    throw SqlErrors.unsupported("savepoints");
  }

  @Override
  public Savepoint setSavepoint(String name) throws SQLException {
    throw SqlErrors.unsupported("savepoints");
  }

  @Override
  public void rollback(Savepoint savepoint) throws SQLException {
    throw SqlErrors.unsupported("savepoints");
  }

  @Override
  public void releaseSavepoint(Savepoint savepoint) throws SQLException {
    throw SqlErrors.unsupported("savepoints");
  }

  // Where names are looked up.

  /** Ignored, as java.sql wants it where there are no catalogs. */
  @Override
  public void setCatalog(@Nullable String catalog) throws SQLException {
    checkOpen();
  }

  @Override
  public @Nullable String getCatalog() throws SQLException {
    checkOpen();
    return null;
  }

  /** The collection in which one-part names are looked up; null for none. */
  @Override
  public void setSchema(@Nullable String name) throws SQLException {
    checkOpen();
    schema = name == null ? "" : name;
  }

  @Override
  public @Nullable String getSchema() throws SQLException {
    checkOpen();
    return schema.isEmpty() ? null : schema;
  }

  // Client info, warnings, timeouts.

  @Override
  public void setClientInfo(String name, @Nullable String value) throws SQLClientInfoException {
    if (closed.get()) {
      SQLException e = SqlErrors.closed("connection");
      throw new SQLClientInfoException(
          e.getMessage(),
          e.getSQLState(),
          Map.of(String.valueOf(name), ClientInfoStatus.REASON_UNKNOWN));
    }
    if (!APPLICATION_NAME.equals(name)) {
      warn("client info '" + name + "' is not known; known is " + APPLICATION_NAME, "01000");
    } else if (value == null) {
      clientInfo.remove(name);
    } else if (value.length() > MAX_CLIENT_INFO_LENGTH) {
      warn(
          "client info '" + name + "' was cut to " + MAX_CLIENT_INFO_LENGTH + " characters",
          SqlErrors.TEXT_CUT);
      clientInfo.setProperty(name, value.substring(0, MAX_CLIENT_INFO_LENGTH));
    } else {
      clientInfo.setProperty(name, value);
    }
  }

  @Override
  public void setClientInfo(@Nullable Properties given) throws SQLClientInfoException {
    Properties info = given == null ? new Properties() : given;
    if (!info.containsKey(APPLICATION_NAME)) {
      setClientInfo(APPLICATION_NAME, null);
    }
    for (String name : info.stringPropertyNames()) {
      setClientInfo(name, info.getProperty(name));
    }
  }

  @Override
  public @Nullable String getClientInfo(String name) throws SQLException {
    checkOpen();
    return name == null ? null : clientInfo.getProperty(name);
  }

  @Override
  public Properties getClientInfo() throws SQLException {
    checkOpen();
    Properties copy = new Properties();
    copy.putAll(clientInfo);
    return copy;
  }

  private synchronized void warn(String message, String state) {
    SQLWarning warning = new SQLWarning(message, state);
    if (warnings == null) {
      warnings = warning;
    } else {
      warnings.setNextWarning(warning);
    }
  }

  @Override
  public synchronized @Nullable SQLWarning getWarnings() throws SQLException {
    checkOpen();
    return warnings;
  }

  @Override
  public synchronized void clearWarnings() throws SQLException {
    checkOpen();
    warnings = null;
  }

  /** How long one call may go unanswered; the executor is not needed. */
  @Override
  public void setNetworkTimeout(@Nullable Executor executor, int millis) throws SQLException {
    checkOpen();
    networkTimeoutMillis = (int) StatementChecks.notNegative("network timeout", millis);
  }

  @Override
  public int getNetworkTimeout() throws SQLException {
    checkOpen();
    return networkTimeoutMillis;
  }

  // Types that BTrDB does not have.

  @Override
  public Map<String, Class<?>> getTypeMap() throws SQLException {
    checkOpen();
    return Map.of();
  }

  @Override
  public void setTypeMap(@Nullable Map<String, Class<?>> types) throws SQLException {
    checkOpen();
    if (types != null && !types.isEmpty()) {
      throw SqlErrors.unsupported("type maps");
    }
  }

  @Override
  public Clob createClob() throws SQLException {
    throw SqlErrors.unsupported("createClob");
  }

  @Override
  public Blob createBlob() throws SQLException {
    throw SqlErrors.unsupported("createBlob");
  }

  @Override
  public NClob createNClob() throws SQLException {
    throw SqlErrors.unsupported("createNClob");
  }

  @Override
  public SQLXML createSQLXML() throws SQLException {
    throw SqlErrors.unsupported("createSQLXML");
  }

  @Override
  public Array createArrayOf(String typeName, Object[] elements) throws SQLException {
    throw SqlErrors.unsupported("createArrayOf");
  }

  @Override
  public Struct createStruct(String typeName, Object[] attributes) throws SQLException {
    throw SqlErrors.unsupported("createStruct");
  }

  @Override
  public void setShardingKey(ShardingKey key) throws SQLException {
    throw SqlErrors.unsupported("sharding");
  }

  @Override
  public void setShardingKey(ShardingKey key, ShardingKey superKey) throws SQLException {
    throw SqlErrors.unsupported("sharding");
  }

  @Override
  public boolean setShardingKeyIfValid(ShardingKey key, int timeout) throws SQLException {
    throw SqlErrors.unsupported("sharding");
  }

  @Override
  public boolean setShardingKeyIfValid(ShardingKey key, ShardingKey superKey, int timeout)
      throws SQLException {
    throw SqlErrors.unsupported("sharding");
  }

  @Override
  public <T> T unwrap(Class<T> type) throws SQLException {
    return Wrapping.unwrap(this, type);
  }

  @Override
  public boolean isWrapperFor(Class<?> type) {
    return Wrapping.isWrapper(this, type);
  }

  /** The place without secrets. */
  @Override
  public String toString() {
    return "BtrdbConnection[" + url + "]";
  }
}
