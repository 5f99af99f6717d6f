package org.btrdb.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * The examples of the pages for users: Java is part of a test that the build compiles, word for
 * word; SQL runs over a database that has the streams named there; links lead somewhere.
 */
final class DocsTest {
  private static final Pattern JAVA = Pattern.compile("```java\n(.*?)```", Pattern.DOTALL);
  private static final Pattern SQL = Pattern.compile("```sql\n(.*?)```", Pattern.DOTALL);
  private static final Pattern INLINE_SQL = Pattern.compile("`(SELECT [^`…]* FROM [^`…]*)`");
  private static final Pattern LINK = Pattern.compile("\\]\\(([^)#:]+)(#[^)]*)?\\)");

  /** README.md and the pages of docs. */
  static List<Path> pages() throws IOException {
    List<Path> pages = new ArrayList<>(List.of(ProjectRoot.path().resolve("README.md")));
    try (Stream<Path> docs = Files.list(ProjectRoot.path().resolve("docs"))) {
      docs.sorted().forEach(pages::add);
    }
    return pages;
  }

  @ParameterizedTest
  @MethodSource("pages")
  void javaIsCompiled(Path page) throws IOException {
    String sources = testSources();
    for (String example : found(JAVA, page)) {
      assertThat(sources).as("in no test: %s", example).contains(words(example));
    }
  }

  @ParameterizedTest
  @MethodSource("pages")
  void sqlRuns(Path page) throws Exception {
    List<String> statements = new ArrayList<>(found(INLINE_SQL, page));
    for (String block : found(SQL, page)) {
      statements.addAll(List.of(block.split(";\\s*(?:\n|$)")));
    }
    try (Connection connection = DriverManager.getConnection("jdbc:btrdb:mem:docs")) {
      try (Statement statement = connection.createStatement()) {
        for (String stream : List.of("\"sunshine/PMU3\".L1MAG", "\"ett/h1\".OT", "plant.s")) {
          statement.execute("CREATE TABLE " + stream + " (time TIMESTAMP(9), value DOUBLE)");
          statement.execute(
              "INSERT INTO " + stream + " VALUES (TIMESTAMP '2016-01-01 00:00:00.000000001', 1)");
        }
      }
      for (String sql : statements) {
        run(connection, sql);
      }
    }
  }

  @ParameterizedTest
  @MethodSource("pages")
  void linksLeadSomewhere(Path page) throws IOException {
    for (String link : found(LINK, page)) {
      assertThat(page.resolveSibling(link)).exists();
    }
  }

  /** One with parameters is only prepared. */
  private static void run(Connection connection, String sql) {
    try (PreparedStatement statement = connection.prepareStatement(sql)) {
      if (statement.getParameterMetaData().getParameterCount() == 0 && statement.execute()) {
        try (ResultSet rows = statement.getResultSet()) {
          while (rows.next()) {
            rows.getObject(1);
          }
        }
      }
    } catch (SQLException e) {
      throw new AssertionError(sql, e);
    }
  }

  private static List<String> found(Pattern pattern, Path page) throws IOException {
    List<String> found = new ArrayList<>();
    Matcher matcher = pattern.matcher(Files.readString(page));
    while (matcher.find()) {
      found.add(matcher.group(1));
    }
    return found;
  }

  private static String testSources() throws IOException {
    StringBuilder sources = new StringBuilder();
    for (String module : List.of("cli", "driver", "driver/jar", "driver/spark")) {
      Path tests = ProjectRoot.path().resolve(module).resolve("src/test/java");
      try (Stream<Path> files = Files.walk(tests)) {
        for (Path file : files.filter(Files::isRegularFile).sorted().toList()) {
          sources.append(words(Files.readString(file))).append('\n');
        }
      }
    }
    return sources.toString();
  }

  /** However lines are broken and indented, and whatever NullAway wants to know. */
  private static String words(String text) {
    return text.replace("@Nullable ", "").replaceAll("\\s+", " ").strip();
  }
}
