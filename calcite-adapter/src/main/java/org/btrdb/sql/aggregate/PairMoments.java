package org.btrdb.sql.aggregate;

import org.apache.calcite.sql.SqlAggFunction;
import org.jspecify.annotations.Nullable;

/**
 * Means, squared deviations and products of deviations of pairs, by Welford's method: sums of
 * products from which others are subtracted lose all digits of values such as 60 Hz with a
 * deviation of 1e-4.
 */
public final class PairMoments {

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

  private long count;
  private double meanY;
  private double meanX;
  private double products;
  private double squaresY;
  private double squaresX;

  /** No pairs. */
  public PairMoments() {}

  /** Adds a pair. */
  public void add(double y, double x) {
    count++;
    double deltaY = y - meanY;
    double deltaX = x - meanX;
    meanY += deltaY / count;
    meanX += deltaX / count;
    products += deltaY * (x - meanX);
    squaresY += deltaY * (y - meanY);
    squaresX += deltaX * (x - meanX);
  }

  /** Forgets all pairs. */
  public void clear() {
    count = 0;
    meanY = 0;
    meanX = 0;
    products = 0;
    squaresY = 0;
    squaresX = 0;
  }

  /** Whether a statistic is NULL: there are too few pairs, or all are of one x, or of one y. */
  public boolean isNull(Statistic statistic) {
    return count == 0
        || switch (statistic) {
          case COVAR_SAMP -> count == 1;
          case REGR_SLOPE, REGR_INTERCEPT, REGR_R2 -> squaresX == 0;
          case CORR -> squaresX == 0 || squaresY == 0;
          default -> false;
        };
  }

  /** A statistic that is not NULL. */
  public double value(Statistic statistic) {
    return switch (statistic) {
      case COVAR_POP -> products / count;
      case COVAR_SAMP -> products / (count - 1);
      case REGR_SXX -> squaresX;
      case REGR_SYY -> squaresY;
      case REGR_SXY -> products;
      case REGR_AVGX -> meanX;
      case REGR_AVGY -> meanY;
      case REGR_SLOPE -> products / squaresX;
      case REGR_INTERCEPT -> meanY - products / squaresX * meanX;
      // A line through points of one y explains all of nothing.
      case REGR_R2 -> squaresY == 0 ? 1 : Math.min(1, products / squaresX * (products / squaresY));
      case CORR -> Math.max(-1, Math.min(1, correlation()));
    };
  }

  private double correlation() {
    double square = squaresX * squaresY;
    boolean fits = square > 0 && square < Double.POSITIVE_INFINITY;
    return fits
        ? products / Math.sqrt(square)
        : products / Math.sqrt(squaresX) / Math.sqrt(squaresY);
  }
}
