package org.btrdb.client.grpc;

import static org.assertj.core.api.Assertions.assertThat;

import io.grpc.netty.shaded.io.netty.util.ResourceLeakDetector;
import io.grpc.stub.StreamObserver;
import java.time.Duration;
import java.util.List;
import java.util.Random;
import java.util.UUID;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.logging.Handler;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import org.btrdb.client.Btrdb;
import org.btrdb.client.CallScope;
import org.btrdb.client.Cursor;
import org.btrdb.client.batch.PointBatch;
import org.btrdb.client.error.BtrdbException;
import org.btrdb.client.model.StreamVersion;
import org.btrdb.client.time.TimeRange;
import org.btrdb.proto.v5api.RawPoint;
import org.btrdb.proto.v5api.RawValuesParams;
import org.btrdb.proto.v5api.RawValuesResponse;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** However a read ends, the buffers of what had arrived are given back. */
@Timeout(120)
class BufferLeakTest {
  private static final Logger DETECTOR = Logger.getLogger(ResourceLeakDetector.class.getName());

  /** Many messages, none of them small. */
  private static final class Many extends ScriptedServer.V5 {
    private final RawValuesResponse message;

    Many() {
      RawValuesResponse.Builder builder = RawValuesResponse.newBuilder().setVersionMajor(11);
      for (int i = 0; i < 5000; i++) {
        builder.addValues(RawPoint.newBuilder().setTime(i + 1L).setValue(i + 1.0));
      }
      message = builder.build();
    }

    @Override
    public void rawValues(RawValuesParams request, StreamObserver<RawValuesResponse> responses) {
      for (int i = 0; i < 8; i++) {
        responses.onNext(message);
      }
      responses.onCompleted();
    }
  }

  /** Notes what netty's detector finds. */
  private static final class Leaks extends Handler {
    private final List<String> found = new CopyOnWriteArrayList<>();

    @Override
    public void publish(LogRecord entry) {
      if (String.valueOf(entry.getMessage()).contains("LEAK")) {
        found.add(String.valueOf(entry.getMessage()));
      }
    }

    @Override
    public void flush() {}

    @Override
    public void close() {}
  }

  @Test
  void readsThatEndAnywhereLeakNothing() {
    long seed = new Random().nextLong();
    Random random = new Random(seed);
    Leaks leaks = new Leaks();
    ResourceLeakDetector.Level level = ResourceLeakDetector.getLevel();
    ResourceLeakDetector.setLevel(ResourceLeakDetector.Level.PARANOID);
    DETECTOR.addHandler(leaks);
    try (ScriptedServer server = ScriptedServer.start(new Many())) {
      for (int i = 0; i < 150; i++) {
        try (Btrdb btrdb = server.connect()) {
          endSomewhere(btrdb, random);
        }
        if (i % 30 == 29) {
          System.gc(); // the detector speaks of a buffer once it has been collected
        }
      }
      assertThat(leaks.found).as("seed %s", seed).isEmpty();
    } finally {
      DETECTOR.removeHandler(leaks);
      ResourceLeakDetector.setLevel(level);
    }
  }

  private static void endSomewhere(Btrdb btrdb, Random random) {
    CallScope scope = CallScope.withTimeout(Duration.ofSeconds(20));
    try (Cursor<PointBatch> cursor =
        btrdb.raw(UUID.randomUUID(), TimeRange.ALL, StreamVersion.LATEST, scope)) {
      int parts = random.nextInt(9);
      for (int i = 0; i < parts; i++) {
        cursor.next();
      }
      switch (random.nextInt(3)) {
        case 0 -> scope.cancel();
        case 1 -> btrdb.close();
        default -> {}
      }
      cursor.next();
    } catch (BtrdbException e) {
      assertThat(e).hasMessageNotContaining("\n"); // ended under way, as it was told to
    }
  }
}
