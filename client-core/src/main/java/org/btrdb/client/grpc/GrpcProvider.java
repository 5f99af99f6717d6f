package org.btrdb.client.grpc;

import com.google.common.base.Splitter;
import com.google.common.net.HostAndPort;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.btrdb.client.Btrdb;
import org.btrdb.client.error.BtrdbException;
import org.btrdb.client.error.ErrorCode;
import org.btrdb.client.grpc.connect.ConnectOptions;
import org.btrdb.client.grpc.connect.Greeting;
import org.btrdb.client.spi.BtrdbProvider;

/**
 * Opens {@code host:port[,host:port]}, port 4410 if not given: the first endpoint that answers.
 *
 * <p>Options: {@code connectTimeout} and {@code callTimeout} in milliseconds, {@code apiKey}.
 */
public final class GrpcProvider implements BtrdbProvider {
  private static final int DEFAULT_PORT = 4410;

  @Override
  public boolean accepts(String scheme) {
    return scheme.equals("grpc");
  }

  @Override
  public Btrdb open(String scheme, String target, Map<String, String> options) {
    ConnectOptions how = ConnectOptions.of(options);
    List<BtrdbException> failures = new ArrayList<>();
    for (HostAndPort endpoint : endpoints(target)) {
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

  private static List<HostAndPort> endpoints(String target) {
    List<HostAndPort> endpoints = new ArrayList<>();
    for (String text : Splitter.on(',').trimResults().split(target)) {
      try {
        HostAndPort endpoint = HostAndPort.fromString(text).withDefaultPort(DEFAULT_PORT);
        if (endpoint.getHost().isEmpty() || endpoint.getPort() == 0 || text.endsWith(":")) {
          throw new IllegalArgumentException("no host or no port");
        }
        endpoints.add(endpoint);
      } catch (IllegalArgumentException e) {
        throw new BtrdbException(
            ErrorCode.INVALID_URL, "'" + text + "' is not host or host:port", e);
      }
    }
    return endpoints;
  }
}
