package org.btrdb.client.grpc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.grpc.netty.shaded.io.netty.handler.ssl.ClientAuth;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import org.btrdb.client.Btrdb;
import org.btrdb.client.error.BtrdbException;
import org.btrdb.client.error.ErrorCode;
import org.btrdb.client.grpc.connect.ClientEnvironment;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** TLS as it should be, and every way in which it fails: typed, in one line, in time. */
@Timeout(60)
class TlsTest {
  @TempDir static Path directory;

  private static TestCertificates certificates;

  @BeforeAll
  static void makeCertificates() throws Exception {
    certificates = TestCertificates.make(directory);
  }

  private static ScriptedServer start(String certificate, ClientAuth clients, String... protocols)
      throws Exception {
    return ScriptedServer.start(
        certificates.server(certificate, clients, protocols), new ScriptedServer.V5());
  }

  /** Options of a connection that trusts the CA, and more. */
  private static Map<String, String> trusting(String... more) throws Exception {
    Map<String, String> options = new HashMap<>();
    options.put("tls", "true");
    options.put("caBundle", certificates.certificate("ca"));
    for (int i = 0; i < more.length; i += 2) {
      options.put(more[i], more[i + 1]);
    }
    return options;
  }

  /** Fails as CONNECT_FAILED, in one line about the target, long before the deadline. */
  private static void assertFails(
      ScriptedServer server, Map<String, String> options, String... messages) {
    Map<String, String> patient = new HashMap<>(options);
    patient.put("connectTimeout", "20000");
    long begun = System.nanoTime();
    assertThatThrownBy(() -> server.connect(patient).close())
        .hasMessageStartingWith("no BTrDB answers at " + server.target() + ": ")
        .hasMessageContainingAll(messages)
        .hasMessageNotContaining("\n")
        .extracting(failure -> ((BtrdbException) failure).code())
        .isEqualTo(ErrorCode.CONNECT_FAILED);
    assertThat(Duration.ofNanos(System.nanoTime() - begun)).isLessThan(Duration.ofSeconds(10));
  }

  private static void assertRefused(Map<String, String> options, String... messages) {
    assertThatThrownBy(
            () ->
                new GrpcProvider(new ClientEnvironment(Map.of(), directory))
                    .open("grpc", "127.0.0.1:1", options))
        .hasMessageContainingAll(messages)
        .hasMessageNotContaining("\n")
        .extracting(failure -> ((BtrdbException) failure).code())
        .isEqualTo(ErrorCode.INVALID_URL);
  }

  @ParameterizedTest
  @ValueSource(strings = {"TLSv1.2", "TLSv1.3"})
  void connectsToAServerThatTheBundleVouchesFor(String protocol) throws Exception {
    try (ScriptedServer server = start("server", ClientAuth.NONE, protocol);
        Btrdb btrdb = server.connect(trusting())) {
      assertThat(btrdb.info().majorVersion()).isEqualTo(5);
    }
    ConnectTest.awaitNoGrpcThread();
  }

  @Test
  void theBundleMayComeFromTheEnvironment() throws Exception {
    ClientEnvironment environment =
        new ClientEnvironment(Map.of("BTRDB_CA_BUNDLE", certificates.certificate("ca")), directory);
    try (ScriptedServer server = start("server", ClientAuth.NONE)) {
      GrpcProvider provider = new GrpcProvider(environment);
      provider.open("grpc", server.target(), Map.of("tls", "true")).close();
      // The property wins.
      assertThatThrownBy(
              () ->
                  provider.open(
                      "grpc",
                      server.target(),
                      trusting("caBundle", certificates.certificate("stranger"))))
          .hasMessageContaining("signed by nobody trusted");
    }
  }

  @Test
  void aBrokenBundleOfTheEnvironmentMattersToTlsOnly() throws Exception {
    ClientEnvironment environment =
        new ClientEnvironment(Map.of("BTRDB_CA_BUNDLE", "no-such-file.pem"), directory);
    GrpcProvider provider = new GrpcProvider(environment);
    try (ScriptedServer plain = ScriptedServer.start(new ScriptedServer.V5())) {
      provider.open("grpc", plain.target(), Map.of()).close();
    }
    assertThatThrownBy(() -> provider.open("grpc", "127.0.0.1:4411", Map.of()))
        .hasMessage("BTRDB_CA_BUNDLE 'no-such-file.pem': no such file");
  }

  @ParameterizedTest
  @ValueSource(strings = {"TLSv1.2", "TLSv1.3"})
  void aClientCertificateIsShown(String protocol) throws Exception {
    try (ScriptedServer server = start("server", ClientAuth.REQUIRE, protocol)) {
      server
          .connect(
              trusting(
                  "clientCertificate",
                  certificates.certificate("client"),
                  "clientKey",
                  certificates.key("client")))
          .close();
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"TLSv1.2", "TLSv1.3"})
  void aMissingClientCertificateIsAskedFor(String protocol) throws Exception {
    try (ScriptedServer server = start("server", ClientAuth.REQUIRE, protocol)) {
      assertFails(server, trusting(), "want", "a client certificate (clientCertificate=FILE");
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"TLSv1.2", "TLSv1.3"})
  void aClientCertificateOfAnotherCaIsRefused(String protocol) throws Exception {
    try (ScriptedServer server = start("server", ClientAuth.REQUIRE, protocol)) {
      assertFails(
          server,
          trusting(
              "clientCertificate",
              certificates.certificate("foreign"),
              "clientKey",
              certificates.key("foreign")),
          "it refuses our client certificate");
    }
  }

