package org.btrdb.sql;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.util.ArrayList;
import java.util.List;
import org.btrdb.client.Btrdb;
import org.btrdb.client.CallScope;
import org.btrdb.client.DataCursor;
import org.btrdb.client.batch.StatBatch;
import org.btrdb.client.model.StreamVersion;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** A server that answers NaN for deviations over its write buffer, as real ones do. */
class UnknownDeviationTest {
  private final TestBtrdb db = new TestBtrdb();
  private final List<String> calls = new ArrayList<>();

  private final SqlSession session =
      SqlSession.over(
          (Btrdb)
              Proxy.newProxyInstance(
                  Btrdb.class.getClassLoader(),
                  new Class<?>[] {Btrdb.class},
                  (proxy, method, arguments) -> {
                    try {
                      Object answer = method.invoke(db.btrdb(), arguments);
                      switch (method.getName()) {
                        case "windows", "alignedWindows" -> {
                          calls.add(method.getName());
                          @SuppressWarnings("unchecked") // as the interface says
                          DataCursor<StatBatch> cursor = (DataCursor<StatBatch>) answer;
                          return new Unknown(cursor);
                        }
                        case "raw" -> calls.add("raw");
                        default -> {}
                      }
                      return answer;
                    } catch (InvocationTargetException e) {
                      throw e.getCause();
                    }
                  }),
          SessionOptions.DEFAULT);

  /** Windows without their deviations. */
  private record Unknown(DataCursor<StatBatch> cursor) implements DataCursor<StatBatch> {
    @Override
    public boolean next() {
      return cursor.next();
    }

    @Override
    public StatBatch current() {
      StatBatch known = cursor.current();
      StatBatch unknown = new StatBatch(known.size());
      for (int i = 0; i < known.size(); i++) {
        unknown.add(
            known.time(i), known.min(i), known.mean(i), known.max(i), known.count(i), Double.NaN);
      }
      return unknown;
    }

    @Override
    public StreamVersion version() {
      return cursor.version();
    }

    @Override
    public void close() {
      cursor.close();
    }
  }

  @AfterEach
  void close() {
    db.close();
  }

  /** Trap 4 of the design. */
  @Test
  void thePointsTellWhatTheServerDoesNot() {
    db.stream("a", "s", new long[] {0, 1, 2, 9}, new double[] {1, 2, 6, 5});
    for (String from :
        List.of("a.s$pw3", "windows('a/s', 0, 16, 8)", "aligned_windows('a/s', 0, 16, 3)")) {
      List<List<Object>> rows = rows("SELECT mean, stddev FROM " + from + " ORDER BY time");
      assertThat(rows).as(from).hasSize(2);
      assertThat((Double) rows.get(0).get(1))
          .isCloseTo(Math.sqrt(14.0 / 3), org.assertj.core.data.Offset.offset(1e-12));
      assertThat(rows.get(1).get(1)).isEqualTo(0.0);
      assertThat(calls).as(from).hasSize(3).contains("raw");
      assertThat(rows("SELECT mean FROM " + from)).hasSize(2);
      assertThat(calls).as(from).hasSize(1).doesNotContain("raw");
      assertThat(rows("SELECT SUM(mean * count) FROM " + from)).hasSize(1);
      assertThat(calls).as("a column that nobody looks at, of %s", from).hasSize(1);
    }
  }

  private List<List<Object>> rows(String sql) {
    calls.clear();
    return TestBtrdb.rows(session.prepare(sql, "", CallScope.unbounded())).stream()
        .map(row -> row.stream().map(java.util.Objects::requireNonNull).toList())
        .toList();
  }
}
