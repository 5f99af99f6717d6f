package org.btrdb.cli.csv;

/** Why a row cannot be stored: one column and the text in it, or the row's shape. */
public final class RefusedCell extends Exception {
  private static final long serialVersionUID = 1L;
  private static final int LONGEST_TEXT = 60;

  private final String reason;

  private RefusedCell(String reason, String message) {
    // No stack trace: a file can hold millions of such rows, and nobody reads where it was made.
    super(message, null, false, false);
    this.reason = reason;
  }

  /** A cell that is not what its column holds. */
  static RefusedCell of(String column, String text, String reason) {
    return new RefusedCell(reason, "column " + column + ": '" + shown(text) + "': " + reason);
  }

  /** A row with too many or too few cells. */
  static RefusedCell ofRow(int cells, int expected) {
    String reason = "number of cells differs from the header's";
    return new RefusedCell(reason, cells + " cells, the header has " + expected);
  }

  /** What rows refused for the same cause have in common; they are counted by it. */
  public String reason() {
    return reason;
  }

  /** The text as it can stand in one line of a message. */
  static String shown(String text) {
    String cut = text.length() <= LONGEST_TEXT ? text : text.substring(0, LONGEST_TEXT) + "\u2026";
    return cut.codePoints()
        .map(c -> Character.isISOControl(c) ? '\ufffd' : c)
        .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append)
        .toString();
  }
}
