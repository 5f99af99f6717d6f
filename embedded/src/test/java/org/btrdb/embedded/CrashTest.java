package org.btrdb.embedded;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.btrdb.client.Btrdb;
import org.btrdb.client.batch.Point;
import org.btrdb.client.batch.PointBatch;
import org.btrdb.client.model.StreamVersion;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Kills a JVM that inserts, at random moments, and looks at what it left. */
class CrashTest {
  @TempDir Path temporary;

  @Test
  void killedWriterLosesNothingAcknowledgedAndLeavesNothingHalf() throws Exception {
    killRepeatedly(8, new Random().nextLong());
  }

  @Test
  @Tag("long")
  void hundredKilledWritersLoseNothing() throws Exception {
    killRepeatedly(100, new Random().nextLong());
  }

  private void killRepeatedly(int kills, long seed) throws Exception {
    Random random = new Random(seed);
    int first = 0;
    int[] acknowledged = new int[CrashWriter.STREAMS];
    List<boolean[]> expected = new ArrayList<>();
    for (int kill = 0; kill < kills; kill++) {
      Path directory = temporary.resolve("run" + kill / 4);
      if (kill % 4 == 0) {
        first = 0;
        expected.clear();
        for (int i = 0; i < CrashWriter.STREAMS; i++) {
          expected.add(new boolean[100_000]);
        }
      }
      Arrays.fill(acknowledged, first - 1);
      runAndKill(directory, first, random.nextInt(150), acknowledged);
      int last = Arrays.stream(acknowledged).max().orElseThrow();
      for (int stream = 0; stream < CrashWriter.STREAMS; stream++) {
        Arrays.fill(expected.get(stream), first, acknowledged[stream] + 1, true);
      }
      first = last + 2; // beyond what may have been stored without an acknowledgement
      check("seed " + seed + " kill " + kill, directory, expected, first);
    }
  }

  private static void runAndKill(Path directory, int first, int acks, int[] acknowledged)
      throws IOException, InterruptedException {
    try (ChildJvm child =
        ChildJvm.start(
            CrashWriter.class, List.of(), directory.toString(), Integer.toString(first))) {
      for (int i = 0; i < acks; i++) {
        note(child.readLine(), acknowledged);
      }
      child.kill();
      child.remainingLines().forEach(line -> note(line, acknowledged));
      child.exitStatus();
    }
  }

  private static void note(@org.jspecify.annotations.Nullable String line, int[] acknowledged) {
    assertThat(line).matches("ack \\d+ \\d+");
    String[] words = String.valueOf(line).split(" ", -1);
    acknowledged[Integer.parseInt(words[1])] = Integer.parseInt(words[2]);
  }

  private static void check(String what, Path directory, List<boolean[]> expected, int end) {
    try (Btrdb btrdb = Fixture.directory(directory)) {
      for (int stream = 0; stream < CrashWriter.STREAMS; stream++) {
        for (int batch = 0; batch < end; batch++) {
          List<Point> found = found(btrdb, stream, batch);
          if (expected.get(stream)[batch] || !found.isEmpty()) {
            assertThat(found)
                .as("%s stream %d batch %d", what, stream, batch)
                .isEqualTo(pointsOf(CrashWriter.batch(stream, batch)));
            expected.get(stream)[batch] = true; // once there, it has to stay
          }
        }
      }
    }
  }

  private static List<Point> found(Btrdb btrdb, int stream, int batch) {
    if (btrdb.stream(CrashWriter.uuid(stream), Fixture.SCOPE).isEmpty()) {
      return List.of();
    }
    long start = (long) batch * CrashWriter.BATCH_NANOS;
    return Fixture.raw(
        btrdb,
        CrashWriter.uuid(stream),
        start,
        start + CrashWriter.BATCH_NANOS,
        StreamVersion.LATEST);
  }

  private static List<Point> pointsOf(PointBatch batch) {
    List<Point> points = new ArrayList<>();
    for (int i = 0; i < batch.size(); i++) {
      points.add(new Point(batch.time(i), batch.value(i)));
    }
    return points;
  }
}
