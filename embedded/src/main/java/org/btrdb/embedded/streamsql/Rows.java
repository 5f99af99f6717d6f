package org.btrdb.embedded.streamsql;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.Iterator;
import java.util.List;
import java.util.Set;
import org.btrdb.client.Btrdb;
import org.btrdb.client.CallScope;
import org.jspecify.annotations.Nullable;

/**
 * The rows of an answer, one by one. A value is a String, a UUID, a Long, a BigDecimal, a Double, a
 * Boolean, a Map of Strings to Strings or null, or null.
 */
public final class Rows implements AutoCloseable {
  private final Plan plan;
  private final Work work;
  private final ItemRows rows;
  private final Set<List<@Nullable Object>> answered = new HashSet<>();
  private @Nullable Iterator<@Nullable Object[]> sorted;
  private long toSkip;
  private long left;

  private Rows(Plan plan, Work work, ItemRows rows) {
    this.plan = plan;
    this.work = work;
    this.rows = rows;
    this.toSkip = plan.offset();
    this.left = plan.limit();
  }

  static Rows of(Plan plan, Btrdb btrdb, CallScope scope) {
    Work work = new Work(scope);
    return new Rows(
        plan, work, new ItemRows(plan, new Scan(btrdb, SearchRange.of(plan.where()), scope), work));
  }

  /**
   * The values of the next row, in the order of the columns and perhaps with others behind them;
   * null after the last row.
   */
  public @Nullable Object @Nullable [] next() {
    while (left > 0) {
      @Nullable Object[] row = plan.orderBy().isEmpty() ? distinct() : inOrder();
      if (row == null) {
        left = 0;
      } else if (toSkip > 0) {
        toSkip--;
      } else {
        left--;
        return row;
      }
    }
    return null;
  }

  /** The next row that is not equal to one before, if that matters. */
  private @Nullable Object @Nullable [] distinct() {
    while (true) {
      @Nullable Object[] row = rows.next();
      if (row == null || !plan.distinct() || isNew(row)) {
        return row;
      }
    }
  }

  private boolean isNew(@Nullable Object[] row) {
    List<@Nullable Object> key = new ArrayList<>();
    for (int i = 0; i < plan.items().size(); i++) {
      key.add(Values.key(plan.items().get(i).type(), row[i]));
    }
    boolean isNew = answered.add(key);
    if (isNew) {
      work.hold(ItemRows.bytes(row));
    }
    return isNew;
  }

  private @Nullable Object @Nullable [] inOrder() {
    if (sorted == null) {
      sorted = sorted().iterator();
    }
    return sorted.hasNext() ? sorted.next() : null;
  }

  /** All rows, or the first ones if no more are wanted, which bounds what is held. */
  private List<@Nullable Object[]> sorted() {
    Comparator<@Nullable Object[]> order = new RowOrder(plan);
    long wanted = plan.limit() > Long.MAX_VALUE - toSkip ? Long.MAX_VALUE : plan.limit() + toSkip;
    List<@Nullable Object[]> held = new ArrayList<>();
    for (@Nullable Object[] row = distinct(); row != null; row = distinct()) {
      held.add(row);
      work.hold(ItemRows.bytes(row));
      if (held.size() / 2 > wanted) {
        cut(held, wanted, order);
      }
    }
    held.sort(order);
    return held;
  }

  private void cut(
      List<@Nullable Object[]> held, long wanted, Comparator<@Nullable Object[]> order) {
    held.sort(order);
    List<@Nullable Object[]> rest = held.subList((int) wanted, held.size());
    rest.forEach(row -> work.hold(-ItemRows.bytes(row)));
    rest.clear();
  }

  @Override
  public void close() {
    rows.close();
  }

  /** The order of rows; those that are equal stay as they came. */
  private record RowOrder(Plan plan) implements Comparator<@Nullable Object[]> {
    @Override
    public int compare(@Nullable Object[] a, @Nullable Object[] b) {
      int hidden = plan.items().size();
      for (Plan.Key key : plan.orderBy()) {
        int slot = key.item() >= 0 ? key.item() : hidden++;
        int order = compare(key, a[slot], b[slot]);
        if (order != 0) {
          return order;
        }
      }
      return 0;
    }

    private static int compare(Plan.Key key, @Nullable Object a, @Nullable Object b) {
      if (a == null || b == null) {
        return a == b ? 0 : (a == null) == key.nullsFirst() ? -1 : 1;
      }
      int order = Values.compare(key.type(), a, b);
      return key.descending() ? -order : order;
    }
  }
}
