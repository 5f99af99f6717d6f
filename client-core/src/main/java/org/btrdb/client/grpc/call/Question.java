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
 * @param request the one message
 * @param target what the call is about
 */
record Question<Q, R>(
    MethodDescriptor<Q, R> method, CallOptions options, Q request, CallTarget target) {

  /** Nanoseconds until the deadline, Long.MAX_VALUE without one. */
  long remainingNanos() {
    Deadline deadline = options.getDeadline();
    return deadline == null ? Long.MAX_VALUE : deadline.timeRemaining(TimeUnit.NANOSECONDS);
  }
}
