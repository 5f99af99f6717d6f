package org.btrdb.embedded.server;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.util.concurrent.CountDownLatch;
import org.btrdb.client.Btrdb;

/** A BTrDB whose inserts wait to be let go before they go to the one behind it. */
final class SlowBtrdb {
  private final CountDownLatch begun = new CountDownLatch(1);
  private final CountDownLatch go = new CountDownLatch(1);

  /** Counted down when an insert waits. */
  CountDownLatch begun() {
    return begun;
  }

  /** Lets inserts go on. */
  void letGo() {
    go.countDown();
  }

  Btrdb over(Btrdb behind) {
    return (Btrdb)
        Proxy.newProxyInstance(
            Btrdb.class.getClassLoader(),
            new Class<?>[] {Btrdb.class},
            (proxy, method, arguments) -> {
              if (method.getName().equals("insert")) {
                begun.countDown();
                go.await();
              }
              try {
                return method.invoke(behind, arguments);
              } catch (InvocationTargetException e) {
                throw e.getCause();
              }
            });
  }
}
