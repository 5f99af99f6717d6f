package org.btrdb.embedded;

import java.nio.file.Path;
import org.btrdb.client.error.BtrdbException;
import org.btrdb.embedded.store.Store;

/**
 * Copies a data directory as it is at one moment, whether it is open in this process, in another
 * one (served, say) or not at all. Writers go on meanwhile; their file grows until the copy is
 * done, as no space in it is used again.
 */
public final class StoreBackup {
  private StoreBackup() {}

  /**
   * Copies everything that was acknowledged before the call, and possibly what was stored since; of
   * each change all or nothing. The copy is an ordinary data directory.
   *
   * @param directory the data directory
   * @param target an empty directory, or one to be made
   * @return the size of the copy in bytes
   * @throws BtrdbException {@code STORE_IO} if there is no such directory, the target is not empty
   *     or cannot be written; {@code STORE_DAMAGED} if what was copied cannot be opened
   */
  public static long run(Path directory, Path target) {
    StoreCheck.requireStore(directory);
    try (Engines.Lease lease = Engines.instance().ifOpen(directory)) {
      return lease == null ? Store.copy(directory, target) : lease.engine().backup(target);
    }
  }
}
