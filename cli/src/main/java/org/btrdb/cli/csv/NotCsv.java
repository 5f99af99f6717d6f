package org.btrdb.cli.csv;

/** A file that cannot be a CSV of measurements; the message is one line and names the file. */
public final class NotCsv extends Exception {
  private static final long serialVersionUID = 1L;

  NotCsv(String message) {
    super(message);
  }

  NotCsv(String message, Throwable cause) {
    super(message, cause);
  }
}
