package org.btrdb.cli;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.math.BigDecimal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDateTime;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Locale;

/** The transformer measurements in the shared directory, read without our own code. */
final class EttData {
  private static final DateTimeFormatter DATE =
      DateTimeFormatter.ofPattern("uuuu-MM-dd HH:mm:ss", Locale.ROOT);

  private EttData() {}

  /**
   * A row of the file.
   *
   * @param timeText the time as the file has it
   * @param oil the oil temperature, column OT
   */
  record Row(LocalDateTime time, String timeText, double oil) {}

  /** The file, if this machine has it. */
  static Path file(String name) {
    Path file = ProjectRoot.path().resolve("../shared/data/ett").resolve(name).normalize();
    if (!Files.exists(file)) {
      // A worktree lies one level deeper than the checkout it belongs to.
      file = ProjectRoot.path().resolve("../../shared/data/ett").resolve(name).normalize();
    }
    assumeTrue(Files.exists(file), "no " + name + " in ../shared/data/ett");
    return file;
  }

  static List<Row> rows(String name) throws IOException {
    return Files.readAllLines(file(name)).stream()
        .skip(1)
        .map(line -> line.split(",", -1))
        .map(c -> new Row(LocalDateTime.parse(c[0], DATE), c[0], Double.parseDouble(c[7])))
        .toList();
  }

  /** The exact mean, rounded once. */
  static double mean(List<Row> rows) {
    BigDecimal sum = BigDecimal.ZERO;
    for (Row row : rows) {
      sum = sum.add(new BigDecimal(row.oil()));
    }
    return sum.divide(BigDecimal.valueOf(rows.size()), java.math.MathContext.DECIMAL128)
        .doubleValue();
  }
}
