package org.btrdb.embedded.server.access;

/** What may be done with the streams of a collection; the last includes the others. */
public enum Permission {
  /** Read points and metadata, and find them in listings. */
  READ("read"),
  /** Create streams, insert, flush, delete points, edit metadata. Does not include reading. */
  WRITE("write to"),
  /** Obliterate, read and write. */
  ADMIN("administer");

  private final String verb;

  Permission(String verb) {
    this.verb = verb;
  }

  /** As in "may not …". */
  String verb() {
    return verb;
  }
}
