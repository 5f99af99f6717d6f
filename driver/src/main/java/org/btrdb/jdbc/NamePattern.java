package org.btrdb.jdbc;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A name pattern of DatabaseMetaData: {@code %} any characters, {@code _} one, a backslash before
 * either (or before itself) means the character. Null matches everything.
 */
final class NamePattern {

  /** One step of a pattern: a literal code point, or one of the wildcards. */
  private static final int ANY = -1;

  private static final int ONE = -2;
  private static final char ESCAPE = '\\';

  private final int[] steps;

  private NamePattern(int[] steps) {
    this.steps = steps;
  }

  /** Reads a pattern. */
  static NamePattern of(@Nullable String pattern) {
    return of(pattern, false);
  }

  /**
   * Reads a pattern.
   *
   * @param literalUnderscore whether {@code _} is only itself, with or without a backslash
   */
  static NamePattern of(@Nullable String pattern, boolean literalUnderscore) {
    if (pattern == null) {
      return new NamePattern(new int[] {ANY});
    }
    List<Integer> steps = new ArrayList<>();
    int[] text = pattern.codePoints().toArray();
    for (int i = 0; i < text.length; i++) {
      if (text[i] == ESCAPE && i + 1 < text.length && isSpecial(text[i + 1])) {
        steps.add(text[++i]);
      } else {
        boolean isOne = text[i] == '_' && !literalUnderscore;
        steps.add(text[i] == '%' ? ANY : isOne ? ONE : text[i]);
      }
    }
    return new NamePattern(steps.stream().mapToInt(Integer::intValue).toArray());
  }

  private static boolean isSpecial(int character) {
    return character == '%' || character == '_' || character == ESCAPE;
  }

  /** The characters that every match starts with. */
  String prefix() {
    StringBuilder prefix = new StringBuilder();
    for (int step : steps) {
      if (step < 0) {
        break;
      }
      prefix.appendCodePoint(step);
    }
    return prefix.toString();
  }

  /** Whether only one name matches, which is then {@link #prefix()}. */
  boolean isExact() {
    for (int step : steps) {
      if (step < 0) {
        return false;
      }
    }
    return true;
  }

  /** Whether a name matches; linear for one {@code %}, never exponential. */
  boolean matches(String name) {
    int[] text = name.codePoints().toArray();
    int step = 0;
    int at = 0;
    int retryStep = -1;
    int retryAt = 0;
    while (at < text.length) {
      if (step < steps.length && steps[step] == ANY) {
        retryStep = ++step;
        retryAt = at;
      } else if (step < steps.length && (steps[step] == ONE || steps[step] == text[at])) {
        step++;
        at++;
      } else if (retryStep >= 0) {
        step = retryStep;
        at = ++retryAt;
      } else {
        return false;
      }
    }
    while (step < steps.length && steps[step] == ANY) {
      step++;
    }
    return step == steps.length;
  }
}
