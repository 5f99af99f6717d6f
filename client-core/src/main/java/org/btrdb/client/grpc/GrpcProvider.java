package org.btrdb.client.grpc;

import com.google.common.net.HostAndPort;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.btrdb.client.Btrdb;
import org.btrdb.client.error.BtrdbException;
import org.btrdb.client.error.ErrorCode;
import org.btrdb.client.grpc.connect.ClientEnvironment;
import org.btrdb.client.grpc.connect.ConnectOptions;
import org.btrdb.client.grpc.connect.Credentials;
import org.btrdb.client.grpc.connect.Greeting;
import org.btrdb.client.spi.BtrdbProvider;

/**
 * Opens {@code host[:port][,host[:port]…]}, or where a profile or the environment leads if no
 * endpoint is given: the first endpoint that answers. The port is 4410, with {@code tls=true} 4411.
 *
 * <p>The options are those of {@link Credentials} and {@link ConnectOptions}, in {@code
 * docs/connecting.md}.
 */
public final class GrpcProvider implements BtrdbProvider {
  private final ClientEnvironment environment;

  /** For {@link java.util.ServiceLoader}: in the environment of this process. */
  public GrpcProvider() {
    this(ClientEnvironment.ofProcess());
  }

  /** In a given environment. */
  public GrpcProvider(ClientEnvironment environment) {
    this.environment = environment;
  }

  @Override
  public boolean accepts(String scheme) {
    return scheme.equals("grpc");
  }

  @Override
  public Btrdb open(String scheme, String target, Map<String, String> options) {
    Credentials credentials = Credentials.resolve(target, options, environment);
    ConnectOptions how = ConnectOptions.of(options, credentials, environment);
    List<BtrdbException> failures = new ArrayList<>();
    for (HostAndPort endpoint : credentials.endpoints()) {
      try {
        return Greeting.connect(endpoint, how);
      } catch (BtrdbException e) {
        if (e.code() != ErrorCode.CONNECT_FAILED) {
          throw e;
        }
        failures.add(e);
      }
    }
    if (failures.size() == 1) {
      throw failures.get(0);
    }
    BtrdbException none =
        new BtrdbException(
            ErrorCode.CONNECT_FAILED,
            String.join("; ", failures.stream().map(BtrdbException::getMessage).toList()));
    failures.forEach(none::addSuppressed);
    throw none;
  }
}
