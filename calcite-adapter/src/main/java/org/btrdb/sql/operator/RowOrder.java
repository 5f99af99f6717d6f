package org.btrdb.sql.operator;

import java.util.List;
import java.util.Objects;
import org.btrdb.sql.expression.ValueOrder;
import org.btrdb.sql.expression.ValueType;
import org.btrdb.sql.row.RowCursor;

/** Compares rows by some of their columns; the two sides may have them in other places. */
final class RowOrder {
  private final int[] left;
  private final int[] right;
  private final ValueType.Storage[] storages;
  private final boolean[] descending;
  private final boolean[] nullsFirst;

  private RowOrder(List<SortKey> left, List<SortKey> right, List<ValueType> leftTypes) {
    int size = left.size();
    this.left = new int[size];
    this.right = new int[size];
    this.storages = new ValueType.Storage[size];
    this.descending = new boolean[size];
    this.nullsFirst = new boolean[size];
    for (int i = 0; i < size; i++) {
      SortKey key = left.get(i);
      this.left[i] = key.column();
      this.right[i] = right.get(i).column();
      storages[i] = leftTypes.get(key.column()).storage();
      descending[i] = key.descending();
      nullsFirst[i] = key.nullsFirst();
    }
  }

  /** For rows of one shape. */
  static RowOrder of(List<SortKey> keys, List<ValueType> types) {
    return new RowOrder(keys, keys, types);
  }

  /** For rows of two shapes whose keys are held alike. */
  static RowOrder between(List<SortKey> left, List<SortKey> right, List<ValueType> leftTypes) {
    return new RowOrder(left, right, leftTypes);
  }

  int compare(RowCursor a, RowCursor b) {
    for (int i = 0; i < left.length; i++) {
      int order = compare(a, b, i);
      if (order != 0) {
        return order;
      }
    }
    return 0;
  }

  private int compare(RowCursor a, RowCursor b, int key) {
    int x = left[key];
    int y = right[key];
    boolean aNull = a.isNull(x);
    boolean bNull = b.isNull(y);
    if (aNull || bNull) {
      return aNull == bNull ? 0 : aNull == nullsFirst[key] ? -1 : 1;
    }
    int order =
        switch (storages[key]) {
          case LONG -> Long.compare(a.getLong(x), b.getLong(y));
          case DOUBLE -> ValueOrder.compare(a.getDouble(x), b.getDouble(y));
          case OBJECT ->
              ValueOrder.compare(
                  Objects.requireNonNull(a.getObject(x)), Objects.requireNonNull(b.getObject(y)));
        };
    return descending[key] ? -order : order;
  }
}
