package org.btrdb.client;

import java.util.Collection;
import java.util.UUID;
import org.btrdb.client.batch.StreamPoints;
import org.btrdb.client.error.ErrorCode;

/**
 * Hands out what is inserted into streams from now on; see {@link Btrdb#subscribe}.
 *
 * <p>The first part of each stream holds no points and says that the stream is subscribed: every
 * insert that begins after it was there is handed out once, when it is durable. The inserts of one
 * stream come in their order; the points of one insert come in order of time, in one part or
 * several, as they were sent: those that a merge policy did not admit are among them. Deletions are
 * not told. Servers other than ours may leave out that first part, and promise less.
 *
 * <p>{@link #next()} waits for the next part. A reader that falls too far behind holds no insert
 * back: it fails with {@link ErrorCode#OVERLOADED}. A stream that is obliterated leaves the
 * subscription after its last part; when none is left, {@link ErrorCode#NO_SUCH_STREAM} follows.
 *
 * <p>One thread at a time takes parts; all other methods may be called from any thread meanwhile.
 */
public interface Subscription extends Cursor<StreamPoints> {

  /**
   * Adds streams: all of them, or none.
   *
   * @throws org.btrdb.client.error.BtrdbException {@link ErrorCode#NO_SUCH_STREAM} from here or
   *     from {@link #next()} if one does not exist, which ends the subscription
   */
  void add(Collection<UUID> uuids);

  /** Leaves out streams from now on; what was inserted before is still handed out. */
  void remove(Collection<UUID> uuids);

  /** Takes no more inserts: what was inserted before is handed out, then the end comes. */
  void finish();

  /** Whether {@link #next()} would answer, or fail, without waiting. */
  boolean isReady();

  /**
   * Runs an action whenever {@link #isReady()} may have become true, on whatever thread notices;
   * the action must be brief and not throw. It may be run too often.
   */
  void onReady(Runnable action);
}
