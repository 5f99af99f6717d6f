package org.btrdb.bench;

import io.grpc.ManagedChannel;
import java.util.Iterator;
import org.btrdb.proto.v5api.BTrDBGrpc;
import org.btrdb.proto.v5api.RawPoint;
import org.btrdb.proto.v5api.RawValuesParams;
import org.btrdb.proto.v5api.RawValuesResponse;

/** The generated classes by the blocking stub: what a client that knows only protobuf does. */
final class GeneratedReader implements Reader {
  private final ManagedChannel channel;

  GeneratedReader(ManagedChannel channel) {
    this.channel = channel;
  }

  @Override
  public String name() {
    return "generated, blocking";
  }

  @Override
  public long read(long points) {
    long read = 0;
    Sums sums = new Sums();
    Iterator<RawValuesResponse> answers =
        BTrDBGrpc.newBlockingStub(channel)
            .rawValues(RawValuesParams.newBuilder().setEnd(points).build());
    while (answers.hasNext()) {
      read += add(answers.next(), sums);
    }
    sums.check(read);
    return read;
  }

  static int add(RawValuesResponse answer, Sums sums) {
    int count = answer.getValuesCount();
    for (int i = 0; i < count; i++) {
      RawPoint point = answer.getValues(i);
      sums.add(point.getTime(), point.getValue());
    }
    return count;
  }

  @Override
  public void close() {
    channel.shutdownNow();
  }
}
