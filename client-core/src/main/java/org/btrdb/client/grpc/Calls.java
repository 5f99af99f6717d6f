package org.btrdb.client.grpc;

import io.grpc.CallOptions;
import io.grpc.Channel;
import io.grpc.MethodDescriptor;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import org.btrdb.client.CallScope;
import org.btrdb.client.error.BtrdbException;
import org.btrdb.client.error.ErrorCode;
import org.btrdb.proto.v5api.Status;

/** Makes every call of one connection, and ends those still open when the connection closes. */
final class Calls implements AutoCloseable {
  private final Channel channel;
  private final Duration callTimeout;
  private final Set<OpenCall<?, ?>> open = ConcurrentHashMap.newKeySet();
  private volatile boolean closed;

  Calls(Channel channel, Duration callTimeout) {
    this.channel = channel;
    this.callTimeout = callTimeout;
  }

  /** Calls a method that answers once; a scope without a deadline gets the default one. */
  <Q, R> R unary(MethodDescriptor<Q, R> method, Q request, CallScope scope, String subject) {
    long nanos = scope.hasDeadline() ? scope.remainingNanos() : callTimeout.toNanos();
    try (OpenCall<Q, R> call =
        start(
            method,
            CallOptions.DEFAULT.withDeadlineAfter(nanos, TimeUnit.NANOSECONDS),
            request,
            scope,
            subject)) {
      R answer = call.next();
      if (answer == null || call.next() != null) {
        throw new BtrdbException(
            ErrorCode.PROTOCOL_VIOLATION, subject + ": not exactly one answer came");
      }
      return answer;
    }
  }

  /** Calls a method that answers once, and looks at the answer's in-band status. */
  <Q, R> R ask(
      MethodDescriptor<Q, R> method,
      Q request,
      Function<R, Status> stat,
      CallScope scope,
      String subject) {
    R answer = unary(method, request, scope, subject);
    ErrorMapper.check(stat.apply(answer), subject);
    return answer;
  }

  /** Calls a method that answers in a stream, which may take as long as its scope allows. */
  <Q, R> OpenCall<Q, R> stream(
      MethodDescriptor<Q, R> method, Q request, CallScope scope, String subject) {
    CallOptions options =
        scope.hasDeadline()
            ? CallOptions.DEFAULT.withDeadlineAfter(scope.remainingNanos(), TimeUnit.NANOSECONDS)
            : CallOptions.DEFAULT;
    return start(method, options, request, scope, subject);
  }

  private <Q, R> OpenCall<Q, R> start(
      MethodDescriptor<Q, R> method,
      CallOptions options,
      Q request,
      CallScope scope,
      String subject) {
    if (closed) {
      throw connectionClosed(subject);
    }
    ErrorMapper.check(scope, subject);
    OpenCall<Q, R> call =
        new OpenCall<>(channel.newCall(method, options), scope, subject, open::remove);
    open.add(call);
    call.start(request);
    if (closed) {
      call.abandon(connectionClosed(subject));
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
  }
}
