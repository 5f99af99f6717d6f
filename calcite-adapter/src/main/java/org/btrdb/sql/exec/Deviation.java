package org.btrdb.sql.exec;

import org.jspecify.annotations.Nullable;

/**
 * Variances and deviations of numbers for plans that Calcite runs. Calcite's own subtract the
 * square of a sum from a sum of squares, which loses all digits for values such as 60 Hz with a
 * deviation of 1e-4; this is Welford's method. Public, like all in it, for generated code.
 */
public abstract class Deviation {

  /** The running state. */
  public static final class State {
    private long count;

    /** The first value; the others are near to it, and their differences from it lose nothing. */
    private double origin;

    private double mean;
    private double squares;
  }

  private final boolean sample;
  private final boolean root;

  private Deviation(boolean sample, boolean root) {
    this.sample = sample;
    this.root = root;
  }

  /** An empty state. */
  public State init() {
    return new State();
  }

  /** Adds a value; NULL is skipped. */
  public State add(State state, @Nullable Number number) {
    if (number != null) {
      if (state.count++ == 0) {
        state.origin = number.doubleValue();
      }
      double value = number.doubleValue() - state.origin;
      double delta = value - state.mean;
      state.mean += delta / state.count;
      state.squares += delta * (value - state.mean);
    }
    return state;
  }

  /** The result; NULL for too few values. */
  public @Nullable Double result(State state) {
    long divisor = sample ? state.count - 1 : state.count;
    if (divisor <= 0) {
      return null;
    }
    double variance = Math.max(0, state.squares / divisor);
    return root ? Math.sqrt(variance) : variance;
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
