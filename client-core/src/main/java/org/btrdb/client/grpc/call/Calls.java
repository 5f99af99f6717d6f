package org.btrdb.client.grpc.call;

import io.grpc.CallOptions;
import io.grpc.MethodDescriptor;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import org.btrdb.client.CallScope;
import org.btrdb.client.error.BtrdbException;
import org.btrdb.client.error.ErrorCode;

/**
 * Makes every call of one connection; closing it ends those still open and gives back the channels.
 */
public final class Calls implements AutoCloseable {
  private final Channels channels;
  private final Duration callTimeout;
  private final RetryPolicy retryPolicy;
  private final Set<OpenCall<?, ?>> open = ConcurrentHashMap.newKeySet();
  private volatile boolean closed;

  /**
   * Makes calls over channels that it owns from now on.
   *
   * @param callTimeout deadline of a call that answers once and whose scope has none
   * @param retryPolicy for how long calls are repeated
   */
  public Calls(Channels channels, Duration callTimeout, RetryPolicy retryPolicy) {
    this.channels = channels;
    this.callTimeout = callTimeout;
    this.retryPolicy = retryPolicy;
  }

  /** Calls a method that answers once; a scope without a deadline gets the default one. */
  public <Q, R> R unary(MethodDescriptor<Q, R> method, Q request, CallTarget target) {
    return once(method, request, Function.identity(), target);
  }

  /** Calls a method that answers once, and looks at the answer's in-band status. */
  public <Q, R> R ask(
      MethodDescriptor<Q, R> method, Q request, Function<R, ServerStatus> stat, CallTarget target) {
    return once(
        method,
        request,
        answer -> {
          ErrorMapper.check(stat.apply(answer), target.subject());
          return answer;
        },
        target);
  }

  private <Q, R> R once(
      MethodDescriptor<Q, R> method, Q request, Function<R, R> check, CallTarget target) {
    CallScope scope = target.scope();
    long nanos = scope.hasDeadline() ? scope.remainingNanos() : callTimeout.toNanos();
    CallOptions options = CallOptions.DEFAULT.withDeadlineAfter(nanos, TimeUnit.NANOSECONDS);
    try (OpenCall<Q, R> call =
        open(new Question<>(method, options, request, target, false), retryPolicy)) {
      R answer = call.next(check);
      if (answer == null || call.next() != null) {
        throw new BtrdbException(
            ErrorCode.PROTOCOL_VIOLATION, target.subject() + ": not exactly one answer came");
      }
      return answer;
    }
  }

  /** Calls a method that answers in a stream, which may take as long as its scope allows. */
  public <Q, R> OpenCall<Q, R> stream(MethodDescriptor<Q, R> method, Q request, CallTarget target) {
    return open(new Question<>(method, optionsOf(target), request, target, false), retryPolicy);
  }

  /**
   * Begins a call in which both sides send as they please, for as long as its scope allows; it is
   * never made again, for what was sent after the first request would be lost.
   */
  public <Q, R> OpenCall<Q, R> converse(MethodDescriptor<Q, R> method, Q first, CallTarget target) {
    return open(new Question<>(method, optionsOf(target), first, target, true), RetryPolicy.NEVER);
  }

  private static CallOptions optionsOf(CallTarget target) {
    CallScope scope = target.scope();
    return scope.hasDeadline()
        ? CallOptions.DEFAULT.withDeadlineAfter(scope.remainingNanos(), TimeUnit.NANOSECONDS)
        : CallOptions.DEFAULT;
  }

  private <Q, R> OpenCall<Q, R> open(Question<Q, R> question, RetryPolicy policy) {
    CallTarget target = question.target();
    if (closed) {
      throw connectionClosed(target.subject());
    }
    ErrorMapper.check(target);
    OpenCall<Q, R> call = new OpenCall<>(question, channels, policy, open::remove);
    open.add(call);
    call.open();
    if (closed) {
      call.abandon(connectionClosed(target.subject()));
    }
    return call;
  }

  private static BtrdbException connectionClosed(String subject) {
    return new BtrdbException(ErrorCode.CLOSED, subject + ": the connection is closed");
  }

  @Override
  public void close() {
    closed = true;
    open.forEach(call -> call.abandon(connectionClosed("the call")));
    channels.close();
  }
}
