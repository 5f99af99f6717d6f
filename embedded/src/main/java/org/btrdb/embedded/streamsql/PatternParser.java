package org.btrdb.embedded.streamsql;

import java.util.ArrayList;
import java.util.List;
import org.btrdb.embedded.streamsql.PatternNode.Characters;
import org.btrdb.embedded.streamsql.PatternNode.Range;

/** Reads patterns of LIKE, of SIMILAR TO, and regular expressions without what few know. */
final class PatternParser {
  private static final PatternNode ANYTHING = new PatternNode.Repeat(Characters.ANY, true, true);
  private static final int MAX_DEPTH = 50;
  private static final int NO_ESCAPE = -1;

  private final String source;
  private final int[] characters;
  private final boolean isRegex;
  private final int escape;
  private int position;
  private int depth;

  private PatternParser(String source, boolean isRegex, int escape) {
    if (source.length() > TextPattern.MAX_CHARACTERS) {
      throw TextPattern.invalid(
          source, "it is longer than " + TextPattern.MAX_CHARACTERS + " characters");
    }
    this.source = source;
    this.characters = source.codePoints().toArray();
    this.isRegex = isRegex;
    this.escape = escape;
  }

  /**
   * A pattern of LIKE.
   *
   * @param escape one character, or none
   */
  static TextPattern like(String source, String escape, boolean ignoreCase) {
    PatternParser parser = new PatternParser(source, false, escapeOf(source, escape));
    List<PatternNode> parts = new ArrayList<>();
    while (parser.position < parser.characters.length) {
      int character = parser.take();
      parts.add(
          character == parser.escape
              ? Characters.one(parser.takeEscaped())
              : character == '%'
                  ? ANYTHING
                  : character == '_' ? Characters.ANY : Characters.one(character));
    }
    return TextPattern.of(new PatternNode.Sequence(parts), source, ignoreCase);
  }

  /** What every text of a pattern of LIKE begins with. */
  static String prefix(String source, String escape) {
    PatternParser parser = new PatternParser(source, false, escapeOf(source, escape));
    StringBuilder prefix = new StringBuilder();
    while (parser.position < parser.characters.length) {
      int character = parser.take();
      if (character == parser.escape) {
        character = parser.takeEscaped();
      } else if (character == '%' || character == '_') {
        break;
      }
      prefix.appendCodePoint(character);
    }
    return prefix.toString();
  }

  /** A pattern of SIMILAR TO. */
  static TextPattern similar(String source, String escape) {
    PatternParser parser = new PatternParser(source, false, escapeOf(source, escape));
    return TextPattern.of(parser.whole(), source, false);
  }

  /** A regular expression, which may fit anywhere unless it says where. */
  static TextPattern regex(String source, boolean ignoreCase) {
    PatternParser parser = new PatternParser(source, true, '\\');
    return TextPattern.of(parser.whole(), source, ignoreCase);
  }

  private static int escapeOf(String source, String escape) {
    if (escape.codePointCount(0, escape.length()) > 1) {
      throw TextPattern.invalid(source, "ESCAPE is one character or none");
    }
    return escape.isEmpty() ? NO_ESCAPE : escape.codePointAt(0);
  }

  private int take() {
    return characters[position++];
  }

  private int takeEscaped() {
    if (position == characters.length) {
      throw TextPattern.invalid(source, "it ends in its escape character");
    }
    return take();
  }

  private boolean isNext(int character) {
    return position < characters.length && characters[position] == character;
  }

  private PatternNode whole() {
    PatternNode node = either();
    if (position < characters.length) {
      throw TextPattern.invalid(source, "a bracket closes that did not open");
    }
    return node;
  }

