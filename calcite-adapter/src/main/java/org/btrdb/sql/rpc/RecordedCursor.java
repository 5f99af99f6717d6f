package org.btrdb.sql.rpc;

import java.util.function.ToLongFunction;
import org.btrdb.client.Cursor;
import org.btrdb.client.DataCursor;
import org.btrdb.client.model.StreamVersion;

/** Notes down each part that is taken. */
class RecordedCursor<T> implements Cursor<T> {
  private final Cursor<T> cursor;
  private final RpcLog.Entry entry;
  private final ToLongFunction<T> rows;

  RecordedCursor(Cursor<T> cursor, RpcLog.Entry entry, ToLongFunction<T> rows) {
    this.cursor = cursor;
    this.entry = entry;
    this.rows = rows;
  }

  /** The same for a cursor that knows its version. */
  static final class Data<B> extends RecordedCursor<B> implements DataCursor<B> {
    private final DataCursor<B> cursor;

    Data(DataCursor<B> cursor, RpcLog.Entry entry, ToLongFunction<B> rows) {
      super(cursor, entry, rows);
      this.cursor = cursor;
    }

    @Override
    public StreamVersion version() {
      return cursor.version();
    }
  }

  @Override
  public boolean next() {
    boolean moved = cursor.next();
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
