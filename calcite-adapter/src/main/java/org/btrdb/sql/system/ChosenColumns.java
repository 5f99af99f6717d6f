package org.btrdb.sql.system;

import java.util.Iterator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Whole rows cut to the columns asked for. */
final class ChosenColumns implements Iterator<@Nullable Object[]> {
  private final Iterator<@Nullable Object[]> rows;
  private final int[] columns;

  ChosenColumns(Iterator<@Nullable Object[]> rows, List<Integer> columns) {
    this.rows = rows;
    this.columns = columns.stream().mapToInt(Integer::intValue).toArray();
  }

  @Override
  public boolean hasNext() {
    return rows.hasNext();
  }

  @Override
  public @Nullable Object[] next() {
    @Nullable Object[] row = rows.next();
    @Nullable Object[] chosen = new Object[columns.length];
    for (int i = 0; i < columns.length; i++) {
      chosen[i] = row[columns[i]];
    }
    return chosen;
  }
}
