package org.btrdb.cli.rows;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.StreamWriteFeature;
import com.fasterxml.jackson.core.util.MinimalPrettyPrinter;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.sql.ResultSet;
import java.sql.SQLException;

/**
 * One JSON object for each row. JSON has no NaN and no infinities: they are strings, so that they
 * are neither lost nor taken for NULL.
 */
final class JsonLinesFormat implements RowFormat {
  private final OutputStream out;
  private final boolean eachRow;

  JsonLinesFormat(OutputStream out, boolean eachRow) {
    this.out = out;
    this.eachRow = eachRow;
  }

  @Override
  public void rows(ResultSet rows) throws SQLException, IOException {
    Cells cells = Cells.of(rows);
    String[] labels = cells.labels();
    JsonFactory factory =
        JsonFactory.builder().disable(StreamWriteFeature.AUTO_CLOSE_TARGET).build();
    // Not closed on failure: closing would write the rest of a broken object.
    JsonGenerator json = factory.createGenerator(out);
    json.setPrettyPrinter(new MinimalPrettyPrinter(""));
    while (rows.next()) {
      json.writeStartObject();
      for (int i = 0; i < labels.length; i++) {
        json.writeFieldName(labels[i]);
        cell(json, rows, cells, i);
      }
      json.writeEndObject();
      json.writeRaw('\n');
      if (eachRow) {
        json.flush();
      }
    }
    json.flush();
  }

  @Override
  public void count(long count) throws IOException {
    out.write(("{\"count\":" + count + "}\n").getBytes(StandardCharsets.US_ASCII));
  }

  private static void cell(JsonGenerator json, ResultSet rows, Cells cells, int index)
      throws SQLException, IOException {
    if (cells.isFloating(index)) {
      double value = rows.getDouble(index + 1);
      if (rows.wasNull()) {
        json.writeNull();
      } else {
        json.writeNumber(value);
      }
      return;
    }
    String text = cells.text(index);
    if (text == null) {
      json.writeNull();
    } else if (cells.isNumber(index)) {
      json.writeNumber(text);
    } else if (cells.isBoolean(index)) {
      json.writeBoolean(rows.getBoolean(index + 1));
    } else {
      json.writeString(text);
    }
  }
}
