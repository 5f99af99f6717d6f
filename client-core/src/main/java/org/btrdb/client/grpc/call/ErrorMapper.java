package org.btrdb.client.grpc.call;

import com.google.common.base.Throwables;
import com.google.protobuf.InvalidProtocolBufferException;
import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import java.util.Arrays;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.btrdb.client.error.BtrdbException;
import org.btrdb.client.error.ErrorCode;
import org.jspecify.annotations.Nullable;

/**
 * Names every failure of a call: by the in-band code, else by a leading {@code [NNN]} in gRPC's
 * text, else by gRPC's status (reference 2.1, 2.2).
 */
public final class ErrorMapper {
  private static final Pattern CODED = Pattern.compile("\\s*\\[(\\d{3})\\]\\s*(.*)");
  private static final Pattern BLANKS = Pattern.compile("\\s+");
  private static final Map<Integer, ErrorCode> CODES = codes();

  private ErrorMapper() {}

  private static Map<Integer, ErrorCode> codes() {
    Map<Integer, ErrorCode> codes = new TreeMap<>();
    Arrays.stream(ErrorCode.values())
        .filter(code -> code.statusCode() != 0)
        .forEach(code -> codes.put(code.statusCode(), code));
    codes.put(405, ErrorCode.CLUSTER_DEGRADED);
    codes.put(408, ErrorCode.INVALID_NAME);
    codes.put(409, ErrorCode.INVALID_NAME);
    codes.put(417, ErrorCode.STREAM_EXISTS);
    codes.put(418, ErrorCode.STREAM_EXISTS);
    codes.put(422, ErrorCode.TOO_LARGE);
    codes.put(424, ErrorCode.UNSUPPORTED);
    codes.put(427, ErrorCode.INVALID_ARGUMENT);
    codes.put(430, ErrorCode.CONCURRENT_CHANGE);
    codes.put(431, ErrorCode.UNSUPPORTED);
    codes.put(438, ErrorCode.INVALID_ARGUMENT);
    codes.put(443, ErrorCode.INVALID_ARGUMENT);
    codes.put(444, ErrorCode.INVALID_ARGUMENT);
    codes.put(447, ErrorCode.PERMISSION_DENIED);
    return Map.copyOf(codes);
  }

  /** Throws if a scope has ended. */
  static void check(CallTarget target) {
    try {
      target.scope().check();
    } catch (BtrdbException e) {
      throw new BtrdbException(e.code(), target.subject() + ": " + e.getMessage(), e);
    }
  }

  /** Throws what an in-band status stands for, if it is set. */
  public static void check(ServerStatus stat, String subject) {
    if (stat.code() != 0) {
      throw of(stat, subject);
    }
  }

  /**
   * The failure that an in-band status stands for.
   *
   * @param subject the stream or value that the call was about
   */
  public static BtrdbException of(ServerStatus stat, String subject) {
    return coded(stat.code(), stat.message(), subject, null);
  }

  /** The failure that one of many streams, which only the server's text names, does not exist. */
  public static BtrdbException noSuchStream(String message, String subject) {
    String text = oneLine(message);
    return new BtrdbException(
        ErrorCode.NO_SUCH_STREAM,
        subject + ": " + (text.isEmpty() ? "stream does not exist" : text),
        new RemoteStatus(RemoteStatus.NO_SUCH_STREAM, text, null));
  }

  /** The failure that the end of a call with a status other than OK stands for. */
  static BtrdbException of(Status status, String subject) {
    String text = oneLine(status.getDescription() == null ? "" : status.getDescription());
    Throwable cause = status.asException();
    Matcher coded = CODED.matcher(text);
    if (coded.matches()) {
      return coded(Integer.parseInt(coded.group(1)), coded.group(2), subject, cause);
    }
    Optional<OutOfMemoryError> shortage = shortage(status);
    if (shortage.isPresent()) {
      return new BtrdbException(
          ErrorCode.INSUFFICIENT_MEMORY,
          subject
              + ": this process has too little memory for the answer: "
              + oneLine(String.valueOf(shortage.get().getMessage())),
          cause);
    }
    ErrorCode code = code(status, text);
    if (code == ErrorCode.DEADLINE_EXCEEDED) {
      return new BtrdbException(code, subject + ": " + what(code), cause);
    }
    String detail = status.getCause() == null ? text : text + " (" + rootMessage(status) + ")";
    return new BtrdbException(
        code, subject + ": " + what(code) + (detail.isBlank() ? "" : ": " + detail), cause);
  }

