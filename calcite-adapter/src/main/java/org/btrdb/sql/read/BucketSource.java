package org.btrdb.sql.read;

/** Parts of a range in ascending order, each wholly inside one bucket: windows or single points. */
interface BucketSource extends AutoCloseable {

  /** Moves to the next part that holds points. */
  boolean next();

  /** A time inside the current part's bucket. */
  long timeNanos();

  /** Adds the current part to some statistics. */
  void addTo(Statistics statistics);

  @Override
  void close();
}
