package org.btrdb.embedded.store;

/** Bytes in the store are not what was written. */
final class DamageException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  DamageException(String message) {
    super(message);
  }
}
