package org.btrdb.sql.operator;

import org.btrdb.sql.row.RowCursor;

/** Groups of rows that come one after the other, or one group of all rows: one is held. */
final class OrderedGroups extends GroupRows {
  private static final int RUNNING = 0;

  private final RowStore keys;
  private boolean ahead;
  private boolean ended;

  OrderedGroups(AggregateOperator aggregate, RowCursor input, Run run) {
    this(aggregate, input, run, new RowStore(aggregate.keyTypes(), run.memory()));
  }

  private OrderedGroups(AggregateOperator aggregate, RowCursor input, Run run, RowStore keys) {
    super(aggregate, input, keys, run.memory());
    this.keys = keys;
    grow(1);
  }

  @Override
  public boolean next() {
    if (ended) {
      return false;
    }
    boolean found = ahead || input.next();
    ahead = false;
    if (!found) {
      ended = true;
      if (keyColumns.length > 0) {
        return false;
      }
    }
    begin(found);
    if (found) {
      readGroup();
    }
    write(RUNNING);
    return true;
  }

  private void begin(boolean found) {
    for (Accumulator accumulator : accumulators) {
      accumulator.reset(RUNNING);
    }
    keys.clear();
    if (found) {
      keys.add(input, keyColumns);
    }
    key.at(0);
  }

  private void readGroup() {
    do {
      add(RUNNING);
      if (!input.next()) {
        ended = true;
        return;
      }
    } while (keys.same(0, input, keyColumns));
    ahead = true;
  }

  @Override
  public void close() {
    ended = true;
    keys.close();
    super.close();
  }
}
