package org.btrdb.sql.system;

import java.util.BitSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.btrdb.sql.catalog.SystemTable;
import org.btrdb.sql.read.Execution;
import org.btrdb.sql.read.Limit;
import org.btrdb.sql.read.ObjectRows;
import org.btrdb.sql.read.ReadRequest;
import org.btrdb.sql.row.RowCursor;
import org.btrdb.sql.selection.StreamSelection;

/**
 * Rows of a system table.
 *
 * @param table which one
 * @param selection the streams or collections it is about
 * @param columns what each row has: numbers of the table's columns
 * @param used numbers of the columns that are looked at; of others the values mean nothing
 * @param limit rows to skip and to answer
 */
public record SystemRead(
    SystemTable table,
    StreamSelection selection,
    List<Integer> columns,
    Set<Integer> used,
    Limit limit)
    implements ReadRequest {

  /** Copies the collections. */
  public SystemRead {
    columns = List.copyOf(columns);
    used = Set.copyOf(used);
  }

  /** All of a table. */
  public static SystemRead all(SystemTable table) {
    List<Integer> all = IntStream.range(0, table.columns().size()).boxed().toList();
    return new SystemRead(table, StreamSelection.ALL, all, Set.copyOf(all), Limit.NONE);
  }

  @Override
  public SystemRead using(BitSet looked) {
    Set<Integer> fewer = looked.stream().mapToObj(columns::get).collect(Collectors.toSet());
    return new SystemRead(table, selection, columns, fewer, limit);
  }

  /** This request about fewer streams. */
  public SystemRead withSelection(StreamSelection narrower) {
    return new SystemRead(table, narrower, columns, used, limit);
  }

  @Override
  public SystemRead withLimit(Limit newLimit) {
    return new SystemRead(table, selection, columns, used, newLimit);
  }

  @Override
  public SystemRead withColumns(List<Integer> chosen) {
    return new SystemRead(
        table, selection, chosen.stream().map(columns::get).toList(), used, limit);
  }

  /** Whether a column of the table is asked for. */
  boolean needs(String column) {
    return columns.stream()
        .filter(used::contains)
        .anyMatch(i -> table.columns().get(i).name().equals(column));
  }

  @Override
  public RowCursor open(Execution execution) {
    SystemRows rows = SystemRows.of(this, execution.onNewest()); // it tells of streams as they are
    return limit.cut(
        new ObjectRows(new ChosenColumns(rows, columns), rows::close, execution.scope()),
        execution.parameters());
  }

  @Override
  public List<String> calls(Execution execution) {
    return SystemCalls.of(this);
  }

  @Override
  public String text() {
    return "btrdb." + table.table() + " of " + selection + ", columns " + columns + limit.text();
  }
}
