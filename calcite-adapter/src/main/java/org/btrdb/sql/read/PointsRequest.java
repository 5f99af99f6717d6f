package org.btrdb.sql.read;

/** A request for points themselves, of those times that a set allows. */
public interface PointsRequest extends ReadRequest {

  /** Which points. */
  TimeSet times();

  /** This request for other times. */
  PointsRequest withTimes(TimeSet times);
}
