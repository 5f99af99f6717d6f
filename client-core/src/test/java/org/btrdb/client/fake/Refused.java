package org.btrdb.client.fake;

/** What a scripted server answers in-band instead of data. */
final class Refused extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private final int code;

  Refused(int code, String message) {
    super(message);
    this.code = code;
  }

  int code() {
    return code;
  }

  String text() {
    return String.valueOf(getMessage());
  }
}
