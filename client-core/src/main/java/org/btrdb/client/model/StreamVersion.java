package org.btrdb.client.model;

/**
 * A state of a stream's data.
 *
 * @param major counts committed states; 10 for a stream never written (reference 1.7)
 * @param minor points in the write buffer, not yet committed
 */
public record StreamVersion(long major, long minor) {

  /** Asks for the newest state, buffered points included. */
  public static final long LATEST = 0;

  /** The major version of a stream that was created and never written. */
  public static final long CREATED_MAJOR = 10;
}
