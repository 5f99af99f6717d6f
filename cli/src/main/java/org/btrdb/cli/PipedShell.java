package org.btrdb.cli;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import org.jline.reader.History;
import org.jline.reader.LineReader;
import org.jline.terminal.Terminal;
import org.jline.terminal.impl.DumbTerminal;
import org.jspecify.annotations.Nullable;
import sqlline.SqlLine;

/** SQLLine that reads statements from a pipe or file. */
final class PipedShell extends SqlLine {
  private final InputStream in;
  private final PrintStream errors;

  /**
   * A shell.
   *
   * @param errors is told of a last statement without an end
   */
  PipedShell(InputStream in, PrintStream errors) {
    this.in = in;
    this.errors = errors;
  }

  @Override
  public LineReader getConsoleReader(@Nullable InputStream ignored, History history)
      throws IOException {
    LineReader typed = super.getConsoleReader(null, history);
    Terminal nothing =
        new DumbTerminal(
            "pipe",
            Terminal.TYPE_DUMB,
            InputStream.nullInputStream(),
            OutputStream.nullOutputStream(),
            StandardCharsets.UTF_8);
    return new StatementReader(nothing, TypedShell.withoutEscapes(typed.getParser()), in, errors);
  }
}
