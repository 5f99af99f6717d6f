package org.btrdb.bench;

/** One way to read a stream; the ways are compared. */
interface Reader extends AutoCloseable {
  /** What the table calls it. */
  String name();

  /** Reads the first so many points of the stream and returns how many came. */
  long read(long points);

  @Override
  void close();
}
