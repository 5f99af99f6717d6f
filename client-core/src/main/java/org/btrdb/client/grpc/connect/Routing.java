package org.btrdb.client.grpc.connect;

import com.google.common.net.HostAndPort;
import java.util.function.BiFunction;
import org.btrdb.client.CallScope;
import org.btrdb.client.grpc.call.Calls;
import org.btrdb.client.grpc.call.Channels;
import org.btrdb.client.grpc.call.RetryPolicy;
import org.btrdb.client.grpc.cluster.ClusterChannels;
import org.btrdb.client.grpc.cluster.LoneNode;
import org.btrdb.client.grpc.cluster.NodeChannel;
import org.btrdb.client.grpc.cluster.Nodes;
import org.btrdb.client.model.ClusterState;

/**
 * Decides with whom a connection talks: with one endpoint that is a proxy, or alone until it is
 * not, or with every node of a cluster (reference 4.5).
 *
 * @param endpoint the endpoint that was connected to
 * @param options how all channels are made
 * @param generation asks for the state of the cluster
 */
record Routing(
    HostAndPort endpoint,
    ConnectOptions options,
    BiFunction<Calls, CallScope, ClusterState> generation) {

  /** Channels for a connection; the addresses that a proxy tells of itself are ignored. */
  Channels channels(ClusterState state) {
    if (!state.proxyEndpoints().isEmpty()) {
      return SharedChannel.to(endpoint, options);
    }
    return state.members().size() > 1
        ? new ClusterChannels(endpoint, state, new Reached())
        : new LoneNode(endpoint, new Reached());
  }

  private final class Reached implements Nodes {
    @Override
    public NodeChannel open(HostAndPort address) {
      return SharedChannel.to(address, options);
    }

    @Override
    public ClusterState ask(HostAndPort address, CallScope scope) {
      try (Calls calls =
          new Calls(SharedChannel.to(address, options), options.callTimeout(), RetryPolicy.NEVER)) {
        return generation.apply(calls, scope);
      }
    }
  }
}
