package org.btrdb.client.grpc.call;

import io.grpc.Channel;
import java.util.UUID;
import org.btrdb.client.CallScope;
import org.btrdb.client.error.BtrdbException;
import org.jspecify.annotations.Nullable;

/** Where the calls of one connection go; the connection's share in the channels behind it. */
public interface Channels extends AutoCloseable {

  /**
   * The channel to the node that answers for a stream.
   *
   * @param stream null for a call that any node can answer
   * @throws BtrdbException if no node does, with status 419
   */
  Channel channel(@Nullable UUID stream);

  /**
   * Finds out anew where calls go, after one went wrong. Never fails: what cannot be found out stays
   * as it was.
   *
   * @param scope ends the search early
   */
  void resynchronise(CallScope scope);

  /** Gives the channels back; idempotent. */
  @Override
  void close();
}
