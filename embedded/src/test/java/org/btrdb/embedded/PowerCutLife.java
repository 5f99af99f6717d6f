package org.btrdb.embedded;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;
import org.btrdb.client.error.BtrdbException;
import org.btrdb.client.model.MergePolicy;
import org.btrdb.client.model.MetadataChange;
import org.btrdb.client.model.NewStream;
import org.btrdb.client.time.TimeRange;
import org.btrdb.embedded.meta.MetadataEdit;
import org.btrdb.embedded.store.DiskEvent;
import org.btrdb.embedded.store.PowerCut;
import org.btrdb.embedded.store.RecordingDisk;
import org.btrdb.embedded.store.Store;
import org.btrdb.embedded.tree.Points;

/**
 * A store from one power cut to the next: what its writers did, what was acknowledged when, and
 * what the disk may hold after a cut at any moment.
 */
final class PowerCutLife {
  private final RecordingDisk disk;
  private final Engine engine;

  /** What is seen of a stream before its first change in this life and after each. */
  private final Map<UUID, List<String>> history = new ConcurrentHashMap<>();

  /** The n-th change of a stream in this life was acknowledged. */
  private record Acknowledged(UUID uuid, int change) {}

  PowerCutLife(byte[] image, boolean ownerDied, Iterable<UUID> known) {
    this.disk = new RecordingDisk(image);
    this.engine = Engine.open(disk.open(ownerDied));
    for (UUID uuid : known) {
      history.put(uuid, new ArrayList<>(List.of(StreamDigest.of(engine, uuid))));
    }
  }

  /**
   * A store with a version in each of many chunks, so that MVStore's list of them has many pages.
   */
  static byte[] oldStore(int versions) {
    RecordingDisk disk = new RecordingDisk(new byte[0]);
    Engine engine = Engine.open(disk.open(false));
    UUID uuid = new UUID(0, 1);
    engine.create(new NewStream(uuid, "old", Map.of("name", "n"), Map.of()));
    Random random = new Random(1);
    for (int i = 0; i < versions; i++) {
      engine.insert(uuid, points(random, 1), MergePolicy.NEVER);
      engine.flush(uuid);
    }
    engine.close();
    return disk.bytes();
  }

  /** Some streams to be looked at in the next life, too; all would take ever longer. */
  List<UUID> someStreams(int limit, Random random) {
    List<UUID> streams = new ArrayList<>(history.keySet());
    Collections.shuffle(streams, random);
    return streams.subList(0, Math.min(limit, streams.size()));
  }

  List<DiskEvent> events() {
    return disk.events();
  }

  /** Lets writers work side by side, each on its own streams; ends as if the process died. */
  void work(int writers, int changes, long seed, boolean closes) throws InterruptedException {
    List<Thread> threads = new ArrayList<>();
    Map<Thread, Throwable> failures = new ConcurrentHashMap<>();
    for (int writer = 0; writer < writers; writer++) {
      Random random = new Random(seed + writer);
      List<UUID> own = new ArrayList<>();
      Thread thread =
          new Thread(
              () -> {
                for (int i = 0; i < changes; i++) {
                  change(own, random);
                }
              });
      thread.setUncaughtExceptionHandler(failures::put);
      threads.add(thread);
      thread.start();
    }
    for (Thread thread : threads) {
      thread.join();
    }
    assertThat(failures).isEmpty();
    if (closes) {
      engine.close();
      noteClosedStates();
    } else {
      engine.store().closeImmediately();
    }
  }

  /** Closing flushes: one more change of each stream that is never acknowledged by itself. */
  private void noteClosedStates() {
    Engine closed = Engine.open(new RecordingDisk(disk.bytes()).open(false));
    history.forEach(
        (uuid, states) -> {
          String last = states.get(states.size() - 1);
          String now = StreamDigest.of(closed, uuid);
          assertThat(pointsNow(now)).isEqualTo(pointsNow(last));
          states.add(now);
        });
    closed.store().closeImmediately();
  }

  private static String pointsNow(String state) {
    return state.substring(state.indexOf(" now ") + 1);
  }

