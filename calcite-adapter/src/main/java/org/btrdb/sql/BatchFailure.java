package org.btrdb.sql;

/**
 * A batch that failed in between: each row before the one that failed is done, and stays done; it
 * and those after it are not.
 */
public final class BatchFailure extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private final long[] counts;
  private final RuntimeException failure;

  /**
   * A failure after some rows.
   *
   * @param counts those of the rows that are done
   * @param failure what the next row failed with
   */
  public BatchFailure(long[] counts, RuntimeException failure) {
    super(failure.getMessage(), failure);
    this.counts = counts.clone();
    this.failure = failure;
  }

  /** The counts of the rows that are done, in order. */
  public long[] counts() {
    return counts.clone();
  }

  /** What the row after them failed with. */
  public RuntimeException failure() {
    return failure;
  }
}
