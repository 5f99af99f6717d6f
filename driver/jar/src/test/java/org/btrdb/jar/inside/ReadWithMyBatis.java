package org.btrdb.jar.inside;

import java.time.LocalDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Function;
import org.apache.ibatis.annotations.Insert;
import org.apache.ibatis.annotations.Options;
import org.apache.ibatis.annotations.Param;
import org.apache.ibatis.annotations.Select;
import org.apache.ibatis.annotations.Update;
import org.apache.ibatis.cursor.Cursor;
import org.apache.ibatis.datasource.pooled.PooledDataSource;
import org.apache.ibatis.mapping.Environment;
import org.apache.ibatis.session.Configuration;
import org.apache.ibatis.session.SqlSession;
import org.apache.ibatis.session.SqlSessionFactoryBuilder;
import org.apache.ibatis.transaction.jdbc.JdbcTransactionFactory;

/** MyBatis with its own pool: a mapper, times both ways, and a cursor. */
public final class ReadWithMyBatis implements Function<String, List<String>> {

  /** The statements. */
  public interface Points {
    @Update("CREATE TABLE my.s (time TIMESTAMP(9), value DOUBLE)")
    void create();

    @Insert("INSERT INTO my.s VALUES (#{time}, #{value})")
    void insert(@Param("time") LocalDateTime time, @Param("value") double value);

    @Select("SELECT time FROM my.s WHERE time >= #{from} ORDER BY time DESC LIMIT #{rows}")
    List<LocalDateTime> last(@Param("from") LocalDateTime from, @Param("rows") int rows);

    @Select("SELECT time, value FROM my.s")
    @Options(fetchSize = 1_000)
    Cursor<Map<String, Object>> all();
  }

  @Override
  public List<String> apply(String url) {
    PooledDataSource pool =
        new PooledDataSource(
            ReadWithMyBatis.class.getClassLoader(), "org.btrdb.jdbc.BtrdbDriver", url, null, null);
    Configuration configuration =
        new Configuration(new Environment("test", new JdbcTransactionFactory(), pool));
    configuration.addMapper(Points.class);
    List<String> seen = new ArrayList<>();
    try (SqlSession session = new SqlSessionFactoryBuilder().build(configuration).openSession()) {
      Points points = session.getMapper(Points.class);
      points.create();
      LocalDateTime start = LocalDateTime.parse("2016-07-01T00:00:00.000000001");
      for (int i = 0; i < 3; i++) {
        points.insert(start.plusNanos(i), i);
      }
      session.commit();
      points.last(start, 2).forEach(time -> seen.add(time.toString()));
      double sum = 0;
      for (Map<String, Object> row : points.all()) {
        sum += (Double) Objects.requireNonNull(row.get("value"));
      }
      seen.add(String.valueOf(sum));
    } finally {
      pool.forceCloseAll();
    }
    return seen;
  }
}
