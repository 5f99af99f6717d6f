package org.btrdb.sql.expression;

import org.btrdb.sql.SqlRefusal;

/** A pattern of LIKE: {@code %} is any text, {@code _} one character, the rest is itself. */
final class LikePattern {
  private static final int ANY_TEXT = -1;
  private static final int ANY_CHARACTER = -2;

  /** Code points, and the two wildcards as negative numbers. */
  private final int[] parts;

  private LikePattern(int[] parts) {
    this.parts = parts;
  }

  /** Reads a pattern; the escape is one character, or empty for none. */
  static LikePattern of(String pattern, String escape) {
    if (escape.codePointCount(0, escape.length()) > 1) {
      throw new SqlRefusal(
          SqlRefusal.Reason.INVALID_VALUE, "no escape character: '" + escape + "'", null);
    }
    int escapeCharacter = escape.isEmpty() ? ANY_TEXT : escape.codePointAt(0);
    int[] points = pattern.codePoints().toArray();
    int[] parts = new int[points.length];
    int size = 0;
    for (int i = 0; i < points.length; i++) {
      if (points[i] == escapeCharacter) {
        boolean valid =
            i + 1 < points.length
                && (points[i + 1] == '%'
                    || points[i + 1] == '_'
                    || points[i + 1] == escapeCharacter);
        if (!valid) {
          throw new SqlRefusal(
              SqlRefusal.Reason.INVALID_VALUE,
              "pattern '" + pattern + "' has '" + escape + "' before what needs no escape",
              null);
        }
        parts[size++] = points[++i];
      } else if (points[i] == '%') {
        parts[size++] = ANY_TEXT;
      } else {
        parts[size++] = points[i] == '_' ? ANY_CHARACTER : points[i];
      }
    }
    return new LikePattern(java.util.Arrays.copyOf(parts, size));
  }

  /** Whether a text matches: one pass that goes back to the last {@code %} at most. */
  boolean matches(String text) {
    int at = 0;
    int part = 0;
    int lastAnyText = -1;
    int resumeAt = 0;
    while (at < text.length()) {
      int point = text.codePointAt(at);
      if (part < parts.length && (parts[part] == ANY_CHARACTER || parts[part] == point)) {
        at += Character.charCount(point);
        part++;
      } else if (part < parts.length && parts[part] == ANY_TEXT) {
        lastAnyText = part++;
        resumeAt = at;
      } else if (lastAnyText >= 0) {
        part = lastAnyText + 1;
        resumeAt += Character.charCount(text.codePointAt(resumeAt));
        at = resumeAt;
      } else {
        return false;
      }
    }
    while (part < parts.length && parts[part] == ANY_TEXT) {
      part++;
    }
    return part == parts.length;
  }
}
