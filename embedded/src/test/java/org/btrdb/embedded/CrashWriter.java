package org.btrdb.embedded;

import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Map;
import java.util.Random;
import java.util.UUID;
import org.btrdb.client.Btrdb;
import org.btrdb.client.batch.PointBatch;
import org.btrdb.client.error.BtrdbException;
import org.btrdb.client.model.MergePolicy;
import org.btrdb.client.model.NewStream;

/**
 * Inserts numbered batches into one stream for each of its threads until it is killed, and prints
 * {@code ack STREAM BATCH} after each. What a batch holds follows from its number.
 */
final class CrashWriter {
  static final int STREAMS = 3;
  static final int BATCH_NANOS = 100_000;

  private CrashWriter() {}

  public static void main(String[] arguments) {
    Btrdb btrdb = Fixture.directory(Path.of(arguments[0]));
    int first = Integer.parseInt(arguments[1]);
    for (int stream = 0; stream < STREAMS; stream++) {
      if (btrdb.stream(uuid(stream), Fixture.SCOPE).isEmpty()) {
        btrdb.create(
            new NewStream(uuid(stream), "crash", Map.of("name", "s" + stream), Map.of()),
            Fixture.SCOPE);
      }
    }
    for (int stream = 0; stream < STREAMS; stream++) {
      int number = stream;
      new Thread(() -> write(btrdb, number, first), "stream " + stream).start();
    }
  }

  private static void write(Btrdb btrdb, int stream, int first) {
    try {
      for (int batch = first; ; batch++) {
        btrdb.insert(uuid(stream), batch(stream, batch), MergePolicy.NEVER, Fixture.SCOPE);
        print("ack " + stream + " " + batch);
        if (batch % 17 == 0) {
          btrdb.flush(uuid(stream), Fixture.SCOPE);
        }
      }
    } catch (BtrdbException e) {
      print("error " + e.code() + " " + e.getMessage());
    }
  }

  private static synchronized void print(String line) {
    try {
      // Straight to the descriptor: an acknowledgement that was printed has left the process.
      new FileOutputStream(FileDescriptor.out)
          .write((line + "\n").getBytes(StandardCharsets.UTF_8));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  static UUID uuid(int stream) {
    return new UUID(4711, stream);
  }

  static PointBatch batch(int stream, int batch) {
    int size = size(stream, batch);
    long[] times = new long[size];
    double[] values = new double[size];
    for (int i = 0; i < size; i++) {
      times[i] = (long) batch * BATCH_NANOS + i;
      values[i] = batch + i * 1e-6;
    }
    return PointBatch.of(times, values);
  }

  private static int size(int stream, int batch) {
    Random random = new Random(stream * 1_000_003L + batch);
    return random.nextInt(12) == 0 ? 30_000 + random.nextInt(10_000) : 1 + random.nextInt(400);
  }
}
