package org.btrdb.sql.exec;

import java.math.BigDecimal;
import org.jspecify.annotations.Nullable;

/**
 * AVG of whole numbers and decimals for plans that Calcite runs: its own sums them in their own
 * type, which overflows without a word. Public, like all in it, for generated code.
 */
public final class ExactAverage {

  /** The running state. */
  public static final class State {
    private long count;
    private BigDecimal sum = BigDecimal.ZERO;
  }

  /** For generated code. */
  public ExactAverage() {}

  /** An empty state. */
  public State init() {
    return new State();
  }

  /** Adds a value; NULL is skipped. */
  public State add(State state, @Nullable Number value) {
    if (value != null) {
      state.count++;
      state.sum =
          state.sum.add(
              value instanceof BigDecimal decimal
                  ? decimal
                  : BigDecimal.valueOf(value.longValue()));
    }
    return state;
  }

  /** The result; NULL for no values. */
  public @Nullable Double result(State state) {
    return state.count == 0 ? null : state.sum.doubleValue() / state.count;
  }
}
