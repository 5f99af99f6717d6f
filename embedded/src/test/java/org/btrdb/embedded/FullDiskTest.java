package org.btrdb.embedded;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import org.btrdb.client.Btrdb;
import org.btrdb.client.batch.PointBatch;
import org.btrdb.client.model.StreamVersion;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/** A JVM whose file may not grow any more says so once for each call and loses nothing. */
@DisabledOnOs(value = OS.WINDOWS, disabledReason = "needs ulimit")
class FullDiskTest {
  @TempDir Path temporary;

  @Test
  void fullDiskIsOneClearErrorAndAcknowledgedPointsSurvive() throws Exception {
    Path directory = temporary.resolve("data");
    List<String> lines;
    try (ChildJvm child =
        ChildJvm.startWithFileLimit(4096, CrashWriter.class, directory.toString(), "0")) {
      lines = child.remainingLines();
      assertThat(child.exitStatus()).isZero();
    }
    List<String> errors = lines.stream().filter(line -> !line.startsWith("ack ")).toList();
    assertThat(errors).hasSize(CrashWriter.STREAMS);
    assertThat(errors)
        .allSatisfy(
            line -> assertThat(line).startsWith("error STORE_IO").contains(directory.toString()));
    assertThat(errors).anySatisfy(line -> assertThat(line).contains("File too large"));
    List<String> acks = lines.stream().filter(line -> line.startsWith("ack ")).toList();
    assertThat(acks).isNotEmpty();
    try (Btrdb btrdb = Fixture.directory(directory)) {
      for (String ack : acks) {
        String[] words = ack.split(" ", -1);
        int stream = Integer.parseInt(words[1]);
        int batch = Integer.parseInt(words[2]);
        PointBatch expected = CrashWriter.batch(stream, batch);
        long start = (long) batch * CrashWriter.BATCH_NANOS;
        assertThat(
                Fixture.raw(
                    btrdb,
                    CrashWriter.uuid(stream),
                    start,
                    start + CrashWriter.BATCH_NANOS,
                    StreamVersion.LATEST))
            .as(ack)
            .hasSize(expected.size());
      }
    }
  }
}
