package org.btrdb.client.spi;

import java.util.Map;
import org.btrdb.client.Btrdb;

/**
 * Opens one kind of BTrDB; found through {@link java.util.ServiceLoader}.
 *
 * <p>The gRPC client answers to {@code grpc}, the embedded tree to {@code file} and {@code mem}.
 */
public interface BtrdbProvider {

  /** Whether this provider opens targets of a scheme. */
  boolean accepts(String scheme);

  /**
   * Opens a connection, which the caller closes. Several connections of one process to the same
   * place share what is expensive and release it with the last one.
   *
   * @param scheme {@code grpc}, {@code file} or {@code mem}
   * @param target {@code host[:port][,host[:port]…]} or nothing, a directory, or a name
   * @param options further settings by name, such as {@code apiKey}; unknown ones are ignored here
   *     (the URL parser has refused them before)
   */
  Btrdb open(String scheme, String target, Map<String, String> options);
}
