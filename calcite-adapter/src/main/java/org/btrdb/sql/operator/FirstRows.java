package org.btrdb.sql.operator;

import org.btrdb.sql.read.Ticks;
import org.btrdb.sql.row.RowCursor;

/** The first rows of an order, in a heap whose top is the last of them; equal rows keep theirs. */
final class FirstRows {
  private final RowStore store;
  private final RowOrder order;
  private final int limit;
  private final StoredRow a;
  private final StoredRow b;
  private final int[] heap;
  private final long[] arrivals;
  private long arrived;

  FirstRows(RowStore store, RowOrder order, int limit) {
    this.store = store;
    this.order = order;
    this.limit = limit;
    this.a = new StoredRow(store);
    this.b = new StoredRow(store);
    this.heap = new int[limit];
    this.arrivals = new long[limit];
  }

  void offer(RowCursor row) {
    arrived++;
    if (store.size() < limit) {
      int number = store.add(row);
      arrivals[number] = arrived;
      heap[number] = number;
      up(number);
    } else if (order.compare(row, a.at(heap[0])) < 0) {
      store.set(heap[0], row);
      arrivals[heap[0]] = arrived;
      down();
    }
  }

  int[] sorted(Ticks ticks) {
    return new IndexSort(this::compare, ticks).sorted(store.size());
  }

  private int compare(int x, int y) {
    int byKeys = order.compare(a.at(x), b.at(y));
    return byKeys != 0 ? byKeys : Long.compare(arrivals[x], arrivals[y]);
  }

  private void up(int at) {
    int child = at;
    while (child > 0) {
      int parent = (child - 1) / 2;
      if (compare(heap[parent], heap[child]) >= 0) {
        return;
      }
      swap(parent, child);
      child = parent;
    }
  }

  private void down() {
    int parent = 0;
    while (true) {
      int largest = parent;
      for (int child = 2 * parent + 1; child <= 2 * parent + 2 && child < limit; child++) {
        if (compare(heap[child], heap[largest]) > 0) {
          largest = child;
        }
      }
      if (largest == parent) {
        return;
      }
      swap(parent, largest);
      parent = largest;
    }
  }

  private void swap(int x, int y) {
    int row = heap[x];
    heap[x] = heap[y];
    heap[y] = row;
  }
}
