package org.btrdb.sql.rpc;

import java.util.function.Consumer;
import java.util.function.ToLongFunction;
import org.btrdb.client.Cursor;
import org.btrdb.client.DataCursor;
import org.btrdb.client.error.BtrdbException;
import org.btrdb.client.model.StreamVersion;

/** Notes down each part that is taken, and tells of the failure that ends it. */
class RecordedCursor<T> implements Cursor<T> {
  private final Cursor<T> cursor;
  private final RpcLog.Entry entry;
  private final ToLongFunction<T> rows;
  private final Consumer<BtrdbException> onFailure;

  RecordedCursor(
      Cursor<T> cursor,
      RpcLog.Entry entry,
      ToLongFunction<T> rows,
      Consumer<BtrdbException> onFailure) {
    this.cursor = cursor;
    this.entry = entry;
    this.rows = rows;
    this.onFailure = onFailure;
  }

  /** The same for a cursor that knows its version. */
  static final class Data<B> extends RecordedCursor<B> implements DataCursor<B> {
    private final DataCursor<B> cursor;

    Data(
        DataCursor<B> cursor,
        RpcLog.Entry entry,
        ToLongFunction<B> rows,
        Consumer<BtrdbException> onFailure) {
      super(cursor, entry, rows, onFailure);
      this.cursor = cursor;
    }

    @Override
    public StreamVersion version() {
      return cursor.version();
    }
  }

  @Override
  public boolean next() {
    boolean moved;
    try {
      moved = cursor.next();
    } catch (BtrdbException e) {
      onFailure.accept(e);
      throw e;
    }
    if (moved) {
      entry.took(rows.applyAsLong(cursor.current()));
    }
    return moved;
  }

  @Override
  public T current() {
    return cursor.current();
  }

  @Override
  public void close() {
    cursor.close();
  }
}
