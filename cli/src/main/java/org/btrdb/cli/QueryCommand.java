package org.btrdb.cli;

import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.SQLWarning;
import java.sql.Statement;
import java.util.concurrent.Callable;
import org.btrdb.cli.rows.RowFormat;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Runs one statement and writes what it gives. */
@Command(
    name = "query",
    mixinStandardHelpOptions = true,
    description = "Runs one SQL statement and writes its rows, or the count of an update.",
    footer = {
      "",
      "csv: a header line, nothing for NULL, \"\" for an empty text. jsonl: an object per row,"
          + " null for NULL, strings for times, for \"NaN\" and for infinities, arrays and objects for"
          + " arrays and maps. Numbers read back exactly."
    })
final class QueryCommand implements Callable<Integer> {
  private static final int OUTPUT_BUFFER_BYTES = 1 << 16;

  private final StandardStreams streams;

  @Mixin private Target target;

  @Option(
      names = "--format",
      defaultValue = "TABLE",
      description = "One of table, csv, jsonl (default: table).")
  private RowFormat.Kind format;

  @Option(
      names = "--unbuffered",
      description = "Writes each row as soon as it is there, as for SELECT STREAM.")
  private boolean unbuffered;

  @Parameters(paramLabel = "SQL", description = "The statement; - reads it from standard input.")
  private String sql;

  QueryCommand(StandardStreams streams) {
    this.streams = streams;
  }

  @Override
  public Integer call() throws CommandFailure, SQLException, IOException {
    String text = sql.equals("-") ? standardInput() : sql;
    try (Connection connection = target.connectToExisting();
        Statement statement = connection.createStatement()) {
      boolean rows = statement.execute(text);
      for (SQLWarning w = statement.getWarnings(); w != null; w = w.getNextWarning()) {
        streams.err().println("warning: " + w.getMessage());
      }
      OutputStream out = new BufferedOutputStream(streams.out(), OUTPUT_BUFFER_BYTES);
      try {
        RowFormat writer = format.to(out, unbuffered);
        if (rows) {
          try (ResultSet result = statement.getResultSet()) {
            writer.rows(result);
          }
        } else {
          writer.count(statement.getLargeUpdateCount());
        }
        out.flush();
      } catch (IOException e) {
        return WatchedOutput.failed(e);
      }
    }
    return 0;
  }

  private String standardInput() throws CommandFailure, IOException {
    ByteBuffer bytes = ByteBuffer.wrap(streams.in().readAllBytes());
    try {
      return StandardCharsets.UTF_8.newDecoder().decode(bytes).toString();
    } catch (CharacterCodingException e) {
      throw new CommandFailure("standard input is not UTF-8", e);
    }
  }
}
