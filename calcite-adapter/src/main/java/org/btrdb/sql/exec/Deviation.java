package org.btrdb.sql.exec;

import org.btrdb.sql.aggregate.Moments;
import org.jspecify.annotations.Nullable;

/**
 * Variances and deviations of numbers for plans that Calcite runs: its own lose their digits.
 * Public, like all in it, for generated code.
 */
public abstract class Deviation {
  private final boolean sample;
  private final boolean root;

  private Deviation(boolean sample, boolean root) {
    this.sample = sample;
    this.root = root;
  }

  /** An empty state. */
  public Moments init() {
    return new Moments();
  }

  /** Adds a value; NULL is skipped. */
  public Moments add(Moments state, @Nullable Number number) {
    if (number != null) {
      state.add(number.doubleValue());
    }
    return state;
  }

  /** The result; NULL for too few values. */
  public @Nullable Double result(Moments state) {
    return state.isNull(sample) ? null : (Double) state.deviation(sample, root);
  }

  /** STDDEV_POP. */
  public static final class StddevPop extends Deviation {
    /** For generated code. */
    public StddevPop() {
      super(false, true);
    }
  }

  /** STDDEV_SAMP. */
  public static final class StddevSamp extends Deviation {
    /** For generated code. */
    public StddevSamp() {
      super(true, true);
    }
  }

  /** VAR_POP. */
  public static final class VarPop extends Deviation {
    /** For generated code. */
    public VarPop() {
      super(false, false);
    }
  }

  /** VAR_SAMP. */
  public static final class VarSamp extends Deviation {
    /** For generated code. */
    public VarSamp() {
      super(true, false);
    }
  }
}
