package org.btrdb.sql.logictest;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.file.FileSystem;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Stream;
import net.hydromatic.sqllogictest.SltTestFile;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** The answers of SQL Logic Test's scripts, over BTrDB. */
class SqlLogicTest {
  private static final long SEED = Long.getLong("seed", new Random().nextLong());

  private final Random random = new Random(SEED);

  /**
   * Scripts of the suite.
   *
   * @param prefix how their names begin
   * @param files how many of them
   * @param every one of how many of their queries
   */
  private record Part(String prefix, int files, int every) {}

  @Test
  void aSliceOfTheAnswersIsRight() throws Exception {
    run(
            40,
            List.of(
                new Part("test/select1", 1, 4),
                new Part("test/select2", 1, 4),
                new Part("test/select3", 1, 12),
                new Part("test/select4", 1, 20),
                new Part("test/select5", 1, 40),
                new Part("test/random/aggregates", 3, 40),
                new Part("test/random/groupby", 2, 40),
                new Part("test/index/between/10/", 1, 100)))
        .forEach(SqlLogicTest::hasNoSkips);
  }

  /**
   * All of them: over a million queries. {@code -Devery=n} runs every n-th, {@code
   * -Dscripts=test/index,test/random/expr} others than those that must all be right; in the others
   * some cannot be expressed.
   */
  @Test
  @Tag("long")
  void everyAnswerIsRight() throws Exception {
    String prefixes =
        System.getProperty(
            "scripts", "test/select,test/random/aggregates,test/random/groupby,test/index/between");
    int every = Integer.getInteger("every", 1);
    run(
        200,
        Stream.of(prefixes.split(",", -1))
            .map(prefix -> new Part(prefix, Integer.MAX_VALUE, every))
            .toList());
  }

  private List<LogicReport> run(int compareEvery, List<Part> parts) throws Exception {
    List<LogicReport> reports = new ArrayList<>();
    ExecutorService threads =
        Executors.newFixedThreadPool(Runtime.getRuntime().availableProcessors());
    try {
      List<Future<?>> running = new ArrayList<>();
      for (Part part : parts) {
        LogicReport report = new LogicReport(part.prefix());
        reports.add(report);
        List<String> files = new ArrayList<>(files(part.prefix()));
        Collections.shuffle(files, random);
        for (String file : files.subList(0, Math.min(part.files(), files.size()))) {
          int first = random.nextInt(part.every());
          LogicScript script = new LogicScript(file, part.every(), first, compareEvery, report);
          running.add(threads.submit(script::run));
        }
      }
      for (Future<?> script : running) {
        script.get();
      }
    } finally {
      threads.shutdownNow();
    }
    for (LogicReport report : reports) {
      System.getLogger("test")
          .log(System.Logger.Level.INFO, "seed {0}, {1}", String.valueOf(SEED), report);
      assertThat(report.failures()).as("seed %d", SEED).isEmpty();
      assertThat(report.passedQueries()).as("%s", report).isPositive();
    }
    return reports;
  }

  private static void hasNoSkips(LogicReport report) {
    assertThat(report.passedQueries()).as("%s", report).isEqualTo(report.queries());
  }

  /** The names of scripts, in order. */
  private static List<String> files(String prefix) throws IOException, URISyntaxException {
    Path jar =
        Path.of(SltTestFile.class.getProtectionDomain().getCodeSource().getLocation().toURI());
    try (FileSystem suite = FileSystems.newFileSystem(jar);
        Stream<Path> paths = Files.walk(suite.getPath("/test"))) {
      return paths
          .map(path -> path.toString().substring(1))
          .filter(name -> name.startsWith(prefix) && name.endsWith(".test"))
          .sorted()
          .toList();
    }
  }
}
