package org.btrdb.embedded;

import static org.btrdb.embedded.Fixture.SCOPE;

import java.nio.file.Path;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicInteger;
import org.btrdb.client.Btrdb;
import org.btrdb.client.Subscription;
import org.btrdb.client.batch.PointBatch;
import org.btrdb.client.error.BtrdbException;
import org.btrdb.client.model.MergePolicy;

/** Writes into a directory until it is full, and follows what it writes. */
final class FollowedFullDisk {
  private static final int POINTS = 2000;

  private FollowedFullDisk() {}

  public static void main(String[] arguments) {
    try (Btrdb btrdb = Fixture.directory(Path.of(arguments[0]))) {
      UUID uuid = Fixture.create(btrdb, "c", "n");
      Subscription subscription = btrdb.subscribe(List.of(uuid), SCOPE);
      subscription.next();
      AtomicInteger tellings = new AtomicInteger();
      subscription.onReady(tellings::incrementAndGet);
      long acknowledged = 0;
      long told = 0;
      try {
        while (true) {
          insert(btrdb, uuid, acknowledged);
          acknowledged += POINTS;
          subscription.next();
          told += subscription.current().points().size();
        }
      } catch (BtrdbException e) {
        System.out.println("acknowledged " + acknowledged);
        System.out.println("told " + told);
        // The failure is told as well; an insert that fails is not, not even before it does.
        System.out.println("tellings " + (tellings.get() - 1) * POINTS);
      }
      try {
        subscription.next();
      } catch (BtrdbException e) {
        System.out.println("ended " + e.code() + " " + e.getMessage());
      }
    } catch (BtrdbException e) {
      // Closing says once more that the disk is full.
    }
  }

  private static void insert(Btrdb btrdb, UUID uuid, long first) {
    long[] times = new long[POINTS];
    double[] values = new double[POINTS];
    for (int i = 0; i < POINTS; i++) {
      times[i] = (first + i) * 1_000_003;
      values[i] = Math.sin((double) first + i);
    }
    btrdb.insert(uuid, PointBatch.of(times, values), MergePolicy.NEVER, SCOPE);
  }
}
