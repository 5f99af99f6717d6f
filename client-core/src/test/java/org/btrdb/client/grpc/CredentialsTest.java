package org.btrdb.client.grpc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import org.btrdb.client.error.BtrdbException;
import org.btrdb.client.error.ErrorCode;
import org.btrdb.client.grpc.connect.ClientEnvironment;
import org.btrdb.client.grpc.connect.ConnectOptions;
import org.btrdb.client.grpc.connect.Credentials;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Which endpoints and which key come out of URL, properties, environment and profiles. */
class CredentialsTest {
  private static final String FILE =
      """
      # as other BTrDB clients write it
      default:
        name: default
        btrdb: {endpoints: "d:1", api_key: "DKEY"}
      lab:
        btrdb:
          endpoints: lab.example.org:4411
          api_key: 00000000000000000000012E
        other: [what, others, keep, here]
      several:
        btrdb: {endpoints: "a:1, b", api_key: ~}
      keyless:
        btrdb: {endpoints: "k:1"}
      nowhere:
        btrdb: {api_key: NKEY}
      bare:
        name: bare
      """;

  @TempDir Path home;

  private void write(String yaml) throws IOException {
    Path file = home.resolve(".predictivegrid").resolve("credentials.yaml");
    Files.createDirectories(file.getParent());
    Files.writeString(file, yaml);
  }

  /** Reads {@code A=b;C=d}. */
  private static Map<String, String> settings(String text) {
    Map<String, String> settings = new HashMap<>();
    for (String setting : text.split(";", 0)) {
      int equals = setting.indexOf('=');
      if (equals > 0) {
        settings.put(setting.substring(0, equals), setting.substring(equals + 1));
      }
    }
    return settings;
  }

