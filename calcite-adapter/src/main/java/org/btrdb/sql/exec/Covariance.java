package org.btrdb.sql.exec;

import org.jspecify.annotations.Nullable;

/**
 * Covariances and sums of squared deviations of pairs for plans that Calcite runs, by Welford's
 * method, for the reason that {@link Deviation} has; Calcite's own are also whole numbers where the
 * values are. Public, like all in it, for generated code.
 */
public abstract class Covariance {

  /** The running state. */
  public static final class State {
    private long count;
    private double meanY;
    private double meanX;
    private double products;
    private double squaresY;
    private double squaresX;
  }

  private Covariance() {}

  /** An empty state. */
  public State init() {
    return new State();
  }

  /** Adds a pair; one with a NULL is skipped. */
  public State add(State state, @Nullable Number y, @Nullable Number x) {
    if (y != null && x != null) {
      state.count++;
      double deltaY = y.doubleValue() - state.meanY;
      double deltaX = x.doubleValue() - state.meanX;
      state.meanY += deltaY / state.count;
      state.meanX += deltaX / state.count;
      state.products += deltaY * (x.doubleValue() - state.meanX);
      state.squaresY += deltaY * (y.doubleValue() - state.meanY);
      state.squaresX += deltaX * (x.doubleValue() - state.meanX);
    }
    return state;
  }

  /** The result; NULL for too few pairs. */
  public @Nullable Double result(State state) {
    return state.count == 0 ? null : of(state);
  }

  abstract @Nullable Double of(State state);

  /** COVAR_POP. */
  public static final class CovarPop extends Covariance {
    /** For generated code. */
    public CovarPop() {}

    @Override
    Double of(State state) {
      return state.products / state.count;
    }
  }

  /** COVAR_SAMP. */
  public static final class CovarSamp extends Covariance {
    /** For generated code. */
    public CovarSamp() {}

    @Override
    @Nullable Double of(State state) {
      return state.count < 2 ? null : (Double) (state.products / (state.count - 1));
    }
  }

  /** REGR_SXX: of the second of a pair. */
  public static final class RegrSxx extends Covariance {
    /** For generated code. */
    public RegrSxx() {}

    @Override
    Double of(State state) {
      return state.squaresX;
    }
  }

  /** REGR_SYY: of the first of a pair. */
  public static final class RegrSyy extends Covariance {
    /** For generated code. */
    public RegrSyy() {}

    @Override
    Double of(State state) {
      return state.squaresY;
    }
  }
}
