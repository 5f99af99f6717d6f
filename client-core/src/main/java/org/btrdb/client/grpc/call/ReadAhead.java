package org.btrdb.client.grpc.call;

import io.grpc.netty.shaded.io.netty.util.internal.PlatformDependent;

/**
 * How many messages the streams of this process may hold that nobody has read yet. Each call asks
 * for some when it begins; where there are very many calls side by side the later ones get fewer,
 * and those without any ask for a message only when one is wanted.
 */
final class ReadAhead {
  /** A quarter of the direct memory, where messages wait. */
  static final ReadAhead OF_PROCESS = new ReadAhead(PlatformDependent.maxDirectMemory() / 4);

  /** Of a large message: 20,000 points by rows. */
  private static final int MESSAGE_BYTES = 400_000;

  /** Of one call: the one to be read next, and one on its way. */
  private static final int MOST_OF_CALL = 2;

  private final int most;
  private int claimed;

  ReadAhead(long bytes) {
    this.most = (int) Math.min(Integer.MAX_VALUE, bytes / MESSAGE_BYTES);
  }

  /** How many a call may have; one each once half are gone. */
  synchronized int claim() {
    int left = most - claimed;
    int given = left > most / 2 ? MOST_OF_CALL : 1;
    given = Math.max(0, Math.min(given, left));
    claimed += given;
    return given;
  }

  synchronized void giveBack(int messages) {
    claimed -= messages;
  }
}
