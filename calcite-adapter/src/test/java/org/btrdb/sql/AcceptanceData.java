package org.btrdb.sql;

import java.util.Arrays;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.UUID;
import org.btrdb.client.Btrdb;
import org.btrdb.client.CallScope;
import org.btrdb.client.batch.PointBatch;
import org.btrdb.client.model.MergePolicy;
import org.btrdb.client.model.NewStream;
import org.btrdb.client.spi.BtrdbConnector;
import org.btrdb.client.time.IsoTime;

/** Streams of the shape that the acceptance queries are about, in an embedded BTrDB. */
final class AcceptanceData implements AutoCloseable {
  private static final long SECOND = 1_000_000_000L;
  private static final long HOUR = 3600 * SECOND;
  private static final String[] PHASOR = {
    "L1MAG", "L2MAG", "L3MAG", "L1ANG", "L2ANG", "L3ANG", "C1MAG", "C2MAG", "C3MAG", "C1ANG",
    "C2ANG", "C3ANG", "LSTATE"
  };

  private final Btrdb btrdb = BtrdbConnector.open("mem", "accept-" + UUID.randomUUID(), Map.of());
  private final Random random = new Random(20160101);

  AcceptanceData() {
    for (String collection : new String[] {"sunshine/PMU1", "sunshine/PMU3", "sunshine/PMU10"}) {
      for (String name : PHASOR) {
        boolean main = collection.equals("sunshine/PMU3") && name.equals("L1MAG");
        UUID uuid = create(UUID.randomUUID(), collection, name, unit(name));
        write(uuid, name, main ? mainTimes() : phasorTimes(), main ? 300 : 1);
      }
    }
    for (String collection : new String[] {"USEAST_NOC1/90807", "USEAST_NOC1/90808"}) {
      for (String name : new String[] {"FREQ", "DFDT", "L1MAG", "LSTATE"}) {
        UUID uuid = create(UUID.randomUUID(), collection, name, unit(name));
        write(uuid, name, name.equals("LSTATE") ? stateTimes() : frequencyTimes(), 1);
      }
    }
    UUID wave = create(UUID.randomUUID(), "POW/signatures/event2907", "Va", "volts");
    write(wave, "Va", times(IsoTime.parseNanos("2018-06-01T10:00:00"), 20_000, 50_000, 0), 1);
    UUID known = UUID.fromString("07d28a44-4991-492d-b9c5-2d8cec5aa6d4");
    create(known, "quick/start", "sine", "volts");
    write(known, "sine", times(1_500_000_000_000_000_000L, 300, 8_333_333, 0), 1);
    create(UUID.randomUUID(), "sunshine/odd", "", "");
  }

  Btrdb btrdb() {
    return btrdb;
  }

  private UUID create(UUID uuid, String collection, String name, String unit) {
    Map<String, String> tags = new TreeMap<>();
    if (!name.isEmpty()) {
      tags.put("name", name);
      tags.put("unit", unit);
    }
    btrdb.create(
        new NewStream(uuid, collection, tags, Map.of("state", "TN", "kind", "test")),
        CallScope.unbounded());
    return uuid;
  }

  private static String unit(String name) {
    return switch (name.charAt(0)) {
      case 'L' -> name.endsWith("MAG") ? "volts" : name.endsWith("ANG") ? "deg" : "mask";
      case 'C' -> name.endsWith("MAG") ? "amps" : "deg";
      case 'F' -> "Hz";
      default -> "Hz/s";
    };
  }

  private long[] times(long start, int count, long step, long jitter) {
    long[] times = new long[count];
    for (int i = 0; i < count; i++) {
      times[i] = start + i * step + (jitter == 0 ? 0 : random.nextLong(jitter));
    }
    return times;
  }

  private static long[] concat(long[]... parts) {
    long[] all = new long[Arrays.stream(parts).mapToInt(p -> p.length).sum()];
    int at = 0;
    for (long[] part : parts) {
      System.arraycopy(part, 0, all, at, part.length);
      at += part.length;
    }
    Arrays.sort(all);
    return all;
  }

  /** A year of a few points an hour, with bursts at full rate, and times that come twice. */
  private long[] mainTimes() {
    long year = IsoTime.parseNanos("2015-10-01");
    long[] sparse = times(year, 60_000, 600 * SECOND, 60 * SECOND);
    long[] burst = times(IsoTime.parseNanos("2016-01-01"), 2_400, 8_333_333, 0);
    long[] noon = times(IsoTime.parseNanos("2016-01-01T12:30:00"), 600, 8_333_333, 0);
    long[] twice = times(IsoTime.parseNanos("2016-01-01T00:05:00"), 20, 8_333_333, 0);
    return concat(sparse, burst, noon, twice, twice, sags());
  }

  /** When the voltage of the main stream falls, three times, at full rate. */
  private long[] sags() {
    return concat(
        times(IsoTime.parseNanos("2015-11-02T03:00:00"), 50, 8_333_333, 0),
        times(IsoTime.parseNanos("2015-11-25T10:00:00"), 30, 8_333_333, 0),
        times(IsoTime.parseNanos("2015-12-01T12:00:00"), 40, 8_333_333, 0));
  }

  private long[] phasorTimes() {
    long[] sparse = times(IsoTime.parseNanos("2015-12-20"), 1_200, HOUR, HOUR);
    long[] burst = times(IsoTime.parseNanos("2016-01-01"), 1_300, 8_333_333, 0);
    return concat(sparse, burst);
  }

  private long[] frequencyTimes() {
    long start = IsoTime.parseNanos("2018-01-01");
    return concat(
        times(start, 2_000, 33_333_333, 0), times(start, 40_000, 60 * SECOND, 50 * SECOND));
  }

  /** A state has changed before the first day that is asked for, and not at its midnight. */
  private long[] stateTimes() {
    long start = IsoTime.parseNanos("2018-01-01");
    return concat(
        times(start - 5 * HOUR, 4, HOUR, HOUR), times(start + HOUR / 3, 40_000, 90 * SECOND, HOUR));
  }

  private void write(UUID uuid, String name, long[] times, int batches) {
    double[] values = new double[times.length];
    long[] sags = batches > 1 ? sags() : new long[0];
    for (int i = 0; i < times.length; i++) {
      boolean isSag = Arrays.binarySearch(sags, times[i]) >= 0;
      values[i] =
          switch (isSag ? "sag" : name) {
            case "sag" -> 6000 + random.nextInt(400);
            case "FREQ" -> 60 + random.nextGaussian() * 0.02;
            case "LSTATE" -> random.nextInt(4);
            case "Va", "sine" -> 7200 * Math.sin(2 * Math.PI * 60 * (times[i] % SECOND) / 1e9);
            default ->
                name.endsWith("ANG") ? random.nextDouble(360) : 7200 + random.nextGaussian() * 40;
          };
    }
    for (int i = 0; i < batches; i++) {
      int from = (int) ((long) times.length * i / batches);
      int to = (int) ((long) times.length * (i + 1) / batches);
      btrdb.insert(
          uuid,
          PointBatch.of(Arrays.copyOfRange(times, from, to), Arrays.copyOfRange(values, from, to)),
          MergePolicy.NEVER,
          CallScope.unbounded());
      btrdb.flush(uuid, CallScope.unbounded());
    }
  }

  @Override
  public void close() {
    btrdb.close();
  }
}