  @Test
  void aServerOfAnotherCaIsNotTrusted() throws Exception {
    try (ScriptedServer server = start("server", ClientAuth.NONE)) {
      assertFails(
          server,
          trusting("caBundle", certificates.certificate("stranger")),
          "its certificate is signed by nobody trusted here; caBundle=FILE names the CA");
      assertFails(server, Map.of("tls", "true"), "its certificate is signed by nobody trusted");
    }
  }

  @Test
  void anExpiredCertificateIsRefused() throws Exception {
    try (ScriptedServer server = start("expired", ClientAuth.NONE)) {
      assertFails(server, trusting(), "its certificate has expired");
    }
  }

  @Test
  void anotherNameIsRefusedUnlessExpected() throws Exception {
    try (ScriptedServer server = start("elsewhere", ClientAuth.NONE)) {
      assertFails(server, trusting(), "its certificate is not for '127.0.0.1'; authority=NAME");
      assertFails(
          server, trusting("authority", "x.org"), "its certificate is not for 'x.org'; authority");
      server.connect(trusting("authority", "btrdb.example.org")).close();
    }
  }

  @Test
  void plaintextToATlsServerIsSaid() throws Exception {
    try (ScriptedServer server = start("server", ClientAuth.NONE)) {
      assertFails(server, Map.of(), "tls=true");
    }
  }

  @Test
  void tlsToAPlaintextServerIsSaid() throws Exception {
    try (ScriptedServer server = ScriptedServer.start(new ScriptedServer.V5())) {
      assertFails(server, trusting(), "it does not speak TLS; tls=false");
    }
  }

  @Test
  void aTlsServerThatNeverAnswersIsGivenUpInTime() throws Exception {
    try (ServerSocket silent = new ServerSocket(0, 10, InetAddress.getLoopbackAddress())) {
      String target = "127.0.0.1:" + silent.getLocalPort();
      Map<String, String> options = trusting("connectTimeout", "400");
      long begun = System.nanoTime();
      assertThatThrownBy(
              () ->
                  new GrpcProvider(new ClientEnvironment(Map.of(), directory))
                      .open("grpc", target, options))
          .hasMessage("nothing answers at " + target + " within 400 ms")
          .extracting(failure -> ((BtrdbException) failure).code())
          .isEqualTo(ErrorCode.CONNECT_FAILED);
      assertThat(Duration.ofNanos(System.nanoTime() - begun)).isLessThan(Duration.ofSeconds(5));
    }
    ConnectTest.awaitNoGrpcThread();
  }

  @Test
  void filesThatMakeNoSenseAreNamed() throws Exception {
    String empty = Files.createFile(directory.resolve("empty.pem")).toString();
    String text = Files.writeString(directory.resolve("text.pem"), "Dear server").toString();
    String damaged =
        Files.writeString(
                directory.resolve("damaged.pem"),
                "-----BEGIN CERTIFICATE-----\nAAAA\n-----END CERTIFICATE-----\n")
            .toString();
    String traditional =
        Files.writeString(
                directory.resolve("traditional.pem"),
                """
                -----BEGIN RSA PRIVATE KEY-----
                Proc-Type: 4,ENCRYPTED

                AAAA
                -----END RSA PRIVATE KEY-----
                """)
            .toString();
    String client = certificates.certificate("client");

    assertRefused(trusting("caBundle", "none.pem"), "caBundle 'none.pem'", "no such file");
    assertRefused(trusting("caBundle", directory.toString()), "caBundle", directory.toString());
    assertRefused(trusting("caBundle", empty), "caBundle", empty, "the file is empty");
    assertRefused(trusting("caBundle", text), "caBundle", text, "nothing in it is PEM");
    assertRefused(trusting("caBundle", damaged), damaged, "certificate 1 cannot be read");
    assertRefused(
        trusting("caBundle", certificates.key("ca")), "caBundle", "no certificate but PRIVATE KEY");
    assertRefused(trusting("clientCertificate", client), "without clientKey");
    assertRefused(trusting("clientKey", client), "without clientCertificate");
    assertRefused(
        trusting("clientCertificate", client, "clientKey", client),
        "clientKey '" + client,
        "no private key but CERTIFICATE");
    assertRefused(
        trusting("clientCertificate", client, "clientKey", traditional),
        "RSA PRIVATE KEY is not read",
        "openssl pkcs8");
    for (String other : new String[] {"server", "foreign"}) {
      assertRefused(
          trusting("clientCertificate", client, "clientKey", certificates.key(other)),
          "clientKey",
          "it is not the key of clientCertificate '" + client);
    }
  }

  @ParameterizedTest
  @CsvSource({
    "caBundle, caBundle is for TLS, 127.0.0.1:1 is plaintext",
    "clientCertificate, clientCertificate is for TLS, 127.0.0.1:1 is plaintext"
  })
  void whoGivesCertificatesNeverTalksPlaintext(String property, String said, String why)
      throws Exception {
    assertRefused(Map.of(property, certificates.certificate("ca")), said, why);
    assertRefused(Map.of(property, certificates.certificate("ca"), "tls", "false"), said, why);
  }

  @Test
  void anAuthorityThatMakesNoSenseIsRefused() throws IOException {
    assertRefused(Map.of("authority", "a@b"), "authority 'a@b' is not host or host:port");
    assertRefused(Map.of("authority", "a b"), "authority 'a b'");
    assertRefused(Map.of("tls", "yes"), "tls must be true or false: 'yes'");
  }
}
