package org.btrdb.client.grpc.connect;

import com.google.common.base.Splitter;
import com.google.common.net.HostAndPort;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import org.btrdb.client.error.BtrdbException;
import org.btrdb.client.error.ErrorCode;

/**
 * Where to connect and with which key: the outcome of URL, properties, environment and credentials
 * file, in the order of reference 4.2.
 *
 * <ol>
 *   <li>The property {@code profile}: endpoints and key of that profile, whatever the environment
 *       says. Endpoints in the URL beside it are an error.
 *   <li>Else the profile that {@code BTRDB_PROFILE} names, or {@code default}; over it {@code
 *       BTRDB_ENDPOINTS} and {@code BTRDB_API_KEY}; over them the endpoints of the URL.
 * </ol>
 *
 * <p>The property {@code apiKey} wins over every other key. A profile's key never goes to endpoints
 * of the URL that the profile does not name: it was not given for them.
 *
 * @param endpoints in the order to try them, one at least
 * @param apiKey empty for none
 */
public record Credentials(List<HostAndPort> endpoints, String apiKey) {
  private static final int PLAIN_PORT = 4410;
  private static final String DEFAULT_PROFILE = "default";

  /** Copies the endpoints. */
  public Credentials {
    endpoints = List.copyOf(endpoints);
  }

  /**
   * Finds out where to connect.
   *
   * @param target {@code host[:port][,host[:port]…]}, or blank if the URL names no endpoint
   * @param options the properties of the connection by name
   * @throws BtrdbException {@link ErrorCode#INVALID_URL} if that leads nowhere
   */
  public static Credentials resolve(
      String target, Map<String, String> options, ClientEnvironment environment) {
    String profile = options.getOrDefault("profile", "");
    String apiKey = options.getOrDefault("apiKey", "");
    int port =
        options.getOrDefault("tls", "").equals("true") ? TlsOptions.CONVENTIONAL_PORT : PLAIN_PORT;
    if (!profile.isBlank()) {
      if (!target.isBlank()) {
        throw refused(
            "endpoints '" + target + "' and profile '" + profile + "' are both given; leave one");
      }
      return ofProfile(profile, apiKey, port, environment.credentialsFile());
    }
    return target.isBlank()
        ? ofSurroundings(apiKey, port, environment)
        : ofTarget(target, apiKey, port, environment);
  }

  private static Credentials ofProfile(String name, String apiKey, int port, Path path) {
    CredentialsFile file =
        CredentialsFile.read(path)
            .orElseThrow(() -> refused("no profile '" + name + "': " + path + " does not exist"));
    CredentialsFile.Profile profile =
        file.profile(name).orElseThrow(() -> refused("no profile '" + name + "' in " + path));
    if (profile.endpoints().isEmpty()) {
      throw refused("profile '" + name + "' in " + path + " has no endpoints");
    }
    return new Credentials(
        endpoints(profile.endpoints(), port, "profile '" + name + "' in " + path),
        apiKey.isBlank() ? profile.apiKey() : apiKey);
  }

  private static Credentials ofSurroundings(
      String apiKey, int port, ClientEnvironment environment) {
    CredentialsFile.Profile profile = ambientProfile(environment);
    Optional<String> given = environment.variable("BTRDB_ENDPOINTS");
    String endpoints = given.orElse(profile.endpoints());
    if (endpoints.isBlank()) {
      throw refused(
          "no endpoint: give one in the URL, in BTRDB_ENDPOINTS, or in a profile of "
              + environment.credentialsFile());
    }
    String source =
        given.isPresent() ? "BTRDB_ENDPOINTS" : environment.credentialsFile().toString();
    return new Credentials(
        endpoints(endpoints, port, source), key(apiKey, environment, profile::apiKey));
  }

  private static Credentials ofTarget(
      String target, String apiKey, int port, ClientEnvironment environment) {
    List<HostAndPort> endpoints = endpoints(target, port, "");
    return new Credentials(
        endpoints,
        key(
            apiKey,
            environment,
            () -> {
              CredentialsFile.Profile profile = ambientProfile(environment);
              return !profile.apiKey().isEmpty()
                      && !profile.endpoints().isEmpty()
                      && endpoints(
                              profile.endpoints(), port, environment.credentialsFile().toString())
                          .containsAll(endpoints)
                  ? profile.apiKey()
                  : "";
            }));
  }

  private static String key(
      String apiKey, ClientEnvironment environment, Supplier<String> profiles) {
    return apiKey.isBlank() ? environment.variable("BTRDB_API_KEY").orElseGet(profiles) : apiKey;
  }

  /** What the file says where nobody asked for a profile by property. */
  private static CredentialsFile.Profile ambientProfile(ClientEnvironment environment) {
    Optional<String> named = environment.variable("BTRDB_PROFILE");
    String name = named.orElse(DEFAULT_PROFILE);
    Optional<CredentialsFile> file = CredentialsFile.read(environment.credentialsFile());
    if (file.isEmpty()) {
      return CredentialsFile.Profile.EMPTY;
    }
    Optional<CredentialsFile.Profile> profile = file.get().profile(name);
    if (profile.isEmpty() && !name.equals(DEFAULT_PROFILE)) {
      throw refused("no profile '" + name + "' (BTRDB_PROFILE) in " + file.get().path());
    }
    return profile.orElse(CredentialsFile.Profile.EMPTY);
  }

  private static List<HostAndPort> endpoints(String list, int defaultPort, String source) {
    List<HostAndPort> endpoints = new ArrayList<>();
    for (String text : Splitter.on(',').trimResults().split(list)) {
      try {
        HostAndPort endpoint = HostAndPort.fromString(text).withDefaultPort(defaultPort);
        if (endpoint.getHost().isEmpty() || endpoint.getPort() == 0 || text.endsWith(":")) {
          throw new IllegalArgumentException("no host or no port");
        }
        endpoints.add(endpoint);
      } catch (IllegalArgumentException e) {
        throw new BtrdbException(
            ErrorCode.INVALID_URL,
            "'"
                + text
                + "' is not host or host:port"
                + (source.isEmpty() ? "" : " (" + source + ")"),
            e);
      }
    }
    return endpoints;
  }

  private static BtrdbException refused(String problem) {
    return new BtrdbException(ErrorCode.INVALID_URL, problem);
  }

  /** Without the key. */
  @Override
  public String toString() {
    return "Credentials[endpoints=" + endpoints + "]";
  }
}
