package org.btrdb.jdbc;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.DatabaseMetaData;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Connecting and metadata load no Calcite class; a JVM of its own says what it loads. */
class ClassLoadingTest {

  /** What the other JVM runs. */
  static final class Program {
    private Program() {}

    public static void main(String[] arguments) throws SQLException {
      try (TestData data = new TestData()) {
        data.ramp("a", "r", 3);
        Connection connection = new BtrdbDriver().connect(data.url() + "?warmUp=false", null);
        if (connection == null) {
          throw new IllegalStateException("no connection");
        }
        DatabaseMetaData meta = connection.getMetaData();
        drain(meta.getSchemas());
        drain(meta.getTables(null, null, "%", null));
        drain(meta.getColumns(null, "a", "r", null));
        drain(meta.getTypeInfo());
        connection.isValid(1);
        if (arguments.length > 0) {
          try (Statement statement = connection.createStatement()) {
            drain(statement.executeQuery(arguments[0]));
          }
        }
        connection.close();
      }
    }

    private static void drain(ResultSet result) throws SQLException {
      try (result) {
        if (!result.next()) {
          throw new IllegalStateException("no rows");
        }
      }
    }
  }

  private static List<String> calciteClasses(String... arguments)
      throws IOException, InterruptedException {
    Process process =
        ChildJvm.start(List.of("-Xlog:class+load", "-Xshare:auto"), Program.class, arguments);
    List<String> calcite = new ArrayList<>();
    List<String> others = new ArrayList<>();
    try (BufferedReader output =
        new BufferedReader(
            new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8))) {
      output
          .lines()
          .forEach(
              line -> {
                boolean isCalcite =
                    line.contains(" org.apache.calcite.")
                        && !line.contains(" org.apache.calcite.avatica.");
                (isCalcite ? calcite : others).add(line);
              });
    }
    assertThat(process.waitFor())
        .as(String.join("\n", others.subList(Math.max(0, others.size() - 20), others.size())))
        .isZero();
    assertThat(others).anyMatch(line -> line.contains("org.btrdb.jdbc.BtrdbDatabaseMetaData"));
    return calcite;
  }

  @Test
  void connectingAndMetadataLoadNoCalciteClass() throws Exception {
    assertThat(calciteClasses()).isEmpty();
  }

  /** That the test above can fail. */
  @Test
  void sqlDoesLoadCalcite() throws Exception {
    assertThat(calciteClasses("SELECT value FROM \"a\".r")).isNotEmpty();
  }
}
