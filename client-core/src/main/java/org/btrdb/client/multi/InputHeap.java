package org.btrdb.client.multi;

/** Numbered inputs of a merge that wait with a key each, the smallest first: a binary heap. */
public final class InputHeap {
  private final long[] keys;
  private final int[] heap;
  private int size;

  /** A heap for inputs 0 to {@code inputs - 1}, none of which waits. */
  public InputHeap(int inputs) {
    this.keys = new long[inputs];
    this.heap = new int[inputs];
  }

  /** Whether no input waits. */
  public boolean isEmpty() {
    return size == 0;
  }

  /** The smallest key; only if one waits. */
  public long firstKey() {
    return keys[heap[0]];
  }

  /** Lets an input wait that does not yet. */
  public void push(int input, long key) {
    keys[input] = key;
    int at = size++;
    while (at > 0 && keys[heap[(at - 1) / 2]] > key) {
      heap[at] = heap[(at - 1) / 2];
      at = (at - 1) / 2;
    }
    heap[at] = input;
  }

  /** Takes the input with the smallest key; only if one waits. */
  public int pop() {
    int first = heap[0];
    int last = heap[--size];
    int at = 0;
    while (2 * at + 1 < size) {
      int child = 2 * at + 1;
      if (child + 1 < size && keys[heap[child + 1]] < keys[heap[child]]) {
        child++;
      }
      if (keys[last] <= keys[heap[child]]) {
        break;
      }
      heap[at] = heap[child];
      at = child;
    }
    heap[at] = last;
    return first;
  }

  /** Forgets all that wait. */
  public void clear() {
    size = 0;
  }
}
