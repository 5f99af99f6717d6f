package org.btrdb.embedded.streamsql;

import java.util.HashMap;
import java.util.Map;
import org.btrdb.client.error.BtrdbException;
import org.jspecify.annotations.Nullable;

/** Reads hstore as text: {@code a=>1, "b c"=>NULL}. The first of equal keys counts. */
final class HstoreText {
  private final String text;
  private int position;

  private HstoreText(String text) {
    this.text = text;
  }

  static Map<String, @Nullable String> parse(String text) {
    HstoreText reader = new HstoreText(text);
    Map<String, @Nullable String> pairs = new HashMap<>();
    reader.skipBlanks();
    while (reader.position < text.length()) {
      String key = reader.word();
      reader.need("=>");
      boolean quoted = reader.isQuote();
      String value = reader.word();
      boolean isNull = !quoted && value.equalsIgnoreCase("null");
      if (!pairs.containsKey(key)) {
        pairs.put(key, isNull ? null : value);
      }
      if (reader.position < text.length()) {
        reader.need(",");
        if (reader.position == text.length()) {
          throw reader.invalid();
        }
      }
    }
    return pairs;
  }

  private BtrdbException invalid() {
    return BadSql.of(BadSql.quoted(text) + " is no hstore, near its character " + (position + 1));
  }

  private void skipBlanks() {
    while (position < text.length() && Character.isWhitespace(text.charAt(position))) {
      position++;
    }
  }

  private boolean isQuote() {
    return position < text.length() && text.charAt(position) == '"';
  }

  private void need(String token) {
    if (!text.startsWith(token, position)) {
      throw invalid();
    }
    position += token.length();
    skipBlanks();
  }

  private String word() {
    boolean quoted = isQuote();
    StringBuilder word = new StringBuilder();
    if (quoted) {
      position++;
    }
    while (position < text.length()) {
      char c = text.charAt(position);
      if (quoted ? c == '"' : c == ',' || c == '=' || Character.isWhitespace(c)) {
        break;
      }
      if (c == '\\') {
        position++;
        if (position == text.length()) {
          throw invalid();
        }
        c = text.charAt(position);
      } else if (c == '"') {
        throw invalid();
      }
      word.append(c);
      position++;
    }
    if (quoted) {
      if (position == text.length()) {
        throw invalid();
      }
      position++;
    } else if (word.length() == 0) {
      throw invalid();
    }
    skipBlanks();
    return word.toString();
  }
}
