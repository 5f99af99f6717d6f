package org.btrdb.client.grpc.call;

import org.btrdb.client.error.BtrdbException;
import org.jspecify.annotations.Nullable;

/** What a server said: the cause behind a {@link BtrdbException} made of a BTrDB status code. */
public final class RemoteStatus extends Exception {
  /** Nearest finds nothing in its direction. */
  public static final int NO_SUCH_POINT = 401;

  /** Unknown uuid, or a version above the newest. */
  public static final int NO_SUCH_STREAM = 404;

  /** The node that was asked does not hold the stream. */
  public static final int WRONG_ENDPOINT = 405;

  /** No node holds the stream. */
  public static final int CLUSTER_DEGRADED = 419;

  private static final long serialVersionUID = 1L;

  private final int code;

  RemoteStatus(int code, String message, @Nullable Throwable cause) {
    super("[" + code + "] " + message, cause);
    this.code = code;
  }

  /** The BTrDB status code behind a failure, 0 if there is none. */
  public static int codeOf(BtrdbException failure) {
    return failure.getCause() instanceof RemoteStatus status ? status.code : 0;
  }
}
