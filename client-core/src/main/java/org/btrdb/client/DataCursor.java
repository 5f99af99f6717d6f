package org.btrdb.client;

import org.btrdb.client.model.StreamVersion;

/**
 * A cursor over columnar batches of one stream, which also knows the version they were read at.
 *
 * @param <B> the kind of batch
 */
public interface DataCursor<B> extends Cursor<B> {

  /**
   * The version that answers; known after the first {@link #next()}, even if that was false.
   *
   * @throws IllegalStateException before the first {@link #next()}
   */
  StreamVersion version();
}
