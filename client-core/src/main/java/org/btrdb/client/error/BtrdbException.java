package org.btrdb.client.error;

import org.jspecify.annotations.Nullable;

/** A failure of a BTrDB call; its message is one line and names the value or stream at fault. */
public final class BtrdbException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private final ErrorCode code;

  /** A failure with no other failure behind it. */
  public BtrdbException(ErrorCode code, String message) {
    this(code, message, null);
  }

  /** A failure caused by another. */
  public BtrdbException(ErrorCode code, String message, @Nullable Throwable cause) {
    super(message, cause);
    this.code = code;
  }

  /** What kind of failure it is. */
  public ErrorCode code() {
    return code;
  }
}
