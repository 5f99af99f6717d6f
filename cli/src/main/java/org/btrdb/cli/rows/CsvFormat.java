package org.btrdb.cli.rows;

import de.siegmar.fastcsv.writer.CsvWriter;
import de.siegmar.fastcsv.writer.LineDelimiter;
import de.siegmar.fastcsv.writer.QuoteStrategies;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.sql.ResultSet;
import java.sql.SQLException;

/** RFC 4180; NULL is nothing at all, an empty text is {@code ""}. */
final class CsvFormat implements RowFormat {
  private final OutputStream out;

  CsvFormat(OutputStream out) {
    this.out = out;
  }

  @Override
  public void rows(ResultSet rows) throws SQLException, IOException {
    Cells cells = Cells.of(rows);
    CsvWriter csv = writer();
    try {
      csv.writeRecord(cells.labels());
      while (rows.next()) {
        CsvWriter.CsvWriterRecord line = csv.writeRecord();
        for (int i = 0; i < cells.count(); i++) {
          line.writeField(cells.text(i));
        }
        line.endRecord();
      }
    } catch (UncheckedIOException e) {
      throw e.getCause();
    }
    csv.flush();
  }

  @Override
  public void count(long count) throws IOException {
    out.write(("count\n" + count + "\n").getBytes(StandardCharsets.US_ASCII));
  }

  private CsvWriter writer() {
    return CsvWriter.builder()
        .lineDelimiter(LineDelimiter.LF)
        .quoteStrategy(QuoteStrategies.EMPTY)
        .build(out, StandardCharsets.UTF_8);
  }
}
