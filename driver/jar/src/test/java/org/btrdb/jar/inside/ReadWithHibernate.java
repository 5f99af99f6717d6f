package org.btrdb.jar.inside;

import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.LocalDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.function.Function;
import org.btrdb.jdbc.BtrdbDriver;
import org.hibernate.Session;
import org.hibernate.SessionFactory;
import org.hibernate.cfg.Configuration;
import org.jspecify.annotations.Nullable;

/** Hibernate ORM in the dialect of PostgreSQL: an entity over the table of a stream. */
public final class ReadWithHibernate implements Function<String, List<String>> {

  /** A point of a stream, whose key is its time. */
  @Entity(name = "Point")
  @Table(schema = "plant", name = "s")
  public static class Point {
    @Id
    @Column(name = "time", secondPrecision = 9)
    @Nullable LocalDateTime time;

    @Column(name = "value")
    double value;
  }

  @Override
  public List<String> apply(String url) {
    Configuration configuration =
        new Configuration()
            .addAnnotatedClass(Point.class)
            .setProperty("hibernate.dialect", "org.hibernate.dialect.PostgreSQLDialect")
            .setProperty("hibernate.connection.driver_class", "org.btrdb.jdbc.BtrdbDriver")
            .setProperty("hibernate.connection.url", url);
    // A database in memory ends with its last connection.
    try (Connection held = Objects.requireNonNull(new BtrdbDriver().connect(url, null));
        Statement statement = held.createStatement()) {
      statement.execute("CREATE TABLE plant.s (time TIMESTAMP(9), value DOUBLE)");
      try (SessionFactory factory = configuration.buildSessionFactory()) {
        write(factory);
        return read(factory);
      }
    } catch (SQLException e) {
      throw new IllegalStateException(e);
    }
  }

  private static void write(SessionFactory factory) {
    LocalDateTime start = LocalDateTime.parse("2016-07-01T00:00:00.000000001");
    factory.inTransaction(
        session -> {
          for (int i = 0; i < 4; i++) {
            Point point = new Point();
            point.time = start.plusNanos(i);
            point.value = i + 0.5;
            session.persist(point);
          }
        });
  }

  private static List<String> read(SessionFactory factory) {
    LocalDateTime start = LocalDateTime.parse("2016-07-01T00:00:00.000000001");
    List<String> seen = new ArrayList<>();
    try (Session session = factory.openSession()) {
      session
          .createSelectionQuery(
              "from Point p where p.time >= :from order by p.time desc", Point.class)
          .setParameter("from", start)
          .setFirstResult(1)
          .setMaxResults(2)
          .setFetchSize(10)
          .getResultList()
          .forEach(point -> seen.add(shown(point)));
      seen.add(shown(session.find(Point.class, start.plusNanos(3))));
      seen.add(
          String.valueOf(
              session
                  .createSelectionQuery(
                      "select count(p) from Point p where p.value < 3", Long.class)
                  .getSingleResult()));
    }
    return seen;
  }

  private static String shown(Point point) {
    return point.time + " " + point.value;
  }
}
