package org.btrdb.sql.operator;

import java.util.List;
import org.btrdb.sql.SqlRefusal;
import org.btrdb.sql.expression.ValueType;
import org.btrdb.sql.row.RowCursor;

/**
 * Functions that answer the value of one row of the group: MIN, MAX, MIN_BY, MAX_BY, any value, the
 * single value.
 */
final class Picks extends Accumulator {

  /** Which row. */
  enum Choice {
    /** The first that has the smallest key. */
    SMALLEST,
    /** The first that has the largest key. */
    LARGEST,
    /** The first whose value is not NULL. */
    ANY,
    /** The only one. */
    SINGLE
  }

  private final Choice choice;
  private final ValueType type;
  private final int[] columns;
  private final int key;
  private final RowStore best;
  private final StoredRow bestRow;
  private final RowOrder order;
  private boolean[] empty = new boolean[0];

  /** Answers the value of a column, chosen by a key that may be the same column. */
  Picks(Choice choice, int value, int key, ValueType type, ValueType keyType, Memory memory) {
    this.choice = choice;
    this.type = type;
    this.columns = new int[] {value, key};
    this.key = key;
    this.best = new RowStore(List.of(type, keyType), memory);
    this.bestRow = new StoredRow(best);
    this.order =
        RowOrder.between(
            List.of(SortKey.ascending(1)), List.of(SortKey.ascending(key)), List.of(type, keyType));
  }

  @Override
  void grow(int groups) {
    int before = empty.length;
    empty = java.util.Arrays.copyOf(empty, groups);
    java.util.Arrays.fill(empty, before, groups, true);
  }

  @Override
  void add(int group, RowCursor row) {
    while (best.size() <= group) {
      best.add(row, columns);
    }
    if (empty[group]) {
      if (choice == Choice.SINGLE || !row.isNull(key)) {
        best.set(group, row, columns);
        empty[group] = false;
      }
      return;
    }
    switch (choice) {
      case SMALLEST -> {
        if (!row.isNull(key) && order.compare(bestRow.at(group), row) > 0) {
          best.set(group, row, columns);
        }
      }
      case LARGEST -> {
        if (!row.isNull(key) && order.compare(bestRow.at(group), row) < 0) {
          best.set(group, row, columns);
        }
      }
      case ANY -> {
        // has one
      }
      case SINGLE ->
          throw new SqlRefusal(
              SqlRefusal.Reason.CARDINALITY, "a sub-query for one value has several rows", null);
    }
  }

  @Override
  void write(int group, Slots to, int at) {
    if (empty[group] || bestRow.at(group).isNull(0)) {
      to.setNull(at);
      return;
    }
    switch (type.storage()) {
      case LONG -> to.setLong(at, bestRow.getLong(0));
      case DOUBLE -> to.setDouble(at, bestRow.getDouble(0));
      case OBJECT -> to.setObject(at, bestRow.getObject(0));
    }
  }

  @Override
  void reset(int group) {
    empty[group] = true;
  }

  @Override
  void close() {
    best.close();
  }
}
