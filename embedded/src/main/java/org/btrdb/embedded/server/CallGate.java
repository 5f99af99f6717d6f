package org.btrdb.embedded.server;

import io.grpc.Metadata;
import io.grpc.ServerCall;
import io.grpc.ServerCallHandler;
import io.grpc.ServerInterceptor;
import io.grpc.Status;
import java.io.ByteArrayInputStream;
import java.time.Duration;
import java.util.HashSet;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.btrdb.client.error.ErrorCode;

/** Lets in as many calls as the server bears, and none once it closes. */
final class CallGate implements ServerInterceptor {
  private static final long LOOK_NANOS = TimeUnit.MILLISECONDS.toNanos(50);

  private final int maxCalls;
  private final byte[] overloaded;
  private final ReentrantLock lock = new ReentrantLock();
  private final Condition left = lock.newCondition();
  private final Set<CallInFlight<?, ?>> inFlight = new HashSet<>();
  private boolean closed;

  CallGate(int maxCalls) {
    this.maxCalls = maxCalls;
    this.overloaded =
        StatusCodes.answer(
            StatusCodes.of(
                ErrorCode.OVERLOADED.statusCode(),
                "the server answers " + maxCalls + " calls now and takes no more at once"));
  }

  @Override
  public <Q, R> ServerCall.Listener<Q> interceptCall(
      ServerCall<Q, R> call, Metadata headers, ServerCallHandler<Q, R> next) {
    CallInFlight<Q, R> entering = new CallInFlight<>(call, this::leave);
    switch (enter(entering)) {
      case CLOSED -> call.close(Status.UNAVAILABLE.withDescription("the server stops"), headers());
      case FULL -> refuse(call);
      case ENTERED -> {
        try {
          return entering.follow(next.startCall(entering, headers));
        } catch (RuntimeException | Error e) {
          leave(entering);
          throw e;
        }
      }
    }
    return new ServerCall.Listener<>() {};
  }

  private enum Outcome {
    ENTERED,
    FULL,
    CLOSED
  }

  private Outcome enter(CallInFlight<?, ?> call) {
    lock.lock();
    try {
      if (closed) {
        return Outcome.CLOSED;
      }
      if (inFlight.size() >= maxCalls) {
        return Outcome.FULL;
      }
      inFlight.add(call);
      return Outcome.ENTERED;
    } finally {
      lock.unlock();
    }
  }

  /** As BTrDB sheds load: in-band, at once. */
  private <R> void refuse(ServerCall<?, R> call) {
    call.sendHeaders(headers());
    call.sendMessage(
        call.getMethodDescriptor().parseResponse(new ByteArrayInputStream(overloaded)));
    call.close(Status.OK, headers());
  }

  private static Metadata headers() {
    return new Metadata();
  }

  /** Lets no more calls in. */
  void close() {
    lock.lock();
    try {
      closed = true;
    } finally {
      lock.unlock();
    }
  }

  /** Waits until no call is left in which anything goes on, at most for a time. */
  void awaitQuiet(Duration atMost) throws InterruptedException {
    long end = System.nanoTime() + atMost.toNanos();
    lock.lock();
    try {
      long remaining;
      while (inFlight.stream().anyMatch(CallInFlight::isBusy)
          && (remaining = end - System.nanoTime()) > 0) {
        left.awaitNanos(Math.min(remaining, LOOK_NANOS));
      }
    } finally {
      lock.unlock();
    }
  }

  private void leave(CallInFlight<?, ?> call) {
    lock.lock();
    try {
      inFlight.remove(call);
      left.signalAll();
    } finally {
      lock.unlock();
    }
  }
}
