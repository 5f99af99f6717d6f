package org.btrdb.bench;

import io.grpc.ManagedChannel;
import io.grpc.stub.ClientCallStreamObserver;
import io.grpc.stub.ClientResponseObserver;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import org.btrdb.proto.v5api.BTrDBGrpc;
import org.btrdb.proto.v5api.RawValuesParams;
import org.btrdb.proto.v5api.RawValuesResponse;
import org.jspecify.annotations.Nullable;

/** The generated classes by the asynchronous stub, which asks for messages ahead by itself. */
final class GeneratedAsyncReader implements Reader {
  private static final int READ_AHEAD = 4;

  private final String name;
  private final ManagedChannel channel;

  GeneratedAsyncReader(String name, ManagedChannel channel) {
    this.name = name;
    this.channel = channel;
  }

  @Override
  public String name() {
    return name;
  }

  /** Sums on the thread that gRPC calls back on. */
  private static final class Summing
      implements ClientResponseObserver<RawValuesParams, RawValuesResponse> {
    private final CompletableFuture<Long> answer = new CompletableFuture<>();
    private final Sums sums = new Sums();
    private @Nullable ClientCallStreamObserver<RawValuesParams> call;
    private long read;

    @Override
    public void beforeStart(ClientCallStreamObserver<RawValuesParams> requests) {
      call = requests;
      requests.disableAutoRequestWithInitial(READ_AHEAD);
    }

    @Override
    public void onNext(RawValuesResponse message) {
      read += GeneratedReader.add(message, sums);
      Objects.requireNonNull(call).request(1);
    }

    @Override
    public void onError(Throwable failure) {
      answer.completeExceptionally(failure);
    }

    @Override
    public void onCompleted() {
      sums.check(read);
      answer.complete(read);
    }
  }

  @Override
  public long read(long points) {
    Summing summing = new Summing();
    BTrDBGrpc.newStub(channel)
        .rawValues(RawValuesParams.newBuilder().setEnd(points).build(), summing);
    return summing.answer.join();
  }

  @Override
  public void close() {
    channel.shutdownNow();
  }
}
