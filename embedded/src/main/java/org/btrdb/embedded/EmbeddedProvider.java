package org.btrdb.embedded;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import org.btrdb.client.Btrdb;
import org.btrdb.client.error.BtrdbException;
import org.btrdb.client.error.ErrorCode;
import org.btrdb.client.spi.BtrdbProvider;
import org.btrdb.embedded.store.TreeStore;

/**
 * Opens {@code file:DIR} and {@code mem:NAME}. All connections of this process to one place share
 * its engine; the last one closes it, and with it what {@code mem:} holds.
 *
 * <p>Option {@code create}: {@code false} refuses a directory that does not exist.
 */
public final class EmbeddedProvider implements BtrdbProvider {
  private static final Map<String, Shared> ENGINES = new HashMap<>();

  /** An engine and how many connections it has. */
  private static final class Shared {
    private final Engine engine;
    private int connections;

    Shared(Engine engine) {
      this.engine = engine;
    }
  }

  @Override
  public boolean accepts(String scheme) {
    return scheme.equals("file") || scheme.equals("mem");
  }

  @Override
  public Btrdb open(String scheme, String target, Map<String, String> options) {
    if (target.isBlank()) {
      throw new BtrdbException(
          ErrorCode.INVALID_URL,
          scheme.equals("file") ? "file: needs a directory" : "mem: needs a name");
    }
    return scheme.equals("mem")
        ? share("mem:" + target, () -> Engine.over(TreeStore.inMemory()))
        : openDirectory(target, !"false".equals(options.get("create")));
  }

  private static Btrdb openDirectory(String target, boolean create) {
    try {
      Path directory = Path.of(target).toAbsolutePath().normalize();
      if (!create && !Files.isDirectory(directory)) {
        throw new BtrdbException(ErrorCode.STORE_IO, "directory " + directory + " does not exist");
      }
      Files.createDirectories(directory);
      Path real = directory.toRealPath();
      return share("file:" + real, () -> overDirectory(real));
    } catch (InvalidPathException | IOException e) {
      throw new BtrdbException(ErrorCode.STORE_IO, "cannot open directory " + target + ": " + e, e);
    }
  }

  private static Engine overDirectory(Path directory) {
    TreeStore store = TreeStore.open(directory);
    try {
      return Engine.over(store);
    } catch (RuntimeException e) {
      store.close();
      throw e;
    }
  }

  private static Btrdb share(String key, java.util.function.Supplier<Engine> opener) {
    synchronized (ENGINES) {
      Shared shared = ENGINES.get(key);
      if (shared == null) {
        shared = new Shared(opener.get());
        ENGINES.put(key, shared);
      }
      shared.connections++;
      return new EmbeddedBtrdb(shared.engine, () -> release(key));
    }
  }

  private static void release(String key) {
    synchronized (ENGINES) {
      Shared shared = ENGINES.get(key);
      if (shared != null && --shared.connections == 0) {
        ENGINES.remove(key);
        shared.engine.close();
      }
    }
  }
}
