package org.btrdb.cli.rows;

import java.io.IOException;
import java.io.OutputStream;
import java.sql.ResultSet;
import java.sql.SQLException;

/** Writes the result of one statement; the stream stays the caller's to flush and close. */
public sealed interface RowFormat permits TableFormat, CsvFormat, JsonLinesFormat {

  /** Writes all rows, as they come. */
  void rows(ResultSet rows) throws SQLException, IOException;

  /** Writes the count of an update. */
  void count(long count) throws IOException;

  /** The formats there are. */
  enum Kind {
    /** For people: aligned columns. */
    TABLE,
    /** For programs: RFC 4180 with a header line and line feeds. */
    CSV,
    /** For programs: a JSON object for each row. */
    JSONL;

    /**
     * A writer of this format.
     *
     * @param eachRow whether the output is flushed after each row
     */
    public RowFormat to(OutputStream out, boolean eachRow) {
      return switch (this) {
        case TABLE -> new TableFormat(out, eachRow);
        case CSV -> new CsvFormat(out, eachRow);
        case JSONL -> new JsonLinesFormat(out, eachRow);
      };
    }
  }
}
