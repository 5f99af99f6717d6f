package org.btrdb.jdbc;

import static org.assertj.core.api.Assertions.assertThat;

import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.UUID;
import org.btrdb.embedded.server.BtrdbServer;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A statement has the same rows, and makes the same calls, in the process and over gRPC. */
@Timeout(120)
class TransportsTest {
  private static final long SEED = Long.getLong("seed", new Random().nextLong());
  private static final int POINTS = 200_000;
  private static final long STEP_NANOS = 8_333_333;
  private static final long START = 1_514_764_800_000_000_000L; // 2018-01-01

  private static TestData data;
  private static BtrdbServer server;
  private static Connection inProcess;
  private static Connection remote;

  @BeforeAll
  static void fill() throws SQLException {
    data = new TestData();
    Random random = new Random(SEED);
    fill(data.stream("a", "volts"), random, 1);
    fill(data.stream("a", "amps"), random, 1);
    fill(data.stream("a", "slow"), random, 30);
    server = BtrdbServer.start(data.btrdb(), BtrdbServer.LOOPBACK, 0);
    inProcess = data.connect();
    remote =
        DriverManager.getConnection("jdbc:btrdb://" + BtrdbServer.LOOPBACK + ":" + server.port());
  }

  /** Jittered points with sags, two gaps, some times twice, and the last ones buffered. */
  private static void fill(UUID uuid, Random random, int every) {
    List<long[]> times = new ArrayList<>();
    for (int i = 0; i < POINTS; i += every) {
      boolean isGap = i > POINTS / 3 && i < POINTS / 3 + 5_000;
      if (!isGap) {
        long time = START + i * STEP_NANOS + random.nextInt(100_000);
        times.add(new long[] {time, i});
        if (random.nextInt(10_000) == 0) {
          times.add(new long[] {time, i + 1});
        }
      }
    }
    long[] at = times.stream().mapToLong(t -> t[0]).toArray();
    double[] values =
        times.stream()
            .mapToDouble(t -> t[1] % 50_000 < 20 ? 100 + t[1] % 7 : 7200 + Math.sin(t[1] / 100.0))
            .toArray();
    data.insert(uuid, at, values);
    data.btrdb().flush(uuid, org.btrdb.client.CallScope.unbounded());
    long last = START + (POINTS + 100) * STEP_NANOS;
    data.insert(uuid, new long[] {last, last + 1, last + 2}, new double[] {1, 2, 3});
  }

