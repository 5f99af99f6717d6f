package org.btrdb.embedded.server;

import static org.assertj.core.api.Assertions.assertThat;

import io.grpc.CallOptions;
import io.grpc.ManagedChannel;
import io.grpc.MethodDescriptor;
import io.grpc.netty.shaded.io.grpc.netty.NettyChannelBuilder;
import io.grpc.stub.ClientCalls;
import java.time.Duration;
import java.util.Iterator;
import java.util.Locale;
import java.util.Map;
import java.util.UUID;
import java.util.function.LongSupplier;
import org.btrdb.client.Btrdb;
import org.btrdb.client.CallScope;
import org.btrdb.client.DataCursor;
import org.btrdb.client.batch.PointBatch;
import org.btrdb.client.grpc.wire.UuidBytes;
import org.btrdb.client.grpc.wire.WireBytes;
import org.btrdb.client.grpc.wire.WireBytesMarshaller;
import org.btrdb.client.model.MergePolicy;
import org.btrdb.client.model.NewStream;
import org.btrdb.client.time.TimeRange;
import org.btrdb.proto.v5api.BTrDBGrpc;
import org.btrdb.proto.v5api.RawPoint;
import org.btrdb.proto.v5api.RawValuesParams;
import org.btrdb.proto.v5api.RawValuesResponse;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/**
 * Points per second of the same stream over loopback by four readers, one after the other in each
 * round: in this process, our columns, the generated classes, and a bare drain of the bytes.
 */
@Tag("long")
class RawReadSpeedTest {
  private static final System.Logger LOG = System.getLogger(RawReadSpeedTest.class.getName());
  private static final int POINTS = 4_000_000;
  private static final int STEP = 500_000;
  private static final int ROUNDS = 5;
  private static final long READS = 8;
  private static final CallScope SCOPE = CallScope.unbounded();

  @Test
  void columnsBeatTheGeneratedClasses() {
    try (ServedBtrdb both = ServedBtrdb.start()) {
      UUID uuid = fill(both.embedded());
      ManagedChannel channel =
          NettyChannelBuilder.forAddress(BtrdbServer.LOOPBACK, both.port()).usePlaintext().build();
      RawValuesParams request =
          RawValuesParams.newBuilder()
              .setUuid(UuidBytes.of(uuid))
              .setStart(0)
              .setEnd(POINTS)
              .build();
      for (int round = 0; round < ROUNDS; round++) {
        Rate embedded = rate(() -> sum(both.embedded(), uuid));
        Rate columns = rate(() -> sum(both.served(), uuid));
        Rate generated = rate(() -> sumGenerated(channel, request));
        Rate drain = rate(() -> drain(channel, request));
        LOG.log(
            System.Logger.Level.INFO,
            "M points/s: in-process {0}, columns {1}, generated classes {2}, bare drain {3}",
            embedded,
            columns,
            generated,
            drain);
        if (round == ROUNDS - 1) {
          assertThat(columns.perCpuSecond()).isGreaterThan(generated.perCpuSecond());
        }
      }
      channel.shutdownNow();
    }
  }

  /** Points by the clock, and by the processor time of both ends, which a busy machine spares. */
  private record Rate(double perSecond, double perCpuSecond) {
    @Override
    public String toString() {
      return String.format(Locale.ROOT, "%.1f (%.1f/cpu s)", perSecond / 1e6, perCpuSecond / 1e6);
    }
  }

  private static long cpuNanos() {
    return ProcessHandle.current().info().totalCpuDuration().orElse(Duration.ZERO).toNanos();
  }

  private static UUID fill(Btrdb btrdb) {
    UUID uuid = UUID.randomUUID();
    btrdb.create(new NewStream(uuid, "speed", Map.of("name", "s"), Map.of()), SCOPE);
    long[] times = new long[STEP];
    double[] values = new double[STEP];
    for (int from = 0; from < POINTS; from += STEP) {
      for (int i = 0; i < STEP; i++) {
        times[i] = (long) from + i;
        values[i] = 1 + i % 7;
      }
      btrdb.insert(uuid, PointBatch.of(times, values), MergePolicy.NEVER, SCOPE);
    }
    return uuid;
  }

  private static Rate rate(LongSupplier points) {
    long begun = System.nanoTime();
    long cpuBegun = cpuNanos();
    for (int i = 0; i < READS; i++) {
      assertThat(points.getAsLong()).isEqualTo(POINTS);
    }
    double seconds = (System.nanoTime() - begun) / 1e9;
    double cpuSeconds = (cpuNanos() - cpuBegun) / 1e9;
    return new Rate(READS * POINTS / seconds, READS * POINTS / cpuSeconds);
  }

  private static long sum(Btrdb btrdb, UUID uuid) {
    double sum = 0;
    long points = 0;
    try (DataCursor<PointBatch> cursor = btrdb.raw(uuid, new TimeRange(0, POINTS), 0, SCOPE)) {
      while (cursor.next()) {
        PointBatch batch = cursor.current();
        for (int i = 0; i < batch.size(); i++) {
          sum += batch.time(i) + batch.value(i);
        }
        points += batch.size();
      }
    }
    assertThat(sum).isPositive();
    return points;
  }

  private static long sumGenerated(ManagedChannel channel, RawValuesParams request) {
    double sum = 0;
    long points = 0;
    Iterator<RawValuesResponse> answers = BTrDBGrpc.newBlockingStub(channel).rawValues(request);
    while (answers.hasNext()) {
      RawValuesResponse answer = answers.next();
      for (RawPoint point : answer.getValuesList()) {
        sum += point.getTime() + point.getValue();
      }
      points += answer.getValuesCount();
    }
    assertThat(sum).isPositive();
    return points;
  }

  private static long drain(ManagedChannel channel, RawValuesParams request) {
    MethodDescriptor<RawValuesParams, WireBytes> method =
        BTrDBGrpc.getRawValuesMethod().toBuilder(
                BTrDBGrpc.getRawValuesMethod().getRequestMarshaller(), new WireBytesMarshaller())
            .build();
    Iterator<WireBytes> answers =
        ClientCalls.blockingServerStreamingCall(channel, method, CallOptions.DEFAULT, request);
    long bytes = 0;
    while (answers.hasNext()) {
      bytes += answers.next().length();
    }
    // Twenty bytes a point, and a header of a few bytes in each message of 20,000.
    return bytes / 20 / STEP * STEP;
  }
}
