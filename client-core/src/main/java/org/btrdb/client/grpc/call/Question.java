package org.btrdb.client.grpc.call;

import io.grpc.CallOptions;
import io.grpc.Deadline;
import io.grpc.MethodDescriptor;
import java.util.concurrent.TimeUnit;

/**
 * What every attempt of a call sends.
 *
 * @param method the method
 * @param options with the deadline of all attempts together
 * @param request the message
 * @param target what the call is about
 * @param isFirst whether more requests may follow
 */
record Question<Q, R>(
    MethodDescriptor<Q, R> method,
    CallOptions options,
    Q request,
    CallTarget target,
    boolean isFirst) {

  /** Nanoseconds until the deadline, Long.MAX_VALUE without one. */
  long remainingNanos() {
    Deadline deadline = options.getDeadline();
    return deadline == null ? Long.MAX_VALUE : deadline.timeRemaining(TimeUnit.NANOSECONDS);
  }
}
