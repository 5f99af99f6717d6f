package org.btrdb.embedded.streamsql;

import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import org.btrdb.client.error.BtrdbException;
import org.btrdb.embedded.streamsql.PatternNode.Characters;

/**
 * A pattern of LIKE, ILIKE, SIMILAR TO or {@code ~}, as a machine that is in several states at
 * once: no text takes more steps than its length times that of the pattern, whatever both are. So
 * none is a denial of service, which java.util.regex cannot promise.
 */
final class TextPattern {
  /** Longer ones would cost more than any name is worth. */
  static final int MAX_CHARACTERS = 1000;

  private final List<Characters> tests = new ArrayList<>();
  private final List<int[]> jumps = new ArrayList<>();
  private final boolean ignoreCase;
  private final String source;

  private TextPattern(String source, boolean ignoreCase) {
    this.source = source;
    this.ignoreCase = ignoreCase;
  }

  /** The machine of a pattern that must fit a whole text. */
  static TextPattern of(PatternNode node, String source, boolean ignoreCase) {
    TextPattern pattern = new TextPattern(source, ignoreCase);
    pattern.compile(node);
    return pattern;
  }

  static BtrdbException invalid(String source, String what) {
    return BadSql.of("pattern " + BadSql.quoted(source) + ": " + what);
  }

  /** A state that takes a character, or one that jumps to others without. */
  private int state(Characters test, int... targets) {
    tests.add(test);
    jumps.add(targets);
    return tests.size() - 1;
  }

  private void compile(PatternNode node) {
    if (node instanceof Characters characters) {
      state(characters);
    } else if (node instanceof PatternNode.Sequence sequence) {
      sequence.parts().forEach(this::compile);
    } else if (node instanceof PatternNode.Either either) {
      compileEither(either.choices());
    } else if (node instanceof PatternNode.Repeat repeat) {
      compileRepeat(repeat);
    }
  }

  private void compileEither(List<PatternNode> choices) {
    List<Integer> exits = new ArrayList<>();
    int fork = state(Characters.NONE, new int[choices.size()]);
    for (int i = 0; i < choices.size(); i++) {
      jumps.get(fork)[i] = tests.size();
      compile(choices.get(i));
      exits.add(state(Characters.NONE, 0));
    }
    exits.forEach(exit -> jumps.get(exit)[0] = tests.size());
  }

  private void compileRepeat(PatternNode.Repeat repeat) {
    int fork = state(Characters.NONE, 0, 0);
    int body = tests.size();
    compile(repeat.part());
    int loop = state(Characters.NONE, 0, 0);
    int end = tests.size();
    jumps.get(loop)[0] = repeat.more() ? body : end;
    jumps.get(loop)[1] = end;
    jumps.get(fork)[0] = body;
    jumps.get(fork)[1] = repeat.none() ? end : body;
  }

  /** Whether the whole of a text fits. */
  boolean matches(String text, Work work) {
    int end = tests.size();
    BitSet now = new BitSet(end + 1);
    BitSet next = new BitSet(end + 1);
    int[] stack = new int[end + 1];
    enter(0, now, stack);
    for (int i = 0; i < text.length() && !now.isEmpty(); ) {
      int character = text.codePointAt(i);
      i += Character.charCount(character);
      next.clear();
      for (int state = now.nextSetBit(0);
          state >= 0 && state < end;
          state = now.nextSetBit(state + 1)) {
        if (tests.get(state).fits(character, ignoreCase)) {
          enter(state + 1, next, stack);
        }
      }
      work.spend(end);
      BitSet before = now;
      now = next;
      next = before;
    }
    return now.get(end);
  }

  /** Adds a state and those that it jumps to; no state is entered twice. */
  private void enter(int first, BitSet states, int[] stack) {
    if (states.get(first)) {
      return;
    }
    int size = 0;
    stack[size++] = first;
    states.set(first);
    while (size > 0) {
      int state = stack[--size];
      if (state == tests.size()) {
        continue;
      }
      for (int target : jumps.get(state)) {
        if (!states.get(target)) {
          states.set(target);
          stack[size++] = target;
        }
      }
    }
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof TextPattern that
        && that.source.equals(source)
        && that.ignoreCase == ignoreCase
        && that.tests.equals(tests);
  }

  @Override
  public int hashCode() {
    return source.hashCode();
  }
}
