package org.btrdb.client.grpc.v5;

import java.util.function.Supplier;
import java.util.function.ToIntFunction;
import org.btrdb.client.DataCursor;
import org.btrdb.client.error.BtrdbException;
import org.btrdb.client.error.ErrorCode;
import org.btrdb.client.model.StreamVersion;

/**
 * Reads by one call, or by another if the first turns out to be {@link ErrorCode#UNSUPPORTED}
 * before it has brought anything.
 *
 * @param <B> the kind of batch
 */
final class FallbackCursor<B> implements DataCursor<B> {
  private final Supplier<DataCursor<B>> other;
  private final Runnable onOther;
  private final ToIntFunction<B> sizeOf;
  private DataCursor<B> cursor;
  private boolean settled;

  /**
   * A cursor that closes what it reads.
   *
   * @param other makes the second call
   * @param onOther told when the second call has answered what the first could not
   */
  FallbackCursor(
      DataCursor<B> first,
      Supplier<DataCursor<B>> other,
      Runnable onOther,
      ToIntFunction<B> sizeOf) {
    this.cursor = first;
    this.other = other;
    this.onOther = onOther;
    this.sizeOf = sizeOf;
  }

  @Override
  public boolean next() {
    if (settled) {
      return cursor.next();
    }
    boolean more;
    try {
      more = cursor.next();
      settled = !more || sizeOf.applyAsInt(cursor.current()) > 0;
    } catch (BtrdbException e) {
      settled = true;
      if (e.code() != ErrorCode.UNSUPPORTED) {
        throw e;
      }
      cursor.close();
      cursor = other.get();
      more = cursor.next();
      onOther.run();
    }
    return more;
  }

  @Override
  public B current() {
    return cursor.current();
  }

  @Override
  public StreamVersion version() {
    return cursor.version();
  }

  @Override
  public void close() {
    cursor.close();
  }
}
