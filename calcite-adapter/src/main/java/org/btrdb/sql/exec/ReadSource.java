package org.btrdb.sql.exec;

import com.google.common.base.Supplier;
import com.google.common.base.Suppliers;
import java.util.ArrayList;
import java.util.List;
import org.apache.calcite.DataContext;
import org.apache.calcite.linq4j.AbstractEnumerable;
import org.apache.calcite.linq4j.Enumerable;
import org.apache.calcite.linq4j.Enumerator;
import org.apache.calcite.linq4j.Linq4j;
import org.btrdb.sql.read.Execution;
import org.btrdb.sql.read.ReadRequest;
import org.btrdb.sql.row.RowCursor;
import org.jspecify.annotations.Nullable;

/** A read request as Calcite's runtime wants it. Public for generated code. */
public final class ReadSource {
  private final ReadRequest request;
  private final int columns;

  ReadSource(ReadRequest request, int columns) {
    this.request = request;
    this.columns = columns;
  }

  /**
   * The rows of the request, each an array, or the value itself where there is one column: sets
   * compare what they are given, and arrays are equal only to themselves. Each enumerator makes its
   * own calls. A single row is read once: a nested loop would ask for it again for each row of the
   * other side.
   */
  public Enumerable<@Nullable Object> rows(DataContext context) {
    Execution execution = ((ExecutionContext) context).execution();
    if (request.isAtMostOneRow()) {
      Supplier<List<@Nullable Object>> once =
          Suppliers.memoize(() -> all(new RowEnumerator(request.open(execution), columns)));
      return new AbstractEnumerable<>() {
        @Override
        public Enumerator<@Nullable Object> enumerator() {
          return Linq4j.enumerator(once.get());
        }
      };
    }
    return new AbstractEnumerable<>() {
      @Override
      public Enumerator<@Nullable Object> enumerator() {
        return new RowEnumerator(request.open(execution), columns);
      }
    };
  }

  private static List<@Nullable Object> all(RowEnumerator rows) {
    List<@Nullable Object> list = new ArrayList<>();
    try (rows) {
      while (rows.moveNext()) {
        list.add(rows.current());
      }
    }
    return list;
  }

  /** Copies rows out of a cursor. */
  private static final class RowEnumerator implements Enumerator<@Nullable Object> {
    private final RowCursor rows;
    private final int columns;

    RowEnumerator(RowCursor rows, int columns) {
      this.rows = rows;
      this.columns = columns;
    }

    @Override
    public @Nullable Object current() {
      if (columns == 1) {
        return rows.getObject(0);
      }
      @Nullable Object[] row = new Object[columns];
      for (int i = 0; i < columns; i++) {
        row[i] = rows.getObject(i);
      }
      return row;
    }

    @Override
    public boolean moveNext() {
      return rows.next();
    }

    @Override
    public void reset() {
      throw new UnsupportedOperationException("rows are read once");
    }

    @Override
    public void close() {
      rows.close();
    }
  }
}
