package org.btrdb.client.grpc.v4;

import org.btrdb.client.grpc.call.ServerStatus;
import org.btrdb.proto.grpcinterface.Status;

/** The in-band status of a 4.x message. */
final class V4Status {

  private V4Status() {}

  static ServerStatus of(Status stat) {
    return new ServerStatus(stat.getCode(), stat.getMsg());
  }
}
