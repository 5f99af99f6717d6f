package org.btrdb.jar.inside;

import static org.jooq.impl.DSL.avg;
import static org.jooq.impl.DSL.count;
import static org.jooq.impl.DSL.field;
import static org.jooq.impl.DSL.name;
import static org.jooq.impl.DSL.table;

import java.sql.Connection;
import java.sql.SQLException;
import java.time.LocalDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import org.jooq.Cursor;
import org.jooq.DSLContext;
import org.jooq.Field;
import org.jooq.Record;
import org.jooq.Record2;
import org.jooq.SQLDialect;
import org.jooq.Table;
import org.jooq.exception.DataAccessException;
import org.jooq.impl.DSL;
import org.jooq.impl.SQLDataType;

/** Queries of jOOQ in no database's dialect: names are quoted, limits are parameters. */
public final class ReadWithJooq implements Function<String, List<String>> {
  private static final Table<Record> S = table(name("jooq", "s"));
  private static final Field<LocalDateTime> TIME =
      field(name("time"), SQLDataType.LOCALDATETIME(9));
  private static final Field<Double> VALUE = field(name("value"), SQLDataType.DOUBLE);

  @Override
  public List<String> apply(String url) {
    try (Connection connection = new org.btrdb.jdbc.BtrdbDriver().connect(url, null)) {
      return use(DSL.using(connection, SQLDialect.DEFAULT));
    } catch (SQLException e) {
      throw new IllegalStateException(e);
    }
  }

  private static List<String> use(DSLContext jooq) {
    jooq.execute("CREATE TABLE jooq.s (time TIMESTAMP(9), value DOUBLE)");
    LocalDateTime start = LocalDateTime.parse("2016-07-01T00:00:00.000000001");
    for (int i = 0; i < 4; i++) {
      jooq.insertInto(S, TIME, VALUE).values(start.plusNanos(i), i + 0.5).execute();
    }
    List<String> seen = new ArrayList<>();
    for (Record2<LocalDateTime, Double> row :
        jooq.select(TIME, VALUE)
            .from(S)
            .where(TIME.ge(start))
            .orderBy(TIME.desc())
            .limit(2)
            .offset(1)) {
      seen.add(row.value1() + " " + row.value2());
    }
    seen.add(
        jooq.select(count(), avg(VALUE))
            .from(S)
            .where(TIME.between(start, start.plusNanos(1)))
            .fetchSingle(row -> row.value1() + " " + row.value2()));
    try (Cursor<Record2<LocalDateTime, Double>> cursor =
        jooq.select(TIME, VALUE).from(S).fetchSize(2).fetchLazy()) {
      double sum = 0;
      for (Record2<LocalDateTime, Double> row : cursor) {
        sum += row.value2();
      }
      seen.add(String.valueOf(sum));
    }
    try {
      jooq.selectFrom(table(name("jooq", "nothing"))).fetch();
    } catch (DataAccessException e) {
      seen.add(e.sqlState());
    }
    return seen;
  }
}
