package org.btrdb.client.grpc.connect;

import io.grpc.netty.shaded.io.netty.util.internal.PlatformDependent;
import org.btrdb.client.error.BtrdbException;
import org.btrdb.client.error.ErrorCode;

/**
 * The direct memory that unread answers of this process may take: each open call lets its server
 * send as much as its window has room for, whether anybody reads it or not. Without a bound many
 * calls side by side end with an error of the JVM in the middle of whatever then needs memory.
 */
final class WindowMemory {
  /** That of the process; the other half is for messages that were asked for, and for requests. */
  static final WindowMemory OF_PROCESS = new WindowMemory(PlatformDependent.maxDirectMemory() / 2);

  /** For the first calls: at 50 ms to the server 80 MB a second of each. */
  static final int ROOMY_BYTES = 4 << 20;

  private static final int LEAST_BYTES = 64 << 10;
  private static final int MOST_BYTES = 1 << 20;

  /** How many calls with a window that is chosen now would fit into what is left. */
  private static final int CALLS = 1_600;

  private final long bytes;
  private long claimed;
  private int calls;

  WindowMemory(long bytes) {
    this.bytes = bytes;
  }

  /** Whether one more call may have a roomy window: these take no more than a quarter of all. */
  synchronized boolean isRoomy() {
    return claimed + ROOMY_BYTES <= bytes / 4;
  }

  /** The window of calls of which there are many: the smaller, the more is taken already. */
  synchronized int window() {
    long share = (bytes - claimed) / CALLS;
    return (int) Math.max(LEAST_BYTES, Math.min(MOST_BYTES, share)) & -1024;
  }

  /**
   * Claims the window of a call.
   *
   * @throws BtrdbException {@link ErrorCode#INSUFFICIENT_MEMORY} if that is too much
   */
  synchronized void claim(int window) {
    if (claimed + window > bytes) {
      throw new BtrdbException(
          ErrorCode.INSUFFICIENT_MEMORY,
          "too many reads side by side: the answers of "
              + calls
              + " that are open may take "
              + megabytes(claimed)
              + " MB, and the most is "
              + megabytes(bytes)
              + " MB, half of the direct memory of this process (-XX:MaxDirectMemorySize, else"
              + " -Xmx)");
    }
    claimed += window;
    calls++;
  }

  synchronized void giveBack(int window) {
    claimed -= window;
    calls--;
  }

  private static long megabytes(long bytes) {
    return bytes >> 20;
  }
}
