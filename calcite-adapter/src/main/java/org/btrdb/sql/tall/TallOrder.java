package org.btrdb.sql.tall;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.btrdb.client.model.StreamDescriptor;
import org.btrdb.sql.expression.ValueOrder;
import org.jspecify.annotations.Nullable;

/**
 * The order of rows of a tall read: first by what describes streams, then by time.
 *
 * @param keys of streams, the most important first
 * @param byTime whether rows of streams that are equal by all keys are in ascending order of time
 */
public record TallOrder(List<Key> keys, boolean byTime) {

  /** Stream after stream, as the server names them. */
  public static final TallOrder NONE = new TallOrder(List.of(), false);

  /**
   * A key.
   *
   * @param column describes streams and has an order
   * @param descending whether large ones come first
   * @param nullsFirst whether NULL comes first
   */
  public record Key(TallColumn column, boolean descending, boolean nullsFirst) {

    int compare(StreamDescriptor a, StreamDescriptor b) {
      Object left = column.of(a);
      Object right = column.of(b);
      if (left == null || right == null) {
        return left == right ? 0 : (left == null) == nullsFirst ? -1 : 1;
      }
      int order = ValueOrder.compare(left, right);
      return descending ? -order : order;
    }
  }

  /** Copies the list. */
  public TallOrder {
    keys = List.copyOf(keys);
  }

  /** Streams in lists of equal ones, the lists in order. */
  List<List<StreamDescriptor>> groups(List<StreamDescriptor> streams) {
    Comparator<StreamDescriptor> order = this::compare;
    List<List<StreamDescriptor>> groups = new ArrayList<>();
    @Nullable StreamDescriptor before = null;
    for (StreamDescriptor stream : streams.stream().sorted(order).toList()) {
      if (before == null || !byTime || order.compare(before, stream) != 0) {
        groups.add(new ArrayList<>());
      }
      groups.get(groups.size() - 1).add(stream);
      before = stream;
    }
    return groups;
  }

  private int compare(StreamDescriptor a, StreamDescriptor b) {
    for (Key key : keys) {
      int order = key.compare(a, b);
      if (order != 0) {
        return order;
      }
    }
    return 0;
  }

  @Override
  public String toString() {
    return this.equals(NONE) ? "any order" : "by " + keys + (byTime ? " and time" : "");
  }
}
