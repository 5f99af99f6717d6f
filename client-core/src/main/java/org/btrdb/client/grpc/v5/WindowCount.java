package org.btrdb.client.grpc.v5;

import org.btrdb.proto.v5api.AlignedWindowsParams;
import org.btrdb.proto.v5api.WindowsParams;

/** How many windows a request can bring at most. */
final class WindowCount {

  private WindowCount() {}

  static long of(WindowsParams request) {
    return (request.getEnd() - request.getStart()) / request.getWidth();
  }

  static long of(AlignedWindowsParams request) {
    return (request.getEnd() - request.getStart()) >>> request.getPointWidth();
  }
}
