package org.btrdb.embedded;

import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Map;
import java.util.UUID;
import org.btrdb.client.Btrdb;
import org.btrdb.client.batch.PointBatch;
import org.btrdb.client.model.MergePolicy;
import org.btrdb.client.model.MetadataChange;
import org.btrdb.client.model.NewStream;

/**
 * Creates, moves, annotates and obliterates numbered streams until it is killed; prints a word and
 * the number before ({@code obliterate}) or after each step.
 */
final class CrashEditor {
  /** Makes more nodes than are removed in one commit. */
  private static final int POINTS = 1_300_000;

  private CrashEditor() {}

  public static void main(String[] arguments) {
    Btrdb btrdb = Fixture.directory(Path.of(arguments[0]));
    for (int i = Integer.parseInt(arguments[1]); ; i++) {
      UUID uuid = uuid(i);
      btrdb.create(new NewStream(uuid, "new", Map.of("name", "s" + i), Map.of()), Fixture.SCOPE);
      print("created " + i);
      btrdb.setTags(
          uuid, 1, "moved/" + i, MetadataChange.setting(Map.of("unit", "volts")), Fixture.SCOPE);
      btrdb.setAnnotations(uuid, 2, MetadataChange.setting(Map.of("a", "b")), Fixture.SCOPE);
      print("edited " + i);
      if (i % 2 == 0) {
        insert(btrdb, uuid);
        print("obliterate " + i);
        btrdb.obliterate(uuid, Fixture.SCOPE);
        print("obliterated " + i);
      }
    }
  }

  private static void insert(Btrdb btrdb, UUID uuid) {
    long[] times = new long[POINTS];
    for (int i = 0; i < times.length; i++) {
      times[i] = i * 8_333_333L;
    }
    btrdb.insert(uuid, PointBatch.of(times, new double[POINTS]), MergePolicy.NEVER, Fixture.SCOPE);
  }

  static UUID uuid(int number) {
    return new UUID(815, number);
  }

  private static void print(String line) {
    try {
      new FileOutputStream(FileDescriptor.out)
          .write((line + "\n").getBytes(StandardCharsets.UTF_8));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
