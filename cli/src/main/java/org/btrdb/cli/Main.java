package org.btrdb.cli;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemException;
import java.nio.file.NoSuchFileException;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.Properties;
import java.util.Set;
import java.util.logging.Level;
import java.util.logging.Logger;
import picocli.CommandLine;
import picocli.CommandLine.ParameterException;

/**
 * The entry of {@code ./btrdb}: 0 when all was done, 1 when something failed, 2 for wrong usage.
 */
public final class Main {
  // Held, because a logger that nobody holds forgets its level.
  private static final Logger ROOT_LOGGER = Logger.getLogger("");

  // What Java makes of bytes that are no text; stored, it would stand in for the user's name.
  private static final char REPLACEMENT = '\ufffd';

  private static final Set<String> SOON_SQL = Set.of("query", "demo", "shell");

  private Main() {}

  /** Runs one command and ends the process with its status. */
  public static void main(String[] args) {
    // Two threads that log first make SLF4J complain of the race.
    System.setProperty("slf4j.internal.verbosity", "ERROR");
    // What goes wrong is said once, by the command; libraries would say it again in several lines.
    ROOT_LOGGER.setLevel(Level.OFF);
    if (args.length > 0 && SOON_SQL.contains(args[0])) {
      startLoading();
    }
    StandardStreams streams = StandardStreams.ofProcess();
    int status;
    try {
      status = run(streams, args);
    } catch (OutOfMemoryError | StackOverflowError | LinkageError e) {
      streams.err().println("error: " + oneLine(e.toString()));
      status = 1;
    }
    System.exit(status);
  }

  /**
   * Loads the driver and what its connections and statements need beside the command line's own.
   */
  private static void startLoading() {
    Thread loading =
        new Thread(
            () -> {
              try (Connection connection =
                  Target.connect("jdbc:btrdb:mem:loading", new Properties())) {
                connection.isValid(0);
              } catch (SQLException | CommandFailure e) {
                // the command itself will find out and say so
              }
            },
            "loading");
    loading.setDaemon(true);
    loading.start();
  }

  /** Runs one command. */
  static int run(StandardStreams streams, String... args) {
    for (String argument : args) {
      if (argument.indexOf(REPLACEMENT) >= 0) {
        streams
            .err()
            .println(
                "error: an argument is not text in the locale's encoding (LC_ALL=C.UTF-8 makes that"
                    + " UTF-8): '"
                    + oneLine(argument)
                    + "'");
        return CommandLine.ExitCode.USAGE;
      }
    }
    int status = execute(streams, args);
    IOException lost = streams.out().failure();
    if (status != 0 || lost == null) {
      return status;
    }
    try {
      return WatchedOutput.failed(lost);
    } catch (CommandFailure failure) {
      return failed(streams, failure);
    }
  }

  private static int execute(StandardStreams streams, String... args) {
    return new CommandLine(new BtrdbCommand())
        .addSubcommand(new DemoCommand(streams))
        .addSubcommand(new ImportCommand(streams))
        .addSubcommand(new QueryCommand(streams))
        .addSubcommand(new ShellCommand(streams))
        .addSubcommand(new ServeCommand(streams))
        .addSubcommand(new InfoCommand(streams))
        .addSubcommand(new CheckCommand(streams))
        .addSubcommand(new BackupCommand(streams))
        .setOut(new PrintWriter(streams.out(), true, StandardCharsets.UTF_8))
        .setErr(new PrintWriter(streams.err(), true, StandardCharsets.UTF_8))
        .setCaseInsensitiveEnumValuesAllowed(true)
        .setParameterExceptionHandler((wrong, arguments) -> wrongUsage(streams, wrong))
        .setExecutionExceptionHandler((failure, command, parsed) -> failed(streams, failure))
        .execute(args);
  }

  private static int wrongUsage(StandardStreams streams, ParameterException wrong) {
    CommandLine command = wrong.getCommandLine();
    String name = command.getCommandSpec().qualifiedName();
    streams
        .err()
        .println(
            "error: "
                // picocli's own, of groups of options
                + oneLine(String.valueOf(wrong.getMessage())).replaceFirst("^Error: ", "")
                + " (see "
                + name
                + " --help)");
    return command.getCommandSpec().exitCodeOnInvalidInput();
  }

  private static int failed(StandardStreams streams, Exception failure) {
    streams.err().println("error: " + oneLine(said(failure)));
    return 1;
  }

  /** What a failure says; Java's of files say the file alone where the reason is a class. */
  private static String said(Exception failure) {
    if (failure instanceof FileSystemException file && file.getReason() == null) {
      String reason =
          file instanceof AccessDeniedException
              ? "permission denied"
              : file instanceof NoSuchFileException
                  ? "no such file"
                  : file.getClass().getSimpleName();
      return file.getFile() + ": " + reason;
    }
    String message = failure.getMessage();
    return message == null ? failure.toString() : message;
  }

  /** A message of several lines, such as a parser's, on one. */
  static String oneLine(String message) {
    return message.strip().replaceAll("\\s*[\\r\\n]+\\s*", " ");
  }
}
