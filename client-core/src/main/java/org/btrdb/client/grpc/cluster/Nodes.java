package org.btrdb.client.grpc.cluster;

import com.google.common.net.HostAndPort;
import org.btrdb.client.CallScope;
import org.btrdb.client.error.BtrdbException;
import org.btrdb.client.model.ClusterState;

/** How nodes are reached and asked, which routing leaves to others. */
public interface Nodes {

  /** A share in the channel to an address, which the caller gives back; nothing connects yet. */
  NodeChannel open(HostAndPort address);

  /**
   * Asks the node at an address once for the state of the cluster.
   *
   * @throws BtrdbException if it does not answer
   */
  ClusterState ask(HostAndPort address, CallScope scope);
}
