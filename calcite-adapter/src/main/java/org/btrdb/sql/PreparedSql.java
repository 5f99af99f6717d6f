package org.btrdb.sql;

import java.util.List;
import org.btrdb.client.CallScope;
import org.btrdb.sql.row.Column;
import org.btrdb.sql.row.ColumnType;
import org.btrdb.sql.row.RowCursor;
import org.jspecify.annotations.Nullable;

/**
 * A statement ready to run, any number of times; immutable.
 *
 * <p>Parameters are given as null, Boolean, Long, Integer, Double, BigDecimal, String,
 * java.time.Instant, java.time.LocalDate or java.util.UUID. One that stands for a timestamp also
 * takes a String (ISO, UTC if without zone) and a Long (nanoseconds).
 */
public interface PreparedSql {

  /** What running it gives. */
  enum Kind {
    /** Rows, by {@link #query}. */
    QUERY,
    /** A count, by {@link #update}. */
    UPDATE
  }

  /** What running it gives. */
  Kind kind();

  /** Whether running it changes data: an update, or a query that commits buffered points. */
  default boolean changesData() {
    return kind() == Kind.UPDATE;
  }

  /** The columns of its rows; empty for an update. */
  List<Column> columns();

  /** The types of its parameters, in order. */
  List<ColumnType> parameters();

  /** What is valid and hardly meant, a line each. */
  default List<String> warnings() {
    return List.of();
  }

  /**
   * Runs a query.
   *
   * @param parameters one for each of {@link #parameters()}
   * @param scope ends all calls of the statement when cancelled
   * @param maxRows rows after which the cursor ends, 0 for no limit
   */
  RowCursor query(List<@Nullable Object> parameters, CallScope scope, long maxRows);

  /** Runs an update and says how many points (or other things) it touched. */
  long update(List<@Nullable Object> parameters, CallScope scope);

  /**
   * Runs an update once for each row of parameters, as few calls as possible.
   *
   * @return the counts, one for each row
   * @throws BatchFailure if a row failed after others were done; any other failure tells nothing of
   *     what was done
   */
  long[] updateBatch(List<List<@Nullable Object>> rows, CallScope scope);
}
