package org.btrdb.embedded;

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
 * Fills streams, then inserts late points, each in a leaf of its own, and is gone without closing.
 *
 * <p>Arguments: directory, streams, leaves of each, inserts into each, points of an insert.
 */
final class SparseWriter {
  /** Points of a full leaf: it is split by one more. */
  private static final int LEAF_POINTS = 1024;

  /** So that each leaf's span holds just as many. */
  private static final long STEP_NANOS = 1L << 28;

  private SparseWriter() {}

  static UUID uuid(int stream) {
    return new UUID(4712, stream);
  }

  public static void main(String[] arguments) {
    Btrdb btrdb = Fixture.directory(Path.of(arguments[0]));
    int streams = Integer.parseInt(arguments[1]);
    int leaves = Integer.parseInt(arguments[2]);
    int inserts = Integer.parseInt(arguments[3]);
    int perInsert = Integer.parseInt(arguments[4]);
    for (int stream = 0; stream < streams; stream++) {
      btrdb.create(
          new NewStream(uuid(stream), "sparse", Map.of("name", "s" + stream), Map.of()),
          Fixture.SCOPE);
      for (int leaf = 0; leaf < leaves; leaf += 64) {
        insert(btrdb, stream, leaf * LEAF_POINTS, 64 * LEAF_POINTS, 1);
      }
    }
    System.out.println("filled");
    try {
      for (int insert = 0; insert < inserts; insert++) {
        for (int stream = 0; stream < streams; stream++) {
          int first = insert * perInsert * LEAF_POINTS + 1;
          insert(btrdb, stream, first, perInsert, LEAF_POINTS);
        }
      }
      System.out.println("inserted");
    } catch (BtrdbException e) {
      System.out.println("error " + e.code() + " " + e.getMessage());
    }
    System.out.flush();
    Runtime.getRuntime().halt(0);
  }

  private static void insert(Btrdb btrdb, int stream, int first, int count, int stride) {
    Random random = new Random(first);
    long[] times = new long[count];
    double[] values = new double[count];
    for (int i = 0; i < count; i++) {
      times[i] = (first + (long) i * stride) * STEP_NANOS + (stride > 1 ? 1 : 0);
      values[i] = random.nextDouble();
    }
    btrdb.insert(uuid(stream), PointBatch.of(times, values), MergePolicy.NEVER, Fixture.SCOPE);
  }
}
