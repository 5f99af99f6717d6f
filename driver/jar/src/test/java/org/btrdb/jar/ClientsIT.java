package org.btrdb.jar;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.function.Function;
import java.util.stream.Stream;
import org.btrdb.jar.inside.CrawlWithSchemaCrawler;
import org.btrdb.jar.inside.GenerateWithJooq;
import org.btrdb.jar.inside.PooledWithAgroal;
import org.btrdb.jar.inside.PooledWithC3p0;
import org.btrdb.jar.inside.PooledWithDbcp;
import org.btrdb.jar.inside.PooledWithHikari;
import org.btrdb.jar.inside.PooledWithTomcat;
import org.btrdb.jar.inside.PooledWithVibur;
import org.btrdb.jar.inside.ReadWithHibernate;
import org.btrdb.jar.inside.ReadWithJdbi;
import org.btrdb.jar.inside.ReadWithJooq;
import org.btrdb.jar.inside.ReadWithMyBatis;
import org.btrdb.jar.inside.ReadWithSpring;
import org.btrdb.jar.inside.ReportWithJasper;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Real clients, each with the one jar in a class loader of their own. */
final class ClientsIT {
  @TempDir Path directory;

  /** Each is left read-only and in a transaction that was rolled back, and taken again. */
  @ParameterizedTest
  @MethodSource
  void pools(
      String client, Class<? extends Function<String, List<String>>> pooled, String stateAfterwards)
      throws Exception {
    String row = "2016-07-01T00:00:00.123456789 60.25";
    try (IsolatedJar jar = IsolatedJar.with(client)) {
      assertThat(jar.apply(pooled, "jdbc:btrdb:mem:" + client))
          .containsExactly(
              "true false",
              row,
              stateAfterwards,
              row,
              stateAfterwards,
              row,
              "replaced: true",
              "returned: true");
    }
  }

  static Stream<Arguments> pools() {
    return Stream.of(
        Arguments.of("hikari", PooledWithHikari.class, "true false"),
        Arguments.of("c3p0", PooledWithC3p0.class, "true false"),
        Arguments.of("dbcp", PooledWithDbcp.class, "true false"),
        // It leaves it to the application whether a connection is read-only.
        Arguments.of("agroal", PooledWithAgroal.class, "true true"),
        Arguments.of("tomcat", PooledWithTomcat.class, "true false"),
        Arguments.of("vibur", PooledWithVibur.class, "true false"));
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

  @Test
  void jooqQueries() throws Exception {
    try (IsolatedJar jar = IsolatedJar.with("jooq")) {
      assertThat(jar.apply(ReadWithJooq.class, "jdbc:btrdb:mem:jooq"))
          .containsExactly(
              "2016-07-01T00:00:00.000000003 2.5",
              "2016-07-01T00:00:00.000000002 1.5",
              "2 1.0",
              "8.0",
              "42S02");
    }
  }

  @Test
  void jooqGeneratesCode() throws Exception {
    try (IsolatedJar jar = IsolatedJar.with("jooq")) {
      assertThat(
              jar.apply(
                  GenerateWithJooq.class,
                  List.of("jdbc:btrdb:mem:jooq-code", directory.toString())))
          .contains(
              "public class S extends TableImpl<SRecord> {",
              "public final TableField<SRecord, LocalDateTime> TIME ="
                  + " createField(DSL.name(\"time\"),"
                  + " SQLDataType.LOCALDATETIME(9).nullable(false), this,"
                  + " \"UTC, nanoseconds\");",
              "public final TableField<SRecord, Double> VALUE ="
                  + " createField(DSL.name(\"value\"),"
                  + " SQLDataType.DOUBLE.nullable(false), this, \"\");");
    }
  }

  @Test
  void hibernate() throws Exception {
    try (IsolatedJar jar = IsolatedJar.with("hibernate")) {
      assertThat(jar.apply(ReadWithHibernate.class, "jdbc:btrdb:mem:hibernate"))
          .containsExactly(
              "2016-07-01T00:00:00.000000003 2.5",
              "2016-07-01T00:00:00.000000002 1.5",
              "2016-07-01T00:00:00.000000004 3.5",
              "3");
    }
  }

  /** And it logs nothing that is a warning. */
  @Test
  void schemaCrawler() throws Exception {
    String time = "  time TIMESTAMP 29 9 NOT NULL";
    String value = "  value DOUBLE 15 0 NOT NULL";
    try (IsolatedJar jar = IsolatedJar.with("schemacrawler")) {
      assertThat(jar.apply(CrawlWithSchemaCrawler.class, "jdbc:btrdb:mem:crawled"))
          .containsExactly(
              "BTrDB",
              "org.btrdb.jdbc.BtrdbDriver",
              "crawled s table",
              time,
              value,
              "crawled/deep odd name table",
              time,
              value);
    }
  }

  /** The PDF stays for people to look at. */
  @Test
  void jasperReports() throws Exception {
    Path file = IsolatedJar.file().resolveSibling("reports").resolve("jasper.pdf");
    Files.deleteIfExists(file);
    try (IsolatedJar jar = IsolatedJar.with("jasper")) {
      assertThat(
              jar.apply(ReportWithJasper.class, List.of("jdbc:btrdb:mem:jasper", file.toString())))
          .hasSize(96)
          .startsWith("2016-07-01T00:00:00.000000001Z", "60.0", "2016-07-01T00:30:00.000000001Z")
          .contains("2016-07-01T06:00:00.000000001Z", "61.0")
          .contains("2016-07-01T23:30:00.000000001Z");
    }
    assertThat(file).binaryContent().startsWith("%PDF-".getBytes(StandardCharsets.US_ASCII));
    assertThat(Files.size(file)).isGreaterThan(10_000);
  }
}
