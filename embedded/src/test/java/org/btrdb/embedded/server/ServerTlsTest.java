package org.btrdb.embedded.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Map;
import org.btrdb.client.Btrdb;
import org.btrdb.client.error.BtrdbException;
import org.btrdb.client.error.ErrorCode;
import org.btrdb.client.grpc.TestCertificates;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** TLS of a real server, and files that make none. */
@Timeout(60)
class ServerTlsTest {
  @TempDir static Path directory;

  @SuppressWarnings("NullAway.Init")
  private static TestCertificates certificates;

  @BeforeAll
  static void makeCertificates() throws Exception {
    certificates = TestCertificates.make(directory);
  }

  private static ServerOptions options(TlsFiles files) {
    return ServerOptions.at(BtrdbServer.LOOPBACK, 0).withTls(files);
  }

  @Test
  void onlyWhoTrustsTheCertificateConnects() throws Exception {
    String ca = certificates.certificate("ca");
    String stranger = certificates.certificate("stranger");
    try (ServedBtrdb both =
        ServedBtrdb.start(
            options(TestKeys.tls(certificates, "server")), Map.of("tls", "true", "caBundle", ca))) {
      assertThat(both.served().info().majorVersion()).isEqualTo(5);
      assertFails(both, Map.of("tls", "true", "caBundle", stranger), "signed by nobody trusted");
      assertFails(both, Map.of("tls", "true"), "signed by nobody trusted");
      assertFails(both, Map.of(), "tls=true");
      // One that came and was refused disturbs nobody.
      try (Btrdb again =
          ServedBtrdb.connect(both.server(), Map.of("tls", "true", "caBundle", ca))) {
        assertThat(again.info().majorVersion()).isEqualTo(5);
      }
    }
  }

  private static void assertFails(
      ServedBtrdb both, Map<String, String> properties, String message) {
    assertThatThrownBy(() -> ServedBtrdb.connect(both.server(), properties).close())
        .hasMessageContaining(message)
        .extracting(e -> ((BtrdbException) e).code())
        .isEqualTo(ErrorCode.CONNECT_FAILED);
  }

  @Test
  void filesThatMakeNoSenseAreNamed() throws Exception {
    TlsFiles good = TestKeys.tls(certificates, "server");
    Path none = directory.resolve("none.pem");
    assertRefused(new TlsFiles(none, good.key()), "TLS certificate '" + none + "': no such file");
    assertRefused(new TlsFiles(good.certificate(), none), "TLS key '" + none + "': no such file");
    assertRefused(new TlsFiles(good.key(), good.key()), "it holds no certificate but PRIVATE KEY");
    assertRefused(
        new TlsFiles(good.certificate(), good.certificate()),
        "TLS key '" + good.certificate() + "': ");
    assertRefused(
        new TlsFiles(good.certificate(), TestKeys.tls(certificates, "client").key()),
        "it is not the key of TLS certificate '" + good.certificate() + "'");
    Path open = Files.copy(good.key(), directory.resolve("open.key"));
    Files.setPosixFilePermissions(open, PosixFilePermissions.fromString("rw-r--r--"));
    assertRefused(
        new TlsFiles(good.certificate(), open),
        "TLS key '" + open + "': everybody on this machine may read it; chmod 600");
  }

  private static void assertRefused(TlsFiles files, String message) {
    try (ServedBtrdb plain = ServedBtrdb.start()) {
      assertThatThrownBy(() -> BtrdbServer.start(plain.embedded(), options(files)).close())
          .isInstanceOf(BtrdbException.class)
          .hasMessageContaining(message)
          .hasMessageNotContaining("\n");
    }
  }
}
