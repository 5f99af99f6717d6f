package org.btrdb.embedded;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.function.Supplier;
import org.btrdb.embedded.store.Store;
import org.jspecify.annotations.Nullable;

/** The engines open in this process, each shared by its connections and closed with the last. */
final class Engines {
  private static final Engines INSTANCE = new Engines();

  private final Map<String, Shared> open = new HashMap<>();

  private Engines() {}

  static Engines instance() {
    return INSTANCE;
  }

  /** Joins the engine of a directory, opening it if need be. */
  Lease directory(Path directory) {
    Path absolute = directory.toAbsolutePath().normalize();
    return join("file:" + canonical(absolute), () -> Store.open(absolute));
  }

  /** Joins the engine of a directory if this process has it open. */
  synchronized @Nullable Lease ifOpen(Path directory) {
    String key = "file:" + canonical(directory.toAbsolutePath().normalize());
    Shared shared = open.get(key);
    if (shared == null) {
      return null;
    }
    shared.leases++;
    return new Lease(key, shared);
  }

  /** Joins the engine of a name in memory. */
  Lease memory(String name) {
    return join("mem:" + name, () -> Store.inMemory(name));
  }

  private static Path canonical(Path absolute) {
    try {
      Files.createDirectories(absolute);
      return absolute.toRealPath();
    } catch (IOException e) {
      return absolute; // opening it says what is wrong
    }
  }

  private synchronized Lease join(String key, Supplier<Store> opening) {
    Shared shared = open.get(key);
    if (shared == null) {
      shared = new Shared(Engine.open(opening.get()));
      open.put(key, shared);
    }
    shared.leases++;
    return new Lease(key, shared);
  }

  private synchronized void leave(Lease lease) {
    if (lease.left) {
      return;
    }
    lease.left = true;
    if (--lease.shared.leases == 0) {
      open.remove(lease.key);
      lease.shared.engine.close();
    }
  }

  private static final class Shared {
    private final Engine engine;
    private int leases;

    private Shared(Engine engine) {
      this.engine = engine;
    }
  }

  /** One connection's share of an engine. */
  final class Lease implements AutoCloseable {
    private final String key;
    private final Shared shared;
    private boolean left;

    private Lease(String key, Shared shared) {
      this.key = key;
      this.shared = shared;
    }

    Engine engine() {
      return shared.engine;
    }

    /** Leaves the engine; idempotent. */
    @Override
    public void close() {
      leave(this);
    }
  }
}