  private void change(List<UUID> own, Random random) {
    if (own.size() < 2) {
      UUID uuid = new UUID(random.nextLong(), random.nextLong());
      history.put(uuid, new ArrayList<>(List.of(StreamDigest.NONE)));
      own.add(uuid);
      String collection = "c/" + random.nextInt(3);
      Map<String, String> tags = Map.of("name", "n" + Long.toHexString(random.nextLong()));
      engine.create(new NewStream(uuid, collection, tags, Map.of()));
      acknowledged(uuid);
      return;
    }
    UUID uuid = own.get(random.nextInt(own.size()));
    switch (random.nextInt(12)) {
      case 0 -> engine.flush(uuid);
      case 1 -> {
        long start = random.nextInt(200_000);
        engine.delete(uuid, new TimeRange(start, start + random.nextInt(50_000)));
      }
      case 2 ->
          engine.edit(
              uuid,
              MetadataEdit.annotations(
                  0, MetadataChange.setting(Map.of("a", "v" + random.nextInt()))));
      case 3 -> {
        if (random.nextInt(3) == 0) {
          own.remove(uuid);
          engine.obliterate(uuid);
        } else {
          engine.insert(uuid, points(random, 2_000), MergePolicy.NEVER);
        }
      }
      case 4 -> engine.insert(uuid, points(random, big(random)), MergePolicy.NEVER);
      default -> engine.insert(uuid, points(random, 1 + random.nextInt(100)), MergePolicy.REPLACE);
    }
    acknowledged(uuid);
  }

  /** Now and then so many that they are no buffer but a version at once. */
  private static int big(Random random) {
    return random.nextInt(4) == 0 ? Engine.BUFFER_POINTS + 100 : 700;
  }

  private static Points points(Random random, int size) {
    long[] times = new long[size];
    double[] values = new double[size];
    long time = random.nextInt(200_000);
    for (int i = 0; i < size; i++) {
      time += random.nextInt(20);
      times[i] = time;
      values[i] = (float) random.nextGaussian();
    }
    return new Points(times, values, 0, size);
  }

  private void acknowledged(UUID uuid) {
    List<String> states = Objects.requireNonNull(history.get(uuid));
    disk.note(new Acknowledged(uuid, states.size()));
    states.add(StreamDigest.of(engine, uuid));
  }

  /** What a cut after so many events may leave. */
  byte[] cut(List<DiskEvent> events, int count, Random random) {
    return PowerCut.after(disk.start(), events, count, random);
  }

  /**
   * Opens what a cut left, closes it in order without a change, and opens that; the error of the
   * first thing that is not as it must be, or none.
   */
  String fault(byte[] image, List<DiskEvent> events, int count) {
    RecordingDisk left = new RecordingDisk(image);
    String fault = fault(() -> left.open(true), events, count);
    return fault.isEmpty()
        ? fault(() -> new RecordingDisk(left.bytes()).open(false), events, count)
        : fault;
  }

  /** Opens and closes a store; the error of the first thing that is not as it must be, or none. */
  String fault(Supplier<Store> opening, List<DiskEvent> events, int count) {
    try (Store store = opening.get()) {
      CheckReport check = StoreCheck.of(store);
      if (!check.isClean()) {
        return "the check finds " + check.faults();
      }
      Engine reopened = Engine.open(store);
      Map<UUID, Integer> acknowledged = acknowledged(events.subList(0, count));
      for (Map.Entry<UUID, List<String>> entry : history.entrySet()) {
        int last = acknowledged.getOrDefault(entry.getKey(), 0);
        List<String> states = entry.getValue();
        List<String> allowed = states.subList(last, Math.min(states.size(), last + 2));
        String found = StreamDigest.of(reopened, entry.getKey());
        if (!allowed.contains(found)) {
          return "stream " + entry.getKey() + " is " + found + " and not one of " + allowed;
        }
      }
    } catch (BtrdbException e) {
      return "cannot be opened or read: " + e.getMessage();
    }
    return "";
  }

  /** The last change of each stream that was acknowledged. */
  private static Map<UUID, Integer> acknowledged(List<DiskEvent> events) {
    Map<UUID, Integer> acknowledged = new HashMap<>();
    for (DiskEvent event : events) {
      if (event instanceof DiskEvent.Note note && note.what() instanceof Acknowledged ack) {
        acknowledged.put(ack.uuid(), ack.change());
      }
    }
    return acknowledged;
  }
}
