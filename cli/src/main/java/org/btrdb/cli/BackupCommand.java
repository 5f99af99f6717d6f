package org.btrdb.cli;

import java.nio.file.Path;
import java.util.concurrent.Callable;
import org.btrdb.embedded.StoreBackup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** Copies a data directory as it is at one moment. */
@Command(
    name = "backup",
    mixinStandardHelpOptions = true,
    description =
        "Copies a data directory as it is at one moment, also while it is served or open elsewhere"
            + " on this machine. The copy is an ordinary data directory.")
final class BackupCommand implements Callable<Integer> {
  private final StandardStreams streams;

  @Option(
      names = "--data",
      paramLabel = "DIR",
      required = true,
      description = "The directory to be copied.")
  private Path data;

  @Option(
      names = "--to",
      paramLabel = "DIR",
      required = true,
      description = "Where the copy goes: an empty directory, or one to be made.")
  private Path to;

  BackupCommand(StandardStreams streams) {
    this.streams = streams;
  }

  @Override
  public Integer call() {
    long bytes = StoreBackup.run(data, to);
    streams.lines().println(bytes + " bytes copied to " + to);
    return 0;
  }
}
