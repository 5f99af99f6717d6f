package org.btrdb.client.grpc.v4;

import com.google.common.base.Splitter;
import java.util.List;
import org.btrdb.client.CallScope;
import org.btrdb.client.grpc.call.CallTarget;
import org.btrdb.client.grpc.call.Calls;
import org.btrdb.client.model.ClusterMember;
import org.btrdb.client.model.ClusterState;
import org.btrdb.proto.grpcinterface.BTrDBGrpc;
import org.btrdb.proto.grpcinterface.InfoParams;
import org.btrdb.proto.grpcinterface.InfoResponse;
import org.btrdb.proto.grpcinterface.Member;

/** The state of the cluster, as Info of the 4.x generation tells it. */
public final class V4Cluster {
  private static final Splitter ADDRESSES = Splitter.on(';').trimResults().omitEmptyStrings();

  private V4Cluster() {}

  /** Asks whoever answers. */
  public static ClusterState ask(Calls calls, CallScope scope) {
    return of(
        calls.ask(
            BTrDBGrpc.getInfoMethod(),
            InfoParams.getDefaultInstance(),
            message -> V4Status.of(message.getStat()),
            CallTarget.anywhere("the cluster", scope)));
  }

  /** What an answer tells. */
  public static ClusterState of(InfoResponse answer) {
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
