package org.btrdb.client.grpc.connect;

import java.time.Duration;
import java.util.Map;
import org.btrdb.client.error.BtrdbException;
import org.btrdb.client.error.ErrorCode;
import org.jspecify.annotations.Nullable;

/**
 * How to connect.
 *
 * @param connectTimeout within which a server must have answered
 * @param callTimeout deadline of a call that answers once and whose scope has none
 * @param retryTimeout how long a call is repeated whose failure may pass, zero for never; see
 *     {@link org.btrdb.client.grpc.call.RetryPolicy}
 * @param apiKey sent as {@code authorization: Bearer}, empty for none
 */
public record ConnectOptions(
    Duration connectTimeout, Duration callTimeout, Duration retryTimeout, String apiKey) {
  private static final long CONNECT_MILLIS = 10_000;
  private static final long CALL_MILLIS = 60_000;

  /** Twice what a 4.x server needs after a restart. */
  private static final long RETRY_MILLIS = 20_000;

  /** Takes what is known here; the URL parser has refused what nobody knows. */
  public static ConnectOptions of(Map<String, String> options) {
    if (!"false".equalsIgnoreCase(options.getOrDefault("tls", "false"))) {
      throw new BtrdbException(
          ErrorCode.UNSUPPORTED, "tls=" + options.get("tls") + ": TLS is not supported yet");
    }
    return new ConnectOptions(
        millis(options, "connectTimeout", CONNECT_MILLIS),
        millis(options, "callTimeout", CALL_MILLIS),
        "0".equals(options.get("retryTimeout"))
            ? Duration.ZERO
            : millis(options, "retryTimeout", RETRY_MILLIS),
        options.getOrDefault("apiKey", ""));
  }

  private static Duration millis(Map<String, String> options, String name, long otherwise) {
    String text = options.get(name);
    if (text == null) {
      return Duration.ofMillis(otherwise);
    }
    try {
      int millis = Integer.parseInt(text);
      if (millis > 0) {
        return Duration.ofMillis(millis);
      }
    } catch (NumberFormatException e) {
      throw notMillis(name, text, e);
    }
    throw notMillis(name, text, null);
  }

  private static BtrdbException notMillis(String name, String text, @Nullable Throwable cause) {
    return new BtrdbException(
        ErrorCode.INVALID_URL, name + " must be milliseconds, 1 or more: '" + text + "'", cause);
  }

  /** Keeps the key out of logs and messages. */
  @Override
  public String toString() {
    return "ConnectOptions[connectTimeout="
        + connectTimeout
        + ", callTimeout="
        + callTimeout
        + ", retryTimeout="
        + retryTimeout
        + "]";
  }
}
