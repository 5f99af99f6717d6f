package org.btrdb.sql.plan;

import org.jspecify.annotations.Nullable;

/**
 * The literal beginning of a LIKE pattern.
 *
 * @param text the characters before the first wildcard
 * @param isWholePattern whether nothing but one {@code %} follows
 * @param isLiteral whether there is no wildcard at all
 */
record LikePrefix(String text, boolean isWholePattern, boolean isLiteral) {

  static LikePrefix of(String pattern, @Nullable String escape) {
    StringBuilder text = new StringBuilder();
    for (int i = 0; i < pattern.length(); i++) {
      char c = pattern.charAt(i);
      if (escape != null && !escape.isEmpty() && c == escape.charAt(0)) {
        i++;
        if (i == pattern.length()) {
          return new LikePrefix(text.toString(), false, false); // refused when it runs
        }
        text.append(pattern.charAt(i));
      } else if (c == '%' || c == '_') {
        return new LikePrefix(text.toString(), c == '%' && i == pattern.length() - 1, false);
      } else {
        text.append(c);
      }
    }
    return new LikePrefix(text.toString(), false, true);
  }
}
