package org.btrdb.embedded.server;

import java.util.UUID;
import java.util.function.Supplier;
import org.btrdb.client.Btrdb;
import org.btrdb.client.CallScope;
import org.btrdb.client.error.BtrdbException;
import org.btrdb.client.error.ErrorCode;

/** Reads at versions that may not exist. */
final class Versions {

  private Versions() {}

  /** Does a read; a version above the newest is 404 on the wire, another missing one 450. */
  static <T> T read(Btrdb btrdb, UUID uuid, long version, Supplier<T> read) {
    try {
      return read.get();
    } catch (BtrdbException e) {
      if (e.code() == ErrorCode.NO_SUCH_VERSION
          && Long.compareUnsigned(version, btrdb.version(uuid, CallScope.unbounded()).major())
              > 0) {
        throw new BtrdbException(ErrorCode.NO_SUCH_STREAM, String.valueOf(e.getMessage()), e);
      }
      throw e;
    }
  }
}
