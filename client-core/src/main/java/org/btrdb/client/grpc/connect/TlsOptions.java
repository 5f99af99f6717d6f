package org.btrdb.client.grpc.connect;

import com.google.common.net.HostAndPort;
import io.grpc.netty.shaded.io.grpc.netty.GrpcSslContexts;
import io.grpc.netty.shaded.io.netty.handler.ssl.SslContext;
import io.grpc.netty.shaded.io.netty.handler.ssl.SslContextBuilder;
import io.grpc.netty.shaded.io.netty.handler.ssl.SslProvider;
import java.security.PrivateKey;
import java.security.cert.X509Certificate;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import javax.net.ssl.SSLException;
import org.btrdb.client.error.BtrdbException;
import org.btrdb.client.error.ErrorCode;
import org.jspecify.annotations.Nullable;

/**
 * Where TLS is spoken and with what. Equal if what the files held is equal, so a certificate that
 * was replaced on disk leads to a new channel.
 *
 * @param use where
 * @param roots trusted certificates, empty for those that the Java runtime trusts
 * @param clientChain our certificate and those that vouch for it, empty for none
 * @param clientKey the private key of our certificate
 */
record TlsOptions(
    Use use,
    List<X509Certificate> roots,
    List<X509Certificate> clientChain,
    @Nullable PrivateKey clientKey) {

  /** The port that means TLS where nothing else is said (reference 4.1). */
  static final int CONVENTIONAL_PORT = 4411;

  /** Where TLS is spoken. */
  enum Use {
    BY_PORT,
    ALWAYS,
    NEVER
  }

  /** TLS at port 4411, checked against what the Java runtime trusts. */
  static final TlsOptions BY_PORT = new TlsOptions(Use.BY_PORT, List.of(), List.of(), null);

  /**
   * Reads the files that the properties name.
   *
   * @param endpoints those of the URL or profile: a file that only TLS needs is refused if one of
   *     them is not reached by TLS, for the user takes it to be
   */
  static TlsOptions of(
      Map<String, String> options, List<HostAndPort> endpoints, ClientEnvironment environment) {
    Use use = use(options.getOrDefault("tls", ""));
    String caBundle = options.getOrDefault("caBundle", "");
    String certificate = options.getOrDefault("clientCertificate", "");
    String key = options.getOrDefault("clientKey", "");
    Optional<HostAndPort> plain =
        endpoints.stream().filter(endpoint -> !isUsed(use, endpoint)).findFirst();
    if (plain.isPresent()) {
      String file =
          !caBundle.isBlank() ? "caBundle" : !certificate.isBlank() ? "clientCertificate" : "";
      if (!file.isEmpty()) {
        throw refused(file + " is for TLS, but " + plain.get() + " is plaintext; add tls=true");
      }
    }
    if (certificate.isBlank() != key.isBlank()) {
      throw refused(
          certificate.isBlank()
              ? "clientKey is given without clientCertificate"
              : "clientCertificate is given without clientKey");
    }
    List<X509Certificate> chain = List.of();
    PrivateKey privateKey = null;
    if (!certificate.isBlank()) {
      TlsIdentity identity = TlsIdentity.read("clientCertificate", certificate, "clientKey", key);
      chain = identity.chain();
      privateKey = identity.key();
    }
    return new TlsOptions(use, roots(caBundle, use, endpoints, environment), chain, privateKey);
  }

  private static Use use(String tls) {
    return switch (tls) {
      case "" -> Use.BY_PORT;
      case "true" -> Use.ALWAYS;
      case "false" -> Use.NEVER;
      default -> throw refused("tls must be true or false: '" + tls + "'");
    };
  }

  private static List<X509Certificate> roots(
      String caBundle, Use use, List<HostAndPort> endpoints, ClientEnvironment environment) {
    if (!caBundle.isBlank()) {
      return PemFile.read("caBundle", caBundle).certificates();
    }
    return environment
        .variable("BTRDB_CA_BUNDLE")
        // A broken file must not stop who needs none.
        .filter(path -> endpoints.stream().anyMatch(endpoint -> isUsed(use, endpoint)))
        .map(path -> PemFile.read("BTRDB_CA_BUNDLE", path).certificates())
        .orElse(List.of());
  }

  /** Whether an endpoint is reached by TLS. */
  boolean isUsedAt(HostAndPort endpoint) {
    return isUsed(use, endpoint);
  }

  private static boolean isUsed(Use use, HostAndPort endpoint) {
    return switch (use) {
      case BY_PORT -> endpoint.getPort() == CONVENTIONAL_PORT;
      case ALWAYS -> true;
      case NEVER -> false;
    };
  }

  /**
   * As decided at the endpoint that was connected to: where that speaks TLS, whatever else its
   * cluster tells of does too. A map must not choose where the key is sent in plaintext.
   */
  TlsOptions decidedAt(HostAndPort endpoint) {
    return isUsedAt(endpoint) ? new TlsOptions(Use.ALWAYS, roots, clientChain, clientKey) : this;
  }

  /** Whether we can show a certificate. */
  boolean hasClientCertificate() {
    return !clientChain.isEmpty();
  }

  /**
   * What a channel needs to speak TLS. By the Java runtime's own TLS: it needs no native library,
   * obeys the runtime's security settings, and says why it refuses.
   */
  SslContext context() {
    SslContextBuilder builder =
        GrpcSslContexts.configure(SslContextBuilder.forClient(), SslProvider.JDK);
    if (!roots.isEmpty()) {
      builder.trustManager(roots.toArray(X509Certificate[]::new));
    }
    if (clientKey != null) {
      builder.keyManager(clientKey, clientChain.toArray(X509Certificate[]::new));
    }
    try {
      return builder.build();
    } catch (SSLException e) {
      throw new BtrdbException(ErrorCode.INVALID_URL, "TLS cannot be set up: " + e.getMessage(), e);
    }
  }

  private static BtrdbException refused(String problem) {
    return new BtrdbException(ErrorCode.INVALID_URL, problem);
  }

  /** Without the key. */
  @Override
  public String toString() {
    return "TlsOptions[use="
        + use
        + ", roots="
        + roots.size()
        + ", clientCertificate="
        + hasClientCertificate()
        + "]";
  }
}
