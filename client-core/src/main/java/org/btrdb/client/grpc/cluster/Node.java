package org.btrdb.client.grpc.cluster;

import com.google.common.net.HostAndPort;
import java.util.List;
import java.util.stream.Stream;
import org.btrdb.client.model.ClusterMember;

/**
 * A node that holds streams now.
 *
 * @param name its name
 * @param startHash first hash of its streams
 * @param endHash first hash after those
 * @param addresses where it answers, to be tried in order
 */
record Node(String name, long startHash, long endHash, List<HostAndPort> addresses) {
  private static final int DEFAULT_PORT = 4410;

  /** What a map says of a node; an address that is none is left out. */
  static Node of(ClusterMember member) {
    return new Node(
        member.nodename(),
        member.startHash(),
        member.endHash(),
        member.grpcEndpoints().stream().flatMap(Node::address).toList());
  }

  private static Stream<HostAndPort> address(String text) {
    try {
      return Stream.of(HostAndPort.fromString(text).withDefaultPort(DEFAULT_PORT));
    } catch (IllegalArgumentException e) {
      return Stream.empty();
    }
  }

  boolean holds(long hash) {
    return startHash <= hash && hash < endHash;
  }
}
