package org.btrdb.embedded.streamsql;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Rows by their keys, and what is asked of each group. */
final class Groups {
  private static final int GROUP_BYTES = 200;

  private final Plan.Grouping grouping;
  private final Work work;
  private final Map<List<@Nullable Object>, Group> groups = new LinkedHashMap<>();

  Groups(Plan.Grouping grouping, Work work) {
    this.grouping = grouping;
    this.work = work;
    if (grouping.isWhole()) {
      groups.put(List.of(), new Group(new Object[0]));
    }
  }

  void add(@Nullable Object[] row) {
    int count = grouping.keys().size();
    @Nullable Object[] values = new Object[count];
    List<@Nullable Object> key = new ArrayList<>(count);
    for (int i = 0; i < count; i++) {
      Expr expression = grouping.keys().get(i);
      values[i] = expression.value(row, work);
      key.add(Values.key(expression.type(), values[i]));
    }
    Group group = groups.get(key);
    if (group == null) {
      group = new Group(values);
      groups.put(key, group);
      work.hold(GROUP_BYTES + ItemRows.bytes(values));
    }
    group.add(row);
  }

  /** A row for each group: its keys, then its aggregates. */
  List<@Nullable Object[]> rows() {
    return groups.values().stream().map(Group::row).toList();
  }

  /** One group. */
  private final class Group {
    private final @Nullable Object[] keys;
    private final @Nullable Object[] extremes = new Object[grouping.aggregates().size()];
    private final long[] counts = new long[grouping.aggregates().size()];
    private final List<Set<Object>> distinct = new ArrayList<>();

    Group(@Nullable Object[] keys) {
      this.keys = keys;
      grouping.aggregates().forEach(aggregate -> distinct.add(new HashSet<>(1)));
    }

    void add(@Nullable Object[] row) {
      for (int i = 0; i < counts.length; i++) {
        Expr.Aggregate aggregate = grouping.aggregates().get(i);
        Expr argument = aggregate.argument();
        if (argument == null) {
          counts[i]++;
          continue;
        }
        Object value = argument.value(row, work);
        if (value != null && (!aggregate.distinct() || isNew(i, argument.type(), value))) {
          counts[i]++;
          extremes[i] = extreme(aggregate, extremes[i], value);
        }
      }
    }

    private boolean isNew(int i, Type type, Object value) {
      Object key = Values.key(type, value);
      boolean isNew = key != null && distinct.get(i).add(key);
      if (isNew) {
        work.hold(ItemRows.bytes(new Object[] {value}));
      }
      return isNew;
    }

    private static @Nullable Object extreme(
        Expr.Aggregate aggregate, @Nullable Object old, Object value) {
      if (aggregate.kind() == Expr.Aggregate.Kind.COUNT || old == null) {
        return value;
      }
      int order = Values.compare(aggregate.type(), value, old);
      boolean replaces = aggregate.kind() == Expr.Aggregate.Kind.MIN ? order < 0 : order > 0;
      return replaces ? value : old;
    }

    @Nullable Object[] row() {
      @Nullable Object[] row = new Object[keys.length + counts.length];
      System.arraycopy(keys, 0, row, 0, keys.length);
      for (int i = 0; i < counts.length; i++) {
        boolean isCount = grouping.aggregates().get(i).kind() == Expr.Aggregate.Kind.COUNT;
        row[keys.length + i] = isCount ? (Object) counts[i] : extremes[i];
      }
      return row;
    }
  }
}
