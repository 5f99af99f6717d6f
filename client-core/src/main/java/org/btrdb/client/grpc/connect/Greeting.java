package org.btrdb.client.grpc.connect;

import com.google.common.net.HostAndPort;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.function.BiFunction;
import org.btrdb.client.Btrdb;
import org.btrdb.client.CallScope;
import org.btrdb.client.error.BtrdbException;
import org.btrdb.client.error.ErrorCode;
import org.btrdb.client.grpc.call.CallTarget;
import org.btrdb.client.grpc.call.Calls;
import org.btrdb.client.grpc.call.Channels;
import org.btrdb.client.grpc.call.ErrorMapper;
import org.btrdb.client.grpc.call.RetryPolicy;
import org.btrdb.client.grpc.call.ServerStatus;
import org.btrdb.client.grpc.v4.V4Btrdb;
import org.btrdb.client.grpc.v4.V4Cluster;
import org.btrdb.client.grpc.v5.V5Btrdb;
import org.btrdb.client.grpc.v5.V5Cluster;
import org.btrdb.client.model.ClusterState;
import org.btrdb.client.model.ServerInfo;
import org.btrdb.proto.v5api.BTrDBGrpc;
import org.btrdb.proto.v5api.InfoParams;
import org.btrdb.proto.v5api.InfoResponse;

/** Finds out by Info who answers at an endpoint, and which wire generation to speak. */
public final class Greeting {
  private static final int OLDEST_MAJOR = 4;

  private Greeting() {}

  /**
   * Who answered.
   *
   * @param info what it says of itself
   * @param state the cluster it belongs to
   * @param ask asks for that state again
   * @param generation speaks with servers of its generation
   */
  private record Answer(
      ServerInfo info,
      ClusterState state,
      BiFunction<Calls, CallScope, ClusterState> ask,
      BiFunction<ServerInfo, Calls, Btrdb> generation) {}

  /** Connects to one endpoint; {@link ErrorCode#CONNECT_FAILED} if no BTrDB answers in time. */
  public static Btrdb connect(HostAndPort endpoint, ConnectOptions options) {
    return connect(endpoint, options, RetryPolicy.of(options.retryTimeout()));
  }

  /** Connects to one endpoint; what is said here is said once, later calls follow the policy. */
  public static Btrdb connect(HostAndPort endpoint, ConnectOptions given, RetryPolicy retries) {
    checkName(endpoint);
    ConnectOptions options = given.decidedAt(endpoint);
    try (Calls greeting =
        new Calls(SharedChannel.to(endpoint, options), options.callTimeout(), RetryPolicy.NEVER)) {
      Answer answer = greet(greeting, endpoint, options);
      Channels channels = new Routing(endpoint, options, answer.ask()).channels(answer.state());
      return answer
          .generation()
          .apply(answer.info(), new Calls(channels, options.callTimeout(), retries));
    }
  }

  /** gRPC would log a stack trace for an unknown host; the resolver remembers what we find. */
  private static void checkName(HostAndPort endpoint) {
    try {
      InetAddress.getAllByName(endpoint.getHost());
    } catch (UnknownHostException e) {
      throw new BtrdbException(
          ErrorCode.CONNECT_FAILED, "no host is called '" + endpoint.getHost() + "'", e);
    }
  }

  private static Answer greet(Calls calls, HostAndPort endpoint, ConnectOptions options) {
    CallScope scope = CallScope.withTimeout(options.connectTimeout());
    InfoResponse answer;
    try {
      answer =
          calls.unary(
              BTrDBGrpc.getInfoMethod(),
              InfoParams.getDefaultInstance(),
              CallTarget.anywhere(endpoint.toString(), scope));
    } catch (BtrdbException e) {
      if (e.code() == ErrorCode.UNSUPPORTED) {
        return older(calls, endpoint, scope, e);
      }
      throw switch (e.code()) {
        case UNAUTHENTICATED, PERMISSION_DENIED, CANCELLED -> e;
        case DEADLINE_EXCEEDED ->
            new BtrdbException(
                ErrorCode.CONNECT_FAILED,
                "nothing answers at "
                    + endpoint
                    + " within "
                    + options.connectTimeout().toMillis()
                    + " ms",
                e);
        default -> ConnectFailure.of(endpoint, options, e);
      };
    }
    ErrorMapper.check(
        new ServerStatus(answer.getStat().getCode(), answer.getStat().getMsg()),
        endpoint.toString());
    return new Answer(
        info(endpoint, answer.getMajorVersion(), answer.getMinorVersion(), answer.getBuild()),
        V5Cluster.of(answer),
        V5Cluster::ask,
        V5Btrdb::new);
  }

  /** Asks a server that does not know the 5.x contract whether it knows the one before. */
  private static Answer older(
      Calls calls, HostAndPort endpoint, CallScope scope, BtrdbException unknown) {
    org.btrdb.proto.grpcinterface.InfoResponse answer;
    try {
      answer =
          calls.unary(
              org.btrdb.proto.grpcinterface.BTrDBGrpc.getInfoMethod(),
              org.btrdb.proto.grpcinterface.InfoParams.getDefaultInstance(),
              CallTarget.anywhere(endpoint.toString(), scope));
    } catch (BtrdbException e) {
      unknown.addSuppressed(e);
      throw new BtrdbException(
          ErrorCode.CONNECT_FAILED, "what answers at " + endpoint + " is no BTrDB", unknown);
    }
    ErrorMapper.check(
        new ServerStatus(answer.getStat().getCode(), answer.getStat().getMsg()),
        endpoint.toString());
    return new Answer(
        info(endpoint, answer.getMajorVersion(), answer.getMinorVersion(), answer.getBuild()),
        V4Cluster.of(answer),
        V4Cluster::ask,
        V4Btrdb::new);
  }

  private static ServerInfo info(HostAndPort endpoint, int major, int minor, String build) {
    if (major < OLDEST_MAJOR) {
      throw new BtrdbException(
          ErrorCode.UNSUPPORTED,
          "the server at "
              + endpoint
              + " is BTrDB "
              + major
              + "."
              + minor
              + "; "
              + OLDEST_MAJOR
              + ".x is the oldest that is supported");
    }
    return new ServerInfo(major, minor, build);
  }
}
