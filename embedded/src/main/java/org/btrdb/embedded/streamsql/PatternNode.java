package org.btrdb.embedded.streamsql;

import java.util.List;

/** A part of a pattern. */
sealed interface PatternNode {

  /** One part after the other. */
  record Sequence(List<PatternNode> parts) implements PatternNode {}

  /** One of several. */
  record Either(List<PatternNode> choices) implements PatternNode {}

  /**
   * A part that may come again.
   *
   * @param none whether it may be missing
   * @param more whether it may come more than once
   */
  record Repeat(PatternNode part, boolean none, boolean more) implements PatternNode {}

  /**
   * One character of some ranges.
   *
   * @param ranges first and last of each
   * @param negated whether it is one of all others
   */
  record Characters(List<Range> ranges, boolean negated) implements PatternNode {
    static final Characters ANY = new Characters(List.of(), true);

    /** Fits nothing: of a state that only leads to others. */
    static final Characters NONE = new Characters(List.of(), false);

    static Characters one(int character) {
      return new Characters(List.of(new Range(character, character)), false);
    }

    boolean fits(int character, boolean ignoreCase) {
      return (in(character)
              || (ignoreCase
                  && (in(Character.toLowerCase(character))
                      || in(Character.toUpperCase(character)))))
          != negated;
    }

    private boolean in(int character) {
      for (Range range : ranges) {
        if (character >= range.first && character <= range.last) {
          return true;
        }
      }
      return false;
    }
  }

  /** Characters from one to another. */
  record Range(int first, int last) {}
}
