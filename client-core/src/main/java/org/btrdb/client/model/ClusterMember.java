package org.btrdb.client.model;

import java.util.List;

/**
 * One node of a cluster as the cluster's map describes it (reference 4.5).
 *
 * @param nodename its name
 * @param up whether it answers
 * @param inCluster whether it takes part
 * @param enabled whether it is meant to take part
 * @param weight its share of the streams, relative to the others'
 * @param readPreference its share of reads, relative to the others'
 * @param startHash first hash of the streams it holds, 0 to 2^32
 * @param endHash first hash after those; equal to the start if it holds none
 * @param grpcEndpoints addresses of this one node, {@code host:port}, to be tried in order
 */
public record ClusterMember(
    String nodename,
    boolean up,
    boolean inCluster,
    boolean enabled,
    long weight,
    double readPreference,
    long startHash,
    long endHash,
    List<String> grpcEndpoints) {

  /** Copies the list. */
  public ClusterMember {
    grpcEndpoints = List.copyOf(grpcEndpoints);
  }
}
