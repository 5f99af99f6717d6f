package org.btrdb.sql.read;

import java.util.BitSet;
import java.util.List;
import org.btrdb.sql.row.RowCursor;

/** What is asked of BTrDB, or of the session itself: the leaf of a plan. Immutable. */
public interface ReadRequest {

  /** Rows to skip and to answer. */
  Limit limit();

  /** This request with a limit; only for one without. */
  ReadRequest withLimit(Limit limit);

  /** This request with other columns: the i-th is the one that had number {@code columns[i]}. */
  ReadRequest withColumns(List<Integer> columns);

  /**
   * This request for a statement that looks at some of its columns only; the others may be NULL.
   *
   * @param used by number; none if it looks at the rows alone
   */
  default ReadRequest using(BitSet used) {
    return this;
  }

  /** Whether rows come in the ascending order of a column. */
  default boolean isOrderedBy(int column) {
    return false;
  }

  /**
   * Whether no two rows are alike in a column they are ordered by, so that further keys of a sort
   * decide nothing.
   */
  default boolean isOrderUnique() {
    return false;
  }

  /** Whether there is at most one row, whatever the data. */
  default boolean isAtMostOneRow() {
    return false;
  }

  /** Makes the calls; the cursor owns them. */
  RowCursor open(Execution execution);

  /**
   * The request in a line, as EXPLAIN shows it inside a larger plan. Calcite takes two requests of
   * one text for one and the same, so all that tells them apart must be in it.
   */
  String text();

  /** The calls that {@link #open} makes, one line each, as EXPLAIN shows them. */
  List<String> calls(Execution execution);
}
