package org.btrdb.embedded.server;

import com.google.protobuf.ByteString;
import io.grpc.ManagedChannel;
import io.grpc.netty.shaded.io.grpc.netty.NettyChannelBuilder;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import org.btrdb.client.Btrdb;
import org.btrdb.client.grpc.wire.UuidBytes;
import org.btrdb.proto.v5api.AlignedWindowsParams;
import org.btrdb.proto.v5api.AlignedWindowsResponse;
import org.btrdb.proto.v5api.BTrDBGrpc;
import org.btrdb.proto.v5api.InsertParams;
import org.btrdb.proto.v5api.InsertResponse;
import org.btrdb.proto.v5api.KeyOptValue;
import org.btrdb.proto.v5api.NearestParams;
import org.btrdb.proto.v5api.NearestResponse;
import org.btrdb.proto.v5api.OptValue;
import org.btrdb.proto.v5api.RawPoint;
import org.btrdb.proto.v5api.RawValuesParams;
import org.btrdb.proto.v5api.RawValuesResponse;
import org.btrdb.proto.v5api.WindowsParams;
import org.btrdb.proto.v5api.WindowsResponse;

/** A client made of the generated stubs, over a server of its own. */
final class WireClient implements AutoCloseable {
  /** The default of Go's client: our messages must fit. */
  private static final int MAX_INBOUND_BYTES = 4 << 20;

  private final ServedBtrdb both;
  private final ManagedChannel channel;
  private final BTrDBGrpc.BTrDBBlockingStub stub;

  private WireClient(ServedBtrdb both, ManagedChannel channel) {
    this.both = both;
    this.channel = channel;
    this.stub = BTrDBGrpc.newBlockingStub(channel);
  }

  static WireClient start() {
    ServedBtrdb both = ServedBtrdb.start();
    return new WireClient(
        both,
        NettyChannelBuilder.forAddress(BtrdbServer.LOOPBACK, both.port())
            .usePlaintext()
            .maxInboundMessageSize(MAX_INBOUND_BYTES)
            .build());
  }

  BTrDBGrpc.BTrDBBlockingStub stub() {
    return stub;
  }

  Btrdb embedded() {
    return both.embedded();
  }

  int port() {
    return both.port();
  }

  ByteString emptyStream(String name) {
    return UuidBytes.of(both.stream("tests", name));
  }

  ByteString stream(String name, long... times) {
    double[] values = new double[times.length];
    for (int i = 0; i < values.length; i++) {
      values[i] = i;
    }
    return UuidBytes.of(both.streamOf(name, times, values));
  }

  ByteString streamOf(String name, long[] times, double[] values) {
    return UuidBytes.of(both.streamOf(name, times, values));
  }

  List<RawValuesResponse> raw(ByteString uuid, long start, long end, long major) {
    return list(
        stub.rawValues(
            RawValuesParams.newBuilder()
                .setUuid(uuid)
                .setStart(start)
                .setEnd(end)
                .setVersionMajor(major)
                .build()));
  }

  List<WindowsResponse> windows(ByteString uuid, long start, long end, long width) {
    return list(
        stub.windows(
            WindowsParams.newBuilder()
                .setUuid(uuid)
                .setStart(start)
                .setEnd(end)
                .setWidth(width)
                .build()));
  }

  List<AlignedWindowsResponse> aligned(ByteString uuid, long start, long end, int pointWidth) {
    return list(
        stub.alignedWindows(
            AlignedWindowsParams.newBuilder()
                .setUuid(uuid)
                .setStart(start)
                .setEnd(end)
                .setPointWidth(pointWidth)
                .build()));
  }

  NearestResponse nearest(ByteString uuid, long time, boolean backward) {
    return stub.nearest(
        NearestParams.newBuilder().setUuid(uuid).setTime(time).setBackward(backward).build());
  }

  InsertResponse insert(ByteString uuid, long time, double value) {
    return stub.insert(
        InsertParams.newBuilder()
            .setUuid(uuid)
            .addValues(RawPoint.newBuilder().setTime(time).setValue(value))
            .build());
  }

  static <T> List<T> list(Iterator<T> answers) {
    List<T> all = new ArrayList<>();
    answers.forEachRemaining(all::add);
    return all;
  }

  static KeyOptValue pair(String key, String value) {
    return KeyOptValue.newBuilder()
        .setKey(key)
        .setVal(OptValue.newBuilder().setValue(value))
        .build();
  }

  @Override
  public void close() {
    channel.shutdownNow();
    both.close();
  }
}
