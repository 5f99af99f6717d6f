package org.btrdb.bench;

import io.grpc.BindableService;
import io.grpc.Server;
import io.grpc.ServerServiceDefinition;
import io.grpc.netty.shaded.io.grpc.netty.NettyServerBuilder;
import io.grpc.stub.ServerCallStreamObserver;
import io.grpc.stub.ServerCalls;
import io.grpc.stub.StreamObserver;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import org.btrdb.client.batch.PointBatch;
import org.btrdb.client.grpc.wire.RawValuesCodec;
import org.btrdb.client.grpc.wire.WireBytes;
import org.btrdb.client.grpc.wire.WireBytesMarshaller;
import org.btrdb.client.model.StreamVersion;
import org.btrdb.proto.v5api.BTrDBGrpc;
import org.btrdb.proto.v5api.InfoParams;
import org.btrdb.proto.v5api.InfoResponse;
import org.btrdb.proto.v5api.RawValuesParams;

/**
 * A 5.x server, in a process of its own, that answers every raw read with the same encoded message
 * again and again, so that what it costs is little more than the sending.
 */
final class ReplayServer implements BindableService {
  /** As much as may wait in the server for the network: no message waits for the one before. */
  private static final int READY_BYTES = 4 << 20;

  /** 120 Hz, as performance-anchors has it. */
  private static final long STEP_NANOS = 8_333_333;

  private final WireBytes message;
  private final int points;

  private ReplayServer(int points) {
    this.points = points;
    long[] times = new long[points];
    double[] values = new double[points];
    for (int i = 0; i < points; i++) {
      times[i] = i * STEP_NANOS;
      values[i] = 1 + Math.sin(i / 1000.0);
    }
    RawValuesCodec codec = new RawValuesCodec();
    codec.begin(new StreamVersion(1, 0));
    codec.add(PointBatch.of(times, values));
    message = codec.message();
  }

  /** Prints its port and serves until its input ends, as it does when the benchmark is gone. */
  public static void main(String[] args) throws IOException {
    Server server =
        NettyServerBuilder.forAddress(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0))
            .directExecutor()
            .addService(new ReplayServer(Integer.parseInt(args[0])))
            .build()
            .start();
    System.out.println(server.getPort());
    System.in.transferTo(OutputStream.nullOutputStream());
    server.shutdownNow();
  }

  @Override
  public ServerServiceDefinition bindService() {
    return ServerServiceDefinition.builder(BTrDBGrpc.SERVICE_NAME)
        .addMethod(BTrDBGrpc.getInfoMethod(), ServerCalls.asyncUnaryCall(this::info))
        .addMethod(
            BTrDBGrpc.getRawValuesMethod().toBuilder(
                    BTrDBGrpc.getRawValuesMethod().getRequestMarshaller(),
                    new WireBytesMarshaller())
                .build(),
            ServerCalls.asyncServerStreamingCall(this::rawValues))
        .build();
  }

  private void info(InfoParams request, StreamObserver<InfoResponse> responses) {
    responses.onNext(InfoResponse.newBuilder().setMajorVersion(5).setBuild("replay").build());
    responses.onCompleted();
  }

  /** Answers as many points as the range is nanoseconds long. */
  private void rawValues(RawValuesParams request, StreamObserver<WireBytes> responses) {
    ServerCallStreamObserver<WireBytes> out = (ServerCallStreamObserver<WireBytes>) responses;
    long[] left = {(request.getEnd() - request.getStart()) / points};
    out.setOnReadyThreshold(READY_BYTES);
    out.setOnReadyHandler(
        () -> {
          while (left[0] > 0 && out.isReady()) {
            out.onNext(message);
            if (--left[0] == 0) {
              out.onCompleted();
            }
          }
        });
  }
}
