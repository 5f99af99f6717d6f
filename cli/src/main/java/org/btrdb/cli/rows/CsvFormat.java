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
  private final boolean eachRow;

  CsvFormat(OutputStream out, boolean eachRow) {
    this.out = out;
    this.eachRow = eachRow;
  }

  @Override
  public void rows(ResultSet rows) throws SQLException, IOException {
    Cells cells = Cells.of(rows);
    CsvWriter csv = writer();
    try {
      csv.writeRecord(cells.labels());
      flushRow(csv);
      while (rows.next()) {
        CsvWriter.CsvWriterRecord line = csv.writeRecord();
        for (int i = 0; i < cells.count(); i++) {
          line.writeField(cells.text(i));
        }
        line.endRecord();
        flushRow(csv);
      }
    } catch (UncheckedIOException e) {
      throw e.getCause();
    }
    csv.flush();
  }

  private void flushRow(CsvWriter csv) throws IOException {
    if (eachRow) {
      csv.flush();
    }
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
