package org.btrdb.embedded.server;

import io.grpc.netty.shaded.io.grpc.netty.GrpcSslContexts;
import io.grpc.netty.shaded.io.netty.handler.ssl.SslContext;
import io.grpc.netty.shaded.io.netty.handler.ssl.SslContextBuilder;
import io.grpc.netty.shaded.io.netty.handler.ssl.SslProvider;
import java.security.cert.X509Certificate;
import javax.net.ssl.SSLException;
import org.btrdb.client.error.BtrdbException;
import org.btrdb.client.error.ErrorCode;
import org.btrdb.client.grpc.connect.TlsIdentity;
import org.btrdb.embedded.server.access.PrivateFile;

/** Sets up TLS, by the Java runtime's own as the client does: see docs/connecting.md. */
final class ServerTls {
  private static final String CERTIFICATE = "TLS certificate";
  private static final String KEY = "TLS key";

  private ServerTls() {}

  /** What a server with these files needs. */
  static SslContext context(TlsFiles files) {
    PrivateFile.check(KEY, files.key());
    TlsIdentity identity =
        TlsIdentity.read(CERTIFICATE, files.certificate().toString(), KEY, files.key().toString());
    SslContextBuilder builder =
        SslContextBuilder.forServer(
            identity.key(), identity.chain().toArray(X509Certificate[]::new));
    try {
      return GrpcSslContexts.configure(builder, SslProvider.JDK).build();
    } catch (SSLException e) {
      throw new BtrdbException(
          ErrorCode.INVALID_ARGUMENT, "TLS cannot be set up: " + e.getMessage(), e);
    }
  }
}
