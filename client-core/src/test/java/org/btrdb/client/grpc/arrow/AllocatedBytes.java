package org.btrdb.client.grpc.arrow;

import java.lang.management.ManagementFactory;
import javax.management.JMException;
import javax.management.ObjectName;

/** What the current thread has allocated so far. */
final class AllocatedBytes {

  private AllocatedBytes() {}

  /** By name, as the interface with that method is not Java's but the JDK's. */
  static long now() throws JMException {
    return (Long)
        ManagementFactory.getPlatformMBeanServer()
            .getAttribute(
                new ObjectName(ManagementFactory.THREAD_MXBEAN_NAME),
                "CurrentThreadAllocatedBytes");
  }
}
