package org.btrdb.embedded.server;

import com.google.gson.stream.JsonWriter;
import com.google.protobuf.ByteString;
import java.io.IOException;
import java.io.OutputStreamWriter;
import java.io.UncheckedIOException;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** A row as a JSON object, as PostgreSQL's row_to_json writes it. */
final class JsonRow {

  private JsonRow() {}

  /**
   * The object in UTF-8.
   *
   * @param row has at least as many values as there are columns
   */
  static ByteString of(List<String> columns, @Nullable Object[] row) {
    ByteString.Output bytes = ByteString.newOutput();
    try (Writer text = new OutputStreamWriter(bytes, StandardCharsets.UTF_8);
        JsonWriter json = new JsonWriter(text)) {
      json.beginObject();
      for (int i = 0; i < columns.size(); i++) {
        json.name(columns.get(i));
        write(row[i], json);
      }
      json.endObject();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return bytes.toByteString();
  }

  private static void write(@Nullable Object value, JsonWriter json) throws IOException {
    if (value == null) {
      json.nullValue();
    } else if (value instanceof Map<?, ?> map) {
      write(map, json);
    } else if (value instanceof Boolean truth) {
      json.value(truth);
    } else if (value instanceof Double number && !Double.isFinite(number)) {
      json.value(number.toString()); // JSON has no such number
    } else if (value instanceof Number number) {
      json.value(number);
    } else {
      json.value(value.toString());
    }
  }

  /** In order of the keys, so that equal rows are equal bytes. */
  private static void write(Map<?, ?> map, JsonWriter json) throws IOException {
    Map<String, @Nullable Object> sorted = new TreeMap<>();
    map.forEach((key, value) -> sorted.put(String.valueOf(key), value));
    json.beginObject();
    for (Map.Entry<String, @Nullable Object> entry : sorted.entrySet()) {
      json.name(entry.getKey());
      write(entry.getValue(), json);
    }
    json.endObject();
  }
}
