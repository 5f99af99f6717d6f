package org.btrdb.embedded.server;

import io.grpc.StatusRuntimeException;
import io.grpc.stub.StreamObserver;
import java.util.function.Function;
import org.btrdb.client.error.BtrdbException;
import org.btrdb.client.error.ErrorCode;
import org.btrdb.embedded.meta.RefusedName;
import org.btrdb.proto.v5api.RawValuesResponse;
import org.btrdb.proto.v5api.Status;
import org.jspecify.annotations.Nullable;

/** In-band statuses of failures (reference 2.2). */
final class StatusCodes {
  static final int NO_SUCH_POINT = 401;
  static final int SAME_STREAM = 417;
  static final int AMBIGUOUS_STREAM = 418;
  static final int FAULT_INJECTION_DISABLED = 424;
  static final int INVALID_VERSIONS = 427;

  private static final System.Logger LOG = System.getLogger(StatusCodes.class.getName());

  private StatusCodes() {}

  static Status of(int code, String message) {
    return Status.newBuilder().setCode(code).setMsg(message).build();
  }

  /** Any answer that holds nothing but a status: all have theirs at the same place. */
  static byte[] answer(Status stat) {
    return RawValuesResponse.newBuilder().setStat(stat).build().toByteArray();
  }

  /**
   * The end of a call that failed because its caller may not make it, null if it failed otherwise.
   * As proxies in front of BTrDB do (reference 4.3), this is said by gRPC's status.
   */
  private static @Nullable StatusRuntimeException denial(RuntimeException failure) {
    return failure instanceof BtrdbException known && known.code() == ErrorCode.PERMISSION_DENIED
        ? io.grpc.Status.PERMISSION_DENIED.withDescription(known.getMessage()).asRuntimeException()
        : null;
  }

  /**
   * Ends a call that failed.
   *
   * @param message carries the status, unless gRPC's does
   */
  static <M> void fail(
      StreamObserver<M> call, RuntimeException failure, Function<Status, M> message) {
    StatusRuntimeException denial = denial(failure);
    if (denial == null) {
      call.onNext(message.apply(of(failure)));
      call.onCompleted();
    } else {
      call.onError(denial);
    }
  }

  /** The status of a failure; what is nobody's mistake but ours is logged too. */
  static Status of(RuntimeException failure) {
    if (!(failure instanceof BtrdbException known)) {
      LOG.log(System.Logger.Level.ERROR, "a call failed", failure);
      return of(ErrorCode.INTERNAL.statusCode(), "internal error: " + failure);
    }
    int code =
        known.getCause() instanceof RefusedName name ? name.statusCode() : codeOf(known.code());
    return of(code, String.valueOf(known.getMessage()));
  }

  private static int codeOf(ErrorCode code) {
    return switch (code) {
      case DEADLINE_EXCEEDED -> ErrorCode.CANCELLED.statusCode();
      case PROTOCOL_VIOLATION -> ErrorCode.INVALID_ARGUMENT.statusCode(); // the client's
      default -> code.statusCode() == 0 ? ErrorCode.INTERNAL.statusCode() : code.statusCode();
    };
  }
}
