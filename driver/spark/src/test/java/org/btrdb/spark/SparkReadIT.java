package org.btrdb.spark;

import static org.apache.spark.sql.functions.max;
import static org.apache.spark.sql.functions.min;
import static org.apache.spark.sql.functions.sum;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Statement;
import java.sql.Timestamp;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TimeZone;
import org.apache.spark.sql.DataFrameReader;
import org.apache.spark.sql.DataFrameWriter;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.SaveMode;
import org.apache.spark.sql.SparkSession;
import org.btrdb.client.Btrdb;
import org.btrdb.client.spi.BtrdbConnector;
import org.btrdb.embedded.server.BtrdbServer;
import org.btrdb.spark.RecordedDriver.Recorded;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What docs/spark.md says, of a server that is reached over gRPC. */
final class SparkReadIT {
  /** One nanosecond after midnight, so that a microsecond is too coarse for every point. */
  private static final long START_NANOS = 1_467_331_200_000_000_001L;

  private static final int POINTS = 1_000;
  private static final long STEP_NANOS = 1_000_000;
  private static final String TEN_POINTS =
      "time >= TIMESTAMP '2016-07-01 00:00:00.1Z' AND time < TIMESTAMP '2016-07-01 00:00:00.11Z'";

  private static Btrdb btrdb;
  private static BtrdbServer server;
  private static String url;
  private static SparkSession spark;

  @BeforeAll
  static void start() throws Exception {
    btrdb = BtrdbConnector.open("mem", "spark", Map.of());
    server = BtrdbServer.start(btrdb, BtrdbServer.LOOPBACK, 0);
    url = "jdbc:btrdb://127.0.0.1:" + server.port();
    fill();
    spark =
        SparkSession.builder()
            .master("local[2]")
            .config("spark.driver.bindAddress", "127.0.0.1")
            .config("spark.ui.enabled", false)
            .getOrCreate();
  }

  private static void fill() throws SQLException {
    try (Connection connection = DriverManager.getConnection(url);
        Statement statement = connection.createStatement()) {
      statement.execute("CREATE TABLE plant.s (time TIMESTAMP(9), value DOUBLE)");
      try (PreparedStatement insert =
          connection.prepareStatement("INSERT INTO plant.s VALUES (?, ?)")) {
        for (int i = 0; i < POINTS; i++) {
          insert.setLong(1, START_NANOS + i * STEP_NANOS);
          insert.setDouble(2, i);
          insert.addBatch();
        }
        insert.executeBatch();
      }
    }
  }

  @AfterAll
  static void stop() {
    spark.stop();
    server.close();
    btrdb.close();
  }

  @BeforeEach
  void forget() {
    RecordedDriver.take();
  }

  @Test
  void exampleReadsEveryPointOnce() {
    Dataset<Row> points =
        spark
            .read()
            .format("jdbc")
            .option("driver", "org.btrdb.jdbc.BtrdbDriver")
            .option("url", url)
            .option("dbtable", "(SELECT TO_NANOS(time) AS time_ns, value FROM plant.s) AS points")
            .option("partitionColumn", "time_ns")
            .option("lowerBound", 1467331200000000000L)
            .option("upperBound", 1467331201000000000L)
            .option("numPartitions", 4)
            .load();
    assertThat(points.schema().toDDL()).isEqualTo("time_ns BIGINT,value DOUBLE");
    assertThat(points.rdd().getNumPartitions()).isEqualTo(4);
    assertThat(points.count()).isEqualTo(POINTS);
    assertThat(points.agg(sum("value"), min("time_ns"), max("time_ns")).first())
        .isEqualTo(
            RowFactory.create(499_500.0, START_NANOS, START_NANOS + (POINTS - 1) * STEP_NANOS));
  }

  @Test
  void partitionsOfNanosecondsReadTheirOwnPointsOnly() {
    Dataset<Row> points = partitioned();
    assertThat(points.agg(sum("value")).first().getDouble(0)).isEqualTo(499_500);
    assertThat(reads())
        .containsExactly("RawValues 250", "RawValues 250", "RawValues 250", "RawValues 250");

    Dataset<Row> ten =
        points.filter(
            "time_ns >= "
                + (START_NANOS + 100 * STEP_NANOS)
                + " AND time_ns < 1467331200110000001");
    assertThat(ten.agg(sum("value")).first().getDouble(0)).isEqualTo(1_045);
    assertThat(reads()).containsExactly("RawValues 10");
  }

  private static Dataset<Row> partitioned() {
    return recorded()
        .option("dbtable", "(SELECT TO_NANOS(time) AS time_ns, value FROM plant.s) AS points")
        .option("partitionColumn", "time_ns")
        .option("lowerBound", START_NANOS)
        .option("upperBound", START_NANOS + POINTS * STEP_NANOS)
        .option("numPartitions", 4)
        .load();
  }

  @Test
  void partitionsOfTimesReadTheirOwnPointsOnly() {
    Dataset<Row> points =
        recorded()
            .option("dbtable", "plant.s")
            .option("partitionColumn", "time")
            .option("lowerBound", "2016-07-01 00:00:00")
            .option("upperBound", "2016-07-01 00:00:01")
            .option("numPartitions", 4)
            .load();
    assertThat(points.agg(sum("value")).first().getDouble(0)).isEqualTo(499_500);
    assertThat(reads())
        .containsExactly("RawValues 250", "RawValues 250", "RawValues 250", "RawValues 250");
  }

