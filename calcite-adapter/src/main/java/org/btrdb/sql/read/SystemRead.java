package org.btrdb.sql.read;

import java.util.Arrays;
import java.util.Iterator;
import java.util.List;
import java.util.stream.IntStream;
import org.btrdb.sql.SqlRefusal;
import org.btrdb.sql.catalog.SystemTable;
import org.btrdb.sql.row.RowCursor;
import org.btrdb.sql.rpc.RpcCall;
import org.jspecify.annotations.Nullable;

/**
 * Rows of a system table.
 *
 * @param table which one
 * @param columns what each row has: numbers of the table's columns
 * @param limit rows to skip and to answer
 */
public record SystemRead(SystemTable table, List<Integer> columns, Limit limit)
    implements ReadRequest {

  /** Copies the list. */
  public SystemRead {
    columns = List.copyOf(columns);
  }

  /** All of a table. */
  public static SystemRead all(SystemTable table) {
    return new SystemRead(
        table, IntStream.range(0, table.columns().size()).boxed().toList(), Limit.NONE);
  }

  @Override
  public SystemRead withLimit(Limit newLimit) {
    return new SystemRead(table, columns, newLimit);
  }

  @Override
  public SystemRead withColumns(List<Integer> chosen) {
    return new SystemRead(table, chosen.stream().map(columns::get).toList(), limit);
  }

  @Override
  public int orderedBy() {
    return -1;
  }

  @Override
  public RowCursor open(Execution execution) {
    Iterator<@Nullable Object[]> chosen = rows(execution).map(this::project).iterator();
    return limit.cut(new ObjectRows(chosen, () -> {}, execution.scope()), execution.parameters());
  }

  private @Nullable Object[] project(@Nullable Object[] row) {
    return columns.stream().map(i -> row[i]).toArray(Object[]::new);
  }

  private java.util.stream.Stream<@Nullable Object[]> rows(Execution execution) {
    if (table == SystemTable.SESSION_RPCS) {
      return execution.session().rpcs().calls().stream().map(SystemRead::row);
    }
    throw new SqlRefusal(
        SqlRefusal.Reason.UNSUPPORTED, "btrdb." + table.table() + " is not supported yet", null);
  }

  private static @Nullable Object[] row(RpcCall call) {
    return new @Nullable Object[] {
      call.statementId(),
      call.rpc().wireName(),
      call.uuid(),
      call.messages(),
      call.rowCount(),
      null,
      call.elapsedNanos()
    };
  }

  @Override
  public List<String> calls(Execution execution) {
    return List.of("no call");
  }

  @Override
  public String text() {
    return Arrays.asList("btrdb", table.table()) + ", columns " + columns + limit.text();
  }
}
