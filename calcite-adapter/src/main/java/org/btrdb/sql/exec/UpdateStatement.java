package org.btrdb.sql.exec;

import java.util.Arrays;
import java.util.List;
import org.btrdb.client.CallScope;
import org.btrdb.sql.BatchFailure;
import org.btrdb.sql.PreparedSql;
import org.btrdb.sql.SqlRefusal;
import org.btrdb.sql.row.Column;
import org.btrdb.sql.row.RowCursor;
import org.jspecify.annotations.Nullable;

/** A statement that answers a count and no rows. */
interface UpdateStatement extends PreparedSql {

  /** Its first words, for messages. */
  String verb();

  @Override
  default Kind kind() {
    return Kind.UPDATE;
  }

  @Override
  default List<Column> columns() {
    return List.of();
  }

  @Override
  default RowCursor query(List<@Nullable Object> parameters, CallScope scope, long maxRows) {
    throw new SqlRefusal(
        SqlRefusal.Reason.INVALID, verb() + " answers a count; it is not a query", null);
  }

  @Override
  default long[] updateBatch(List<List<@Nullable Object>> rows, CallScope scope) {
    long[] counts = new long[rows.size()];
    for (int i = 0; i < counts.length; i++) {
      try {
        counts[i] = update(rows.get(i), scope);
      } catch (RuntimeException e) {
        throw new BatchFailure(Arrays.copyOf(counts, i), e);
      }
    }
    return counts;
  }
}
