package org.btrdb.sql.operator;

import org.btrdb.sql.read.Execution;

/**
 * One run of a plan.
 *
 * @param execution whom to ask, and with which parameters
 * @param memory what its operators hold together
 */
public record Run(Execution execution, Memory memory) {

  /** A run that may hold so many bytes. */
  public static Run of(Execution execution, long maxBytes) {
    return new Run(execution, new Memory(maxBytes));
  }
}
