package org.btrdb.bench;

import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.util.Arrays;
import javax.management.JMException;
import javax.management.ObjectName;

/**
 * What threads have cost since they began.
 *
 * @param readerBytes allocated by the thread that reads
 * @param otherBytes allocated by all other threads: gRPC's event loops and executors
 * @param cpuNanos processor time of all threads
 */
record ThreadCosts(long readerBytes, long otherBytes, long cpuNanos) {

  static ThreadCosts now() {
    ThreadMXBean threads = ManagementFactory.getThreadMXBean();
    long[] ids = threads.getAllThreadIds();
    long[] bytes = allocated(ids);
    long reader = 0;
    for (int i = 0; i < ids.length; i++) {
      reader += ids[i] == Thread.currentThread().getId() ? bytes[i] : 0;
    }
    return new ThreadCosts(
        reader,
        Arrays.stream(bytes).filter(b -> b > 0).sum() - reader,
        Arrays.stream(ids).map(threads::getThreadCpuTime).filter(n -> n > 0).sum());
  }

  /** By name, as the interface with that method is not Java's but the JDK's. */
  private static long[] allocated(long[] ids) {
    try {
      return (long[])
          ManagementFactory.getPlatformMBeanServer()
              .invoke(
                  new ObjectName(ManagementFactory.THREAD_MXBEAN_NAME),
                  "getThreadAllocatedBytes",
                  new Object[] {ids},
                  new String[] {long[].class.getName()});
    } catch (JMException e) {
      throw new IllegalStateException("this JVM does not count what threads allocate", e);
    }
  }

  ThreadCosts since(ThreadCosts before) {
    return new ThreadCosts(
        readerBytes - before.readerBytes,
        otherBytes - before.otherBytes,
        cpuNanos - before.cpuNanos);
  }
}
