package org.btrdb.cli;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** The command line in a JVM of its own, with the class path of the tests. */
final class ChildProcess implements AutoCloseable {
  private static final long PATIENCE_SECONDS = 120;

  private final Process process;
  private final Path out;
  private final Path err;

  private ChildProcess(Process process, Path out, Path err) {
    this.process = process;
    this.out = out;
    this.err = err;
  }

  /** Runs a command to its end. */
  static CliRun run(Path directory, String... arguments) throws Exception {
    try (ChildProcess child = start(directory, "exec \"$@\"", arguments)) {
      return child.finished();
    }
  }

  /**
   * Starts a command.
   *
   * @param directory its working directory
   * @param script what the shell does with the command, which it has as "$@"
   */
  static ChildProcess start(Path directory, String script, String... arguments) throws IOException {
    List<String> command = new ArrayList<>(List.of("/bin/sh", "-c", script, "sh"));
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(List.of("-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1", "-XX:-UsePerfData"));
    if (Runtime.version().feature() >= 24) {
      // As the launcher and the jar's manifest do, so that the JVM prints no warnings.
      command.add("--sun-misc-unsafe-memory-access=allow");
      command.add("--enable-native-access=ALL-UNNAMED");
    }
    command.addAll(List.of("-cp", System.getProperty("java.class.path"), "org.btrdb.cli.Main"));
    command.addAll(List.of(arguments));
    Path out = Files.createTempFile("btrdb-test", ".out");
    Path err = Files.createTempFile("btrdb-test", ".err");
    ProcessBuilder builder =
        new ProcessBuilder(command)
            .directory(directory.toFile())
            .redirectOutput(out.toFile())
            .redirectError(err.toFile());
    builder.environment().remove("BTRDB_URL");
    return new ChildProcess(builder.start(), out, err);
  }

  /** What it did, once it has ended. */
  CliRun finished() throws InterruptedException, IOException {
    if (!process.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS)) {
      throw new IllegalStateException("still running; it has said: " + Files.readString(err));
    }
    return new CliRun(process.exitValue(), read(out), read(err));
  }

  /** What it has written to standard output once it has written a line. */
  String firstLine() throws InterruptedException {
    long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(PATIENCE_SECONDS);
    while (System.nanoTime() < deadline) {
      String written = read(out);
      if (written.contains("\n")) {
        return written;
      }
      if (process.waitFor(20, TimeUnit.MILLISECONDS)) {
        throw new IllegalStateException("ended early: " + read(err));
      }
    }
    throw new IllegalStateException("no line; standard error: " + read(err));
  }

  /** Asks it to end, as Ctrl-C and service managers do. */
  void terminate() {
    process.destroy();
  }

  /** Ends it with no chance to clean up. */
  void kill() {
    process.destroyForcibly();
  }

  /** Whether it ended within a time. */
  boolean endedWithin(long millis) throws InterruptedException {
    return process.waitFor(millis, TimeUnit.MILLISECONDS);
  }

  @Override
  public void close() throws IOException {
    process.destroyForcibly();
    Files.deleteIfExists(out);
    Files.deleteIfExists(err);
  }

  private static String read(Path file) {
    try {
      return Files.readString(file, StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
