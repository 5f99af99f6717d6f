package org.btrdb.sql.aggregate;

import org.apache.calcite.sql.SqlAggFunction;
import org.jspecify.annotations.Nullable;

/** The {@link Moments} of both numbers of pairs, and the products of their deviations. */
public final class PairMoments {
  /** About what one takes in memory, with a reference to it. */
  public static final int BYTES = 40 + 2 * Moments.BYTES;

  /** What is made of them; NULL where it is not defined. */
  public enum Statistic {
    /** The mean product of deviations. */
    COVAR_POP,
    /** The same of a sample. */
    COVAR_SAMP,
    /** The sum of squared deviations of the second of a pair. */
    REGR_SXX,
    /** The same of the first. */
    REGR_SYY,
    /** The sum of products of deviations. */
    REGR_SXY,
    /** The mean of the second of a pair. */
    REGR_AVGX,
    /** The mean of the first. */
    REGR_AVGY,
    /** The slope of the line that fits best. */
    REGR_SLOPE,
    /** Where that line has x = 0. */
    REGR_INTERCEPT,
    /** The share of the variance of y that the line explains. */
    REGR_R2,
    /** Pearson's correlation, from -1 to 1. */
    CORR;

    /** What a function computes; null if it is none of these. */
    public static @Nullable Statistic of(SqlAggFunction function) {
      boolean known =
          switch (function.getKind()) {
            case COVAR_POP, COVAR_SAMP, REGR_SXX, REGR_SYY -> true;
            default ->
                function instanceof DialectAggregate ours
                    && ours.meaning() == DialectAggregate.Meaning.OF_PAIRS;
          };
      return known ? valueOf(function.getName()) : null;
    }
  }

  private final Moments ys = new Moments();
  private final Moments xs = new Moments();
  private double products;

  /** No pairs. */
  public PairMoments() {}

  /** Adds a pair. */
  public void add(double y, double x) {
    double deltaY = ys.fromMean(y);
    ys.add(y);
    xs.add(x);
    products += deltaY * xs.fromMean(x);
  }

  /** Forgets all pairs. */
  public void clear() {
    ys.clear();
    xs.clear();
    products = 0;
  }

  /** Whether a statistic is NULL: there are too few pairs, or all are of one x, or of one y. */
  public boolean isNull(Statistic statistic) {
    return xs.count() == 0
        || switch (statistic) {
          case COVAR_SAMP -> xs.count() == 1;
          case REGR_SLOPE, REGR_INTERCEPT, REGR_R2 -> xs.squares() == 0;
          case CORR -> xs.squares() == 0 || ys.squares() == 0;
          default -> false;
        };
  }

  /** A statistic that is not NULL. */
  public double value(Statistic statistic) {
    return switch (statistic) {
      case COVAR_POP -> products / xs.count();
      case COVAR_SAMP -> products / (xs.count() - 1);
      case REGR_SXX -> xs.squares();
      case REGR_SYY -> ys.squares();
      case REGR_SXY -> products;
      case REGR_AVGX -> xs.mean();
      case REGR_AVGY -> ys.mean();
      case REGR_SLOPE -> slope();
      case REGR_INTERCEPT -> ys.mean() - slope() * xs.mean();
      // A line through points of one y explains all of nothing.
      case REGR_R2 -> ys.squares() == 0 ? 1 : Math.min(1, slope() * (products / ys.squares()));
      case CORR -> Math.max(-1, Math.min(1, correlation()));
    };
  }

  private double slope() {
    return products / xs.squares();
  }

  private double correlation() {
    double square = xs.squares() * ys.squares();
    boolean fits = square > 0 && square < Double.POSITIVE_INFINITY;
    return fits
        ? products / Math.sqrt(square)
        : products / Math.sqrt(xs.squares()) / Math.sqrt(ys.squares());
  }
}
