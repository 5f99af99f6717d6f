package org.btrdb.sql.operator;

import java.util.Arrays;
import java.util.List;
import org.btrdb.sql.expression.ValueType;
import org.btrdb.sql.row.RowCursor;

/** A hash table of distinct keys, numbered in the order in which they came. */
final class RowTable {
  private static final int FIRST_SLOTS = 64;

  private final RowStore keys;
  private final Memory memory;
  private int[] slots = new int[FIRST_SLOTS];
  private int[] hashes = new int[FIRST_SLOTS];

  RowTable(List<ValueType> types, Memory memory) {
    this.keys = new RowStore(types, memory);
    this.memory = memory;
  }

  RowStore keys() {
    return keys;
  }

  int size() {
    return keys.size();
  }

  /** The number of a key; -1 if it is not there. */
  int find(RowCursor row, int[] columns) {
    int at = slot(row, columns, hash(row, columns));
    return slots[at] - 1;
  }

  /** The number of a key, which is added if it was not there. */
  int findOrAdd(RowCursor row, int[] columns) {
    int hash = hash(row, columns);
    int at = slot(row, columns, hash);
    if (slots[at] != 0) {
      return slots[at] - 1;
    }
    int number = keys.add(row, columns);
    slots[at] = number + 1;
    hashes[at] = hash;
    if (2L * keys.size() > slots.length) {
      rehash();
    }
    return number;
  }

  private int hash(RowCursor row, int[] columns) {
    int hash = 1;
    for (int i = 0; i < columns.length; i++) {
      hash = 31 * hash + keys.column(i).hash(row, columns[i]);
    }
    return hash;
  }

  private int slot(RowCursor row, int[] columns, int hash) {
    int mask = slots.length - 1;
    int at = hash & mask;
    while (slots[at] != 0 && !(hashes[at] == hash && keys.same(slots[at] - 1, row, columns))) {
      at = (at + 1) & mask;
    }
    return at;
  }

  private void rehash() {
    memory.reserve(2L * Integer.BYTES * slots.length);
    int[] oldSlots = slots;
    int[] oldHashes = hashes;
    int mask = Math.multiplyExact(slots.length, 2) - 1;
    slots = new int[mask + 1];
    hashes = new int[mask + 1];
    for (int i = 0; i < oldSlots.length; i++) {
      if (oldSlots[i] != 0) {
        int at = oldHashes[i] & mask;
        while (slots[at] != 0) {
          at = (at + 1) & mask;
        }
        slots[at] = oldSlots[i];
        hashes[at] = oldHashes[i];
      }
    }
  }

  /** Forgets all keys. */
  void clear() {
    keys.clear();
    Arrays.fill(slots, 0);
  }

  /** Gives all memory back. */
  void close() {
    keys.close();
    memory.release(2L * Integer.BYTES * (slots.length - FIRST_SLOTS));
    slots = new int[FIRST_SLOTS];
    hashes = new int[FIRST_SLOTS];
  }
}
