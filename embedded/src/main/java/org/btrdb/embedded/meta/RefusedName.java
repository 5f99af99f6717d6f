package org.btrdb.embedded.meta;

import org.btrdb.client.error.BtrdbException;
import org.btrdb.client.error.ErrorCode;

/** What a name was meant for: the cause behind an {@link ErrorCode#INVALID_NAME} of ours. */
public final class RefusedName extends Exception {
  private static final long serialVersionUID = 1L;

  private final Kind kind;

  private RefusedName(Kind kind, String message) {
    super(message);
    this.kind = kind;
  }

  static BtrdbException of(Kind kind, String message) {
    return new BtrdbException(ErrorCode.INVALID_NAME, message, new RefusedName(kind, message));
  }

  /** The BTrDB status code that says what the name was meant for (reference 2.2). */
  public int statusCode() {
    return kind.statusCode;
  }

  /** What is named. */
  enum Kind {
    COLLECTION(407),
    KEY(408),
    VALUE(409);

    private final int statusCode;

    Kind(int statusCode) {
      this.statusCode = statusCode;
    }
  }
}
