package org.btrdb.client.grpc.connect;

import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;

/**
 * What surrounds this process: its variables and the user's home directory.
 *
 * @param variables environment variables, which may hold secrets
 * @param home the directory that holds {@code .predictivegrid}
 */
public record ClientEnvironment(Map<String, String> variables, Path home) {

  /** Copies the variables. */
  public ClientEnvironment {
    variables = Map.copyOf(variables);
  }

  /**
   * The environment of this process; home is {@code HOME} where that is set, as for the Python
   * client, else {@code user.home}.
   */
  public static ClientEnvironment ofProcess() {
    Map<String, String> variables = System.getenv();
    String home = variables.getOrDefault("HOME", "");
    return new ClientEnvironment(
        variables, Path.of(home.isBlank() ? System.getProperty("user.home", ".") : home));
  }

  /** The value of a variable; one that is blank counts as not set. */
  Optional<String> variable(String name) {
    return Optional.ofNullable(variables.get(name)).filter(value -> !value.isBlank());
  }

  /** {@code ~/.predictivegrid/credentials.yaml}, whether it exists or not. */
  Path credentialsFile() {
    return home.resolve(".predictivegrid").resolve("credentials.yaml");
  }

  /** Without the variables. */
  @Override
  public String toString() {
    return "ClientEnvironment[home=" + home + "]";
  }
}
