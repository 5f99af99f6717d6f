package org.btrdb.embedded.streamsql;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Iterator;
import java.util.List;
import org.btrdb.client.error.BtrdbException;
import org.btrdb.client.error.ErrorCode;
import org.jspecify.annotations.Nullable;

/**
 * The items of the select list for each row or group that fulfils the conditions, and behind them
 * what else rows are sorted by.
 */
final class ItemRows implements AutoCloseable {
  private static final int ROW_BYTES = 64;

  /** Far more than a stream's metadata takes; a row is one object, and a message holds it whole. */
  private static final long MAX_ROW_BYTES = 4 << 20;

  private final Plan plan;
  private final Scan scan;
  private final Work work;
  private final int width;

  /** Rows made of one: an item may stand for several. */
  private final Deque<@Nullable Object[]> made = new ArrayDeque<>();

  private @Nullable Iterator<@Nullable Object[]> groups;

  ItemRows(Plan plan, Scan scan, Work work) {
    this.plan = plan;
    this.scan = scan;
    this.work = work;
    this.width =
        plan.items().size()
            + (int) plan.orderBy().stream().filter(key -> key.value() != null).count();
  }

  /** About how many bytes a row takes. */
  static long bytes(@Nullable Object[] row) {
    long bytes = ROW_BYTES;
    for (Object value : row) {
      bytes += Values.bytes(value);
    }
    return bytes;
  }

  /** The next row, null after the last. */
  @Nullable Object @Nullable [] next() {
    while (made.isEmpty()) {
      @Nullable Object[] input = plan.grouping() == null ? fulfilling() : group(plan.grouping());
      if (input == null) {
        return null;
      }
      make(input);
    }
    return made.remove();
  }

  /** The next row of the relation that fulfils the condition. */
  private @Nullable Object @Nullable [] fulfilling() {
    while (true) {
      @Nullable Object[] row = scan.next();
      work.spend(1);
      if (row == null || plan.where() == null || plan.where().holds(row, work)) {
        return row;
      }
    }
  }

  private @Nullable Object @Nullable [] group(Plan.Grouping grouping) {
    if (groups == null) {
      Groups all = new Groups(grouping, work);
      for (@Nullable Object[] row = fulfilling(); row != null; row = fulfilling()) {
        all.add(row);
      }
      groups = all.rows().iterator();
    }
    while (groups.hasNext()) {
      @Nullable Object[] row = groups.next();
      if (grouping.having() == null || grouping.having().holds(row, work)) {
        return row;
      }
    }
    return null;
  }

  private void make(@Nullable Object[] input) {
    List<Expr> items = plan.items();
    @Nullable Object[] row = new Object[width];
    int several = -1;
    long bytes = 0;
    for (int i = 0; i < items.size(); i++) {
      row[i] = items.get(i).value(input, work);
      bytes += Values.bytes(row[i]);
      if (bytes > MAX_ROW_BYTES) {
        throw new BtrdbException(
            ErrorCode.TOO_LARGE, "a row would take more than " + (MAX_ROW_BYTES >> 20) + " MiB");
      }
      several = items.get(i) instanceof Expr.Entries ? i : several;
    }
    int next = items.size();
    for (Plan.Key key : plan.orderBy()) {
      if (key.value() != null) {
        row[next++] = key.value().value(input, work);
      }
    }
    if (several < 0) {
      made.add(row);
    } else if (row[several] instanceof List<?> entries) {
      for (Object entry : entries) {
        @Nullable Object[] one = row.clone();
        one[several] = entry;
        made.add(one);
      }
    }
  }

  @Override
  public void close() {
    scan.close();
  }
}
