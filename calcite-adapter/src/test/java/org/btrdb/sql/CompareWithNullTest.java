package org.btrdb.sql;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A condition that compares with NULL is true of no row; Calcite expects to have it simplified. */
class CompareWithNullTest {

  @ParameterizedTest
  @ValueSource(
      strings = {
        "SELECT DISTINCT COUNT(*) FROM c.s GROUP BY value HAVING NULL BETWEEN NULL AND COUNT(*)",
        "SELECT DISTINCT value FROM c.s WHERE value > NULL AND NULL > NULL",
        "SELECT DISTINCT a.value FROM c.s AS a JOIN c.s AS b ON a.value = b.value AND NULL = NULL",
        "SELECT value FROM c.s AS a WHERE EXISTS (SELECT 1 FROM c.s AS b WHERE b.value > a.value"
            + " AND NULL <> NULL)"
      })
  void isTrueOfNoRow(String sql) {
    try (TestBtrdb db = new TestBtrdb()) {
      db.stream("c", "s", new long[] {1, 2}, new double[] {1, 2});
      assertThat(new BothExecutors(db).rows(sql)).isEmpty();
    }
  }
}
