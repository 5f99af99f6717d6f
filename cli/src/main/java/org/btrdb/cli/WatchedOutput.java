package org.btrdb.cli;

import java.io.IOException;
import java.io.OutputStream;
import org.jspecify.annotations.Nullable;

/**
 * An output that remembers its first failure, which the PrintStreams over it keep to themselves.
 */
final class WatchedOutput extends OutputStream {
  private final OutputStream out;
  private @Nullable IOException failure;

  WatchedOutput(OutputStream out) {
    this.out = out;
  }

  /** What went wrong first; null if everything was written. */
  @Nullable IOException failure() {
    return failure;
  }

  /**
   * What a command ends with whose output failed: a reader that has seen enough, such as head, is
   * no failure; a full disk is. Java has the system's words only, which the launcher sees to being
   * English.
   */
  static int failed(IOException e) throws CommandFailure {
    String message = String.valueOf(e.getMessage());
    if (message.contains("Broken pipe")) {
      return 0;
    }
    throw new CommandFailure("cannot write the output: " + message, e);
  }

  @Override
  public void write(int b) throws IOException {
    write(new byte[] {(byte) b}, 0, 1);
  }

  @Override
  public void write(byte[] bytes, int offset, int length) throws IOException {
    try {
      out.write(bytes, offset, length);
    } catch (IOException e) {
      failure = failure == null ? e : failure;
      throw e;
    }
  }

  @Override
  public void flush() throws IOException {
    try {
      out.flush();
    } catch (IOException e) {
      failure = failure == null ? e : failure;
      throw e;
    }
  }
}
