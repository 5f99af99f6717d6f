package org.btrdb.jdbc;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.management.ManagementFactory;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import javax.management.JMException;
import javax.management.ObjectName;
import org.junit.jupiter.api.Test;

/** Reading rows makes no object for a row. */
class RowPathTest {
  private static final int POINTS = 300_000;

  @Test
  void readingNumbersAllocatesNextToNothing() throws SQLException, JMException {
    try (TestData data = new TestData();
        Connection connection = data.connect();
        Statement statement = connection.createStatement()) {
      data.ramp("a", "r", POINTS);
      scan(statement);
      long before = allocatedBytes();
      scan(statement);
      long bytes = allocatedBytes() - before;

      // Warm, the embedded tree hands its leaves over; boxing one column would add 16 and more.
      assertThat(bytes / POINTS).as("bytes a row").isLessThan(8);
    }
  }

  /** By name, as the interface with that method is not Java's but the JDK's. */
  private static long allocatedBytes() throws JMException {
    return (Long)
        ManagementFactory.getPlatformMBeanServer()
            .getAttribute(
                new ObjectName(ManagementFactory.THREAD_MXBEAN_NAME),
                "CurrentThreadAllocatedBytes");
  }

  private static void scan(Statement statement) throws SQLException {
    long times = 0;
    double values = 0;
    try (ResultSet result = statement.executeQuery("SELECT time, value FROM \"a\".r")) {
      while (result.next()) {
        times += result.getLong(1);
        values += result.getDouble(2);
        times += result.wasNull() ? 1 : 0;
      }
    }
    assertThat(values).isEqualTo(POINTS * (POINTS - 1.0) / 2);
    assertThat(times).isPositive();
  }
}
