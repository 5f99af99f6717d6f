package org.btrdb.embedded.server;

import java.nio.file.Path;
import java.util.Optional;

/**
 * How to serve.
 *
 * @param host the address to listen on
 * @param port where to listen, 0 for any free one
 * @param tls empty for plaintext
 * @param keys the keys file, see docs/server.md; empty if everybody may do everything
 * @param limits what the server bears
 */
public record ServerOptions(
    String host, int port, Optional<TlsFiles> tls, Optional<Path> keys, ServerLimits limits) {

  /** In plaintext, for everybody. */
  public static ServerOptions at(String host, int port) {
    return new ServerOptions(host, port, Optional.empty(), Optional.empty(), ServerLimits.DEFAULT);
  }

  /** These with TLS. */
  public ServerOptions withTls(TlsFiles files) {
    return new ServerOptions(host, port, Optional.of(files), keys, limits);
  }

  /** These with a keys file. */
  public ServerOptions withKeys(Path file) {
    return new ServerOptions(host, port, tls, Optional.of(file), limits);
  }

  /** These with other limits. */
  public ServerOptions withLimits(ServerLimits others) {
    return new ServerOptions(host, port, tls, keys, others);
  }
}
