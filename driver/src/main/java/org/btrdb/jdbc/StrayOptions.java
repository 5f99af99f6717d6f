package org.btrdb.jdbc;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Options where a URL takes none, as {@code ;tls=true} of other drivers' URLs. Taken for a part of
 * a name they would have no effect: a connection without TLS or without its key, and a key that is
 * shown with the name.
 */
final class StrayOptions {
  private static final Pattern OPTION = Pattern.compile("[;&#]\\s*([A-Za-z_][A-Za-z0-9_.-]*)\\s*=");
  private static final Pattern BEFORE_SECRETS = Pattern.compile("[^;&#=]*");

  private StrayOptions() {}

  /** Whether the text before the {@code ?}, not decoded, holds what looks like an option. */
  static boolean inPlace(String place) {
    return OPTION.matcher(place).find();
  }

  /** Whether a value, not decoded, holds what looks like one of our options. */
  static boolean inValue(String value) {
    Matcher option = OPTION.matcher(value);
    while (option.find()) {
      if (BtrdbProperty.isSpelling(option.group(1))) {
        return true;
      }
    }
    return false;
  }

  /** As much of a wrong text as a message may show: what follows may be a secret. */
  static String quotable(String text) {
    if (text.contains("@")) {
      return "…";
    }
    Matcher before = BEFORE_SECRETS.matcher(text);
    return before.lookingAt() && before.end() < text.length() ? before.group() + "…" : text;
  }
}
