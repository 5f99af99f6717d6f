package org.btrdb.sql.read;

import java.util.List;
import org.btrdb.sql.SqlRefusal;
import org.btrdb.sql.row.RowCursor;
import org.jspecify.annotations.Nullable;

/**
 * OFFSET and FETCH.
 *
 * @param offset rows to skip, null for none
 * @param fetch rows to answer at most, null for all
 */
public record Limit(@Nullable Scalar offset, @Nullable Scalar fetch) {

  /** No limit. */
  public static final Limit NONE = new Limit(null, null);

  /** Rows cut to this limit; closing them closes the given ones. */
  public RowCursor cut(RowCursor rows, List<@Nullable Object> parameters) {
    long skip;
    long take;
    try {
      skip = value(offset, 0, parameters);
      take = value(fetch, Long.MAX_VALUE, parameters);
    } catch (RuntimeException e) {
      rows.close(); // their calls are under way
      throw e;
    }
    return skip == 0 && take == Long.MAX_VALUE ? rows : new LimitedRows(rows, skip, take);
  }

  /** How many rows are looked at until the limit is reached; Long.MAX_VALUE for all. */
  public long reach(List<@Nullable Object> parameters) {
    long skip = value(offset, 0, parameters);
    long take = value(fetch, Long.MAX_VALUE, parameters);
    return take > Long.MAX_VALUE - skip ? Long.MAX_VALUE : skip + take;
  }

  private static long value(
      @Nullable Scalar scalar, long absent, List<@Nullable Object> parameters) {
    if (scalar == null) {
      return absent;
    }
    Long value = scalar.longValue(parameters);
    if (value == null || value < 0) {
      throw new SqlRefusal(
          SqlRefusal.Reason.INVALID_VALUE, "LIMIT and OFFSET must not be negative: " + value, null);
    }
    return value;
  }

  /** How EXPLAIN shows it behind a request. */
  public String text() {
    return (offset == null ? "" : ", skip " + offset) + (fetch == null ? "" : ", at most " + fetch);
  }
}
