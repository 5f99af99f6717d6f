package org.btrdb.embedded.meta;

import org.btrdb.client.error.BtrdbException;
import org.btrdb.client.error.ErrorCode;

/** What a name was meant for: the cause when metadata are refused for what they are. */
public final class RefusedName extends Exception {
  private static final long serialVersionUID = 1L;

  private final Kind kind;

  private RefusedName(Kind kind, String message) {
    super(message);
    this.kind = kind;
  }

  static BtrdbException of(Kind kind, String message) {
    return new BtrdbException(kind.code, message, new RefusedName(kind, message));
  }

  /** The error that a key is not one, or not one more. */
  public static BtrdbException key(String message) {
    return of(Kind.KEY, message);
  }

  /** The BTrDB status code that says what the name was meant for (reference 2.2). */
  public int statusCode() {
    return kind.statusCode;
  }

  /** What is named. */
  enum Kind {
    COLLECTION(407, ErrorCode.INVALID_NAME),
    KEY(408, ErrorCode.INVALID_NAME),
    VALUE(409, ErrorCode.INVALID_NAME),
    ANNOTATIONS(422, ErrorCode.TOO_LARGE);

    private final int statusCode;
    private final ErrorCode code;

    Kind(int statusCode, ErrorCode code) {
      this.statusCode = statusCode;
      this.code = code;
    }
  }
}
