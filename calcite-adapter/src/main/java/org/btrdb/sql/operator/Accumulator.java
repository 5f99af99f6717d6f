package org.btrdb.sql.operator;

import org.btrdb.sql.row.RowCursor;

/**
 * The running states of one aggregate function, one for each group; groups are numbered from 0.
 *
 * <p>States live in arrays, so nothing is allocated for a row.
 */
abstract class Accumulator {

  /** Makes room for groups; those beyond the former number start empty. */
  abstract void grow(int groups);

  /** Bytes that a group takes. */
  long bytesPerGroup() {
    return 2L * Long.BYTES;
  }

  /** Adds the current row of the input to a group. */
  abstract void add(int group, RowCursor row);

  /** Writes the value of a group. */
  abstract void write(int group, Slots to, int column);

  /** Makes a group empty again. */
  abstract void reset(int group);

  /** Gives memory back that was counted. */
  void close() {
    // most have none but what a group takes
  }
}
