package org.btrdb.spark;

import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

final class SparkReadIT {
  private static final String URL = RecordedDriver.PREFIX + "jdbc:btrdb:mem:spark";
  private static final long START = 1_467_331_200_000_000_001L;
  private static SparkSession spark;
  private static Connection held;

  @BeforeAll
  static void fill() throws SQLException {
    held = DriverManager.getConnection("jdbc:btrdb:mem:spark");
    try (Statement s = held.createStatement()) {
      s.execute("CREATE TABLE plant.s (time TIMESTAMP(9), value DOUBLE)");
    }
    try (PreparedStatement insert = held.prepareStatement("INSERT INTO plant.s VALUES (?, ?)")) {
      for (int i = 0; i < 1000; i++) {
        insert.setLong(1, START + i * 1_000_000L);
        insert.setDouble(2, i);
        insert.addBatch();
      }
      insert.executeBatch();
    }
    spark =
        SparkSession.builder()
            .master("local[2]")
            .config("spark.ui.enabled", "false")
            .config("spark.sql.session.timeZone", "UTC")
            .config(
                "spark.sql.catalog.btrdb",
                "org.apache.spark.sql.execution.datasources.v2.jdbc.JDBCTableCatalog")
            .config("spark.sql.catalog.btrdb.url", URL)
            .config("spark.sql.catalog.btrdb.driver", "org.btrdb.spark.RecordedDriver")
            .config("spark.sql.catalog.btrdb.pushDownAggregate", "true")
            .config("spark.sql.catalog.btrdb.pushDownLimit", "true")
            .getOrCreate();
  }

  @AfterAll
  static void stop() throws SQLException {
    spark.stop();
    held.close();
  }

  static Dataset<Row> read(String table, String col, String lo, String hi) {
    return spark
        .read()
        .format("jdbc")
        .option("driver", "org.btrdb.spark.RecordedDriver")
        .option("url", URL)
        .option("dbtable", table)
        .option("partitionColumn", col)
        .option("lowerBound", lo)
        .option("upperBound", hi)
        .option("numPartitions", "4")
        .load();
  }

  static void show(String what) {
    System.out.println("### " + what);
    RecordedDriver.take().forEach(r -> System.out.println("###   " + r));
  }

  @Test
  void probe() {
    Dataset<Row> d =
        read(
            "(SELECT CAST(time AS BIGINT) AS time_ns, value FROM plant.s) AS p",
            "time_ns",
            "" + START,
            "" + (START + 1_000_000_000L));
    System.out.println("### " + d.schema().treeString());
    System.out.println("### " + d.rdd().getNumPartitions() + " " + d.count());
    show("count");
    System.out.println(
        "### "
            + d.agg(
                    org.apache.spark.sql.functions.sum("value"),
                    org.apache.spark.sql.functions.min("time_ns"),
                    org.apache.spark.sql.functions.max("time_ns"))
                .collectAsList());
    show("sums");
    System.out.println(
        "### "
            + d.filter(
                    "time_ns >= "
                        + (START + 100_000_000L)
                        + " and time_ns < "
                        + (START + 110_000_000L))
                .agg(org.apache.spark.sql.functions.sum("value"))
                .collectAsList());
    show("filtered");
    d = read("plant.s", "time", "2016-07-01 00:00:00", "2016-07-01 00:00:01");
    System.out.println("### " + d.schema().treeString());
    System.out.println("### " + d.rdd().getNumPartitions() + " " + d.limit(3).collectAsList());
    show("time");
    System.out.println("### " + d.agg(org.apache.spark.sql.functions.sum("value")).collectAsList());
    show("time all");
    System.out.println(
        "### "
            + d.filter(
                    "time >= timestamp'2016-07-01 00:00:00.1' and time < timestamp'2016-07-01 00:00:00.11'")
                .agg(
                    org.apache.spark.sql.functions.sum("value"),
                    org.apache.spark.sql.functions.count("value"))
                .collectAsList());
    show("time filtered");
    System.out.println("### " + d.filter("time = timestamp'2016-07-01 00:00:00.1'").count());
    show("time equal");
    for (String sql :
        List.of(
            "SHOW NAMESPACES IN btrdb",
            "SHOW TABLES IN btrdb.plant",
            "SELECT * FROM btrdb.plant.s LIMIT 2",
            "SELECT MIN(value), MAX(value), COUNT(*), SUM(value), AVG(value) FROM btrdb.plant.s",
            "SELECT SUM(value), COUNT(*) FROM btrdb.plant.s WHERE time >= timestamp'2016-07-01 00:00:00.1' AND value < 500",
            "SELECT date_trunc('second', time), avg(value) from btrdb.plant.s group by 1")) {
      try {
        System.out.println("### " + spark.sql(sql).collectAsList());
      } catch (Exception e) {
        System.out.println("### !! " + e);
      }
      show(sql);
    }
  }
}
