package org.btrdb.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/** A directory with all that is below it. */
final class DirectoryTree {
  private DirectoryTree() {}

  /** Bytes of its files. */
  static long bytes(Path directory) throws IOException {
    long bytes = 0;
    for (Path file : files(directory)) {
      bytes += Files.isRegularFile(file) ? Files.size(file) : 0;
    }
    return bytes;
  }

  /** Removes it if it exists. */
  static void delete(Path directory) throws IOException {
    List<Path> files = files(directory);
    files.sort(Comparator.reverseOrder());
    for (Path file : files) {
      Files.delete(file);
    }
  }

  private static List<Path> files(Path directory) throws IOException {
    if (!Files.exists(directory)) {
      return new ArrayList<>();
    }
    try (Stream<Path> walk = Files.walk(directory)) {
      return new ArrayList<>(walk.toList());
    }
  }
}
