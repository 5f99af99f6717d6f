package org.btrdb.sql;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.management.ManagementFactory;
import java.util.List;
import java.util.stream.LongStream;
import javax.management.JMException;
import javax.management.ObjectName;
import org.btrdb.client.CallScope;
import org.btrdb.sql.row.RowCursor;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What rows of lateral joins cost, and how EXPLAIN shows them inside another plan. */
class LateralCostTest {
  private static final int POINTS = 200_000;

  private final TestBtrdb db = new TestBtrdb();

  @BeforeEach
  void streams() {
    db.stream("a/b", "s", LongStream.range(0, POINTS).toArray(), new double[POINTS]);
    db.stream("a/b", "one", new long[] {4}, new double[] {7});
  }

  @AfterEach
  void close() {
    db.close();
  }

  @Test
  void nothingIsAllocatedForARowOfTheRightSide() throws JMException {
    PreparedSql prepared =
        db.prepare(
            "SELECT x.t, w.time, w.value FROM (SELECT TO_NANOS(time) - 4 AS t, value FROM"
                + " \"a/b\".one) AS x CROSS JOIN LATERAL TABLE(raw_values('a/b/s', x.t, 1000000))"
                + " AS w");
    scan(prepared);
    long before = allocatedBytes();
    scan(prepared);
    long bytes = allocatedBytes() - before;
    // Warm, the embedded tree hands its leaves over; boxing one column would add 16 and more.
    assertThat(bytes / POINTS).as("bytes a row").isLessThan(8);
  }

  private static void scan(PreparedSql prepared) {
    long rows = 0;
    try (RowCursor cursor = prepared.query(List.of(), CallScope.unbounded(), 0)) {
      while (cursor.next()) {
        assertThatIsRow(cursor, rows++);
      }
    }
    assertThat(rows).isEqualTo(POINTS);
  }

  private static void assertThatIsRow(RowCursor cursor, long number) {
    boolean isRow =
        cursor.getLong(0) == 0
            && cursor.getLong(1) == number
            && cursor.getDouble(2) == 0
            && !cursor.isNull(0)
            && !cursor.isNull(2);
    if (!isRow) {
      throw new AssertionError("row " + number);
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

  @Test
  void aLateralJoinInsideOfEnumerableIsOneLineOfThePlan() {
    List<String> lines =
        db.plan(
            "SELECT LISTAGG(s.name), COUNT(*) FROM btrdb.streams AS s"
                + " LEFT JOIN LATERAL TABLE(raw_values(s.uuid, 0, 100)) AS w ON TRUE");
    assertThat(lines).first().isEqualTo("path: Calcite's Enumerable over");
    assertThat(lines)
        .as("%s", lines)
        .filteredOn(line -> line.contains("LateralJoin"))
        .singleElement()
        .asString()
        .contains("btrdb.streams of all streams", "\\n", "points of")
        .endsWith("])");
  }
}
