package org.btrdb.embedded;

import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.Map;
import org.btrdb.client.Btrdb;
import org.btrdb.client.error.BtrdbException;
import org.btrdb.client.error.ErrorCode;
import org.btrdb.client.spi.BtrdbProvider;

/**
 * Opens {@code file} (a directory) and {@code mem} (a name) in this process. Option {@code create}
 * set to {@code false} refuses a directory that does not exist, which is made otherwise.
 */
public final class EmbeddedProvider implements BtrdbProvider {
  private static final String FILE = "file";
  private static final String MEMORY = "mem";

  /** For the service loader. */
  public EmbeddedProvider() {}

  @Override
  public boolean accepts(String scheme) {
    return scheme.equals(FILE) || scheme.equals(MEMORY);
  }

  @Override
  public Btrdb open(String scheme, String target, Map<String, String> options) {
    if (target.isEmpty()) {
      throw new BtrdbException(
          ErrorCode.INVALID_URL,
          scheme.equals(FILE) ? "file: needs a directory" : "mem: needs a name");
    }
    return scheme.equals(FILE)
        ? new EmbeddedBtrdb(Engines.instance().directory(existing(path(target), options)))
        : new EmbeddedBtrdb(Engines.instance().memory(target));
  }

  private static Path existing(Path directory, Map<String, String> options) {
    if ("false".equals(options.get("create")) && !Files.isDirectory(directory)) {
      throw new BtrdbException(
          ErrorCode.STORE_IO,
          Files.exists(directory)
              ? "cannot open " + directory.toAbsolutePath() + ": not a directory"
              : "directory " + directory.toAbsolutePath() + " does not exist");
    }
    return directory;
  }

  private static Path path(String target) {
    try {
      return Path.of(target);
    } catch (InvalidPathException e) {
      throw new BtrdbException(
          ErrorCode.INVALID_URL, "'" + target + "' is no path: " + e.getReason(), e);
    }
  }
}
