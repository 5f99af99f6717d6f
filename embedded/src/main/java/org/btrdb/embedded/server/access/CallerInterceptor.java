package org.btrdb.embedded.server.access;

import io.grpc.Context;
import io.grpc.Contexts;
import io.grpc.Metadata;
import io.grpc.ServerCall;
import io.grpc.ServerCallHandler;
import io.grpc.ServerInterceptor;
import io.grpc.Status;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Finds out who makes each call, and refuses those who may not make it anywhere. */
public final class CallerInterceptor implements ServerInterceptor {
  private static final Metadata.Key<String> AUTHORIZATION =
      Metadata.Key.of("authorization", Metadata.ASCII_STRING_MARSHALLER);

  private final Callers callers;

  /** Lets these call. */
  public CallerInterceptor(Callers callers) {
    this.callers = callers;
  }

  @Override
  public <Q, R> ServerCall.Listener<Q> interceptCall(
      ServerCall<Q, R> call, Metadata headers, ServerCallHandler<Q, R> next) {
    @Nullable Iterable<String> sent = headers.getAll(AUTHORIZATION);
    Optional<Caller> caller = callers.identify(sent == null ? List.of() : sent);
    if (caller.isEmpty()) {
      return refuse(call, Status.UNAUTHENTICATED.withDescription("invalid api key"));
    }
    String method = String.valueOf(call.getMethodDescriptor().getBareMethodName());
    MethodNeeds needs = MethodNeeds.of(method);
    if (!needs.isMetBy(caller.get())) {
      String where = needs == MethodNeeds.ADMIN_OF_ALL ? "all collections" : "any collection";
      return refuse(
          call,
          Status.PERMISSION_DENIED.withDescription(
              caller.get().denied(needs.permission(), where).getMessage()));
    }
    return Contexts.interceptCall(caller.get().in(Context.current()), call, headers, next);
  }

  private static <Q> ServerCall.Listener<Q> refuse(ServerCall<Q, ?> call, Status status) {
    call.close(status, new Metadata());
    return new ServerCall.Listener<>() {};
  }
}
