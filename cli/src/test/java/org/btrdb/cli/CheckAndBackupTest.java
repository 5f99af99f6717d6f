package org.btrdb.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code check} and {@code backup}: what they print and how they end. */
class CheckAndBackupTest {
  @TempDir Path temporary;

  @Test
  void backupOfTheDemoIsCleanAndDamageIsSaid() throws IOException {
    Path data = temporary.resolve("data");
    Path copy = temporary.resolve("copy");
    assertThat(CliRun.here("demo", "--data", data.toString()).status()).isZero();
    CliRun backup = CliRun.here("backup", "--data", data.toString(), "--to", copy.toString());
    assertThat(backup.err()).isEmpty();
    assertThat(backup.out()).matches("[0-9]+ bytes copied to .*copy\\R");
    CliRun check = CliRun.here("check", "--data", copy.toString());
    assertThat(check.err()).isEmpty();
    assertThat(check.out())
        .startsWith("streams   4" + System.lineSeparator())
        .contains("points    288000")
        .endsWith("clean" + System.lineSeparator());
    assertThat(check.status()).isZero();

    Path file = copy.resolve("btrdb.mv");
    byte[] bytes = Files.readAllBytes(file);
    for (int i = 20_000; i < bytes.length - 200; i += 1000) {
      bytes[i] ^= 1;
    }
    Files.write(file, bytes);
    CliRun damaged = CliRun.here("check", "--data", copy.toString());
    assertThat(damaged.status()).isEqualTo(1);
    assertThat(damaged.err()).startsWith("error: ").contains(copy.toString());
  }

  @Test
  void whatIsNotThereIsRefusedInOneLine() {
    String none = temporary.resolve("none").toString();
    for (CliRun run :
        new CliRun[] {
          CliRun.here("check", "--data", none),
          CliRun.here("backup", "--data", none, "--to", temporary.resolve("copy").toString())
        }) {
      assertThat(run.status()).isEqualTo(1);
      assertThat(run.err()).startsWith("error: ").contains(none).hasLineCount(1);
    }
    assertThat(CliRun.here("backup", "--data", none).status()).isEqualTo(2);
  }
}