  /** Ours: causes do not travel. */
  private static Optional<OutOfMemoryError> shortage(Status status) {
    return status.getCause() == null
        ? Optional.empty()
        : Throwables.getCausalChain(status.getCause()).stream()
            .filter(OutOfMemoryError.class::isInstance)
            .map(OutOfMemoryError.class::cast)
            .findFirst();
  }

  private static BtrdbException coded(
      int code, String message, String subject, @Nullable Throwable cause) {
    String text = oneLine(message);
    ErrorCode error = CODES.getOrDefault(code, ErrorCode.INTERNAL);
    String said =
        code == RemoteStatus.NO_SUCH_STREAM
            ? subject + " does not exist"
            : subject + ": [" + code + "] " + (text.isEmpty() ? what(error) : text);
    return new BtrdbException(error, said, new RemoteStatus(code, text, cause));
  }

  private static ErrorCode code(Status status, String text) {
    return switch (status.getCode()) {
      // Only what we cancelled is a cancellation, and that never comes here: see OpenCall.
      case UNAVAILABLE -> ErrorCode.UNAVAILABLE;
      case CANCELLED -> unread(status);
      case DEADLINE_EXCEEDED -> ErrorCode.DEADLINE_EXCEEDED;
      case UNAUTHENTICATED -> ErrorCode.UNAUTHENTICATED;
      case PERMISSION_DENIED -> ErrorCode.PERMISSION_DENIED;
      case UNIMPLEMENTED -> ErrorCode.UNSUPPORTED;
      case INVALID_ARGUMENT, OUT_OF_RANGE, FAILED_PRECONDITION -> ErrorCode.INVALID_ARGUMENT;
      case RESOURCE_EXHAUSTED ->
          text.contains("message") ? ErrorCode.TOO_LARGE : ErrorCode.OVERLOADED;
      case INTERNAL ->
          isMalformed(status, text) ? ErrorCode.PROTOCOL_VIOLATION : ErrorCode.INTERNAL;
      default -> ErrorCode.INTERNAL;
    };
  }

  /** gRPC itself cancels a call whose message it cannot read; the cause says why. */
  private static ErrorCode unread(Status status) {
    Throwable cause = status.getCause();
    if (cause instanceof StatusRuntimeException inner) {
      String text = String.valueOf(inner.getStatus().getDescription());
      ErrorCode code = code(inner.getStatus(), text);
      return code == ErrorCode.INTERNAL ? ErrorCode.PROTOCOL_VIOLATION : code;
    }
    return cause == null ? ErrorCode.UNAVAILABLE : ErrorCode.PROTOCOL_VIOLATION;
  }

  private static boolean isMalformed(Status status, String text) {
    return rootOf(status) instanceof InvalidProtocolBufferException
        || text.contains("mid-frame")
        || text.contains("gRPC frame header malformed");
  }

  private static String what(ErrorCode code) {
    return switch (code) {
      case UNAVAILABLE -> "no connection";
      case DEADLINE_EXCEEDED -> "no answer within the deadline";
      case UNAUTHENTICATED -> "the server refuses the credentials";
      case PERMISSION_DENIED -> "not permitted";
      case UNSUPPORTED -> "not supported by this server";
      case PROTOCOL_VIOLATION -> "the answer is no BTrDB message";
      case OVERLOADED -> "the server is overloaded";
      case TOO_LARGE -> "too large";
      case CLUSTER_DEGRADED -> "no node answers for it now";
      default -> "the server failed";
    };
  }

  private static String rootMessage(Status status) {
    Throwable root = rootOf(status);
    return root == null || root.getMessage() == null ? "" : oneLine(root.getMessage());
  }

  private static @Nullable Throwable rootOf(Status status) {
    Throwable root = status.getCause();
    while (root != null && root.getCause() != null) {
      root = root.getCause();
    }
    return root;
  }

  /** A text without line ends, for messages are one line. */
  private static String oneLine(String text) {
    return BLANKS.matcher(text).replaceAll(" ").strip();
  }
}