  @AfterAll
  static void close() throws SQLException {
    inProcess.close();
    remote.close();
    server.close();
    data.close();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "SELECT time, value FROM a.volts WHERE value < 6480",
        "SELECT time, value FROM a.volts WHERE value NOT BETWEEN 7199.5 AND 7200.5 LIMIT 1000",
        "SELECT COUNT(*) FILTER (WHERE value < 6480), COUNT(*), MIN(value) FROM a.volts",
        "SELECT COUNT(*), AVG(value), STDDEV_POP(value) FROM a.volts WHERE value > 7200.5",
        "SELECT time, value FROM a.volts ORDER BY value LIMIT 10",
        "SELECT ARG_MIN(time, value), ARG_MAX(time, value) FROM a.volts",
        "SELECT s.time FROM a.volts AS s WHERE s.value < 0.9 * (SELECT AVG(value) FROM a.volts)",
        "SELECT date_bin('1s', time), MIN(value), COUNT(*) FROM a.volts WHERE value < 6480 GROUP BY 1",
        "SELECT v.time, v.value, s.value FROM a.volts AS v LEFT ASOF JOIN a.slow AS s"
            + " MATCH_CONDITION s.time <= v.time ON TRUE LIMIT 5000",
        "SELECT /*+ CONSISTENCY(PINNED) */ COUNT(*) FROM a.volts AS a JOIN a.amps AS b ON a.time = b.time",
        "SELECT FLOOR(time TO MINUTE), AVG(value), STDDEV(value) FROM a.volts GROUP BY 1",
        "SELECT name, COUNT(*), MAX(value) FROM tall.a GROUP BY name",
        "SELECT time, volts, amps FROM wide.a LIMIT 3000",
        "SELECT time, value FROM a.volts ORDER BY time DESC LIMIT 20",
        "SELECT * FROM windows('a/volts', TIMESTAMP '2018-01-01 00:00:00', TIMESTAMP '2018-01-01"
            + " 00:20:00', INTERVAL '10' SECOND)",
        "SELECT * FROM aligned_windows('a/volts', TIMESTAMP '2018-01-01 00:00:00', TIMESTAMP"
            + " '2018-01-01 00:20:00', 33)",
        "SELECT s.name, w.* FROM btrdb.streams AS s CROSS JOIN LATERAL TABLE(windows(s.uuid, TIMESTAMP"
            + " '2018-01-01 00:00:00', TIMESTAMP '2018-01-01 00:20:00', INTERVAL '1' MINUTE)) AS w"
            + " ORDER BY s.name, w.time",
        "SELECT * FROM gaps('a/volts', TIMESTAMP '2018-01-01 00:00:00', TIMESTAMP '2018-01-01"
            + " 00:30:00', INTERVAL '1' SECOND)",
        "SELECT * FROM events('a/volts', TIMESTAMP '2018-01-01 00:00:00', TIMESTAMP '2018-01-01"
            + " 00:30:00', 'value < 6480', INTERVAL '1' SECOND)",
        "SELECT * FROM resample('a/slow', TIMESTAMP '2018-01-01 00:00:00', TIMESTAMP '2018-01-01"
            + " 00:05:00', INTERVAL '0.1' SECOND, 'linear')",
        "SELECT * FROM streamset(ARRAY['a/volts', 'a/slow'], TIMESTAMP '2018-01-01 00:00:00',"
            + " TIMESTAMP '2018-01-01 00:01:00', 33333333)",
        "SELECT date_bin_gapfill(INTERVAL '1' SECOND, time), COUNT(*), locf(AVG(value)) FROM a.volts"
            + " WHERE time >= TIMESTAMP '2018-01-01 00:00:00' AND time < TIMESTAMP '2018-01-01"
            + " 00:20:00' GROUP BY 1",
        "SELECT window_start, AVG(value) FROM TABLE(HOP((SELECT time, value FROM a.volts),"
            + " DESCRIPTOR(time), INTERVAL '1' SECOND, INTERVAL '5' SECOND)) GROUP BY window_start,"
            + " window_end",
        "SELECT TIME_FLOOR(time, 'PT5M', NULL, 'Asia/Kathmandu'), COUNT(*) FROM a.volts GROUP BY 1",
        "SELECT FLOOR(time TO MINUTE), TIME_WEIGHTED_AVG(value, time) FROM a.slow WHERE time >="
            + " TIMESTAMP '2018-01-01 00:02:00' AND time < TIMESTAMP '2018-01-01 00:04:00' GROUP BY 1",
        "SELECT MEDIAN(value), PERCENTILE_CONT(0.9) WITHIN GROUP (ORDER BY value) FROM a.slow",
        "SELECT * FROM changes('a/volts', 10, 11, 30)",
        "SELECT COUNT(*) FROM a.volts FOR VERSION AS OF 11"
      })
  void rowsAndCallsAreTheSame(String sql) throws SQLException {
    List<List<@Nullable Object>> here = rows(inProcess, sql);
    assertThat(rows(remote, sql)).as("seed %d", SEED).isEqualTo(here);
    assertThat(here).isNotEmpty();
    assertThat(calls(remote)).as("seed %d", SEED).isEqualTo(calls(inProcess));
  }

  private static List<List<@Nullable Object>> rows(Connection connection, String sql)
      throws SQLException {
    List<List<@Nullable Object>> rows = new ArrayList<>();
    try (Statement statement = connection.createStatement();
        ResultSet result = statement.executeQuery(sql)) {
      while (result.next()) {
        List<@Nullable Object> row = new ArrayList<>();
        for (int i = 1; i <= result.getMetaData().getColumnCount(); i++) {
          row.add(result.getObject(i));
        }
        rows.add(row);
      }
    }
    return rows;
  }

  /** Of the last statement, look-ups left out; a limit stops inside larger parts over gRPC. */
  private static List<List<@Nullable Object>> calls(Connection connection) throws SQLException {
    return rows(
        connection,
        "SELECT rpc, COUNT(*) FROM btrdb.session_rpcs WHERE statement_id = (SELECT"
            + " MAX(statement_id) FROM btrdb.session_rpcs) AND rpc <> 'LookupStreams' GROUP BY rpc"
            + " ORDER BY rpc");
  }
}
