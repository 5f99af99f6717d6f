package org.btrdb.client.grpc.cluster;

import com.google.common.net.HostAndPort;
import java.time.Duration;
import java.util.List;
import org.btrdb.client.CallScope;
import org.btrdb.client.error.BtrdbException;
import org.btrdb.client.model.ClusterState;
import org.jspecify.annotations.Nullable;

/** Asks node after node for the map of the cluster, for one thread at a time. */
final class MapSearch implements AutoCloseable {
  private static final int MAX_ASKED = 3;
  private static final Duration MAX_WAIT = Duration.ofSeconds(2);

  private final Nodes nodes;
  private final CallScope life = CallScope.unbounded();
  private int turn;

  MapSearch(Nodes nodes) {
    this.nodes = nodes;
  }

  /** Counts searches, so that each can begin with another node: one may have an outdated map. */
  int turn() {
    return turn;
  }

  /**
   * The first map in which a node holds anything, else any; null if none was told.
   *
   * @param addresses whom to ask, in order
   */
  @Nullable Mash find(List<HostAndPort> addresses, CallScope scope) {
    turn = (turn + 1) & Integer.MAX_VALUE;
    Mash found = null;
    for (HostAndPort address : addresses.subList(0, Math.min(addresses.size(), MAX_ASKED))) {
      if (scope.isCancelled() || life.isCancelled() || Thread.currentThread().isInterrupted()) {
        return null;
      }
      try {
        Mash told = Mash.of(ask(address, scope));
        if (!told.nodes().isEmpty()) {
          return told;
        }
        found = told;
      } catch (BtrdbException e) {
        // Another node may know; the failure that led here is the one to be told.
      }
    }
    return found;
  }

  /**
   * What one node tells, if it does so soon.
   *
   * @throws BtrdbException if not
   */
  ClusterState ask(HostAndPort address, CallScope scope) {
    CallScope asking =
        CallScope.withTimeout(
            Duration.ofNanos(Math.min(scope.remainingNanos(), MAX_WAIT.toNanos())));
    CallScope.Registration byScope = scope.onCancel(asking::cancel);
    CallScope.Registration byClose = life.onCancel(asking::cancel);
    try {
      return nodes.ask(address, asking);
    } finally {
      byScope.remove();
      byClose.remove();
    }
  }

  /** Ends a search, from any thread. */
  @Override
  public void close() {
    life.cancel();
  }
}
