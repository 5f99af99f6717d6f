package org.btrdb.jar;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.function.Function;
import org.btrdb.jar.inside.PooledWithDbcp;
import org.btrdb.jar.inside.PooledWithHikari;
import org.btrdb.jar.inside.PooledWithTomcat;
import org.btrdb.jar.inside.ReadWithJdbi;
import org.btrdb.jar.inside.ReadWithMyBatis;
import org.btrdb.jar.inside.ReadWithSpring;
import org.junit.jupiter.api.Test;

/** Real clients, each with the one jar in a class loader of their own. */
final class ClientsIT {
  @Test
  void hikari() throws Exception {
    try (IsolatedJar jar = IsolatedJar.with("hikari")) {
      assertThat(jar.apply(PooledWithHikari.class, "jdbc:btrdb:mem:hikari"))
          .containsExactly(0L, 0L);
    }
  }

  private static void pools(String client, Class<? extends Function<String, List<String>>> pooled)
      throws Exception {
    String row = "2016-07-01T00:00:00.123456789 60.25";
    try (IsolatedJar jar = IsolatedJar.with(client)) {
      assertThat(jar.apply(pooled, "jdbc:btrdb:mem:" + client))
          .containsExactly("true false", row, "true false", row, "true false", row);
    }
  }

  @Test
  void dbcp() throws Exception {
    pools("dbcp", PooledWithDbcp.class);
  }

  @Test
  void tomcat() throws Exception {
    pools("tomcat", PooledWithTomcat.class);
  }

  @Test
  void spring() throws Exception {
    try (IsolatedJar jar = IsolatedJar.with("spring")) {
      assertThat(jar.apply(ReadWithSpring.class, "jdbc:btrdb:mem:spring"))
          .containsExactly(
              "2016-07-01T00:00:01.000000001 1.5",
              "2016-07-01T00:00:02.000000001 2.5",
              "4",
              "42S22",
              "42S02",
              "42601");
    }
  }

  @Test
  void myBatis() throws Exception {
    try (IsolatedJar jar = IsolatedJar.with("mybatis")) {
      assertThat(jar.apply(ReadWithMyBatis.class, "jdbc:btrdb:mem:mybatis"))
          .containsExactly("2016-07-01T00:00:00.000000003", "2016-07-01T00:00:00.000000002", "3.0");
    }
  }

  @Test
  void jdbi() throws Exception {
    try (IsolatedJar jar = IsolatedJar.with("jdbi")) {
      assertThat(jar.apply(ReadWithJdbi.class, "jdbc:btrdb:mem:jdbi"))
          .containsExactly(
              "2016-07-01T00:00:00.000000002 1.5", "2016-07-01T00:00:00.000000003 2.5");
    }
  }
}
