package org.btrdb.embedded.server;

import java.nio.file.Path;
import java.util.Map;
import org.btrdb.client.acceptance.Promises;
import org.btrdb.client.acceptance.Workbench;
import org.btrdb.client.grpc.TestCertificates;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;

/** The embedded tree, reached over TLS with a key. */
class TlsAcceptanceTest implements Promises {
  @TempDir static Path directory;

  @SuppressWarnings("NullAway.Init")
  private static ServerOptions options;

  @SuppressWarnings("NullAway.Init")
  private static Map<String, String> client;

  @SuppressWarnings("NullAway.Init")
  private ServedBtrdb both;

  @SuppressWarnings("NullAway.Init")
  private Workbench bench;

  @BeforeAll
  static void makeFiles() throws Exception {
    TestCertificates certificates = TestCertificates.make(directory);
    options =
        ServerOptions.at(BtrdbServer.LOOPBACK, 0)
            .withTls(TestKeys.tls(certificates, "server"))
            .withKeys(TestKeys.file(directory));
    client =
        Map.of("tls", "true", "caBundle", certificates.certificate("ca"), "apiKey", TestKeys.ROOT);
  }

  @BeforeEach
  void serve() {
    both = ServedBtrdb.start(options, client);
    bench = new Workbench(both.served());
  }

  @AfterEach
  void stop() {
    bench.close();
    both.close();
  }

  @Override
  public Workbench bench() {
    return bench;
  }
}
