package org.btrdb.embedded;

import java.util.UUID;
import org.btrdb.client.batch.PointBatch;
import org.btrdb.client.error.BtrdbException;

/**
 * Is told of durable inserts, in their order; by threads that hold locks of the engine, so it must
 * be brief, may not call back and never fails.
 */
interface Follower {

  /** A stream is followed: what is inserted from now on is told. */
  void began(UUID uuid);

  /** Points became durable; their arrays are never written again. */
  void inserted(UUID uuid, PointBatch points);

  /** A stream is no more. */
  void obliterated(UUID uuid);

  /** Nothing will be told any more. */
  void failed(BtrdbException failure);

  /** Whether it needs to be told nothing any more. */
  boolean hasEnded();
}
