package org.btrdb.client.grpc.cluster;

import com.google.common.net.HostAndPort;
import io.grpc.Channel;
import java.util.UUID;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Function;
import org.btrdb.client.CallScope;
import org.btrdb.client.error.BtrdbException;
import org.btrdb.client.error.ErrorCode;
import org.btrdb.client.grpc.call.Channels;
import org.btrdb.client.model.ClusterState;
import org.jspecify.annotations.Nullable;

/**
 * The channel to a server that is no proxy and alone in its cluster, as long as that is so: once it
 * refuses a stream as not its own it is asked for the map again, and if others hold streams too,
 * calls go by that map from then on.
 */
public final class LoneNode implements Channels {
  private final HostAndPort bootstrap;
  private final Nodes nodes;
  private final MapSearch search;
  private final ReentrantLock searching = new ReentrantLock();

  private final Object lock = new Object();
  private Channels channels;
  private boolean grown;
  private boolean closed;

  /** A server at an address. */
  public LoneNode(HostAndPort bootstrap, Nodes nodes) {
    this.bootstrap = bootstrap;
    this.nodes = nodes;
    this.search = new MapSearch(nodes);
    this.channels = nodes.open(bootstrap);
  }

  @Override
  public <T> T start(@Nullable UUID stream, Function<? super Channel, T> start) {
    synchronized (lock) {
      if (closed) {
        throw new BtrdbException(ErrorCode.CLOSED, "the connection is closed");
      }
      return channels.start(stream, start);
    }
  }

  /** Asks for the map after a refusal, unless another thread is about it. */
  @Override
  public void resynchronise(boolean refused, CallScope scope) {
    Channels current;
    boolean known;
    synchronized (lock) {
      if (closed) {
        return;
      }
      current = channels;
      known = grown;
    }
    current.resynchronise(refused, scope);
    if (!known && refused && searching.tryLock()) {
      try {
        adopt(search.ask(bootstrap, scope));
      } catch (BtrdbException e) {
        // The failure that led here is the one to be told.
      } finally {
        searching.unlock();
      }
    }
  }

  private void adopt(ClusterState state) {
    if (!state.proxyEndpoints().isEmpty() || Mash.of(state).nodes().size() < 2) {
      return;
    }
    synchronized (lock) {
      if (!closed && !grown) {
        Channels alone = channels;
        channels = new ClusterChannels(bootstrap, state, nodes);
        grown = true;
        alone.close();
      }
    }
  }

  @Override
  public void close() {
    search.close();
    synchronized (lock) {
      closed = true;
      channels.close();
    }
  }
}
