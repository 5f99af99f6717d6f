package org.btrdb.sql.system;

import java.util.Collections;
import java.util.Iterator;
import java.util.List;
import org.btrdb.client.model.ClusterMember;
import org.btrdb.client.model.ClusterState;
import org.btrdb.client.model.ServerInfo;
import org.btrdb.sql.read.Execution;
import org.jspecify.annotations.Nullable;

/** Rows of {@code btrdb.server_info} and {@code btrdb.cluster_members}. */
final class ServerRows {
  private static final ClusterState NOT_ASKED = new ClusterState(false, "", List.of(), List.of());

  private ServerRows() {}

  /** Whether a row of {@code btrdb.server_info} tells how the cluster is now. */
  static boolean asksCluster(SystemRead read) {
    return read.needs("proxy_endpoints") || read.needs("healthy") || read.needs("leader");
  }

  /** What is known since connecting costs no call. */
  static Iterator<@Nullable Object[]> info(SystemRead read, Execution execution) {
    ServerInfo info = execution.btrdb().info();
    ClusterState state =
        asksCluster(read) ? execution.btrdb().cluster(execution.scope()) : NOT_ASKED;
    @Nullable Object[] row = {
      info.build(),
      info.majorVersion(),
      info.minorVersion(),
      String.join(",", state.proxyEndpoints()),
      state.healthy(),
      state.leader().isEmpty() ? null : state.leader()
    };
    return Collections.singletonList(row).iterator();
  }

  static Iterator<@Nullable Object[]> members(Execution execution) {
    return execution.btrdb().cluster(execution.scope()).members().stream()
        .map(ServerRows::row)
        .iterator();
  }

  private static @Nullable Object[] row(ClusterMember member) {
    return new @Nullable Object[] {
      member.nodename(),
      member.up(),
      member.inCluster(),
      member.enabled(),
      member.weight(),
      member.readPreference(),
      String.join(";", member.grpcEndpoints())
    };
  }
}
