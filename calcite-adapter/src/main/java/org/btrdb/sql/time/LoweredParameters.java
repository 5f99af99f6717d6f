package org.btrdb.sql.time;

import java.util.BitSet;

/** How the parameters of a statement are used: decides what may be done with a time far away. */
public final class LoweredParameters {
  private final BitSet compared = new BitSet();
  private final BitSet values = new BitSet();

  private final int count;

  /** For a statement with so many parameters of the user's. */
  public LoweredParameters(int count) {
    this.count = count;
  }

  /** The index of the parameter that holds the statement's own time, nanoseconds, as a Long. */
  public int nowIndex() {
    return count;
  }

  void usedInComparison(int index) {
    compared.set(index);
  }

  void usedAsValue(int index) {
    values.set(index);
  }

  /**
   * Whether a time outside 64 bits given for a parameter may be cut to the nearest one inside:
   * right only where the parameter does nothing but bound other times.
   */
  public boolean mayBeSaturated(int index) {
    return compared.get(index) && !values.get(index);
  }
}
