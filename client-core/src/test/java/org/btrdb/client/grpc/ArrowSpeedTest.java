package org.btrdb.client.grpc;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.UnsafeByteOperations;
import io.grpc.CallOptions;
import io.grpc.ManagedChannel;
import io.grpc.MethodDescriptor;
import io.grpc.Server;
import io.grpc.ServerServiceDefinition;
import io.grpc.netty.shaded.io.grpc.netty.NettyChannelBuilder;
import io.grpc.netty.shaded.io.grpc.netty.NettyServerBuilder;
import io.grpc.stub.ClientCalls;
import io.grpc.stub.ServerCalls;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.ByteOrder;
import java.time.Duration;
import java.util.Arrays;
import java.util.Iterator;
import java.util.Locale;
import java.util.Random;
import java.util.UUID;
import org.apache.arrow.vector.FieldVector;
import org.apache.arrow.vector.VectorSchemaRoot;
import org.apache.arrow.vector.ipc.ArrowStreamReader;
import org.btrdb.client.batch.PointBatch;
import org.btrdb.client.batch.StatBatch;
import org.btrdb.client.grpc.arrow.ArrowPoints;
import org.btrdb.client.grpc.arrow.ArrowRawValuesCodec;
import org.btrdb.client.grpc.arrow.ArrowWindowsCodec;
import org.btrdb.client.grpc.arrow.ReferenceArrow;
import org.btrdb.client.grpc.wire.AnswerHeader;
import org.btrdb.client.grpc.wire.InsertMessage;
import org.btrdb.client.grpc.wire.RawValuesCodec;
import org.btrdb.client.grpc.wire.StatValuesCodec;
import org.btrdb.client.grpc.wire.UuidBytes;
import org.btrdb.client.grpc.wire.WireBytes;
import org.btrdb.client.grpc.wire.WireBytesMarshaller;
import org.btrdb.client.grpc.wire.WireMessage;
import org.btrdb.client.grpc.wire.WireMessageMarshaller;
import org.btrdb.client.model.MergePolicy;
import org.btrdb.client.model.StreamVersion;
import org.btrdb.proto.v5api.ArrowInsertParams;
import org.btrdb.proto.v5api.ArrowRawValuesParams;
import org.btrdb.proto.v5api.BTrDBGrpc;
import org.btrdb.proto.v5api.InsertResponse;
import org.btrdb.proto.v5api.RawValuesParams;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Points per second by rows and by Arrow, side by side: docs/arrow.md shows a run. */
@Tag("long")
class ArrowSpeedTest {
  private static final System.Logger LOG = System.getLogger(ArrowSpeedTest.class.getName());
  private static final StreamVersion VERSION = new StreamVersion(11, 0);
  private static final int ROUNDS = 5;
  private static final int POINTS = 20_000;
  private static final int INSERTED = 50_000;
  private static final int MESSAGES = 100;

  private final AnswerHeader header = new AnswerHeader();
  private final long[] times = new Random(1).longs(INSERTED).toArray();
  private final double[] values = new Random(2).doubles(INSERTED).toArray();

  private interface Work {
    void run() throws IOException;
  }

