package org.btrdb.sql;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What our operators run loads neither Janino nor Calcite's large registries of rules. */
class OperatorClassLoadingTest {
  private static final List<String> HEAVY =
      List.of(
          "org.codehaus.janino.",
          "org.apache.calcite.adapter.enumerable.EnumerableRules",
          "org.apache.calcite.rel.rules.CoreRules",
          "org.apache.calcite.tools.Programs");

  /** What the other JVM runs. */
  static final class Program {
    private Program() {}

    public static void main(String[] arguments) {
      try (TestBtrdb db = new TestBtrdb()) {
        db.stream("l", "a", new long[] {1, 2, 3}, new double[] {1, 2, 3});
        db.stream("l", "b", new long[] {2, 3, 4}, new double[] {4, 5, 6});
        if (db.rows(arguments[0]).isEmpty()) {
          throw new IllegalStateException("no rows");
        }
      }
    }
  }

  private static List<String> heavyClasses(String sql) throws Exception {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(List.of("-Xlog:class+load", "-cp"));
    command.add(
        System.getProperty("surefire.test.class.path", System.getProperty("java.class.path")));
    command.add(Program.class.getName());
    command.add(sql);
    Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
    List<String> heavy = new ArrayList<>();
    List<String> others = new ArrayList<>();
    try (BufferedReader output =
        new BufferedReader(
            new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8))) {
      output
          .lines()
          .forEach(line -> (HEAVY.stream().anyMatch(line::contains) ? heavy : others).add(line));
    }
    assertThat(process.waitFor())
        .as(String.join("\n", others.subList(Math.max(0, others.size() - 20), others.size())))
        .isZero();
    assertThat(others).anyMatch(line -> line.contains("org.btrdb.sql.CalciteSqlSession"));
    return heavy;
  }

  @Test
  void aJoinWithAggregateAndSortLoadsNoCompilerAndNoRegistry() throws Exception {
    assertThat(
            heavyClasses(
                "SELECT x.value + 1, COUNT(*) AS n FROM \"l\".a AS x JOIN \"l\".b AS y ON x.time ="
                    + " y.time WHERE y.value > 1 GROUP BY x.value + 1 ORDER BY n DESC LIMIT 5"))
        .isEmpty();
  }

  /** That the test above can fail. */
  @Test
  void whatCalciteRunsLoadsBoth() throws Exception {
    assertThat(heavyClasses("SELECT LISTAGG(CAST(value AS VARCHAR)) FROM \"l\".a")).isNotEmpty();
  }
}
