package org.btrdb.sql.operator;

import org.btrdb.sql.row.RowCursor;

/** Groups of rows in any order: all are held until the input ends. */
final class HashedGroups extends GroupRows {
  private static final int FIRST_GROUPS = 64;

  private final RowTable table;
  private final Memory memory;
  private int capacity;
  private long reserved;
  private int group = -1;
  private boolean read;

  HashedGroups(AggregateOperator aggregate, RowCursor input, Run run) {
    this(aggregate, input, run, new RowTable(aggregate.keyTypes(), run.memory()));
  }

  private HashedGroups(AggregateOperator aggregate, RowCursor input, Run run, RowTable table) {
    super(aggregate, input, table.keys(), run.memory());
    this.table = table;
    this.memory = run.memory();
  }

  @Override
  public boolean next() {
    if (!read) {
      read = true;
      readAll();
    }
    if (++group >= table.size()) {
      return false;
    }
    key.at(group);
    write(group);
    return true;
  }

  private void readAll() {
    while (input.next()) {
      int found = table.findOrAdd(input, keyColumns);
      if (found >= capacity) {
        enlarge();
      }
      add(found);
    }
    input.close();
  }

  private void enlarge() {
    int larger = capacity == 0 ? FIRST_GROUPS : Math.multiplyExact(capacity, 2);
    long bytes = 0;
    for (Accumulator accumulator : accumulators) {
      bytes += (larger - capacity) * accumulator.bytesPerGroup();
    }
    memory.reserve(bytes);
    reserved += bytes;
    grow(larger);
    capacity = larger;
  }

  @Override
  public void close() {
    read = true;
    memory.release(reserved);
    reserved = 0;
    table.close();
    super.close();
  }
}