  /** What anchors it stands in each choice, so each is closed by itself. */
  private PatternNode either() {
    if (++depth > MAX_DEPTH) {
      throw TextPattern.invalid(source, "it is nested too deeply");
    }
    List<PatternNode> choices = new ArrayList<>();
    do {
      choices.add(isRegex && depth == 1 ? anchored() : sequence());
    } while (takeIf('|'));
    depth--;
    return choices.size() == 1 ? choices.get(0) : new PatternNode.Either(choices);
  }

  private boolean takeIf(int character) {
    boolean is = isNext(character);
    if (is) {
      position++;
    }
    return is;
  }

  private PatternNode anchored() {
    List<PatternNode> parts = new ArrayList<>();
    if (!takeIf('^')) {
      parts.add(ANYTHING);
    }
    parts.add(sequence());
    if (!takeIf('$')) {
      parts.add(ANYTHING);
    }
    return new PatternNode.Sequence(parts);
  }

  private PatternNode sequence() {
    List<PatternNode> parts = new ArrayList<>();
    while (position < characters.length && !isNext('|') && !isNext(')')) {
      if (isRegex && isNext('$')) {
        break;
      }
      parts.add(repeated(one()));
    }
    return new PatternNode.Sequence(parts);
  }

  private PatternNode repeated(PatternNode part) {
    boolean none = isNext('*') || isNext('?');
    boolean more = isNext('*') || isNext('+');
    if (isNext('{')) {
      throw TextPattern.invalid(source, "counted repetition is not supported");
    }
    if (!none && !more) {
      return part;
    }
    position++;
    if (isNext('*') || isNext('+') || isNext('?') || isNext('{')) {
      throw TextPattern.invalid(source, "a repetition is followed by another");
    }
    return new PatternNode.Repeat(part, none, more);
  }

  private PatternNode one() {
    int character = take();
    if (character == escape) {
      return escaped();
    }
    return switch (character) {
      case '(' -> group();
      case '[' -> set();
      case '*', '+', '?', '{' -> throw TextPattern.invalid(source, "there is nothing to repeat");
      case '%' -> isRegex ? Characters.one(character) : ANYTHING;
      case '_' -> isRegex ? Characters.one(character) : Characters.ANY;
      case '.' -> isRegex ? Characters.ANY : Characters.one(character);
      case '^' -> {
        if (isRegex) {
          throw TextPattern.invalid(source, "^ is supported at the beginning only");
        }
        yield Characters.one(character);
      }
      default -> Characters.one(character);
    };
  }

  private PatternNode escaped() {
    int character = takeEscaped();
    if (isRegex && character == 'd') {
      return new Characters(List.of(new Range('0', '9')), false);
    }
    if (isRegex && (Character.isLetterOrDigit(character) || character > '~')) {
      throw TextPattern.invalid(source, "\\" + Character.toString(character) + " is not supported");
    }
    return Characters.one(character);
  }

  private PatternNode group() {
    if (isRegex && isNext('?')) {
      position++;
      if (!takeIf(':')) {
        throw TextPattern.invalid(source, "a group that begins with (? is not supported");
      }
    }
    PatternNode node = either();
    if (!takeIf(')')) {
      throw TextPattern.invalid(source, "a bracket opens that does not close");
    }
    return node;
  }

  private PatternNode set() {
    boolean negated = takeIf('^');
    List<Range> ranges = new ArrayList<>();
    do {
      int first = takeOfSet();
      int last = first;
      if (isNext('-') && position + 1 < characters.length && characters[position + 1] != ']') {
        position++;
        last = takeOfSet();
      }
      if (last < first) {
        throw TextPattern.invalid(source, "a range of characters is backward");
      }
      ranges.add(new Range(first, last));
    } while (!takeIf(']'));
    return new Characters(ranges, negated);
  }

  private int takeOfSet() {
    if (position == characters.length) {
      throw TextPattern.invalid(source, "a set of characters does not end");
    }
    int character = take();
    if (character == '[' || character == escape) {
      throw TextPattern.invalid(
          source, Character.toString(character) + " within a set is not supported");
    }
    return character;
  }
}
