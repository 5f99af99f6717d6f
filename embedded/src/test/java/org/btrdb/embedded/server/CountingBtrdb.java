package org.btrdb.embedded.server;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicLong;
import org.btrdb.client.Btrdb;
import org.btrdb.client.DataCursor;
import org.btrdb.client.batch.PointBatch;
import org.btrdb.client.model.StreamVersion;

/** A BTrDB whose raw reads are counted; all else goes straight to the one behind it. */
final class CountingBtrdb {
  private final AtomicLong pointsRead = new AtomicLong();
  private final CountDownLatch closed = new CountDownLatch(1);

  /** Points that cursors have handed out. */
  long pointsRead() {
    return pointsRead.get();
  }

  /** Counted down when a raw cursor is closed. */
  CountDownLatch closed() {
    return closed;
  }

  Btrdb over(Btrdb behind) {
    return (Btrdb)
        Proxy.newProxyInstance(
            Btrdb.class.getClassLoader(),
            new Class<?>[] {Btrdb.class},
            (proxy, method, arguments) -> {
              try {
                Object result = method.invoke(behind, arguments);
                return method.getName().equals("raw") ? new Counted(points(result)) : result;
              } catch (InvocationTargetException e) {
                throw e.getCause();
              }
            });
  }

  @SuppressWarnings("unchecked") // what raw() returns
  private static DataCursor<PointBatch> points(Object cursor) {
    return (DataCursor<PointBatch>) cursor;
  }

  private final class Counted implements DataCursor<PointBatch> {
    private final DataCursor<PointBatch> behind;

    Counted(DataCursor<PointBatch> behind) {
      this.behind = behind;
    }

    @Override
    public boolean next() {
      boolean more = behind.next();
      if (more) {
        pointsRead.addAndGet(behind.current().size());
      }
      return more;
    }

    @Override
    public PointBatch current() {
      return behind.current();
    }

    @Override
    public StreamVersion version() {
      return behind.version();
    }

    @Override
    public void close() {
      behind.close();
      closed.countDown();
    }
  }
}
