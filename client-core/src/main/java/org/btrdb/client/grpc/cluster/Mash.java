package org.btrdb.client.grpc.cluster;

import com.google.common.hash.HashFunction;
import com.google.common.hash.Hashing;
import com.google.common.net.HostAndPort;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import org.btrdb.client.model.ClusterMember;
import org.btrdb.client.model.ClusterState;
import org.jspecify.annotations.Nullable;

/**
 * Which node holds which stream: "member allocation by hashing" (reference 4.5). Each node holds
 * the streams whose hash is in its part of [0, 2^32).
 */
final class Mash {
  private static final HashFunction MURMUR3 = Hashing.murmur3_32_fixed(1);
  private static final int UUID_BYTES = 16;

  private final List<Node> nodes;

  private Mash(List<Node> nodes) {
    this.nodes = nodes;
  }

  /** The map of the members that take part, are up and hold anything. */
  static Mash of(ClusterState state) {
    return new Mash(state.members().stream().filter(Mash::isEligible).map(Node::of).toList());
  }

  private static boolean isEligible(ClusterMember member) {
    return member.inCluster() && member.up() && member.startHash() != member.endHash();
  }

  /** Murmur3 (x86, 32 bits, seed 1) of the uuid's bytes in RFC order, 0 to 2^32 - 1. */
  static long hash(UUID stream) {
    byte[] bytes =
        ByteBuffer.allocate(UUID_BYTES)
            .putLong(stream.getMostSignificantBits())
            .putLong(stream.getLeastSignificantBits())
            .array();
    return hash(bytes);
  }

  static long hash(byte[] bytes) {
    return Integer.toUnsignedLong(MURMUR3.hashBytes(bytes).asInt());
  }

  /** The node that holds a hash, null if none does. */
  @Nullable Node owner(long hash) {
    for (Node node : nodes) {
      if (node.holds(hash)) {
        return node;
      }
    }
    return null;
  }

  /** The nodes that hold streams, in the map's order. */
  List<Node> nodes() {
    return nodes;
  }

  /** The addresses of all of them. */
  Set<HostAndPort> addresses() {
    return nodes.stream()
        .flatMap(node -> node.addresses().stream())
        .collect(Collectors.toUnmodifiableSet());
  }
}
