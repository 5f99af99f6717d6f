package org.btrdb.cli;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.PrintStream;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import org.jline.reader.EOFError;
import org.jline.reader.EndOfFileException;
import org.jline.reader.MaskingCallback;
import org.jline.reader.Parser;
import org.jline.reader.SyntaxError;
import org.jline.reader.impl.LineReaderImpl;
import org.jline.terminal.Terminal;
import org.jspecify.annotations.Nullable;

/**
 * Statements and commands from a text, as they stand there: JLine would take its tabs and control
 * characters for keys, its {@code !} for history and its backslashes for escapes, and would forget
 * a last statement that has no end.
 */
final class StatementReader extends LineReaderImpl {
  private static final int MAX_SHOWN = 60;

  private final BufferedReader in;
  private final PrintStream errors;

  StatementReader(Terminal terminal, Parser parser, InputStream in, PrintStream errors)
      throws IOException {
    super(terminal);
    setParser(parser);
    // A decoder that is asked for refuses what is no UTF-8, instead of storing something else.
    this.in = new BufferedReader(new InputStreamReader(in, StandardCharsets.UTF_8.newDecoder()));
    this.errors = errors;
  }

  @Override
  public String readLine(
      @Nullable String prompt,
      @Nullable String rightPrompt,
      @Nullable MaskingCallback mask,
      @Nullable String buffer) {
    StringBuilder text = new StringBuilder();
    try {
      for (String line = in.readLine(); line != null; line = in.readLine()) {
        text.append(line);
        if (isComplete(text.toString())) {
          return text.toString();
        }
        text.append('\n');
      }
    } catch (CharacterCodingException e) {
      errors.println("error: standard input is not UTF-8");
      throw new EndOfFileException();
    } catch (IOException e) {
      errors.println("error: cannot read standard input: " + e.getMessage());
      throw new EndOfFileException();
    }
    if (!text.isEmpty()) {
      errors.println("error: no ; ends the last statement, or a quote is open: " + beginning(text));
    }
    throw new EndOfFileException();
  }

  private boolean isComplete(String text) {
    if (text.isBlank()) {
      return true;
    }
    try {
      getParser().parse(text, text.length(), Parser.ParseContext.ACCEPT_LINE);
      return true;
    } catch (EOFError e) {
      return false;
    } catch (SyntaxError e) {
      return true; // the database says it better
    }
  }

  private static String beginning(StringBuilder text) {
    String line = text.toString().strip().lines().findFirst().orElse("");
    return line.length() <= MAX_SHOWN ? line : line.substring(0, MAX_SHOWN) + "\u2026";
  }
}
