package org.btrdb.jdbc;

import java.sql.SQLException;
import java.util.AbstractList;
import java.util.Calendar;
import java.util.List;
import org.apache.calcite.avatica.ColumnMetaData;
import org.apache.calcite.avatica.util.ArrayImpl;
import org.apache.calcite.avatica.util.Cursor;
import org.btrdb.jdbc.accessor.Accessors;
import org.btrdb.jdbc.accessor.ColumnAccessor;
import org.btrdb.sql.row.Column;
import org.btrdb.sql.row.RowCursor;

/** A row cursor as Avatica's result set wants it. */
final class BtrdbCursor implements Cursor {
  private final RowCursor rows;
  private final ColumnAccessor[] accessors;

  BtrdbCursor(RowCursor rows, List<Column> columns) {
    this.rows = rows;
    this.accessors = new ColumnAccessor[columns.size()];
    for (int i = 0; i < accessors.length; i++) {
      accessors[i] = Accessors.of(columns.get(i), rows, i);
    }
  }

  @Override
  public List<Accessor> createAccessors(
      List<ColumnMetaData> types, Calendar localCalendar, ArrayImpl.Factory factory) {
    return new AbstractList<>() {
      @Override
      public Accessor get(int index) {
        return accessors[index];
      }

      @Override
      public int size() {
        return accessors.length;
      }
    };
  }

  @Override
  public boolean next() throws SQLException {
    try {
      return rows.next();
    } catch (RuntimeException e) {
      throw SqlErrors.of(e);
    }
  }

  @Override
  public boolean wasNull() {
    throw new UnsupportedOperationException("the result set knows which accessor was read last");
  }

  @Override
  public void close() {
    rows.close();
  }
}
