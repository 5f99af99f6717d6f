package org.btrdb.cli;

import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import org.btrdb.client.Btrdb;
import org.btrdb.client.spi.BtrdbConnector;
import org.btrdb.embedded.server.BtrdbServer;
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
      "Nothing is encrypted and nobody is asked for a password: think before giving --host."
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

  ServeCommand(StandardStreams streams) {
    this.streams = streams;
  }

  @Override
  public Integer call() throws InterruptedException {
    if (port < 0 || port > HIGHEST_PORT) {
      throw new ParameterException(
          spec.commandLine(), "--port is 0 to " + HIGHEST_PORT + ", not " + port);
    }
    CountDownLatch stop = new CountDownLatch(1);
    CountDownLatch stopped = new CountDownLatch(1);
    try (Btrdb btrdb = BtrdbConnector.open("file", data.toString(), Map.of());
        BtrdbServer server = BtrdbServer.start(btrdb, host, port)) {
      Runtime.getRuntime().addShutdownHook(new Thread(() -> stop(stop, stopped), "btrdb-stop"));
      String at = host.contains(":") ? "[" + host + "]" : host;
      streams.lines().println("serving " + data + " at jdbc:btrdb://" + at + ":" + server.port());
      stop.await();
    } finally {
      stopped.countDown();
    }
    return 0;
  }

  /** Runs when a signal ends the JVM, which waits for it: the data directory is left closed. */
  private static void stop(CountDownLatch stop, CountDownLatch stopped) {
    stop.countDown();
    try {
      stopped.await();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
