package org.btrdb.sql.read;

/** A request for rows that each have a time, of those times that a set allows. */
public interface PointsRequest extends ReadRequest {

  /** Which times. */
  TimeSet times();

  /** The number of the column that is the time; -1 if it is not answered. */
  int timeColumn();

  /** This request for other times. */
  PointsRequest withTimes(TimeSet times);
}
