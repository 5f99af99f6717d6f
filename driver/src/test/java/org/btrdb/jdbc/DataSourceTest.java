package org.btrdb.jdbc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import java.beans.Introspector;
import java.beans.PropertyDescriptor;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.RejectedExecutionException;
import java.util.function.Function;
import java.util.stream.Collectors;
import javax.sql.ConnectionEvent;
import javax.sql.ConnectionEventListener;
import javax.sql.PooledConnection;
import javax.sql.StatementEvent;
import javax.sql.StatementEventListener;
import org.btrdb.embedded.server.BtrdbServer;
import org.btrdb.embedded.server.ServerOptions;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DataSourceTest {
  private final TestData data = new TestData();

  @BeforeEach
  void fill() {
    data.ramp("a", "r", 3);
  }

  @AfterEach
  void close() {
    data.close();
  }

  private static long rows(Connection connection) throws SQLException {
    try (Statement statement = connection.createStatement();
        ResultSet result = statement.executeQuery("SELECT COUNT(*) FROM r")) {
      assertThat(result.next()).isTrue();
      return result.getLong(1);
    }
  }

  /** Every property is a bean property; secrets cannot be read. */
  @Test
  void everyPropertyOfAConnectionIsOneOfTheBean() throws Exception {
    for (Class<?> type : List.of(BtrdbDataSource.class, BtrdbConnectionPoolDataSource.class)) {
      Object bean = type.getConstructor().newInstance();
      Map<String, PropertyDescriptor> properties =
          Arrays.stream(Introspector.getBeanInfo(type).getPropertyDescriptors())
              .collect(Collectors.toMap(PropertyDescriptor::getName, Function.identity()));
      for (BtrdbProperty property : BtrdbProperty.values()) {
        String name = Introspector.decapitalize(capitalized(property.key()));
        assertThat(properties).containsKey(name);
        PropertyDescriptor descriptor = java.util.Objects.requireNonNull(properties.get(name));
        assertThat(descriptor.getWriteMethod()).as(name).isNotNull();
        assertThat(descriptor.getReadMethod() == null).as(name).isEqualTo(property.isSecret());
        if (!property.isSecret()) {
          Object value = descriptor.getReadMethod().invoke(bean);
          assertThat(String.valueOf(value)).as(name).isEqualTo(property.defaultValue());
          descriptor.getWriteMethod().invoke(bean, value);
        }
      }
    }
  }

  private static String capitalized(String key) {
    return Character.toUpperCase(key.charAt(0)) + key.substring(1);
  }

  @Test
  void connectsWithWhatItsPropertiesSay() throws SQLException {
    BtrdbDataSource source = new BtrdbDataSource();
    source.setUrl(data.url());
    source.setSchema("a");
    try (Connection connection = source.getConnection()) {
      assertThat(rows(connection)).isEqualTo(3);
    }
    try (Connection connection = source.getConnection("joe", "s3cret")) {
      assertThat(rows(connection)).isEqualTo(3);
    }
    assertThat(source.unwrap(BtrdbDataSource.class)).isSameAs(source);
    assertThat(source.isWrapperFor(String.class)).isFalse();
  }

  /** Whoever names a key gets the rights of that key, whatever key the bean or its URL has. */
  @Test
  void thePasswordOfACallIsTheKeyThatIsSent(@TempDir Path dir) throws Exception {
    String right = "CD8DB947787AC32C197C5976";
    Path keys = dir.resolve("keys.yaml");
    Files.createFile(
        keys, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
    Files.writeString(keys, "users:\n  joe:\n    keys: [" + right + "]\n    read: [a]\n");
    ServerOptions options = ServerOptions.at(BtrdbServer.LOOPBACK, 0).withKeys(keys);
    try (BtrdbServer server = BtrdbServer.start(data.btrdb(), options)) {
      String url = "jdbc:btrdb://" + BtrdbServer.LOOPBACK + ":" + server.port() + "/a";
      BtrdbDataSource bean = new BtrdbDataSource();
      bean.setUrl(url);
      bean.setApiKey(right);
      BtrdbDataSource inUrl = new BtrdbDataSource();
      inUrl.setUrl(url + "?user=bean&apiKey=" + right);
      BtrdbDataSource password = new BtrdbDataSource();
      password.setUrl(url + "?password=" + right);
      for (BtrdbDataSource source : List.of(bean, inUrl, password)) {
        for (Connection connection :
            List.of(source.getConnection(), source.getConnection("joe", right))) {
          assertThat(rows(connection)).isEqualTo(3);
          connection.close();
        }
        assertThatExceptionOfType(SQLException.class)
            .isThrownBy(
                () -> {
                  try (Connection connection = source.getConnection("joe", "0123456789ABCDEF")) {
                    rows(connection);
                  }
                })
            .satisfies(e -> assertThat(e.getSQLState()).isEqualTo("28000"));
      }
      try (Connection connection = inUrl.getConnection("joe", right)) {
        assertThat(connection.getMetaData().getUserName()).isEqualTo("joe");
      }
    }
  }

  @Test
  void secretsAreNotShown() throws SQLException {
    BtrdbDataSource source = new BtrdbDataSource();
    source.setUrl("jdbc:other:db?apiKey=s3cret");
    source.setPassword("s3cret");
    assertThat(source.toString() + source.getUrl()).doesNotContain("s3cret");
    assertThatExceptionOfType(SQLException.class)
        .isThrownBy(source::getConnection)
        .satisfies(e -> assertThat(e.getMessage()).doesNotContain("s3cret"));
  }

  @Test
  void withoutUrlItConnectsNowhere() {
    BtrdbDataSource source = new BtrdbDataSource();
    source.setUrl(null);
    assertThat(source.getUrl()).isNull();
    assertThat(source.toString()).isEqualTo("BtrdbDataSource[null]");
    assertThatExceptionOfType(SQLException.class)
        .isThrownBy(source::getConnection)
        .withMessage("the url of the data source is null")
        .satisfies(e -> assertThat(e.getSQLState()).isEqualTo("08001"));
  }

  @Test
  void theLongestLoginTimeoutIsTaken() throws SQLException {
    try (BtrdbServer server = BtrdbServer.start(data.btrdb(), BtrdbServer.LOOPBACK, 0)) {
      BtrdbDataSource source = new BtrdbDataSource();
      source.setUrl("jdbc:btrdb://" + BtrdbServer.LOOPBACK + ":" + server.port() + "/a");
      DriverManager.setLoginTimeout(Integer.MAX_VALUE);
      try (Connection connection = source.getConnection()) {
        assertThat(rows(connection)).isEqualTo(3);
      } finally {
        DriverManager.setLoginTimeout(0);
      }
      source.setLoginTimeout(Integer.MAX_VALUE);
      try (Connection connection = source.getConnection()) {
        assertThat(rows(connection)).isEqualTo(3);
      }
    }
  }

  @Test
  void hikariTakesItByItsClassName() throws SQLException {
    HikariConfig config = new HikariConfig();
    config.setDataSourceClassName(BtrdbDataSource.class.getName());
    config.addDataSourceProperty("url", data.url());
    config.addDataSourceProperty("schema", "a");
    config.addDataSourceProperty("queryTimeout", "30");
    config.addDataSourceProperty("fullScan", true);
    try (HikariDataSource pool = new HikariDataSource(config);
        Connection connection = pool.getConnection()) {
      assertThat(rows(connection)).isEqualTo(3);
    }
  }

  /** What a pool was told. */
  private static class Told implements ConnectionEventListener, StatementEventListener {
    private final List<String> events = new ArrayList<>();
    private final List<PreparedStatement> statements = new ArrayList<>();

    @Override
    public void statementClosed(StatementEvent event) {
      events.add("statement closed");
      statements.add(event.getStatement());
    }

    @Override
    public void statementErrorOccurred(StatementEvent event) {
      events.add("statement error " + event.getSQLException().getSQLState());
    }

    @Override
    public void connectionClosed(ConnectionEvent event) {
      events.add("closed");
    }

    @Override
    public void connectionErrorOccurred(ConnectionEvent event) {
      events.add("error " + event.getSQLException().getSQLState());
    }
  }

  private PooledConnection pooled() throws SQLException {
    BtrdbConnectionPoolDataSource source = new BtrdbConnectionPoolDataSource();
    source.setUrl(data.url());
    source.setSchema("a");
    return source.getPooledConnection();
  }

  private PooledConnection pooled(Told told) throws SQLException {
    PooledConnection pooled = pooled();
    pooled.addConnectionEventListener(told);
    return pooled;
  }

  @Test
  void handlesBeginAnewOnOnePhysicalConnection() throws SQLException {
    PooledConnection pooled = pooled();
    Told told = new Told();
    pooled.addConnectionEventListener(told);
    Connection first = pooled.getConnection();
    BtrdbConnection borrowed = first.unwrap(BtrdbConnection.class);
    first.setSchema("elsewhere");
    first.setReadOnly(true);
    first.setAutoCommit(false);
    Statement left = first.createStatement();
    first.close();
    first.close();
    assertThat(told.events).containsExactly("closed");
    assertThat(left.isClosed()).isTrue();
    assertThat(first.isClosed()).isTrue();
    assertThat(first.isValid(1)).isFalse();
    assertThatExceptionOfType(SQLException.class)
        .isThrownBy(first::createStatement)
        .satisfies(e -> assertThat(e.getSQLState()).isEqualTo("08003"));

    Connection second = pooled.getConnection();
    assertThat(second.unwrap(BtrdbConnection.class).btrdb()).isSameAs(borrowed.btrdb());
    assertThat(second.unwrap(BtrdbConnection.class).session()).isSameAs(borrowed.session());
    assertThat(second.getAutoCommit()).isTrue();
    assertThat(second.isReadOnly()).isFalse();
    assertThat(rows(second)).isEqualTo(3);

    Connection third = pooled.getConnection();
    assertThat(second.isClosed()).isTrue();
    assertThat(rows(third)).isEqualTo(3);
    assertThat(told.events).containsExactly("closed");
    pooled.close();
    assertThat(third.isClosed()).isTrue();
    assertThatExceptionOfType(SQLException.class)
        .isThrownBy(third::createStatement)
        .satisfies(e -> assertThat(e.getSQLState()).isEqualTo("08003"));
    third.close();
    assertThat(told.events).containsExactly("closed"); // what the pool closed itself is no news
    assertThatExceptionOfType(SQLException.class)
        .isThrownBy(pooled::getConnection)
        .satisfies(e -> assertThat(e.getSQLState()).isEqualTo("08003"));
  }

  /** Nothing that a borrower can reach leads past what was lent. */
  @Test
  void whatIsMadeOfAHandleNamesTheHandle() throws SQLException {
    PooledConnection pooled = pooled();
    try (Connection handle = pooled.getConnection();
        Statement statement = handle.createStatement();
        PreparedStatement prepared = handle.prepareStatement("SELECT value FROM r");
        ResultSet rows = prepared.executeQuery()) {
      assertThat(statement.getConnection()).isSameAs(handle);
      assertThat(prepared.getConnection()).isSameAs(handle);
      assertThat(rows.getStatement().getConnection()).isSameAs(handle);
      assertThat(handle.getMetaData().getConnection()).isSameAs(handle);
      statement.getConnection().close();
      assertThat(handle.isClosed()).isTrue();
      assertThat(rows.isClosed()).isTrue();
    }
    try (Connection next = pooled.getConnection()) {
      assertThat(rows(next)).isEqualTo(3);
    }
    pooled.close();
  }

  /** A call, on a handle whose server is gone. */
  @FunctionalInterface
  private interface Call {
    void on(Connection handle) throws SQLException;
  }

  @Test
  void thePoolIsToldWhateverMeetsADeadServer() throws SQLException {
    Map<String, Call> calls =
        Map.of(
            "statement", handle -> handle.createStatement().executeQuery("SELECT * FROM r"),
            "prepare", handle -> handle.prepareStatement("SELECT value, time FROM r"),
            "metadata", handle -> handle.getMetaData().getSchemas().next());
    for (Map.Entry<String, Call> call : calls.entrySet()) {
      Told told = new Told();
      BtrdbServer server = BtrdbServer.start(data.btrdb(), BtrdbServer.LOOPBACK, 0);
      PooledConnection pooled = pooledOver(server, told);
      Connection handle = pooled.getConnection();
      server.close();
      assertThatExceptionOfType(SQLException.class)
          .as(call.getKey())
          .isThrownBy(() -> call.getValue().on(handle))
          .satisfies(e -> assertThat(e.getSQLState()).startsWith("08"));
      assertThat(told.events)
          .as(call.getKey())
          .isNotEmpty()
          .allMatch(e -> e.startsWith("error 08"));
      pooled.close();
    }
  }

  @Test
  void thePoolIsToldOfAResultWhoseServerDies() throws SQLException {
    data.ramp("a", "long", 3_000_000);
    Told told = new Told();
    BtrdbServer server = BtrdbServer.start(data.btrdb(), BtrdbServer.LOOPBACK, 0);
    PooledConnection pooled = pooledOver(server, told);
    PreparedStatement statement =
        pooled.getConnection().prepareStatement("SELECT * FROM \"a\".\"long\"");
    ResultSet rows = statement.executeQuery();
    assertThat(rows.next()).isTrue();
    server.close();
    assertThatExceptionOfType(SQLException.class)
        .isThrownBy(
            () -> {
              while (rows.next()) {
                assertThat(rows.getLong(1)).isNotNegative();
              }
            })
        .satisfies(e -> assertThat(e.getSQLState()).startsWith("08"));
    assertThat(told.events).containsExactly("statement error 08006", "error 08006");
    pooled.close();
    assertThat(told.events).last().isEqualTo("statement closed");
  }

  /** Closing a result under its reader, over gRPC too, leaves the connection as good as it was. */
  @Test
  void thePoolKeepsAConnectionWhoseResultAnotherThreadCloses() throws Exception {
    data.ramp("a", "long", 1_000_000);
    Told told = new Told();
    try (BtrdbServer server = BtrdbServer.start(data.btrdb(), BtrdbServer.LOOPBACK, 0)) {
      PooledConnection pooled = pooledOver(server, told);
      Connection handle = pooled.getConnection();
      for (int i = 0; i < 30; i++) {
        Statement statement = handle.createStatement();
        ResultSet rows = statement.executeQuery("SELECT time, value FROM \"a\".\"long\"");
        CountDownLatch begun = new CountDownLatch(1);
        CompletableFuture<String> state =
            CompletableFuture.supplyAsync(() -> stateThatEnds(rows, begun));
        begun.await();
        if (i % 2 == 0) {
          rows.close();
        } else {
          statement.close();
        }
        assertThat(state.get()).isIn("24000", "57014");
      }
      assertThat(told.events).isEmpty();
      assertThat(handle.isValid(1)).isTrue();
      pooled.close();
    }
  }

  private static String stateThatEnds(ResultSet rows, CountDownLatch begun) {
    try {
      for (int row = 0; rows.next(); row++) {
        rows.getDouble(2);
        if (row == 1_000) {
          begun.countDown();
        }
      }
      return "all rows";
    } catch (SQLException e) {
      return e.getSQLState();
    } finally {
      begun.countDown();
    }
  }

  private PooledConnection pooledOver(BtrdbServer server, Told told) throws SQLException {
    BtrdbConnectionPoolDataSource source = new BtrdbConnectionPoolDataSource();
    source.setUrl("jdbc:btrdb://" + BtrdbServer.LOOPBACK + ":" + server.port());
    source.setSchema("a");
    source.setRetryTimeout(0);
    PooledConnection pooled = source.getPooledConnection();
    pooled.addConnectionEventListener(told);
    pooled.addStatementEventListener(told);
    return pooled;
  }

  @Test
  void aTimeoutOfTheNetworkEndsWhatIsBehindTheHandle() throws SQLException {
    Told told = new Told();
    PooledConnection pooled = pooled(told);
    Connection handle = pooled.getConnection();
    data.ramp("a", "many", 3_000);
    handle.setNetworkTimeout(Runnable::run, 50);
    assertThatExceptionOfType(SQLException.class)
        .isThrownBy(
            () ->
                handle
                    .createStatement()
                    .executeQuery(
                        "SELECT COUNT(*) FROM many x, many y, many z WHERE x.value + y.value + z.value > 7")
                    .next())
        .satisfies(e -> assertThat(e.getSQLState()).isEqualTo("08006"));
    assertThat(told.events).containsExactly("error 08006");
    handle.close();
    assertThat(told.events).containsExactly("error 08006");
    assertThatExceptionOfType(SQLException.class)
        .isThrownBy(pooled::getConnection)
        .satisfies(e -> assertThat(e.getSQLState()).isEqualTo("08003"));
    pooled.close();
  }

  /** A statement that its own borrower cuts short by closing the handle is no failure. */
  @Test
  void aHandleThatIsClosedWhileItReadsIsLentAgain() throws Exception {
    Told told = new Told();
    PooledConnection pooled = pooled(told);
    data.ramp("a", "many", 3_000);
    for (int i = 0; i < 20; i++) {
      Connection handle = pooled.getConnection();
      ResultSet rows =
          handle
              .createStatement()
              .executeQuery(
                  "SELECT COUNT(*) FROM many x, many y, many z"
                      + " WHERE x.value + y.value + z.value > 7");
      CompletableFuture<Void> closing =
          CompletableFuture.runAsync(
              () -> {
                try {
                  handle.close();
                } catch (SQLException e) {
                  throw new IllegalStateException(e);
                }
              });
      assertThatExceptionOfType(SQLException.class)
          .isThrownBy(rows::next)
          .satisfies(e -> assertThat(e.getSQLState()).isIn("08003", "24000", "57014"));
      closing.join();
    }
    assertThat(told.events).hasSize(20).containsOnly("closed");
    pooled.close();
  }

  @Test
  void whatMeetsAHandleThatIsJustBeingClosedIsNoFailure() throws SQLException {
    Told told = new Told();
    PooledConnection pooled = pooled(told);
    Connection handle = pooled.getConnection();
    List<String> met = new ArrayList<>();
    pooled.addStatementEventListener(
        new Told() {
          @Override
          public void statementClosed(StatementEvent event) {
            try {
              met.add(handle.getSchema());
            } catch (SQLException e) {
              met.add(e.getSQLState());
            }
          }
        });
    handle.prepareStatement("SELECT * FROM r");
    handle.close();
    assertThat(met).containsExactly("08003");
    assertThat(told.events).containsExactly("closed");
    assertThat(rows(pooled.getConnection())).isEqualTo(3);
    pooled.close();
  }

  /** As when one thread closes the handle before the other sees its call fail. */
  @Test
  void aHandleThatEndedBeforeItIsClosedIsNotLentAgain() throws SQLException {
    Told told = new Told();
    PooledConnection pooled = pooled(told);
    Connection handle = pooled.getConnection();
    handle.unwrap(BtrdbConnection.class).markDead();
    handle.close();
    assertThat(told.events).containsExactly("error 08003");
    assertThatExceptionOfType(SQLException.class)
        .isThrownBy(pooled::getConnection)
        .satisfies(e -> assertThat(e.getSQLState()).isEqualTo("08003"));
    pooled.close();
  }

  @Test
  void anAbortedHandleIsNotLentAgain() throws SQLException {
    Told told = new Told();
    PooledConnection pooled = pooled(told);
    pooled.getConnection().abort(Runnable::run);
    assertThat(told.events).containsExactly("error 08003");
    assertThatExceptionOfType(SQLException.class)
        .isThrownBy(pooled::getConnection)
        .satisfies(e -> assertThat(e.getSQLState()).isEqualTo("08003"));
    pooled.close();
  }

  @Test
  void abortingEndsTheConnectionThoughItsExecutorRefuses() throws SQLException {
    Connection connection = data.connect();
    assertThatExceptionOfType(SQLException.class)
        .isThrownBy(
            () ->
                connection.abort(
                    work -> {
                      throw new RejectedExecutionException("full");
                    }))
        .withMessageContaining("full");
    assertThat(connection.isClosed()).isTrue();
  }

  @Test
  void thePoolIsToldOfClosedPreparedStatements() throws SQLException {
    Told told = new Told();
    PooledConnection pooled = pooled();
    pooled.addStatementEventListener(told);
    Connection handle = pooled.getConnection();
    PreparedStatement closed = handle.prepareStatement("SELECT * FROM r");
    closed.close();
    closed.close();
    assertThat(told.events).containsExactly("statement closed");
    assertThat(told.statements).containsExactly(closed);
    PreparedStatement left = handle.prepareStatement("SELECT * FROM r");
    handle.createStatement().close();
    handle.close();
    assertThat(told.statements).containsExactly(closed, left);
    pooled.removeStatementEventListener(told);
    pooled.getConnection().prepareStatement("SELECT * FROM r").close();
    assertThat(told.events).hasSize(2);
    pooled.close();
  }
}
