package org.btrdb.sql.exec;

import com.google.common.base.Ticker;
import java.time.Duration;
import java.util.List;
import org.btrdb.client.CallScope;
import org.btrdb.sql.PreparedSql;
import org.btrdb.sql.SqlRefusal;
import org.btrdb.sql.catalog.Catalog;
import org.btrdb.sql.row.Column;
import org.btrdb.sql.row.ColumnType;
import org.btrdb.sql.row.RowCursor;
import org.btrdb.sql.validate.ResolvedNames;
import org.jspecify.annotations.Nullable;

/**
 * A statement that is planned anew if, when it runs, its names stand for something else than when
 * it was planned.
 */
final class CheckedStatement implements PreparedSql {
  /** What was looked up for preparing a statement will do for running it once, at once. */
  private static final long AT_ONCE_NANOS = Duration.ofSeconds(1).toNanos();

  private final PreparedSql planned;
  private final ResolvedNames names;
  private final Lookups lookups;
  private final Planning again;
  private final long plannedNanoTime;
  private volatile boolean ran;

  /**
   * How names are looked up.
   *
   * @param catalog remembers for how long a name is believed
   * @param ticker tells how time passes
   */
  record Lookups(Catalog catalog, Ticker ticker) {}

  /** Plans a statement. */
  @FunctionalInterface
  interface Planning {
    PreparedSql prepare(CallScope scope);
  }

  /**
   * A statement whose names were looked up just now.
   *
   * @param planned what runs as long as they stand for the same
   * @param again plans the statement
   */
  CheckedStatement(PreparedSql planned, ResolvedNames names, Lookups lookups, Planning again) {
    this.planned = planned;
    this.names = names;
    this.lookups = lookups;
    this.again = again;
    this.plannedNanoTime = lookups.ticker().read();
  }

  @Override
  public Kind kind() {
    return planned.kind();
  }

  @Override
  public boolean changesData() {
    return planned.changesData();
  }

  @Override
  public List<Column> columns() {
    return planned.columns();
  }

  @Override
  public List<ColumnType> parameters() {
    return planned.parameters();
  }

  @Override
  public List<String> warnings() {
    return planned.warnings();
  }

  private boolean isCurrent(CallScope scope) {
    boolean first = !ran;
    ran = true;
    return (first && lookups.ticker().read() - plannedNanoTime < AT_ONCE_NANOS)
        || names.hold(lookups.catalog(), scope);
  }

  private PreparedSql current(CallScope scope) {
    if (isCurrent(scope)) {
      return planned;
    }
    PreparedSql anew = again.prepare(scope);
    if (anew.kind() != kind()
        || !anew.columns().equals(columns())
        || !anew.parameters().equals(parameters())) {
      throw new SqlRefusal(
          SqlRefusal.Reason.INVALID,
          "the tables of the statement have other columns since it was prepared: prepare it again",
          null);
    }
    return anew;
  }

  @Override
  public RowCursor query(List<@Nullable Object> parameters, CallScope scope, long maxRows) {
    return current(scope).query(parameters, scope, maxRows);
  }

  @Override
  public long update(List<@Nullable Object> parameters, CallScope scope) {
    return current(scope).update(parameters, scope);
  }

  @Override
  public long[] updateBatch(List<List<@Nullable Object>> rows, CallScope scope) {
    return current(scope).updateBatch(rows, scope);
  }
}
