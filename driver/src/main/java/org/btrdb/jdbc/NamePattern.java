package org.btrdb.jdbc;

import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * A JDBC name pattern: {@code %} any run of characters, {@code _} any one, {@code \} takes the next
 * one literally. Null matches everything.
 */
final class NamePattern {
  private final String literalPrefix;
  private final Pattern regex;

  private NamePattern(String literalPrefix, Pattern regex) {
    this.literalPrefix = literalPrefix;
    this.regex = regex;
  }

  static NamePattern of(@Nullable String pattern) {
    String text = pattern == null ? "%" : pattern;
    StringBuilder regex = new StringBuilder();
    StringBuilder prefix = new StringBuilder();
    boolean literalSoFar = true;
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (c == '%' || c == '_') {
        literalSoFar = false;
        regex.append(c == '%' ? ".*" : ".");
        continue;
      }
      if (c == '\\' && i + 1 < text.length()) {
        c = text.charAt(++i);
      }
      regex.append(Pattern.quote(String.valueOf(c)));
      if (literalSoFar) {
        prefix.append(c);
      }
    }
    return new NamePattern(prefix.toString(), Pattern.compile(regex.toString(), Pattern.DOTALL));
  }

  /** What every name that matches starts with. */
  String literalPrefix() {
    return literalPrefix;
  }

  boolean matches(String name) {
    return regex.matcher(name).matches();
  }
}
