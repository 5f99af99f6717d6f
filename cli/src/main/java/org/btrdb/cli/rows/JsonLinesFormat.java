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
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

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
    refuseEqual(labels);
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
    if (cells.isNested(index)) {
      value(json, rows.getObject(index + 1));
      return;
    }
    if (cells.isSingle(index)) {
      float value = rows.getFloat(index + 1);
      if (rows.wasNull()) {
        json.writeNull();
      } else {
        json.writeNumber(value);
      }
      return;
    }
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

  /** A list or map, and what is in it. */
  private static void value(JsonGenerator json, @Nullable Object value) throws IOException {
    if (value instanceof List<?> list) {
      json.writeStartArray();
      for (Object item : list) {
        value(json, item);
      }
      json.writeEndArray();
    } else if (value instanceof Map<?, ?> map) {
      json.writeStartObject();
      for (Map.Entry<?, ?> entry : map.entrySet()) {
        json.writeFieldName(String.valueOf(entry.getKey()));
        value(json, entry.getValue());
      }
      json.writeEndObject();
    } else if (value instanceof Double number) {
      json.writeNumber(number);
    } else if (value instanceof Float number) {
      json.writeNumber(number);
    } else if (value instanceof Number number) {
      json.writeNumber(number.toString());
    } else if (value instanceof Boolean bool) {
      json.writeBoolean(bool);
    } else if (value == null) {
      json.writeNull();
    } else {
      json.writeString(value.toString());
    }
  }

  /** A reader of JSON keeps one of two fields of one name. */
  private static void refuseEqual(String[] labels) throws SQLException {
    Set<String> seen = new HashSet<>();
    for (String label : labels) {
      if (!seen.add(label)) {
        throw new SQLException("two columns are named '" + label + "': name one with AS");
      }
    }
  }
}
