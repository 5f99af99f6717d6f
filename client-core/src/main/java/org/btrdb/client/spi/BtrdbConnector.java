package org.btrdb.client.spi;

import java.util.Map;
import java.util.ServiceLoader;
import org.btrdb.client.Btrdb;
import org.btrdb.client.error.BtrdbException;
import org.btrdb.client.error.ErrorCode;

/** Finds the provider for a scheme and opens with it. */
public final class BtrdbConnector {

  private BtrdbConnector() {}

  /**
   * Opens a connection as {@link BtrdbProvider#open} does.
   *
   * @throws BtrdbException {@link ErrorCode#INVALID_URL} if nothing on the class path knows the
   *     scheme
   */
  public static Btrdb open(String scheme, String target, Map<String, String> options) {
    // Our own class's loader, not the thread's: tools load drivers in isolated loaders.
    for (BtrdbProvider provider :
        ServiceLoader.load(BtrdbProvider.class, BtrdbProvider.class.getClassLoader())) {
      if (provider.accepts(scheme)) {
        return provider.open(scheme, target, options);
      }
    }
    throw new BtrdbException(
        ErrorCode.INVALID_URL,
        "nothing on the class path opens '" + scheme + ":' (is btrdb-embedded missing?)");
  }
}
