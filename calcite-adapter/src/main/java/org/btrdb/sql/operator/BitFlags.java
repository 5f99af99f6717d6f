package org.btrdb.sql.operator;

import java.util.Arrays;

/** A growing set of row numbers. */
final class BitFlags {
  private long[] words = new long[1];

  boolean get(int index) {
    return index >> 6 < words.length && (words[index >> 6] & (1L << index)) != 0;
  }

  void set(int index) {
    if (index >> 6 >= words.length) {
      words = Arrays.copyOf(words, Math.max((index >> 6) + 1, 2 * words.length));
    }
    words[index >> 6] |= 1L << index;
  }

  void clear() {
    Arrays.fill(words, 0);
  }
}
