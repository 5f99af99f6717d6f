package org.btrdb.client.grpc.cluster;

import com.google.common.net.HostAndPort;
import io.grpc.Channel;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Function;
import org.btrdb.client.CallScope;
import org.btrdb.client.error.BtrdbException;
import org.btrdb.client.error.ErrorCode;
import org.btrdb.client.grpc.call.CallTarget;
import org.btrdb.client.grpc.call.Channels;
import org.btrdb.client.grpc.call.ErrorMapper;
import org.btrdb.client.grpc.call.RemoteStatus;
import org.btrdb.client.grpc.call.ServerStatus;
import org.btrdb.client.model.ClusterState;
import org.jspecify.annotations.Nullable;

/**
 * Channels to the nodes of a cluster: calls about a stream go to the node that holds it, others to
 * the node of the URL or, if that is gone, to any. A channel is opened when first needed and given
 * back when its node leaves.
 *
 * <p>The map is fetched anew only when a call went wrong, on that call's thread.
 */
public final class ClusterChannels implements Channels {
  private final HostAndPort bootstrap;
  private final Nodes nodes;
  private final MapSearch search;
  private final ReentrantLock searching = new ReentrantLock();

  /** Guards itself and all below. */
  private final Map<HostAndPort, NodeChannel> open = new HashMap<>();

  private Mash mash;
  private boolean closed;

  /**
   * Channels by a map.
   *
   * @param bootstrap the address that told the map, whose channel is kept
   * @param state the map
   */
  public ClusterChannels(HostAndPort bootstrap, ClusterState state, Nodes nodes) {
    this.bootstrap = bootstrap;
    this.nodes = nodes;
    this.search = new MapSearch(nodes);
    this.mash = Mash.of(state);
    open.put(bootstrap, nodes.open(bootstrap));
  }

  @Override
  public <T> T start(@Nullable UUID stream, Function<? super Channel, T> start) {
    synchronized (open) {
      if (closed) {
        throw new BtrdbException(ErrorCode.CLOSED, "the connection is closed");
      }
      return (stream == null ? anyone() : owner(stream)).start(stream, start);
    }
  }

  private NodeChannel owner(UUID stream) {
    long hash = Mash.hash(stream);
    Node node = mash.owner(hash);
    if (node == null) {
      throw degraded(stream, "no node holds hash " + hash);
    }
    if (node.addresses().isEmpty()) {
      throw degraded(stream, "node " + node.name() + ", which holds it, tells no address");
    }
    return firstGood(node.addresses());
  }

  private static BtrdbException degraded(UUID stream, String why) {
    return ErrorMapper.of(
        new ServerStatus(RemoteStatus.CLUSTER_DEGRADED, why), CallTarget.subject(stream));
  }

  private NodeChannel anyone() {
    List<HostAndPort> addresses = new ArrayList<>(List.of(bootstrap));
    mash.nodes().forEach(node -> addresses.addAll(node.addresses()));
    return firstGood(addresses);
  }

  /** The first that can be connected to as far as we know, else the first. */
  private NodeChannel firstGood(List<HostAndPort> addresses) {
    for (HostAndPort address : addresses) {
      NodeChannel channel = at(address);
      if (!channel.isFailing()) {
        return channel;
      }
    }
    return at(addresses.get(0));
  }

  private NodeChannel at(HostAndPort address) {
    return open.computeIfAbsent(address, nodes::open);
  }

  /** Fetches the map, unless another thread is about it: what that one finds serves all. */
  @Override
  public void resynchronise(boolean refused, CallScope scope) {
    if (!searching.tryLock()) {
      return;
    }
    try {
      Mash found = search.find(addresses(scope), scope);
      if (found != null) {
        adopt(found);
      }
    } finally {
      searching.unlock();
    }
  }

  /** Whom to ask, those first who are not known to be away; makes the others connect again. */
  private List<HostAndPort> addresses(CallScope scope) {
    Set<HostAndPort> good = new LinkedHashSet<>();
    Set<HostAndPort> failing = new LinkedHashSet<>();
    synchronized (open) {
      if (closed) {
        return List.of();
      }
      Set<HostAndPort> all = new LinkedHashSet<>(List.of(bootstrap));
      mash.nodes().forEach(node -> all.addAll(node.addresses()));
      for (HostAndPort address : all) {
        NodeChannel channel = open.get(address);
        boolean away = channel != null && channel.isFailing();
        (away ? failing : good).add(address);
        if (channel != null && away) {
          channel.resynchronise(false, scope);
        }
      }
    }
    List<HostAndPort> addresses = new ArrayList<>(good);
    Collections.rotate(addresses, -search.turn());
    addresses.addAll(failing);
    return addresses;
  }

  private void adopt(Mash found) {
    synchronized (open) {
      if (closed) {
        return;
      }
      mash = found;
      Set<HostAndPort> left = new LinkedHashSet<>(open.keySet());
      left.removeAll(found.addresses());
      left.remove(bootstrap);
      for (HostAndPort address : left) {
        NodeChannel channel = open.remove(address);
        if (channel != null) {
          channel.close();
        }
      }
    }
  }

  @Override
  public void close() {
    search.close();
    synchronized (open) {
      closed = true;
      open.values().forEach(NodeChannel::close);
      open.clear();
    }
  }
}
