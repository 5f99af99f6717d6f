package org.btrdb.cli;

import java.io.PrintStream;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import org.btrdb.embedded.CheckReport;
import org.btrdb.embedded.StoreCheck;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** Looks at everything that a data directory holds. */
@Command(
    name = "check",
    mixinStandardHelpOptions = true,
    description =
        "Reads everything in a data directory that nobody has open: checksums, all versions of all"
            + " streams, statistics, indexes. Changes nothing.",
    footer = {"", "Of a directory in use, check a backup: btrdb backup --data DIR --to COPY."})
final class CheckCommand implements Callable<Integer> {
  private final StandardStreams streams;

  @Option(
      names = "--data",
      paramLabel = "DIR",
      required = true,
      description = "The directory to be checked.")
  private Path data;

  CheckCommand(StandardStreams streams) {
    this.streams = streams;
  }

  @Override
  public Integer call() throws CommandFailure {
    CheckReport report = StoreCheck.run(data);
    PrintStream out = streams.lines();
    out.println("streams   " + report.streams());
    out.println("versions  " + report.versions());
    out.println("nodes     " + report.nodes());
    out.println("points    " + report.points());
    report.faults().forEach(fault -> out.println("fault: " + Main.oneLine(fault)));
    if (!report.isClean()) {
      throw new CommandFailure(data + " is damaged");
    }
    out.println("clean");
    return 0;
  }
}