  /** Million items a second by the clock, and by the processor time of all threads. */
  private static String rate(int items, int repeats, Work work) {
    try {
      long begun = System.nanoTime();
      long cpu = cpuNanos();
      for (int i = 0; i < repeats; i++) {
        work.run();
      }
      double perMicro = 1000.0 * items * repeats;
      return String.format(
          Locale.ROOT,
          "%.1f (%.1f/cpu s)",
          perMicro / (System.nanoTime() - begun),
          perMicro / Math.max(1, cpuNanos() - cpu));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static long cpuNanos() {
    return ProcessHandle.current().info().totalCpuDuration().orElse(Duration.ZERO).toNanos();
  }

  private static void report(String what, String... rates) {
    LOG.log(System.Logger.Level.INFO, "M/s, {0}: {1}", what, String.join(", ", rates));
  }

  private PointBatch points(int size) {
    return new PointBatch(times, values, 0, size);
  }

  private WireBytes rowMessage() {
    RawValuesCodec codec = new RawValuesCodec();
    codec.begin(VERSION);
    codec.add(points(POINTS));
    return codec.message();
  }

  private WireBytes arrowMessage() {
    ArrowRawValuesCodec codec = new ArrowRawValuesCodec();
    codec.begin(VERSION);
    codec.add(points(POINTS));
    return codec.message();
  }

  @Test
  void decodingPoints() {
    WireBytes rows = rowMessage();
    WireBytes arrow = arrowMessage();
    byte[] stream = ArrowPoints.write(points(POINTS));
    RawValuesCodec rowCodec = new RawValuesCodec();
    ArrowRawValuesCodec arrowCodec = new ArrowRawValuesCodec();
    long[] timesOut = new long[POINTS];
    double[] valuesOut = new double[POINTS];
    try (ReferenceArrow reference = new ReferenceArrow()) {
      for (int round = 0; round < ROUNDS; round++) {
        report(
            "decoded points by rows, by Arrow, by arrow-vector, by arrow-vector copied out",
            rate(POINTS, 10_000, () -> rowCodec.decode(WireMessage.of(rows), header)),
            rate(POINTS, 10_000, () -> arrowCodec.decode(WireMessage.of(arrow), header)),
            rate(POINTS, 2_000, () -> load(reference, stream, null, null)),
            rate(POINTS, 2_000, () -> load(reference, stream, timesOut, valuesOut)));
      }
    }
    assertThat(valuesOut).isEqualTo(Arrays.copyOf(values, POINTS));
  }

  private static void load(
      ReferenceArrow reference,
      byte[] stream,
      long @org.jspecify.annotations.Nullable [] timesOut,
      double @org.jspecify.annotations.Nullable [] valuesOut)
      throws IOException {
    try (ArrowStreamReader reader =
        new ArrowStreamReader(new ByteArrayInputStream(stream), reference.allocator())) {
      VectorSchemaRoot root = reader.getVectorSchemaRoot();
      assertThat(reader.loadNextBatch()).isTrue();
      if (timesOut != null && valuesOut != null) {
        FieldVector time = root.getVector(0);
        FieldVector value = root.getVector(1);
        int bytes = root.getRowCount() * Long.BYTES;
        time.getDataBuffer()
            .nioBuffer(0, bytes)
            .order(ByteOrder.LITTLE_ENDIAN)
            .asLongBuffer()
            .get(timesOut);
        value
            .getDataBuffer()
            .nioBuffer(0, bytes)
            .order(ByteOrder.LITTLE_ENDIAN)
            .asDoubleBuffer()
            .get(valuesOut);
      }
    }
  }

  @Test
  void encodingPoints() {
    RawValuesCodec rowCodec = new RawValuesCodec();
    ArrowRawValuesCodec arrowCodec = new ArrowRawValuesCodec();
    PointBatch points = points(POINTS);
    for (int round = 0; round < ROUNDS; round++) {
      report(
          "encoded points by rows, by Arrow",
          rate(
              POINTS,
              5_000,
              () -> {
                rowCodec.begin(VERSION);
                rowCodec.add(points);
                rowCodec.message();
              }),
          rate(
              POINTS,
              5_000,
              () -> {
                arrowCodec.begin(VERSION);
                arrowCodec.add(points);
                arrowCodec.message();
              }));
    }
    assertThat(arrowCodec.message().length()).isLessThan(rowCodec.message().length());
  }

  @Test
  void decodingWindows() {
    StatBatch one = new StatBatch(1);
    one.add(1, 2, 3, 4, 5, 6);
    StatValuesCodec rowCodec = new StatValuesCodec();
    ArrowWindowsCodec arrowCodec = new ArrowWindowsCodec();
    rowCodec.begin(VERSION);
    arrowCodec.begin(VERSION);
    for (int i = 0; i < POINTS; i++) {
      rowCodec.add(one, 0);
      arrowCodec.add(one, 0);
    }
    WireBytes rows = rowCodec.message();
    WireBytes arrow = arrowCodec.message();
    for (int round = 0; round < ROUNDS; round++) {
      report(
          "decoded windows by rows, by Arrow",
          rate(POINTS, 2_000, () -> rowCodec.decode(WireMessage.of(rows), Long.MAX_VALUE, header)),
          rate(
              POINTS,
              2_000,
              () -> arrowCodec.decode(WireMessage.of(arrow), Long.MAX_VALUE, header)));
    }
    assertThat(arrow.length()).isLessThan(rows.length());
  }

  private static <Q> void answer(
      ServerServiceDefinition.Builder service, MethodDescriptor<Q, ?> method, WireBytes message) {
    service.addMethod(
        method.toBuilder(method.getRequestMarshaller(), new WireBytesMarshaller()).build(),
        ServerCalls.asyncServerStreamingCall(
            (request, responses) -> {
              for (int i = 0; i < MESSAGES; i++) {
                responses.onNext(message);
              }
              responses.onCompleted();
            }));
  }

  private static void swallow(
      ServerServiceDefinition.Builder service, MethodDescriptor<?, InsertResponse> method) {
    service.addMethod(
        method.toBuilder(new WireBytesMarshaller(), method.getResponseMarshaller()).build(),
        ServerCalls.asyncUnaryCall(
            (request, responses) -> {
              responses.onNext(InsertResponse.getDefaultInstance());
              responses.onCompleted();
            }));
  }

  private static <Q> Iterator<WireMessage> call(
      ManagedChannel channel, MethodDescriptor<Q, ?> method, Q request) {
    return ClientCalls.blockingServerStreamingCall(
        channel,
        method.toBuilder(method.getRequestMarshaller(), WireMessageMarshaller.INSTANCE).build(),
        CallOptions.DEFAULT,
        request);
  }

  @Test
  void overLoopback() throws IOException {
    ServerServiceDefinition.Builder service =
        ServerServiceDefinition.builder(BTrDBGrpc.SERVICE_NAME);
    answer(service, BTrDBGrpc.getRawValuesMethod(), rowMessage());
    answer(service, BTrDBGrpc.getArrowRawValuesMethod(), arrowMessage());
    swallow(service, BTrDBGrpc.getInsertMethod());
    swallow(service, BTrDBGrpc.getArrowInsertMethod());
    Server server =
        NettyServerBuilder.forAddress(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0))
            .addService(service.build())
            .build()
            .start();
    ManagedChannel channel =
        NettyChannelBuilder.forAddress("127.0.0.1", server.getPort()).usePlaintext().build();
    try {
      for (int round = 0; round < ROUNDS; round++) {
        report(
            "points read over loopback by rows, by Arrow",
            rate(POINTS * MESSAGES, 20, () -> readRows(channel)),
            rate(POINTS * MESSAGES, 20, () -> readArrow(channel)));
        report(
            "points inserted over loopback into nothing by rows, by Arrow",
            rate(INSERTED, 200, () -> insertRows(channel)),
            rate(INSERTED, 200, () -> insertArrow(channel)));
      }
    } finally {
      channel.shutdownNow();
      server.shutdownNow();
    }
  }

  private void readRows(ManagedChannel channel) {
    RawValuesCodec codec = new RawValuesCodec();
    Iterator<WireMessage> messages =
        call(channel, BTrDBGrpc.getRawValuesMethod(), RawValuesParams.getDefaultInstance());
    int read = 0;
    while (messages.hasNext()) {
      try (WireMessage message = messages.next()) {
        read += codec.decode(message, header).size();
      }
    }
    assertThat(read).isEqualTo(POINTS * MESSAGES);
  }

  private void readArrow(ManagedChannel channel) {
    ArrowRawValuesCodec codec = new ArrowRawValuesCodec();
    Iterator<WireMessage> messages =
        call(
            channel,
            BTrDBGrpc.getArrowRawValuesMethod(),
            ArrowRawValuesParams.getDefaultInstance());
    int read = 0;
    while (messages.hasNext()) {
      try (WireMessage message = messages.next()) {
        read += codec.decode(message, header).size();
      }
    }
    assertThat(read).isEqualTo(POINTS * MESSAGES);
  }

  private static final UUID STREAM = UUID.fromString("0d22a53b-e2ef-4e0a-ab89-b2d48fb2592a");

  private void insertRows(ManagedChannel channel) {
    MethodDescriptor<InsertMessage, InsertResponse> method =
        BTrDBGrpc.getInsertMethod().toBuilder(
                new InsertMessage.Marshaller(), BTrDBGrpc.getInsertMethod().getResponseMarshaller())
            .build();
    ClientCalls.blockingUnaryCall(
        channel,
        method,
        CallOptions.DEFAULT,
        InsertMessage.of(STREAM, points(INSERTED), MergePolicy.NEVER));
  }

  private void insertArrow(ManagedChannel channel) {
    ArrowInsertParams request =
        ArrowInsertParams.newBuilder()
            .setUuid(UuidBytes.of(STREAM))
            .setArrowBytes(UnsafeByteOperations.unsafeWrap(ArrowPoints.write(points(INSERTED))))
            .build();
    ClientCalls.blockingUnaryCall(
        channel, BTrDBGrpc.getArrowInsertMethod(), CallOptions.DEFAULT, request);
  }
}
