package org.btrdb.client.grpc.v4;

import org.btrdb.client.error.BtrdbException;
import org.btrdb.client.error.ErrorCode;
import org.btrdb.client.grpc.call.StreamRead;

/** The failure of a read of several calls whose stream was written to between them. */
final class Changed {

  private Changed() {}

  static BtrdbException during(StreamRead read, String what) {
    return new BtrdbException(
        ErrorCode.CONCURRENT_CHANGE,
        read.target().subject() + " changed while it was read, " + what + "; run it again");
  }
}
