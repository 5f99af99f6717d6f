package org.btrdb.cli;

import java.io.FilterOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.TimeZone;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import sqlline.BuiltInProperty;
import sqlline.SqlLine;
import sqlline.SqlLineOpts;

/** SQLLine with defaults that suit nanosecond times. */
@Command(
    name = "shell",
    mixinStandardHelpOptions = true,
    description = "An SQL shell (SQLLine): statements end with ;, commands start with !.",
    footer = {
      "",
      "!tables, !set, !help, !quit. For files use query --format, which writes NULL and times so"
          + " that they can be read back. Reads statements from standard input when that is no"
          + " terminal. The history is kept in ~/.btrdb_history."
    })
final class ShellCommand implements Callable<Integer> {
  private final StandardStreams streams;

  @Mixin private Target target;

  ShellCommand(StandardStreams streams) {
    this.streams = streams;
  }

  @Override
  public Integer call() throws IOException, SQLException, CommandFailure {
    // A URL that fails is one line here and a stack trace in SQLLine.
    target.connectToExisting().close();
    // SQLLine prints java.sql.Timestamp, which lacks the hours that a zone's summer time skips.
    TimeZone.setDefault(TimeZone.getTimeZone(ZoneOffset.UTC));
    boolean typed = Boolean.getBoolean("btrdb.stdin.terminal");
    ErrorCount errors = new ErrorCount(streams.err());
    SqlLine shell =
        typed
            ? new TypedShell()
            : new PipedShell(streams.in(), new PrintStream(errors, true, StandardCharsets.UTF_8));
    shell.setErrorStream(errors);
    shell.setOutputStream(streams.out());
    SqlLineOpts options = shell.getOpts();
    options.set(BuiltInProperty.ISOLATION, "TRANSACTION_NONE");
    options.set(BuiltInProperty.MAX_COLUMN_WIDTH, -1);
    options.set(BuiltInProperty.PROMPT, typed ? "btrdb> " : "");
    options.set(
        BuiltInProperty.HISTORY_FILE,
        Path.of(System.getProperty("user.home"), ".btrdb_history").toString());
    options.set(BuiltInProperty.CSV_QUOTE_CHARACTER, '"');
    List<String> arguments = new ArrayList<>(List.of("-u", target.url(), "-n", "", "-p", ""));
    // SQLLine would cut every row at the terminal's width, numbers too; the terminal wraps them.
    arguments.add("--maxWidth=100000");
    if (!typed) {
      arguments.add("--silent=true");
    }
    SqlLine.Status status = shell.begin(arguments.toArray(new String[0]), null, typed);
    return status == SqlLine.Status.OK && (typed || errors.none()) ? 0 : 1;
  }

  /** Passes on what SQLLine says of errors: its own status forgets statements that failed. */
  private static final class ErrorCount extends FilterOutputStream {
    private boolean none = true;

    ErrorCount(OutputStream err) {
      super(err);
    }

    boolean none() {
      return none;
    }

    @Override
    public void write(int b) throws IOException {
      none = false;
      out.write(b);
    }

    @Override
    public void write(byte[] bytes, int offset, int length) throws IOException {
      none &= length == 0;
      out.write(bytes, offset, length);
    }
  }
}
