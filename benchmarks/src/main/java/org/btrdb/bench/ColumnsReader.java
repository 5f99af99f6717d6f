package org.btrdb.bench;

import java.util.Map;
import java.util.UUID;
import org.btrdb.client.Btrdb;
import org.btrdb.client.CallScope;
import org.btrdb.client.DataCursor;
import org.btrdb.client.batch.PointBatch;
import org.btrdb.client.spi.BtrdbConnector;
import org.btrdb.client.time.TimeRange;

/** The client as the driver uses it: sums times and values of the batches of a raw read. */
final class ColumnsReader implements Reader {
  private final Btrdb btrdb;

  ColumnsReader(int port) {
    btrdb = BtrdbConnector.open("grpc", "127.0.0.1:" + port, Map.of());
  }

  @Override
  public String name() {
    return "columns";
  }

  @Override
  public long read(long points) {
    long read = 0;
    Sums sums = new Sums();
    try (DataCursor<PointBatch> cursor =
        btrdb.raw(new UUID(0, 1), new TimeRange(0, points), 0, CallScope.unbounded())) {
      while (cursor.next()) {
        PointBatch batch = cursor.current();
        for (int i = 0; i < batch.size(); i++) {
          sums.add(batch.time(i), batch.value(i));
        }
        read += batch.size();
      }
    }
    sums.check(read);
    return read;
  }

  @Override
  public void close() {
    btrdb.close();
  }
}
