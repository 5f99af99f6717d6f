package org.btrdb.jdbc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.SQLTimeoutException;
import java.sql.Statement;
import java.time.Instant;
import java.util.UUID;
import org.btrdb.embedded.server.BtrdbServer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A result without an end, in the process and over gRPC. */
@Timeout(60)
class LiveResultTest {
  private final TestData data = new TestData();
  private final UUID uuid = data.ramp("c", "s", 10);
  private BtrdbServer server;

  @BeforeEach
  void start() {
    server = BtrdbServer.start(data.btrdb(), BtrdbServer.LOOPBACK, 0);
  }

  @AfterEach
  void close() {
    server.close();
    data.close();
  }

  private Connection connect(boolean isRemote) throws SQLException {
    return DriverManager.getConnection(
        isRemote ? "jdbc:btrdb://" + BtrdbServer.LOOPBACK + ":" + server.port() : data.url());
  }

  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void rowsComeAsTheyAreInserted(boolean isRemote) throws SQLException {
    try (Connection connection = connect(isRemote);
        Statement statement = connection.createStatement();
        ResultSet result = statement.executeQuery("SELECT STREAM time, value FROM c.s")) {
      for (int i = 0; i < 1_000; i++) {
        data.insert(uuid, new long[] {1_700_000_000_000_000_000L + i}, new double[] {i});
        assertThat(result.next()).isTrue();
        assertThat(result.getObject("time", Instant.class))
            .isEqualTo(Instant.ofEpochSecond(1_700_000_000L, i));
        assertThat(result.getDouble("value")).isEqualTo(i);
      }
    }
  }

  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void maxRowsAndOtherStatementsOfTheConnection(boolean isRemote) throws SQLException {
    try (Connection connection = connect(isRemote);
        Statement statement = connection.createStatement();
        Statement other = connection.createStatement()) {
      statement.setMaxRows(3);
      try (ResultSet live = statement.executeQuery("SELECT STREAM value FROM c.s")) {
        assertThat(
                other.executeUpdate(
                    "INSERT INTO c.s VALUES (FROM_NANOS(1), 1), (FROM_NANOS(2), 2), (FROM_NANOS(3), 3), (FROM_NANOS(4), 4)"))
            .isEqualTo(4);
        int rows = 0;
        while (live.next()) {
          assertThat(live.getDouble(1)).isEqualTo(++rows);
        }
        assertThat(rows).isEqualTo(3);
      }
    }
  }

  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void queryTimeoutEndsTheWait(boolean isRemote) throws SQLException {
    try (Connection connection = connect(isRemote);
        Statement statement = connection.createStatement()) {
      statement.setQueryTimeout(1);
      assertThatExceptionOfType(SQLTimeoutException.class)
          .isThrownBy(
              () -> {
                try (ResultSet live = statement.executeQuery("SELECT STREAM value FROM c.s")) {
                  live.next();
                }
              })
          .satisfies(e -> assertThat(e.getSQLState()).isEqualTo("57014"));
    }
  }

  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void cancelEndsTheWaitAndTheStatementCanBeUsedAgain(boolean isRemote) throws Exception {
    try (Connection connection = connect(isRemote);
        Statement statement = connection.createStatement()) {
      ResultSet live = statement.executeQuery("SELECT STREAM value FROM c.s");
      Thread canceller =
          new Thread(
              () -> {
                try {
                  statement.cancel();
                } catch (SQLException e) {
                  throw new AssertionError(e);
                }
              });
      canceller.start();
      assertThatExceptionOfType(SQLException.class)
          .isThrownBy(live::next)
          .satisfies(e -> assertThat(e.getSQLState()).isEqualTo("57014"));
      canceller.join();
      try (ResultSet count = statement.executeQuery("SELECT COUNT(*) FROM c.s")) {
        assertThat(count.next()).isTrue();
        assertThat(count.getLong(1)).isEqualTo(10);
      }
    }
  }
}
