package org.btrdb.sql.read;

/** A request for points themselves, of those times that a set allows. */
public interface PointsRequest extends ReadRequest {

  /** Which points. */
  TimeSet times();

  /** The number of the column that is the time of a point; -1 if it is not answered. */
  int timeColumn();

  /** This request for other times. */
  PointsRequest withTimes(TimeSet times);
}
