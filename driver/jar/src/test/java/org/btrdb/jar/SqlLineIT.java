package org.btrdb.jar;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.File;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** SQLLine with the one jar, as a shell is run: a process with nothing else on its class path. */
final class SqlLineIT {
  private static final String SCRIPT =
      """
      CREATE TABLE "plant/a".s (time TIMESTAMP(9), value DOUBLE);
      INSERT INTO "plant/a".s VALUES (TIMESTAMP '2016-07-01 00:00:00.000000001', 60.25);
      !tables
      !describe S
      SELECT time, value FROM "plant/a".s;
      SELECT nope FROM "plant/a".s;
      """;

  @TempDir Path directory;

  @Test
  void listsTablesAndQueries() throws Exception {
    Path said = directory.resolve("said");
    Process process =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:TieredStopAtLevel=1",
                "-cp",
                IsolatedJar.file()
                    + File.pathSeparator
                    + IsolatedJar.clientDirectory("sqlline").resolve("*"),
                "sqlline.SqlLine",
                "-u",
                "jdbc:btrdb:mem:sqlline",
                "-n",
                "joe",
                "-p",
                "s3cret",
                "-f",
                Files.writeString(directory.resolve("script.sql"), SCRIPT).toString(),
                "--historyFile=" + directory.resolve("history"),
                "--maxWidth=200")
            .redirectErrorStream(true)
            .redirectOutput(said.toFile())
            .start();
    process.getOutputStream().close();
    process.waitFor();
    assertThat(Files.readString(said, StandardCharsets.UTF_8))
        .contains("plant/a", "TABLE", "2016-07-01 00:00:00.000000001", "| 60.25 ")
        .contains("1 row selected", "state=42S22")
        .containsOnlyOnce("Error: ")
        .contains("Error: line 1, column 8: Column 'nope' not found")
        .doesNotContain("s3cret");
  }
}
