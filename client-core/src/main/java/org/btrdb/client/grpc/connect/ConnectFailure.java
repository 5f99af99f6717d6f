package org.btrdb.client.grpc.connect;

import com.google.common.base.Throwables;
import com.google.common.net.HostAndPort;
import io.grpc.netty.shaded.io.netty.handler.ssl.NotSslRecordException;
import java.security.cert.CertPathBuilderException;
import java.security.cert.CertPathValidatorException;
import java.security.cert.CertificateException;
import java.security.cert.CertificateExpiredException;
import java.security.cert.CertificateNotYetValidException;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.net.ssl.SSLException;
import org.btrdb.client.error.BtrdbException;
import org.btrdb.client.error.ErrorCode;

/** Says in one line why nothing could be asked at an endpoint, and what would help. */
final class ConnectFailure {
  private static final Pattern ALERT = Pattern.compile("fatal alert: (\\w+)");

  /** An alert of TLS: type 21, version 3.x. */
  private static final String ALERT_RECORD = "1503";

  private ConnectFailure() {}

  /**
   * The failure to report.
   *
   * @param failure of the first call, whose channel never came to be
   */
  static BtrdbException of(HostAndPort endpoint, ConnectOptions options, BtrdbException failure) {
    String reason = reason(endpoint, options, Throwables.getCausalChain(failure));
    return new BtrdbException(
        ErrorCode.CONNECT_FAILED,
        "no BTrDB answers at "
            + (reason.isEmpty() ? failure.getMessage() : endpoint + ": " + reason),
        failure);
  }

  private static String reason(
      HostAndPort endpoint, ConnectOptions options, List<Throwable> causes) {
    return options.tls().isUsedAt(endpoint)
        ? withTls(endpoint, options, causes)
        : withoutTls(causes);
  }

  private static String withTls(
      HostAndPort endpoint, ConnectOptions options, List<Throwable> causes) {
    for (int i = causes.size() - 1; i >= 0; i--) { // the innermost knows most
      Throwable cause = causes.get(i);
      if (cause instanceof NotSslRecordException) {
        return "it does not speak TLS; tls=false connects in plaintext";
      }
      if (cause instanceof CertificateExpiredException) {
        return "its certificate has expired (" + cause.getMessage() + ")";
      }
      if (cause instanceof CertificateNotYetValidException) {
        return "its certificate is not valid yet (" + cause.getMessage() + ")";
      }
      if (cause instanceof CertPathBuilderException
          || cause instanceof CertPathValidatorException) {
        return "its certificate is signed by nobody trusted here; caBundle=FILE names the CA ("
            + cause.getMessage()
            + ")";
      }
      if (cause instanceof CertificateException) {
        return isAboutName(cause)
            ? "its certificate is not for '"
                + (options.authority().isEmpty() ? endpoint.getHost() : options.authority())
                + "'; authority=NAME names the one that is expected ("
                + cause.getMessage()
                + ")"
            : "its certificate is refused (" + cause.getMessage() + ")";
      }
      if (cause instanceof SSLException) {
        return ofTls(options, String.valueOf(cause.getMessage()));
      }
    }
    // A server that refuses us may hang up before its alert is read.
    return !options.tls().hasClientCertificate() && isHungUp(causes)
        ? "it hangs up on TLS; it may want a client certificate (clientCertificate=FILE,"
            + " clientKey=FILE)"
        : "";
  }

  private static boolean isAboutName(Throwable cause) {
    String message = String.valueOf(cause.getMessage()).toLowerCase(Locale.ROOT);
    return message.contains("alternative") || message.contains("name matching");
  }

  private static String ofTls(ConnectOptions options, String message) {
    Matcher alert = ALERT.matcher(message);
    if (!alert.find()) {
      return "TLS fails (" + message + ")";
    }
    return switch (alert.group(1)) {
      // What servers say who want a certificate: certificate_required is new with TLS 1.3.
      case "certificate_required", "bad_certificate", "handshake_failure" ->
          (options.tls().hasClientCertificate()
                  ? "it refuses our client certificate"
                  : "it wants a client certificate (clientCertificate=FILE, clientKey=FILE)")
              + ": alert "
              + alert.group(1);
      case "unknown_ca", "certificate_unknown", "certificate_expired", "certificate_revoked" ->
          "it refuses our client certificate: alert " + alert.group(1);
      default -> "TLS fails: alert " + alert.group(1);
    };
  }

  private static String withoutTls(List<Throwable> causes) {
    for (Throwable cause : causes) {
      String message = String.valueOf(cause.getMessage());
      if (message.contains("First received frame was not SETTINGS")) {
        return message.contains("bytes: " + ALERT_RECORD)
            ? "it speaks TLS; tls=true does too"
            : "it does not speak gRPC";
      }
    }
    return isHungUp(causes) ? "it hangs up on plaintext; it may speak TLS (tls=true)" : "";
  }

  private static boolean isHungUp(List<Throwable> causes) {
    return causes.stream()
        .map(cause -> String.valueOf(cause.getMessage()))
        .anyMatch(
            message ->
                message.contains("Network closed for unknown reason")
                    || message.contains("closed the connection")
                    || message.contains("Connection reset")
                    || message.contains("channel closed")
                    || message.contains("Broken pipe"));
  }
}
