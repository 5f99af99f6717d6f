package org.btrdb.client.grpc.call;

import io.grpc.Channel;
import java.util.UUID;
import java.util.function.Function;
import org.btrdb.client.CallScope;
import org.btrdb.client.error.BtrdbException;
import org.jspecify.annotations.Nullable;

/** Where the calls of one connection go; the connection's share in the channels behind it. */
public interface Channels extends AutoCloseable {

  /**
   * Starts a call on the channel to the node that answers for a stream, which is not given back in
   * between: a call that was started ends by itself.
   *
   * @param stream null for a call that any node can answer
   * @param start must not wait
   * @return what start returns
   * @throws BtrdbException if no node answers for it, with status 419
   */
  <T> T start(@Nullable UUID stream, Function<? super Channel, T> start);

  /**
   * Finds out anew where calls go, after one went wrong. Never fails: what cannot be found out
   * stays as it was.
   *
   * @param refused whether a node answered that it does not hold the stream, and not that none did
   * @param scope ends the search early
   */
  void resynchronise(boolean refused, CallScope scope);

  /** Gives the channels back; idempotent. */
  @Override
  void close();
}
