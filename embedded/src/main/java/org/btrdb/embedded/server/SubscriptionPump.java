package org.btrdb.embedded.server;

import com.google.common.util.concurrent.MoreExecutors;
import com.google.protobuf.ByteString;
import com.google.protobuf.UnsafeByteOperations;
import io.grpc.Context;
import io.grpc.Status;
import io.grpc.stub.ServerCallStreamObserver;
import io.grpc.stub.StreamObserver;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;
import org.btrdb.client.Btrdb;
import org.btrdb.client.CallScope;
import org.btrdb.client.Subscription;
import org.btrdb.client.batch.PointBatch;
import org.btrdb.client.batch.StreamPoints;
import org.btrdb.client.error.BtrdbException;
import org.btrdb.client.error.ErrorCode;
import org.btrdb.client.grpc.arrow.ArrowPoints;
import org.btrdb.client.grpc.wire.UuidBytes;
import org.btrdb.proto.v5api.SubscriptionResp;
import org.btrdb.proto.v5api.SubscriptionUpdate;
import org.btrdb.proto.v5api.SubscriptionUpdateOp;
import org.jspecify.annotations.Nullable;

/**
 * Sends what is inserted, as fast as the client takes it, and holds no thread while nothing comes.
 * All that happens to a call happens on workers, one thing after the other.
 */
final class SubscriptionPump implements StreamObserver<SubscriptionUpdate> {
  private final Btrdb btrdb;
  private final ServerCallStreamObserver<SubscriptionResp> call;
  private final Executor inOrder;
  private final Consumer<SubscriptionPump> onEnd;
  private final AtomicBoolean woken = new AtomicBoolean();

  /** All below belong to {@link #inOrder}. */
  private @Nullable Subscription subscription;

  private @Nullable CallScope scope;
  private ByteString uuid = ByteString.EMPTY;
  private PointBatch points = PointBatch.EMPTY;
  private int sent;
  private boolean done;

  /**
   * A pump for a call being handled.
   *
   * @param onEnd told when the call has ended
   */
  SubscriptionPump(
      Btrdb btrdb,
      ServerCallStreamObserver<SubscriptionResp> call,
      Executor workers,
      Consumer<SubscriptionPump> onEnd) {
    this.btrdb = btrdb;
    this.call = call;
    // In the call's context, which says who calls.
    this.inOrder =
        Context.current().fixedContextExecutor(MoreExecutors.newSequentialExecutor(workers));
    this.onEnd = onEnd;
  }

  /** Begins to listen; must be called before the handling of the call returns. */
  void begin(CallScope scopeOfCall) {
    call.disableAutoRequest();
    call.setOnReadyHandler(this::wake);
    call.setOnCancelHandler(() -> run(this::end));
    run(
        () -> {
          scope = scopeOfCall;
          subscription = btrdb.subscribe(List.of(), scopeOfCall);
          subscription.onReady(this::wake);
          call.request(1);
        });
  }

  @Override
  public void onNext(SubscriptionUpdate update) {
    run(
        () -> {
          change(update);
          call.request(1); // not before: updates that wait would take memory
        });
  }

  @Override
  public void onError(Throwable failure) {
    run(this::end);
  }

  /** What was inserted until now is still sent. */
  @Override
  public void onCompleted() {
    run(() -> subscription().finish());
  }

  /** Ends the call because the server closes. */
  void stop() {
    run(
        () -> {
          end();
          call.onError(
              Status.UNAVAILABLE.withDescription("the server is closing").asRuntimeException());
        });
  }

  private void wake() {
    if (woken.compareAndSet(false, true)) {
      run(
          () -> {
            woken.set(false);
            send();
          });
    }
  }

  private void run(Runnable step) {
    try {
      inOrder.execute(() -> guarded(step));
    } catch (RejectedExecutionException e) {
      // The server has closed, and its calls with it.
    }
  }

  private void guarded(Runnable step) {
    if (done) {
      return;
    }
    try {
      step.run();
    } catch (RuntimeException e) {
      boolean cancelled = scope != null && scope.isCancelled();
      end();
      if (!cancelled) {
        fail(e);
      }
    }
  }

  private void fail(RuntimeException e) {
    StatusCodes.fail(call, e, stat -> SubscriptionResp.newBuilder().setStat(stat).build());
  }

  private void change(SubscriptionUpdate update) {
    List<UUID> uuids = update.getUuidList().stream().map(UuidBytes::parse).toList();
    if (update.getOp() == SubscriptionUpdateOp.ADD_UUIDS) {
      subscription().add(uuids);
    } else if (update.getOp() == SubscriptionUpdateOp.REMOVE_UUIDS) {
      subscription().remove(uuids);
    } else {
      throw new BtrdbException(
          ErrorCode.INVALID_ARGUMENT, "no update has number " + update.getOpValue());
    }
  }

  private Subscription subscription() {
    if (subscription == null) {
      throw new IllegalStateException("not begun");
    }
    return subscription;
  }

  private void send() {
    while (call.isReady()) {
      if (sent == points.size()) {
        if (!subscription().isReady()) {
          return;
        }
        if (!subscription().next()) {
          end();
          call.onCompleted();
          return;
        }
        StreamPoints part = subscription().current();
        uuid = UuidBytes.of(part.uuid());
        points = part.points();
        sent = 0;
      }
      int count = Math.min(PointAnswers.POINTS, points.size() - sent);
      byte[] columns = ArrowPoints.write(points.slice(sent, count));
      sent += count;
      call.onNext(
          SubscriptionResp.newBuilder()
              .setUuid(uuid)
              .setArrowBytes(UnsafeByteOperations.unsafeWrap(columns))
              .build());
    }
  }

  private void end() {
    done = true;
    points = PointBatch.EMPTY;
    sent = 0;
    if (subscription != null) {
      subscription.close();
    }
    onEnd.accept(this);
  }
}
