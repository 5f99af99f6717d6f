package org.btrdb.client.grpc.v5;

import org.btrdb.client.grpc.call.ServerStatus;
import org.btrdb.proto.v5api.Status;

/** The in-band status of a 5.x message. */
final class V5Status {

  private V5Status() {}

  static ServerStatus of(Status stat) {
    return new ServerStatus(stat.getCode(), stat.getMsg());
  }
}