  private Credentials resolve(String target, String options, String variables) {
    return Credentials.resolve(
        target, settings(options), new ClientEnvironment(settings(variables), home));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        // target, properties, environment, endpoints, key
        "''  | ''             | ''                                   | d:1                     | DKEY",
        "''  | ''             | BTRDB_PROFILE=lab                    | lab.example.org:4411    | 00000000000000000000012E",
        "''  | ''             | BTRDB_PROFILE=several                | a:1 b:4410              | ''",
        "''  | tls=true       | BTRDB_PROFILE=several                | a:1 b:4411              | ''",
        "''  | ''             | BTRDB_PROFILE=                       | d:1                     | DKEY",
        "''  | ''             | BTRDB_ENDPOINTS=e:2                  | e:2                     | DKEY",
        "''  | ''             | BTRDB_API_KEY=EKEY                   | d:1                     | EKEY",
        "''  | ''             | BTRDB_ENDPOINTS=e:2;BTRDB_API_KEY=EKEY | e:2                   | EKEY",
        "''  | ''             | BTRDB_PROFILE=lab;BTRDB_API_KEY=EKEY | lab.example.org:4411    | EKEY",
        "''  | apiKey=UKEY    | BTRDB_API_KEY=EKEY                   | d:1                     | UKEY",
        "''  | apiKey=        | ''                                   | d:1                     | DKEY",
        "''  | profile=lab    | ''                                   | lab.example.org:4411    | 00000000000000000000012E",
        "''  | profile=lab    | BTRDB_ENDPOINTS=e:2;BTRDB_API_KEY=EKEY;BTRDB_PROFILE=gone | lab.example.org:4411 | 00000000000000000000012E",
        "''  | profile=lab;apiKey=UKEY | ''                          | lab.example.org:4411    | UKEY",
        "''  | profile=keyless | BTRDB_API_KEY=EKEY                  | k:1                     | ''",
        "u:3 | ''             | BTRDB_ENDPOINTS=e:2                  | u:3                     | ''",
        "u:3 | ''             | BTRDB_ENDPOINTS=e:2;BTRDB_API_KEY=EKEY | u:3                   | EKEY",
        "u:3 | apiKey=UKEY    | BTRDB_API_KEY=EKEY                   | u:3                     | UKEY",
        "u   | tls=true       | ''                                   | u:4411                  | ''",
        "u   | tls=false      | ''                                   | u:4410                  | ''",
        // A profile's key goes where the profile says, and nowhere else.
        "d:1 | ''             | ''                                   | d:1                     | DKEY",
        "d:1,x:1 | ''         | ''                                   | d:1 x:1                 | ''",
        "u:3 | ''             | BTRDB_PROFILE=nowhere                | u:3                     | ''",
      })
  void precedence(String target, String options, String variables, String endpoints, String apiKey)
      throws IOException {
    write(FILE);
    Credentials found = resolve(target, options, variables);

    assertThat(String.join(" ", found.endpoints().stream().map(Object::toString).toList()))
        .isEqualTo(endpoints);
    assertThat(found.apiKey()).isEqualTo(apiKey);
    assertThat(found.toString()).doesNotContain("KEY", "012E");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "u:3 | profile=lab     | ``                    | endpoints 'u:3' and profile 'lab' are both given",
        "``  | profile=gone    | ``                    | no profile 'gone' in ",
        "``  | profile=nowhere | ``                    | profile 'nowhere' in ",
        "``  | profile=bare    | ``                    | profile 'bare' in ",
        "``  | ``              | BTRDB_PROFILE=gone    | no profile 'gone' (BTRDB_PROFILE) in ",
        "u:3 | ``              | BTRDB_PROFILE=gone    | no profile 'gone' (BTRDB_PROFILE) in ",
        "``  | ``              | BTRDB_PROFILE=bare    | no endpoint: give one in the URL, in BTRDB_ENDPOINTS",
        "``  | ``              | BTRDB_ENDPOINTS=a:b | 'a:b' is not host or host:port (BTRDB_ENDPOINTS)",
      })
  void saysWhatLeadsNowhere(String target, String options, String variables, String message)
      throws IOException {
    write(FILE);
    assertThatThrownBy(() -> resolve(target, options, variables))
        .hasMessageContaining(message)
        .hasMessageNotContaining("\n")
        .extracting(failure -> ((BtrdbException) failure).code())
        .isEqualTo(ErrorCode.INVALID_URL);
  }

  @Test
  void withoutAFileOnlyAProfileThatIsAskedForIsMissing() {
    assertThat(resolve("", "", "BTRDB_ENDPOINTS=e:2;BTRDB_PROFILE=lab").endpoints()).hasSize(1);
    assertThatThrownBy(() -> resolve("", "profile=lab", ""))
        .hasMessageContaining("no profile 'lab': ")
        .hasMessageContaining("credentials.yaml does not exist");
    assertThatThrownBy(() -> resolve("", "", "")).hasMessageContaining("no endpoint: give one");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "default: {btrdb: {api_key: S3CRET",
        "default:\n  btrdb:\n    api_key: S3CRET: S3CRET",
        "default: {btrdb: {api_key: [S3CRET]}}",
        "default: {btrdb: S3CRET}",
        "S3CRET",
        "default: {btrdb: {api_key: S3CRET, api_key: S3CRET}}",
        "default: !!java.net.URL [S3CRET]",
        "- S3CRET",
        "default: {}\n--- S3CRET",
        "default: {btrdb: {api_key: \"S3CRET\u0007\"}}",
      })
  void aFileThatMakesNoSenseIsNamedAndNotQuoted(String yaml) throws IOException {
    write(yaml);
    assertThatThrownBy(() -> resolve("", "", ""))
        .hasMessageContaining("credentials.yaml")
        .hasMessageNotContaining("\n")
        .satisfies(
            failure -> {
              StringWriter trace = new StringWriter();
              failure.printStackTrace(new PrintWriter(trace));
              assertThat(trace.toString()).doesNotContain("S3CRET");
            })
        .extracting(failure -> ((BtrdbException) failure).code())
        .isEqualTo(ErrorCode.INVALID_URL);
  }

  @Test
  void anEmptyFileIsLikeNone() throws IOException {
    write("# nothing yet\n");
    assertThat(resolve("", "", "BTRDB_ENDPOINTS=e:2").apiKey()).isEmpty();
  }

  @Test
  void aKeyThatHttpCannotCarryIsRefusedAndNotQuoted() {
    ClientEnvironment nothing = new ClientEnvironment(Map.of(), home);
    for (String key : new String[] {"S3CRET\n", "S3CR\u00c9T", "S3 CRET"}) {
      Map<String, String> options = Map.of("apiKey", key);
      assertThatThrownBy(
              () -> ConnectOptions.of(options, Credentials.resolve("h", options, nothing), nothing))
          .hasMessageContaining("the API key cannot be sent: character ")
          .hasMessageNotContaining("S3");
    }
  }

  @Test
  void nothingPrintsAKey() {
    ClientEnvironment environment = new ClientEnvironment(Map.of("BTRDB_API_KEY", "S3CRET"), home);
    Credentials credentials = Credentials.resolve("h", Map.of(), environment);
    ConnectOptions options = ConnectOptions.of(Map.of(), credentials, environment);

    assertThat(credentials.apiKey()).isEqualTo("S3CRET");
    assertThat(environment + " " + credentials + " " + options).doesNotContain("S3CRET");
    assertThat(options).isEqualTo(ConnectOptions.of(Map.of(), credentials, environment));
    assertThat(options)
        .isNotEqualTo(
            ConnectOptions.of(
                Map.of(),
                Credentials.resolve("h", Map.of("apiKey", "other"), environment),
                environment));
  }
}
