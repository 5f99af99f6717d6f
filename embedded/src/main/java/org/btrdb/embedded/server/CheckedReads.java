package org.btrdb.embedded.server;

import com.google.protobuf.ByteString;
import java.util.UUID;
import org.btrdb.client.Btrdb;
import org.btrdb.client.CallScope;
import org.btrdb.client.DataCursor;
import org.btrdb.client.batch.PointBatch;
import org.btrdb.client.batch.StatBatch;
import org.btrdb.client.grpc.wire.UuidBytes;
import org.btrdb.client.time.TimeRange;

/** Opens the reads behind answers; their ranges have passed {@link RequestRules}. */
record CheckedReads(Btrdb btrdb) {

  DataCursor<PointBatch> points(Target target, TimeRange range) {
    UUID uuid = UuidBytes.parse(target.uuid);
    return Versions.read(
        btrdb, uuid, target.version, () -> btrdb.raw(uuid, range, target.version, target.scope));
  }

  DataCursor<StatBatch> windows(Target target, TimeRange range, long widthNanos) {
    UUID uuid = UuidBytes.parse(target.uuid);
    return Versions.read(
        btrdb,
        uuid,
        target.version,
        () -> btrdb.windows(uuid, range, widthNanos, target.version, target.scope));
  }

  DataCursor<StatBatch> aligned(Target target, TimeRange range, int pointWidth) {
    UUID uuid = UuidBytes.parse(target.uuid);
    int narrow = Math.min(pointWidth, WideWindows.NARROW);
    DataCursor<StatBatch> cursor =
        Versions.read(
            btrdb,
            uuid,
            target.version,
            () -> btrdb.alignedWindows(uuid, range, narrow, target.version, target.scope));
    return narrow == pointWidth ? cursor : new WideWindows(cursor, pointWidth);
  }

  /**
   * What is read, and for how long.
   *
   * @param uuid 16 bytes, unchecked
   * @param version a major version, 0 for the newest
   */
  record Target(ByteString uuid, long version, CallScope scope) {}
}
