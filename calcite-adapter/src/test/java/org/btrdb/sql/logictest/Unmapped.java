package org.btrdb.sql.logictest;

/** A statement or query of a script that BTrDB's tables cannot express; the message says why. */
final class Unmapped extends Exception {
  private static final long serialVersionUID = 1L;

  Unmapped(String reason) {
    super(reason);
  }
}
