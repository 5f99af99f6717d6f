package org.btrdb.cli;

import java.util.concurrent.CountDownLatch;

/** A signal to end, and the end that the JVM waits for: the data directory is left closed. */
final class Stop {
  private final CountDownLatch asked = new CountDownLatch(1);
  private final CountDownLatch ended = new CountDownLatch(1);
  private volatile boolean inOrder;

  /** Waits until it is asked to stop. */
  void await() throws InterruptedException {
    asked.await();
  }

  /** All is closed; what is said first counts. */
  void closed(boolean inOrderToo) {
    if (ended.getCount() > 0) {
      inOrder = inOrderToo;
      ended.countDown();
    }
  }

  /**
   * Runs when a signal ends the JVM, which would end with the signal's status, 143 or 130; service
   * managers take that for a failure.
   */
  void now() {
    asked.countDown();
    try {
      ended.await();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return;
    }
    if (inOrder) {
      Runtime.getRuntime().halt(0);
    }
  }
}
