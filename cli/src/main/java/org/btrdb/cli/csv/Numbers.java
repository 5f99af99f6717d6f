package org.btrdb.cli.csv;

/** Numbers as CSV files write them: decimal, finite, nothing of Java's own notation. */
final class Numbers {
  private static final String NOT_A_NUMBER = "not a finite number";

  private Numbers() {}

  /** The double nearest to a decimal text. */
  static double parse(String column, String text) throws RefusedCell {
    // Double.parseDouble also takes "1d", "0x1p3" and "NaN", which in a CSV are mistakes.
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if ((c < '0' || c > '9') && c != '.' && c != '-' && c != '+' && c != 'e' && c != 'E') {
        throw RefusedCell.of(column, text, NOT_A_NUMBER);
      }
    }
    double value;
    try {
      value = Double.parseDouble(text);
    } catch (NumberFormatException e) {
      throw RefusedCell.of(column, text, NOT_A_NUMBER);
    }
    if (Double.isInfinite(value)) {
      throw RefusedCell.of(column, text, NOT_A_NUMBER);
    }
    return value;
  }
}