  /** Spark has no more; each of these points is one nanosecond later. */
  @Test
  void timesAreCutToMicroseconds() {
    Dataset<Row> points = recorded().option("dbtable", "plant.s").load();
    assertThat(points.schema().toDDL()).isEqualTo("time TIMESTAMP,value DOUBLE");
    assertThat(points.orderBy("time").first().getTimestamp(0))
        .isEqualTo(Timestamp.from(Instant.parse("2016-07-01T00:00:00Z")));
    assertThat(points.filter("time = TIMESTAMP '2016-07-01 00:00:00Z'").count()).isZero();
  }

  /** Spark writes an instant as its text in the zone of the JVM, and the driver reads it as UTC. */
  @Test
  void filtersOnTimesNeedAJvmInUtc() {
    assertThat(recorded().option("dbtable", "plant.s").load().filter(TEN_POINTS).count())
        .isEqualTo(10);
    assertThat(reads()).containsExactly("RawValues 10");

    TimeZone before = TimeZone.getDefault();
    TimeZone.setDefault(TimeZone.getTimeZone("Asia/Kathmandu"));
    try {
      DataFrameReader reader = recorded().option("dbtable", "plant.s");
      assertThat(reader.load().filter(TEN_POINTS).count()).isZero();
      assertThat(RecordedDriver.take().toString()).contains("'2016-07-01 05:45:00.1'");
      assertThat(reader.option("pushDownPredicate", false).load().filter(TEN_POINTS).count())
          .isEqualTo(10);
    } finally {
      TimeZone.setDefault(before);
    }
  }

  @Test
  void aggregatesOfAQueryAreComputedByTheTree() {
    Dataset<Row> hundreds =
        recorded()
            .option(
                "query",
                "SELECT DATE_BIN('100ms', time) AS start, COUNT(*) AS n, MAX(value) AS most"
                    + " FROM plant.s GROUP BY 1")
            .load();
    assertThat(hundreds.schema().toDDL()).isEqualTo("start TIMESTAMP,n BIGINT,most DOUBLE");
    assertThat(hundreds.orderBy("start").collectAsList().get(1))
        .isEqualTo(
            RowFactory.create(
                Timestamp.from(Instant.parse("2016-07-01T00:00:00.1Z")), 100L, 199.0));
    assertThat(reads()).isNotEmpty().noneMatch(read -> read.startsWith("RawValues"));
  }

  /** Spark writes them without quotes. */
  @Test
  void literalsThatSparkDoesNotQuoteAreRefused() {
    Dataset<Row> points = recorded().option("dbtable", "plant.s").load();
    assertThatThrownBy(() -> points.filter("value < DOUBLE('Infinity')").count())
        .hasMessageContaining("Column 'Infinity' not found");
    Dataset<Row> local =
        recorded().option("dbtable", "plant.s").option("preferTimestampNTZ", true).load();
    assertThatThrownBy(() -> local.filter("time < TIMESTAMP_NTZ '2016-07-01 00:00:01'").count())
        .hasMessageContaining("SQLSyntaxErrorException");
  }

  @Test
  void typesOfColumns() {
    assertThat(
            recorded()
                .option(
                    "query",
                    "SELECT TRUE AS b, CAST(1 AS INTEGER) AS i, CAST(1.5 AS DECIMAL(10, 2)) AS d,"
                        + " CAST(time AS DATE) AS day, 'x' AS v, X'00ff' AS bytes FROM plant.s")
                .load()
                .schema()
                .toDDL())
        .isEqualTo("b BOOLEAN,i INT,d DECIMAL(10,2),day DATE,v STRING,bytes BINARY");
    assertThatThrownBy(() -> recorded().option("dbtable", "btrdb.streams").load())
        .hasMessageContaining("name: UUID");
    List<Row> streams =
        recorded()
            .option(
                "query",
                "SELECT CAST(uuid AS VARCHAR) AS uuid, name FROM btrdb.streams"
                    + " WHERE collection = 'plant' AND name = 's'")
            .load()
            .collectAsList();
    assertThat(streams).hasSize(1);
    assertThat(streams.get(0).getString(1)).isEqualTo("s");
  }

  /** The column time takes whole nanoseconds. */
  @Test
  void appendsNanoseconds() {
    written("plant.appended").mode(SaveMode.Append).save();
    assertThat(
            recorded()
                .option("query", "SELECT TO_NANOS(time) AS time_ns, value FROM plant.appended")
                .load()
                .collectAsList())
        .containsExactly(RowFactory.create(1_483_228_800_000_000_123L, 8.0));
  }

  @Test
  void overwritesNothing() {
    assertThatThrownBy(() -> written("plant.s").mode(SaveMode.Overwrite).save())
        .hasMessageContaining("DROP");
    assertThat(recorded().option("dbtable", "plant.s").load().count()).isEqualTo(POINTS);
  }

  /** One row, to be written to a table. */
  private static DataFrameWriter<Row> written(String table) {
    return spark
        .sql("SELECT 1483228800000000123 AS time, 8D AS value")
        .write()
        .format("jdbc")
        .option("driver", "org.btrdb.jdbc.BtrdbDriver")
        .option("url", url)
        .option("dbtable", table);
  }

  private static DataFrameReader recorded() {
    return spark
        .read()
        .format("jdbc")
        .option("driver", RecordedDriver.class.getName())
        .option("url", RecordedDriver.PREFIX + url);
  }

  /** The calls that read points, since the last time. */
  private static List<String> reads() {
    List<String> reads = new ArrayList<>();
    for (Recorded recorded : RecordedDriver.take()) {
      reads.addAll(recorded.reads());
    }
    return reads;
  }
}
