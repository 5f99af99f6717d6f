package org.btrdb.jar;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.jar.JarFile;
import java.util.regex.Pattern;
import java.util.zip.ZipEntry;
import org.btrdb.jar.inside.FirstStatement;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * What a JVM loads of the one jar for its first statement lies in it uncompressed, by the list
 * {@code src/main/start/first-statement.txt}; {@code -Dlist.write=true} writes that anew.
 */
final class FirstStatementIT {
  private static final Path LIST =
      Path.of(
          System.getProperty("btrdb.testClasses", ""), "../../src/main/start/first-statement.txt");
  private static final String FIRST_ENTRY = "META-INF/MANIFEST.MF";

  /** Of our own, which one compiler makes of a switch and another does not. */
  private static final Pattern NUMBERED =
      Pattern.compile("org/btrdb/(?!jdbc/shaded/).*\\$\\d+\\.class");

  @TempDir Path directory;

  @Test
  void whatTheFirstStatementLoadsIsNotCompressed() throws Exception {
    String url = "jdbc:btrdb:file:" + directory.resolve("data");
    run(url, "CREATE TABLE lab.volts (time TIMESTAMP(9), value DOUBLE)");
    run(url, "INSERT INTO lab.volts VALUES (TIMESTAMP '2026-03-01 12:00:00', 229.5)");
    Set<String> loaded =
        loaded(run(url, "SELECT COUNT(*), AVG(value) FROM lab.volts WHERE value > 1"));
    loaded.addAll(loaded(run(url, "SELECT time, value FROM lab.volts ORDER BY time LIMIT 1")));
    assertThat(loaded).hasSizeGreaterThan(1_000);
    if (Boolean.getBoolean("list.write")) {
      List<String> lines = new ArrayList<>(List.of(FIRST_ENTRY));
      loaded.stream().filter(name -> !NUMBERED.matcher(name).matches()).forEach(lines::add);
      Files.write(LIST, lines, StandardCharsets.UTF_8);
      return;
    }
    try (JarFile jar = new JarFile(IsolatedJar.file().toFile())) {
      assertThat(jar.stream().findFirst().orElseThrow().getName()).isEqualTo(FIRST_ENTRY);
      assertThat(Files.readAllLines(LIST, StandardCharsets.UTF_8))
          .as("entries of the list; -Dlist.write=true writes it anew")
          .allMatch(name -> jar.getEntry(name) != null);
      long stored =
          loaded.stream().filter(name -> jar.getEntry(name).getMethod() == ZipEntry.STORED).count();
      assertThat(stored)
          .as("of %d loaded; -Dlist.write=true writes the list anew", loaded.size())
          .isGreaterThan(loaded.size() * 9L / 10);
    }
  }

  /** The entries of the jar that a JVM's log says were loaded. */
  private static Set<String> loaded(List<String> log) {
    String source = " source: file:" + IsolatedJar.file();
    Set<String> entries = new TreeSet<>();
    for (String line : log) {
      int end = line.indexOf(source);
      if (end > 0) {
        String name = line.substring(line.lastIndexOf(']', end) + 1, end).strip();
        entries.add(name.replace('.', '/') + ".class");
      }
    }
    return entries;
  }

  private List<String> run(String url, String statement) throws IOException, InterruptedException {
    Path log = directory.resolve("log");
    String classPath =
        IsolatedJar.file() + File.pathSeparator + System.getProperty("btrdb.testClasses");
    JavaProcess said =
        JavaProcess.run(
            directory,
            "-Xlog:class+load:file=" + log,
            "-cp",
            classPath,
            FirstStatement.class.getName(),
            url,
            statement);
    assertThat(said.status()).as("%s", said.err()).isZero();
    return Files.readAllLines(log, StandardCharsets.UTF_8);
  }
}
