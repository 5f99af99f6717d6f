package org.btrdb.client.grpc.v4;

import com.google.common.base.Splitter;
import java.util.List;
import org.btrdb.client.model.ClusterMember;
import org.btrdb.client.model.ClusterState;
import org.btrdb.proto.grpcinterface.InfoResponse;
import org.btrdb.proto.grpcinterface.Member;

/** The map of the cluster in a 4.x answer to Info. */
final class V4Cluster {
  private static final Splitter ADDRESSES = Splitter.on(';').trimResults().omitEmptyStrings();

  private V4Cluster() {}

  static ClusterState of(InfoResponse answer) {
    List<ClusterMember> members =
        answer.getMash().getMembersList().stream().map(V4Cluster::member).toList();
    return new ClusterState(
        answer.getMash().getHealthy(),
        answer.getMash().getLeader(),
        answer.getProxy().getProxyEndpointsList(),
        members);
  }

  private static ClusterMember member(Member member) {
    return new ClusterMember(
        member.getNodename(),
        member.getUp(),
        member.getIn(),
        member.getEnabled(),
        member.getWeight(),
        member.getReadPreference(),
        member.getStart(),
        member.getEnd(),
        ADDRESSES.splitToList(member.getGrpcEndpoints()));
  }
}
