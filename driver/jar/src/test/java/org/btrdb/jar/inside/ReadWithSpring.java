package org.btrdb.jar.inside;

import java.sql.Connection;
import java.sql.SQLException;
import java.time.LocalDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import org.springframework.jdbc.BadSqlGrammarException;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.datasource.SingleConnectionDataSource;

/** Spring's JdbcTemplate, with its limits, java.time arguments and translated exceptions. */
public final class ReadWithSpring implements Function<String, List<String>> {
  @Override
  public List<String> apply(String url) {
    // A database in memory ends with its last connection.
    try (Connection held = new org.btrdb.jdbc.BtrdbDriver().connect(url, null)) {
      return use(new JdbcTemplate(new SingleConnectionDataSource(held, true)));
    } catch (SQLException e) {
      throw new IllegalStateException(e);
    }
  }

  private static List<String> use(JdbcTemplate jdbc) {
    jdbc.setFetchSize(100);
    jdbc.setMaxRows(2);
    jdbc.setQueryTimeout(30);
    jdbc.execute("CREATE TABLE spring.s (time TIMESTAMP(9), value DOUBLE)");
    LocalDateTime start = LocalDateTime.parse("2016-07-01T00:00:00.000000001");
    List<Object[]> rows = new ArrayList<>();
    for (int i = 0; i < 4; i++) {
      rows.add(new Object[] {start.plusSeconds(i), i + 0.5});
    }
    jdbc.batchUpdate("INSERT INTO spring.s VALUES (?, ?)", rows);
    List<String> seen =
        new ArrayList<>(
            jdbc.query(
                "SELECT time, value FROM spring.s WHERE time > ?",
                (row, number) ->
                    row.getObject("time", LocalDateTime.class) + " " + row.getDouble("value"),
                start));
    seen.add(String.valueOf(jdbc.queryForObject("SELECT COUNT(*) FROM spring.s", Long.class)));
    for (String wrong :
        List.of("SELECT nothing FROM spring.s", "SELECT * FROM spring.t", "SELEC")) {
      try {
        jdbc.queryForList(wrong);
      } catch (BadSqlGrammarException e) {
        seen.add(e.getSQLException().getSQLState());
      }
    }
    return seen;
  }
}
