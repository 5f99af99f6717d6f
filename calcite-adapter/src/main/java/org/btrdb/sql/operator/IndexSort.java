package org.btrdb.sql.operator;

import org.btrdb.sql.read.Ticks;

/** A stable merge sort of row numbers; no object for each. */
final class IndexSort {
  private static final int RUN = 16;

  /** Compares two rows by number. */
  interface Order {
    int compare(int a, int b);
  }

  private final Order order;
  private final Ticks ticks;

  IndexSort(Order order, Ticks ticks) {
    this.order = order;
    this.ticks = ticks;
  }

  /** The numbers 0 to size - 1 in order. */
  int[] sorted(int size) {
    int[] from = new int[size];
    for (int i = 0; i < size; i++) {
      from[i] = i;
    }
    for (int start = 0; start < size; start += RUN) {
      insertionSort(from, start, Math.min(size, start + RUN));
    }
    int[] to = new int[size];
    for (long width = RUN; width < size; width *= 2) {
      for (long start = 0; start < size; start += 2 * width) {
        int middle = (int) Math.min(size, start + width);
        merge(from, to, (int) start, middle, (int) Math.min(size, start + 2 * width));
      }
      int[] swap = from;
      from = to;
      to = swap;
    }
    return from;
  }

  private void insertionSort(int[] rows, int start, int end) {
    for (int i = start + 1; i < end; i++) {
      int row = rows[i];
      int at = i;
      while (at > start && order.compare(rows[at - 1], row) > 0) {
        rows[at] = rows[at - 1];
        at--;
      }
      rows[at] = row;
      ticks.tick();
    }
  }

  private void merge(int[] from, int[] to, int start, int middle, int end) {
    if (middle >= end || order.compare(from[middle - 1], from[middle]) <= 0) {
      System.arraycopy(from, start, to, start, end - start);
      return;
    }
    int left = start;
    int right = middle;
    for (int i = start; i < end; i++) {
      boolean takeLeft =
          right >= end || (left < middle && order.compare(from[left], from[right]) <= 0);
      to[i] = takeLeft ? from[left++] : from[right++];
      ticks.tick();
    }
  }
}
