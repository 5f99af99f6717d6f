package org.btrdb.jdbc;

import java.util.Iterator;
import org.btrdb.sql.row.RowCursor;
import org.jspecify.annotations.Nullable;

/** Rows of metadata: arrays of String, Boolean and Number, made as they are read. */
final class MetadataRows implements RowCursor {
  private final Iterator<@Nullable Object[]> rows;
  private final Runnable onClose;
  private @Nullable Object[] row = {};

  private MetadataRows(Iterator<@Nullable Object[]> rows, Runnable onClose) {
    this.rows = rows;
    this.onClose = onClose;
  }

  static MetadataRows of(Iterable<@Nullable Object[]> rows) {
    return new MetadataRows(rows.iterator(), () -> {});
  }

  /** Rows from an iterator that holds something open; closing twice must be harmless. */
  static MetadataRows of(Iterator<@Nullable Object[]> rows, Runnable onClose) {
    return new MetadataRows(rows, onClose);
  }

  @Override
  public boolean next() {
    if (!rows.hasNext()) {
      return false;
    }
    row = rows.next();
    return true;
  }

  @Override
  public boolean isNull(int column) {
    return row[column] == null;
  }

  @Override
  public long getLong(int column) {
    Object value = row[column];
    return value instanceof Boolean bool
        ? (bool ? 1 : 0)
        : value instanceof Number number ? number.longValue() : 0;
  }

  @Override
  public double getDouble(int column) {
    return row[column] instanceof Number number ? number.doubleValue() : 0;
  }

  @Override
  public @Nullable Object getObject(int column) {
    return row[column];
  }

  @Override
  public void close() {
    onClose.run();
  }
}
