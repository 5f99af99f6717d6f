package org.btrdb.jdbc;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DatabaseMetaData;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * What DBeaver and Hibernate ask of the metadata, with our answers, as files to read in a review.
 *
 * <p>A file's lines of calls are what is asked; below each is the answer, indented. {@code
 * -Dgolden.write=true} keeps the calls and writes the answers anew.
 */
class MetadataGoldenTest {
  private static final Path GOLDEN = Path.of("src", "test", "resources", "org/btrdb/jdbc/golden");

  @ParameterizedTest
  @ValueSource(strings = {"dbeaver", "hibernate"})
  void answersAreThoseOfTheFile(String client) throws Throwable {
    Path file = GOLDEN.resolve(client + ".txt");
    List<String> recorded = Files.readAllLines(file);
    List<String> calls = recorded.stream().filter(l -> !l.startsWith(" ")).toList();
    assertThat(calls).hasSizeGreaterThan(5);
    List<String> answered = new ArrayList<>();
    try (TestData data = new TestData()) {
      data.stream("plant/a", "stream_0", Map.of("unit", "V"), Map.of("site", "north"));
      try (Connection connection = data.connect()) {
        for (String call : calls) {
          answered.add(call);
          TracedCall parsed = Objects.requireNonNull(TracedCall.parse(call), call);
          addAnswer(
              Objects.requireNonNull(parsed.on(connection.getMetaData()), call),
              data,
              connection,
              answered);
        }
      }
    }
    if (Boolean.getBoolean("golden.write")) {
      Files.write(file, answered);
    } else {
      assertThat(answered).containsExactlyElementsOf(recorded);
    }
  }

  private static void addAnswer(
      Object answer, TestData data, Connection connection, List<String> answered)
      throws SQLException {
    if (!(answer instanceof ResultSet result)) {
      answered.add("  -> " + shown(answer, data, connection.getMetaData()));
      return;
    }
    try (result) {
      int columns = result.getMetaData().getColumnCount();
      List<String> cells = new ArrayList<>();
      for (int column = 1; column <= columns; column++) {
        cells.add(result.getMetaData().getColumnLabel(column));
      }
      answered.add("  -> " + String.join(" | ", cells));
      while (result.next()) {
        cells.clear();
        for (int column = 1; column <= columns; column++) {
          cells.add(
              shown(String.valueOf(result.getObject(column)), data, connection.getMetaData()));
        }
        answered.add("     " + String.join(" | ", cells));
      }
    }
  }

  /** Without what differs from run to run and from release to release. */
  private static String shown(Object value, TestData data, DatabaseMetaData meta)
      throws SQLException {
    return String.valueOf(value)
        .replace(data.url(), "URL")
        .replace(meta.getDriverVersion(), "VERSION")
        .replaceAll("[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}", "UUID")
        .replace("\n", "\\n");
  }
}
