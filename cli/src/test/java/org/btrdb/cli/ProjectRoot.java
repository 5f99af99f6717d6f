package org.btrdb.cli;

import java.nio.file.Files;
import java.nio.file.Path;

/** Finds the checkout that the tests run in. */
final class ProjectRoot {

  private ProjectRoot() {}

  /** The directory of the launcher. */
  static Path path() {
    Path at = Path.of("").toAbsolutePath();
    while (!Files.isRegularFile(at.resolve("btrdb"))) {
      Path up = at.getParent();
      if (up == null) {
        throw new IllegalStateException("no launcher in or above the working directory");
      }
      at = up;
    }
    return at;
  }
}
