package org.btrdb.sql.exec;

import org.btrdb.sql.aggregate.Fraction;
import org.btrdb.sql.aggregate.Quantiles;
import org.btrdb.sql.expression.NumberFunctions;
import org.jspecify.annotations.Nullable;

/**
 * Percentiles of numbers for plans that Calcite runs, which has none. Public, like all in it, for
 * generated code.
 */
public abstract class Percentile {

  /** The running state. */
  public static final class State {
    private final Quantiles values = new Quantiles();
    private @Nullable Fraction fraction;
  }

  private final boolean descending;

  private Percentile(boolean descending) {
    this.descending = descending;
  }

  /** An empty state. */
  public State init() {
    return new State();
  }

  /** Adds a value; NULL is skipped. */
  public State add(State state, @Nullable Number value, @Nullable Number fraction) {
    if (value != null) {
      state.values.add(NumberFunctions.orderKey(value.doubleValue()));
      if (state.fraction == null && fraction != null) { // the same for all rows
        state.fraction = Fraction.of(fraction);
      }
    }
    return state;
  }

  /** The result; NULL for no values. */
  public @Nullable Double result(State state) {
    return state.fraction == null
        ? null
        : (Double) state.values.continuous(state.fraction, descending);
  }

  /** PERCENTILE_CONT of the smallest values first. */
  public static final class Ascending extends Percentile {
    /** For generated code. */
    public Ascending() {
      super(false);
    }
  }

  /** PERCENTILE_CONT of the largest values first. */
  public static final class Descending extends Percentile {
    /** For generated code. */
    public Descending() {
      super(true);
    }
  }

  /** MEDIAN. */
  public static final class Median {
    /** For generated code. */
    public Median() {}

    /** An empty state. */
    public State init() {
      return new State();
    }

    /** Adds a value; NULL is skipped. */
    public State add(State state, @Nullable Number value) {
      if (value != null) {
        state.values.add(NumberFunctions.orderKey(value.doubleValue()));
      }
      return state;
    }

    /** The result; NULL for no values. */
    public @Nullable Double result(State state) {
      return state.values.isEmpty() ? null : (Double) state.values.continuous(Fraction.HALF, false);
    }
  }
}
