package org.btrdb.cli;

import java.io.IOException;
import java.io.InputStream;
import java.util.Properties;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.IVersionProvider;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** The command without a command: help, version, and a complaint when nothing is asked. */
@Command(
    name = "btrdb",
    mixinStandardHelpOptions = true,
    versionProvider = BtrdbCommand.Version.class,
    description = "SQL over BTrDB: nanosecond time series, answered from the tree.",
    footer = {
      "",
      "URLs: jdbc:btrdb:file:DIR, jdbc:btrdb:mem:NAME, jdbc:btrdb://HOST:PORT.",
      "The variable BTRDB_URL stands in for a missing --url.",
      "Exit status: 0 done, 1 failed, 2 wrong usage."
    })
final class BtrdbCommand implements Runnable {
  @Spec private CommandSpec spec;

  @Override
  public void run() {
    CommandLine command = spec.commandLine();
    throw new ParameterException(
        command, "no command: " + String.join(", ", command.getSubcommands().keySet()));
  }

  /** Reads the version that the build wrote down. */
  static final class Version implements IVersionProvider {

    @Override
    public String[] getVersion() throws IOException {
      Properties built = new Properties();
      try (InputStream in = BtrdbCommand.class.getResourceAsStream("/btrdb-cli.properties")) {
        if (in != null) {
          built.load(in);
        }
      }
      return new String[] {
        "btrdb " + built.getProperty("version", "unknown"),
        "Java " + Runtime.version() + ", " + System.getProperty("java.vm.name")
      };
    }
  }
}
