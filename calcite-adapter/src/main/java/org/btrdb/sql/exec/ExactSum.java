package org.btrdb.sql.exec;

import java.math.BigDecimal;
import org.jspecify.annotations.Nullable;

/**
 * SUM of whole numbers for plans that Calcite runs: its own overflows without a word. Public, like
 * all in it, for generated code.
 */
public abstract class ExactSum<T extends Number> {

  /** The running state. */
  public static final class State {
    private boolean isEmpty = true;
    private BigDecimal sum = BigDecimal.ZERO;
  }

  private ExactSum() {}

  /** An empty state. */
  public State init() {
    return new State();
  }

  /** Adds a value; NULL is skipped. */
  public State add(State state, @Nullable Number value) {
    if (value != null) {
      state.isEmpty = false;
      state.sum = state.sum.add(BigDecimal.valueOf(value.longValue()));
    }
    return state;
  }

  /**
   * The result; NULL for no values.
   *
   * @throws ArithmeticException if it does not fit
   */
  public @Nullable T result(State state) {
    return state.isEmpty ? null : fitted(state.sum);
  }

  abstract T fitted(BigDecimal sum);

  /** Of type TINYINT. */
  public static final class OfTinyint extends ExactSum<Byte> {
    /** For generated code. */
    public OfTinyint() {}

    @Override
    public @Nullable Byte result(State state) {
      return super.result(state);
    }

    @Override
    Byte fitted(BigDecimal sum) {
      return sum.byteValueExact();
    }
  }

  /** Of type SMALLINT. */
  public static final class OfSmallint extends ExactSum<Short> {
    /** For generated code. */
    public OfSmallint() {}

    @Override
    public @Nullable Short result(State state) {
      return super.result(state);
    }

    @Override
    Short fitted(BigDecimal sum) {
      return sum.shortValueExact();
    }
  }

  /** Of type INTEGER. */
  public static final class OfInteger extends ExactSum<Integer> {
    /** For generated code. */
    public OfInteger() {}

    @Override
    public @Nullable Integer result(State state) {
      return super.result(state);
    }

    @Override
    Integer fitted(BigDecimal sum) {
      return sum.intValueExact();
    }
  }

  /** Of type BIGINT. */
  public static final class OfBigint extends ExactSum<Long> {
    /** For generated code. */
    public OfBigint() {}

    @Override
    public @Nullable Long result(State state) {
      return super.result(state);
    }

    @Override
    Long fitted(BigDecimal sum) {
      return sum.longValueExact();
    }
  }
}
