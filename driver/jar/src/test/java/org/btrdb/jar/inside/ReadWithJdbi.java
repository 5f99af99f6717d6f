package org.btrdb.jar.inside;

import java.sql.Connection;
import java.sql.SQLException;
import java.time.LocalDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;
import org.jdbi.v3.core.statement.PreparedBatch;

/** JDBI 3: a batch, a bound time, and a stream of rows. */
public final class ReadWithJdbi implements Function<String, List<String>> {
  @Override
  public List<String> apply(String url) {
    try (Connection connection = new org.btrdb.jdbc.BtrdbDriver().connect(url, null);
        Handle handle = Jdbi.create(connection).open()) {
      handle.execute("CREATE TABLE jdbi.s (time TIMESTAMP(9), value DOUBLE)");
      LocalDateTime start = LocalDateTime.parse("2016-07-01T00:00:00.000000001");
      try (PreparedBatch batch = handle.prepareBatch("INSERT INTO jdbi.s VALUES (:time, :value)")) {
        for (int i = 0; i < 3; i++) {
          batch.bind("time", start.plusNanos(i)).bind("value", i + 0.5).add();
        }
        batch.execute();
      }
      List<String> seen = new ArrayList<>();
      handle
          .createQuery("SELECT time, value FROM jdbi.s WHERE time > :from ORDER BY time")
          .bind("from", start)
          .setFetchSize(10)
          .map(
              (rows, context) ->
                  rows.getObject("time", LocalDateTime.class) + " " + rows.getDouble("value"))
          .useStream(rows -> rows.forEach(seen::add));
      return seen;
    } catch (SQLException e) {
      throw new IllegalStateException(e);
    }
  }
}
