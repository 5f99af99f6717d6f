package org.btrdb.cli;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import sqlline.SqlLine;

/** SQLLine with defaults that suit nanosecond times. */
@Command(
    name = "shell",
    mixinStandardHelpOptions = true,
    description = "An SQL shell (SQLLine): statements end with ;, commands start with !.",
    footer = {
      "",
      "!tables, !describe, !outputformat csv, !set, !help, !quit. Reads statements from standard"
          + " input when that is no terminal. The history is kept in ~/.btrdb_history."
    })
final class ShellCommand implements Callable<Integer> {
  private final StandardStreams streams;

  @Mixin private Target target;

  ShellCommand(StandardStreams streams) {
    this.streams = streams;
  }

  @Override
  public Integer call() throws IOException {
    Path history = Path.of(System.getProperty("user.home"), ".btrdb_history");
    String[] arguments = {
      "-u",
      target.url(),
      "-n",
      "",
      "-p",
      "",
      "--historyFile=" + history,
      "--maxColumnWidth=-1",
      "--showElapsedTime=true",
      "--isolation=TRANSACTION_NONE",
      "--prompt=btrdb> "
    };
    boolean typed = Boolean.getBoolean("btrdb.stdin.terminal");
    InputStream script = typed ? null : streams.in();
    return SqlLine.start(arguments, script, typed) == SqlLine.Status.OK ? 0 : 1;
  }
}
