package org.btrdb.client.model;

import java.util.List;

/**
 * The state of a cluster at one moment.
 *
 * @param healthy whether every hash has a node
 * @param leader name of the node that decides, empty if unknown
 * @param proxyEndpoints addresses of proxies, empty if none answered
 * @param members the nodes, empty behind a proxy that does not tell them
 */
public record ClusterState(
    boolean healthy, String leader, List<String> proxyEndpoints, List<ClusterMember> members) {

  /** Copies the lists. */
  public ClusterState {
    proxyEndpoints = List.copyOf(proxyEndpoints);
    members = List.copyOf(members);
  }
}
