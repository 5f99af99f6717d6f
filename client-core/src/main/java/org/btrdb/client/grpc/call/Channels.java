package org.btrdb.client.grpc.call;

import io.grpc.Channel;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Where the calls of one connection go; the connection's share in the channels behind it. */
public interface Channels extends AutoCloseable {

  /**
   * The channel to the node that answers for a stream.
   *
   * @param stream null for a call that any node can answer
   */
  Channel channel(@Nullable UUID stream);

  /** Gives the channels back; idempotent. */
  @Override
  void close();
}
