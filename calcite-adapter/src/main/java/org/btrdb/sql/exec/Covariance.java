package org.btrdb.sql.exec;

import org.btrdb.sql.aggregate.PairMoments;
import org.btrdb.sql.aggregate.PairMoments.Statistic;
import org.jspecify.annotations.Nullable;

/**
 * Statistics of pairs for plans that Calcite runs; its own lose their digits, and are whole numbers
 * where the values are. Public, like all in it, for generated code.
 */
public abstract class Covariance {
  private final Statistic statistic;

  private Covariance(Statistic statistic) {
    this.statistic = statistic;
  }

  /** The class that generated code makes one of. */
  static Class<?> of(Statistic statistic) {
    return switch (statistic) {
      case COVAR_POP -> CovarPop.class;
      case COVAR_SAMP -> CovarSamp.class;
      case REGR_SXX -> RegrSxx.class;
      case REGR_SYY -> RegrSyy.class;
      case REGR_SXY -> RegrSxy.class;
      case REGR_AVGX -> RegrAvgx.class;
      case REGR_AVGY -> RegrAvgy.class;
      case REGR_SLOPE -> RegrSlope.class;
      case REGR_INTERCEPT -> RegrIntercept.class;
      case REGR_R2 -> RegrR2.class;
      case CORR -> Corr.class;
    };
  }

  /** An empty state. */
  public PairMoments init() {
    return new PairMoments();
  }

  /** Adds a pair; one with a NULL is skipped. */
  public PairMoments add(PairMoments state, @Nullable Number y, @Nullable Number x) {
    if (y != null && x != null) {
      state.add(y.doubleValue(), x.doubleValue());
    }
    return state;
  }

  /** The result; NULL where it is not defined. */
  public @Nullable Double result(PairMoments state) {
    return state.isNull(statistic) ? null : (Double) state.value(statistic);
  }

  /** COVAR_POP. */
  public static final class CovarPop extends Covariance {
    /** For generated code. */
    public CovarPop() {
      super(Statistic.COVAR_POP);
    }
  }

  /** COVAR_SAMP. */
  public static final class CovarSamp extends Covariance {
    /** For generated code. */
    public CovarSamp() {
      super(Statistic.COVAR_SAMP);
    }
  }

  /** REGR_SXX. */
  public static final class RegrSxx extends Covariance {
    /** For generated code. */
    public RegrSxx() {
      super(Statistic.REGR_SXX);
    }
  }

  /** REGR_SYY. */
  public static final class RegrSyy extends Covariance {
    /** For generated code. */
    public RegrSyy() {
      super(Statistic.REGR_SYY);
    }
  }

  /** REGR_SXY. */
  public static final class RegrSxy extends Covariance {
    /** For generated code. */
    public RegrSxy() {
      super(Statistic.REGR_SXY);
    }
  }

  /** REGR_AVGX. */
  public static final class RegrAvgx extends Covariance {
    /** For generated code. */
    public RegrAvgx() {
      super(Statistic.REGR_AVGX);
    }
  }

  /** REGR_AVGY. */
  public static final class RegrAvgy extends Covariance {
    /** For generated code. */
    public RegrAvgy() {
      super(Statistic.REGR_AVGY);
    }
  }

  /** REGR_SLOPE. */
  public static final class RegrSlope extends Covariance {
    /** For generated code. */
    public RegrSlope() {
      super(Statistic.REGR_SLOPE);
    }
  }

  /** REGR_INTERCEPT. */
  public static final class RegrIntercept extends Covariance {
    /** For generated code. */
    public RegrIntercept() {
      super(Statistic.REGR_INTERCEPT);
    }
  }

  /** REGR_R2. */
  public static final class RegrR2 extends Covariance {
    /** For generated code. */
    public RegrR2() {
      super(Statistic.REGR_R2);
    }
  }

  /** CORR. */
  public static final class Corr extends Covariance {
    /** For generated code. */
    public Corr() {
      super(Statistic.CORR);
    }
  }
}
