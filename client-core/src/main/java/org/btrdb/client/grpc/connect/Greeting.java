package org.btrdb.client.grpc.connect;

import com.google.common.net.HostAndPort;
import java.net.InetAddress;
import java.net.UnknownHostException;
import org.btrdb.client.Btrdb;
import org.btrdb.client.CallScope;
import org.btrdb.client.error.BtrdbException;
import org.btrdb.client.error.ErrorCode;
import org.btrdb.client.grpc.call.CallTarget;
import org.btrdb.client.grpc.call.Calls;
import org.btrdb.client.grpc.call.ErrorMapper;
import org.btrdb.client.grpc.call.ServerStatus;
import org.btrdb.client.grpc.v5.V5Btrdb;
import org.btrdb.client.model.ServerInfo;
import org.btrdb.proto.v5api.BTrDBGrpc;
import org.btrdb.proto.v5api.InfoParams;
import org.btrdb.proto.v5api.InfoResponse;

/** Finds out by Info who answers at an endpoint, and which wire generation to speak. */
public final class Greeting {
  private static final int OLDEST_MAJOR = 5;

  private Greeting() {}

  /** Connects to one endpoint; {@link ErrorCode#CONNECT_FAILED} if no BTrDB answers in time. */
  public static Btrdb connect(HostAndPort endpoint, ConnectOptions options) {
    checkName(endpoint);
    Calls calls = new Calls(SharedChannel.to(endpoint, options), options.callTimeout());
    try {
      ServerInfo info = greet(calls, endpoint, options);
      return new V5Btrdb(info, calls);
    } catch (RuntimeException e) {
      calls.close();
      throw e;
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

  private static ServerInfo greet(Calls calls, HostAndPort endpoint, ConnectOptions options) {
    CallScope scope = CallScope.withTimeout(options.connectTimeout());
    InfoResponse answer;
    try {
      answer =
          calls.unary(
              BTrDBGrpc.getInfoMethod(),
              InfoParams.getDefaultInstance(),
              CallTarget.anywhere(endpoint.toString(), scope));
    } catch (BtrdbException e) {
      throw switch (e.code()) {
        case UNSUPPORTED -> olderOrNone(calls, endpoint, scope, e);
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
    if (answer.getMajorVersion() < OLDEST_MAJOR) {
      throw tooOld(endpoint, answer.getMajorVersion() + "." + answer.getMinorVersion());
    }
    return new ServerInfo(answer.getMajorVersion(), answer.getMinorVersion(), answer.getBuild());
  }

  /** Looks whether a server that does not know the 5.x contract knows the one before. */
  private static BtrdbException olderOrNone(
      Calls calls, HostAndPort endpoint, CallScope scope, BtrdbException unknown) {
    try {
      org.btrdb.proto.grpcinterface.InfoResponse answer =
          calls.unary(
              org.btrdb.proto.grpcinterface.BTrDBGrpc.getInfoMethod(),
              org.btrdb.proto.grpcinterface.InfoParams.getDefaultInstance(),
              CallTarget.anywhere(endpoint.toString(), scope));
      return tooOld(endpoint, answer.getMajorVersion() + "." + answer.getMinorVersion());
    } catch (BtrdbException e) {
      unknown.addSuppressed(e);
      return new BtrdbException(
          ErrorCode.CONNECT_FAILED, "what answers at " + endpoint + " is no BTrDB", unknown);
    }
  }

  private static BtrdbException tooOld(HostAndPort endpoint, String version) {
    return new BtrdbException(
        ErrorCode.UNSUPPORTED,
        "the server at " + endpoint + " is BTrDB " + version + "; only 5.x is supported so far");
  }
}
