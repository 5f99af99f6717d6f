package org.btrdb.sql.operator;

import java.util.Arrays;
import java.util.List;
import org.btrdb.sql.expression.ValueType;
import org.btrdb.sql.read.Ticks;
import org.btrdb.sql.row.RowCursor;

/** The rows of one partition, numbered from 0, read when asked for and held while needed. */
final class PartitionRows {
  private static final int ROWS_TO_DISCARD = 1024;

  private final RowCursor input;
  private final int[] partitionColumns;
  private final RowStore partitionKey;
  private final RowStore store;
  private final Ticks ticks;
  private long base;
  private boolean ended = true;
  private boolean ahead;

  /**
   * No partition yet.
   *
   * @param input where rows of one partition come one after the other
   * @param partitionColumns in which all rows of a partition are the same
   * @param types of the columns of the input
   */
  PartitionRows(RowCursor input, int[] partitionColumns, List<ValueType> types, Run run) {
    this.input = input;
    this.partitionColumns = partitionColumns;
    this.partitionKey =
        new RowStore(Arrays.stream(partitionColumns).mapToObj(types::get).toList(), run.memory());
    this.store = new RowStore(types, run.memory());
    this.ticks = new Ticks(run.execution().scope());
  }

  /** Leaves the partition, which has ended; false if there is no other. */
  boolean nextPartition() {
    if (!ahead) {
      ahead = input.next();
    }
    if (!ahead) {
      return false;
    }
    store.clear();
    base = 0;
    ended = false;
    partitionKey.clear();
    partitionKey.add(input, partitionColumns);
    return true;
  }

  /** Whether the partition has a row of a number. */
  boolean has(long row) {
    while (row >= base + store.size() && !ended) {
      load();
    }
    return row < base + store.size();
  }

  /** How many rows it has. */
  long count() {
    while (!ended) {
      load();
    }
    return base + store.size();
  }

  private void load() {
    if (!ahead) {
      ahead = input.next();
    }
    if (!ahead || !partitionKey.same(0, input, partitionColumns)) {
      ended = true;
      return;
    }
    store.add(input);
    ahead = false;
  }

  /** The partition columns of the current partition. */
  StoredRow key() {
    return new StoredRow(partitionKey).at(0);
  }

  /** Makes a view of a row that is not there before {@link #show}. */
  StoredRow view() {
    return new StoredRow(store);
  }

  /** Moves a view to a row that is held. */
  StoredRow show(StoredRow view, long row) {
    ticks.tick();
    return view.at((int) (row - base));
  }

  /** Forgets rows before one; not at once, but before they are many. */
  void forgetBefore(long row) {
    long rows = row - base;
    if (rows >= ROWS_TO_DISCARD && rows >= store.size() / 2) {
      store.discard((int) rows);
      base = row;
    }
  }

  void close() {
    partitionKey.close();
    store.close();
    input.close();
  }
}
