package org.btrdb.client.grpc.connect;

import com.google.common.net.HostAndPort;
import java.time.Duration;
import java.util.Map;
import java.util.regex.Pattern;
import org.btrdb.client.error.BtrdbException;
import org.btrdb.client.error.ErrorCode;
import org.jspecify.annotations.Nullable;

/**
 * How to connect. Connections with equal options to one endpoint share a channel.
 *
 * @param connectTimeout within which a server must have answered
 * @param callTimeout deadline of a call that answers once and whose scope has none
 * @param retryTimeout how long a call is repeated whose failure may pass, zero for never; see
 *     {@link org.btrdb.client.grpc.call.RetryPolicy}
 * @param apiKey sent as {@code authorization: Bearer}, empty for none
 * @param tls where TLS is spoken, and with what
 * @param authority the name that the server's certificate must have, empty for the endpoint's host
 * @param keepAlive how long a server may be silent during a call before it is pinged; zero for no
 *     pings
 * @param maxInboundMessageBytes the largest message taken
 */
public record ConnectOptions(
    Duration connectTimeout,
    Duration callTimeout,
    Duration retryTimeout,
    String apiKey,
    TlsOptions tls,
    String authority,
    Duration keepAlive,
    int maxInboundMessageBytes) {
  private static final Pattern AUTHORITY =
      Pattern.compile("(\\[[0-9A-Fa-f:.]+]|[\\w.-]+)(:\\d{1,5})?");
  private static final int CONNECT_MILLIS = 10_000;
  private static final int CALL_MILLIS = 60_000;

  /** Twice what a 4.x server needs after a restart. */
  private static final int RETRY_MILLIS = 20_000;

  /** gRPC servers hang up on clients that ping more often than every 5 minutes. */
  private static final int KEEP_ALIVE_SECONDS = 360;

  /** gRPC raises what is shorter to this without a word. */
  private static final int LEAST_KEEP_ALIVE_SECONDS = 10;

  /**
   * Takes what is known here; the URL parser has refused what nobody knows. An empty value counts
   * as not given.
   *
   * @throws BtrdbException {@link ErrorCode#INVALID_URL} if an option makes no sense
   */
  public static ConnectOptions of(
      Map<String, String> options, Credentials credentials, ClientEnvironment environment) {
    return new ConnectOptions(
        millis(options, "connectTimeout", CONNECT_MILLIS),
        millis(options, "callTimeout", CALL_MILLIS),
        Duration.ofMillis(number(options, "retryTimeout", RETRY_MILLIS, "milliseconds")),
        sendable(credentials.apiKey()),
        TlsOptions.of(options, credentials.endpoints(), environment),
        authority(options.getOrDefault("authority", "")),
        keepAlive(options),
        maxInboundMessageBytes(options));
  }

  /** gRPC would drop a header that HTTP does not allow, and print it into the log. */
  private static String sendable(String apiKey) {
    for (int i = 0; i < apiKey.length(); i++) {
      if (apiKey.charAt(i) <= ' ' || apiKey.charAt(i) > '~') {
        throw refused(
            "the API key cannot be sent: character "
                + (i + 1)
                + " of "
                + apiKey.length()
                + " is a blank or not ASCII",
            null);
      }
    }
    return apiKey;
  }

  private static String authority(String authority) {
    if (authority.isBlank()) {
      return "";
    }
    if (!AUTHORITY.matcher(authority).matches()) {
      throw refused("authority '" + authority + "' is not host or host:port", null);
    }
    return authority;
  }

  private static Duration keepAlive(Map<String, String> options) {
    int seconds = number(options, "keepAlive", KEEP_ALIVE_SECONDS, "seconds");
    if (seconds > 0 && seconds < LEAST_KEEP_ALIVE_SECONDS) {
      throw refused(
          "keepAlive must be 0 or at least "
              + LEAST_KEEP_ALIVE_SECONDS
              + " seconds: '"
              + seconds
              + "'",
          null);
    }
    return Duration.ofSeconds(seconds);
  }

  private static int maxInboundMessageBytes(Map<String, String> options) {
    int bytes = number(options, "maxInboundMessageSize", 0, "bytes");
    return bytes == 0 ? Integer.MAX_VALUE : bytes;
  }

  private static Duration millis(Map<String, String> options, String name, int otherwise) {
    int millis = number(options, name, otherwise, "milliseconds");
    if (millis == 0) {
      throw refused(name + " must be milliseconds, 1 or more: '0'", null);
    }
    return Duration.ofMillis(millis);
  }

  private static int number(Map<String, String> options, String name, int otherwise, String unit) {
    String text = options.getOrDefault(name, "");
    if (text.isBlank()) {
      return otherwise;
    }
    try {
      int number = Integer.parseInt(text);
      if (number >= 0) {
        return number;
      }
    } catch (NumberFormatException e) {
      throw refused(name + " must be " + unit + ": '" + text + "'", e);
    }
    throw refused(name + " must be " + unit + ": '" + text + "'", null);
  }

  private static BtrdbException refused(String problem, @Nullable Throwable cause) {
    return new BtrdbException(ErrorCode.INVALID_URL, problem, cause);
  }

  /** How to reach an endpoint and all others that it leads to. */
  ConnectOptions decidedAt(HostAndPort endpoint) {
    return new ConnectOptions(
        connectTimeout,
        callTimeout,
        retryTimeout,
        apiKey,
        tls.decidedAt(endpoint),
        authority,
        keepAlive,
        maxInboundMessageBytes);
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
        + ", tls="
        + tls
        + ", authority="
        + authority
        + ", keepAlive="
        + keepAlive
        + ", maxInboundMessageBytes="
        + maxInboundMessageBytes
        + "]";
  }
}
