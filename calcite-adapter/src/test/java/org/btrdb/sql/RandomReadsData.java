package org.btrdb.sql;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.UUID;
import org.btrdb.client.Btrdb;
import org.btrdb.client.CallScope;
import org.btrdb.client.batch.PointBatch;
import org.btrdb.client.model.MergePolicy;
import org.btrdb.client.model.NewStream;
import org.btrdb.client.spi.BtrdbConnector;
import org.btrdb.client.time.IsoTime;

/**
 * Streams for random statements: collection d has u1 to u4, which share many times, one with points
 * of equal times and one without any; collection e has some of the same names. Values are halves of
 * small numbers, so that sums of them are exact.
 */
final class RandomReadsData implements AutoCloseable {
  private static final long HOUR = 3_600_000_000_000L;

  private final Btrdb btrdb = BtrdbConnector.open("mem", "reads-" + UUID.randomUUID(), Map.of());
  private final Random random;
  private final List<Long> instants = new ArrayList<>();
  private final List<Long> versions = new ArrayList<>();

  RandomReadsData(Random random, int points) {
    this.random = random;
    long[] grid = grid(points);
    for (long time : grid) {
      instants.add(time);
    }
    instants.add(grid[0] - 40 * 24 * HOUR);
    instants.add(grid[points - 1] + 40 * 24 * HOUR);
    String[] units = {"volts", "volts", "amps", null, "amps", "Hz"};
    String[] names = {"u1", "u2", "u3", "u4", "twice", "none"};
    for (String collection : new String[] {"d", "e"}) {
      for (int i = 0; i < names.length; i++) {
        if (collection.equals("e") && i % 2 == 1) {
          continue;
        }
        Map<String, String> tags = new HashMap<>(Map.of("name", names[i]));
        if (units[i] != null) {
          tags.put("unit", units[i]);
        }
        UUID uuid = UUID.randomUUID();
        btrdb.create(
            new NewStream(uuid, collection, tags, Map.of("n", String.valueOf(i))),
            CallScope.unbounded());
        fill(uuid, names[i], grid, collection.equals("d") && i == 0);
      }
    }
  }

  Btrdb btrdb() {
    return btrdb;
  }

  /** Times of points. */
  List<Long> instants() {
    return instants;
  }

  /** Versions of u1 in d. */
  List<Long> versions() {
    return versions;
  }

  /** Dense runs, gaps, neighbours, times before 1970. */
  private long[] grid(int points) {
    long[] times = new long[points];
    long time = IsoTime.parseNanos("1969-11-20");
    for (int i = 0; i < points; i++) {
      times[i] = time;
      time +=
          switch (random.nextInt(20)) {
            case 0 -> 1 + random.nextLong(10 * 24 * HOUR);
            case 1, 2 -> 1;
            default -> 1 + random.nextLong(HOUR);
          };
    }
    return times;
  }

  private void fill(UUID uuid, String name, long[] grid, boolean versioned) {
    if (name.equals("none")) {
      return;
    }
    int batches = versioned ? 8 : 1;
    for (int batch = 0; batch < batches; batch++) {
      int of = batch;
      long[] times =
          Arrays.stream(grid)
              .filter(t -> random.nextInt(4) > 0)
              .filter(t -> Math.floorMod(t, batches) == of)
              .flatMap(
                  t ->
                      name.equals("twice") && random.nextBoolean()
                          ? Arrays.stream(new long[] {t, t})
                          : Arrays.stream(new long[] {t}))
              .toArray();
      double[] values = new double[times.length];
      for (int i = 0; i < values.length; i++) {
        values[i] = random.nextInt(-10, 11) / 2.0;
      }
      if (times.length > 0) {
        btrdb.insert(uuid, PointBatch.of(times, values), MergePolicy.NEVER, CallScope.unbounded());
      }
      long version = btrdb.flush(uuid, CallScope.unbounded()).major();
      if (versioned) {
        versions.add(version);
      }
    }
  }

  @Override
  public void close() {
    btrdb.close();
  }
}
