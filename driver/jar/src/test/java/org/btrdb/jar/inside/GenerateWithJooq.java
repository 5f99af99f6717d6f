package org.btrdb.jar.inside;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.Statement;
import java.util.List;
import java.util.Objects;
import java.util.function.Function;
import java.util.stream.Stream;
import org.btrdb.jdbc.BtrdbDriver;
import org.jooq.codegen.GenerationTool;
import org.jooq.meta.jaxb.Configuration;
import org.jooq.meta.jaxb.Database;
import org.jooq.meta.jaxb.Generator;
import org.jooq.meta.jaxb.Logging;
import org.jooq.meta.jaxb.Target;

/** The code generator of jOOQ: from a URL and a directory to the lines of the classes in there. */
public final class GenerateWithJooq implements Function<List<String>, List<String>> {
  @Override
  public List<String> apply(List<String> urlAndDirectory) {
    Path directory = Path.of(urlAndDirectory.get(1));
    try (Connection connection =
            Objects.requireNonNull(new BtrdbDriver().connect(urlAndDirectory.get(0), null));
        Statement statement = connection.createStatement()) {
      statement.execute("CREATE TABLE jooq.s (time TIMESTAMP(9), value DOUBLE)");
      GenerationTool tool = new GenerationTool();
      tool.setConnection(connection);
      tool.run(
          new Configuration()
              .withLogging(Logging.WARN)
              .withGenerator(
                  new Generator()
                      .withDatabase(
                          new Database()
                              .withName("org.jooq.meta.jdbc.JDBCDatabase")
                              .withInputSchema("jooq"))
                      .withTarget(
                          new Target()
                              .withPackageName("generated")
                              .withDirectory(directory.toString()))));
      return lines(directory);
    } catch (Exception e) {
      throw new IllegalStateException(e);
    }
  }

  private static List<String> lines(Path directory) throws IOException {
    try (Stream<Path> files = Files.walk(directory)) {
      StringBuilder text = new StringBuilder();
      for (Path file : files.filter(Files::isRegularFile).sorted().toList()) {
        text.append(Files.readString(file));
      }
      return text.toString().lines().map(String::strip).toList();
    }
  }
}
