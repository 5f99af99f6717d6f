package org.btrdb.sql.row;

import org.jspecify.annotations.Nullable;

/**
 * Rows of a result, read forward by one thread at a time.
 *
 * <p>Columns count from 0. Primitive getters neither box nor convert: which one a column answers is
 * said at its {@link ColumnType.Kind}; calling another one is a programming error. Of a NULL they
 * answer 0. Failures are {@link org.btrdb.client.error.BtrdbException}s.
 */
public interface RowCursor extends AutoCloseable {

  /** Moves to the next row; false at the end. */
  boolean next();

  /** Whether the column of the current row is NULL. */
  boolean isNull(int column);

  /** Integers, booleans, dates, times and timestamps; 0 for NULL. */
  long getLong(int column);

  /** Floating-point numbers; 0 for NULL. */
  double getDouble(int column);

  /** Any value as an object, in the representation of its kind; null for NULL. */
  @Nullable Object getObject(int column);

  /** Ends the calls behind the cursor at once; idempotent. */
  @Override
  void close();
}
