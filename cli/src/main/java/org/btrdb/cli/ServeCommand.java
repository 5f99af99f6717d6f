package org.btrdb.cli;

import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.Callable;
import org.btrdb.client.Btrdb;
import org.btrdb.client.spi.BtrdbConnector;
import org.btrdb.embedded.server.BtrdbServer;
import org.btrdb.embedded.server.ServerLimits;
import org.btrdb.embedded.server.ServerOptions;
import org.btrdb.embedded.server.TlsFiles;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** Serves a directory as a BTrDB 5.x until it is told to stop. */
@Command(
    name = "serve",
    mixinStandardHelpOptions = true,
    description = "Serves a directory over gRPC as BTrDB 5.x, until Ctrl-C or SIGTERM.",
    footer = {
      "",
      "Without --tls-certificate nothing is encrypted, without --keys everybody may do everything:",
      "think of both before giving --host. docs/server.md has examples."
    })
final class ServeCommand implements Callable<Integer> {
  private static final int HIGHEST_PORT = 65_535;

  private final StandardStreams streams;

  @Spec private CommandSpec spec;

  @Option(
      names = "--data",
      paramLabel = "DIR",
      required = true,
      description = "The directory; made if it is missing.")
  private Path data;

  @Option(
      names = "--port",
      paramLabel = "P",
      required = true,
      description = "Where to listen; 0 for any free port. BTrDB's own is 4410.")
  private int port;

  @Option(
      names = "--host",
      paramLabel = "H",
      defaultValue = BtrdbServer.LOOPBACK,
      description = "The address to listen on (default: ${DEFAULT-VALUE}, this machine only).")
  private String host;

  @ArgGroup(exclusive = false)
  private @Nullable Tls tls;

  @Option(
      names = "--keys",
      paramLabel = "FILE",
      description = "API keys and what each may do (YAML, private to its owner).")
  private @Nullable Path keys;

  @Option(
      names = "--max-calls",
      paramLabel = "N",
      description = "Calls answered at the same time; further ones get error 426 (default: 5000).")
  private int maxCalls = ServerLimits.DEFAULT.maxCalls();

  @Option(
      names = "--grace",
      paramLabel = "S",
      description = "Seconds that calls under way have to end when the server stops (default: 5).")
  private int graceSeconds = Math.toIntExact(ServerLimits.DEFAULT.grace().toSeconds());

  /** Both or none. */
  private static final class Tls {
    @Option(
        names = "--tls-certificate",
        paramLabel = "FILE",
        required = true,
        description = "Speak TLS with this certificate, and those that vouch for it (PEM).")
    private Path certificate;

    @Option(
        names = "--tls-key",
        paramLabel = "FILE",
        required = true,
        description = "Its private key (PEM, PKCS#8, private to its owner).")
    private Path key;

    TlsFiles files() {
      return new TlsFiles(certificate, key);
    }
  }

  ServeCommand(StandardStreams streams) {
    this.streams = streams;
  }

  @Override
  public Integer call() throws InterruptedException, CommandFailure {
    if (port < 0 || port > HIGHEST_PORT) {
      throw new ParameterException(
          spec.commandLine(), "--port is 0 to " + HIGHEST_PORT + ", not " + port);
    }
    if (maxCalls < 1 || graceSeconds < 0) {
      throw new ParameterException(
          spec.commandLine(), "--max-calls is 1 or more, --grace 0 or more");
    }
    warn();
    Stop stop = new Stop();
    try {
      serveUntil(stop);
      stop.closed(true);
    } finally {
      stop.closed(false);
    }
    return 0;
  }

  private void serveUntil(Stop stop) throws InterruptedException, CommandFailure {
    try (Btrdb btrdb = BtrdbConnector.open("file", data.toString(), Map.of());
        BtrdbServer server = BtrdbServer.start(btrdb, options())) {
      Runtime.getRuntime().addShutdownHook(new Thread(stop::now, "btrdb-stop"));
      streams.lines().println("serving " + data + " at " + url(server.port()));
      if (keys != null) {
        streams.lines().println("clients send a key of " + keys + ": apiKey=KEY");
      }
      IOException lost = streams.out().failure();
      if (lost != null) {
        WatchedOutput.failed(lost);
      }
      stop.await();
    }
  }

  private ServerOptions options() {
    ServerOptions options =
        ServerOptions.at(host, port)
            .withLimits(
                ServerLimits.DEFAULT
                    .withMaxCalls(maxCalls)
                    .withGrace(Duration.ofSeconds(graceSeconds)));
    if (tls != null) {
      options = options.withTls(tls.files());
    }
    return keys == null ? options : options.withKeys(keys);
  }

  /** What a client on this machine writes. */
  private String url(int listeningPort) {
    String at = isAnyAddress() ? here() : host.contains(":") ? "[" + host + "]" : host;
    String url = "jdbc:btrdb://" + at + ":" + listeningPort;
    return tls == null
        ? url
        : url
            + "?tls=true"
            + (isSelfSigned(tls.certificate) ? "&caBundle=" + encoded(tls.certificate) : "");
  }

  /** As docs/connecting.md has it. */
  private static String encoded(Path file) {
    return file.toString().replace("%", "%25").replace("?", "%3F").replace("&", "%26");
  }

  /** Then nobody trusts it who is not told to. The server has read it already. */
  private static boolean isSelfSigned(Path file) {
    try (InputStream in = Files.newInputStream(file)) {
      X509Certificate certificate =
          (X509Certificate) CertificateFactory.getInstance("X.509").generateCertificate(in);
      return certificate.getIssuerX500Principal().equals(certificate.getSubjectX500Principal());
    } catch (IOException | CertificateException e) {
      return false;
    }
  }

  private void warn() {
    if (isLoopback()) {
      return;
    }
    if (tls == null) {
      streams
          .err()
          .println(
              "warning: others than this machine may reach "
                  + host
                  + ", and nothing is encrypted, keys neither (--tls-certificate, --tls-key)");
    }
    if (keys == null) {
      streams
          .err()
          .println(
              "warning: whoever reaches " + host + " may read, change and remove all (--keys)");
    }
  }

  private String here() {
    return host.contains(":") ? "[::1]" : BtrdbServer.LOOPBACK;
  }

  /** 0.0.0.0 and :: are where a server listens; no client reaches them everywhere. */
  private boolean isAnyAddress() {
    try {
      return InetAddress.getByName(host).isAnyLocalAddress();
    } catch (UnknownHostException e) {
      return false;
    }
  }

  private boolean isLoopback() {
    try {
      return InetAddress.getByName(host).isLoopbackAddress();
    } catch (UnknownHostException e) {
      return true; // it will not start
    }
  }
}
