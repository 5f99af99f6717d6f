package org.btrdb.embedded.streamsql;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Makes a plan of a statement: binds its clauses and looks whether they suit each other. */
final class Planner {
  private static final String UNNAMED = "?column?";

  private final Syntax.Select select;
  private final Binder binder;
  private final List<String> columns = new ArrayList<>();
  private final List<Expr> items = new ArrayList<>();
  private final List<Integer> places = new ArrayList<>();

  private Planner(Syntax.Select select, List<String> parameters) {
    this.select = select;
    this.binder = new Binder(select.table(), parameters);
  }

  static Plan plan(Syntax.Select select, List<String> parameters) {
    return new Planner(select, parameters).plan();
  }

  private Plan plan() {
    select.items().forEach(this::addItem);
    checkNames();
    Expr where = where();
    List<Expr> groupKeys = groupKeys();
    Syntax having = select.having();
    Expr groupCondition = having == null ? null : binder.condition(having);
    List<Plan.Key> orderBy = new ArrayList<>();
    List<Integer> sortPlaces = new ArrayList<>();
    for (Syntax.Sort sort : select.orderBy()) {
      orderBy.add(sortKey(sort));
      sortPlaces.add(sort.value().at());
    }
    Plan.Grouping grouping = null;
    if (!groupKeys.isEmpty() || groupCondition != null || isAggregated(orderBy)) {
      GroupedRows grouped = new GroupedRows(groupKeys);
      for (int i = 0; i < items.size(); i++) {
        items.set(i, grouped.over(items.get(i), places.get(i)));
      }
      for (int i = 0; i < orderBy.size(); i++) {
        Plan.Key key = orderBy.get(i);
        if (key.value() != null) {
          Expr value = grouped.over(key.value(), sortPlaces.get(i));
          orderBy.set(i, new Plan.Key(-1, value, key.type(), key.descending(), key.nullsFirst()));
        }
      }
      Expr condition =
          having == null || groupCondition == null
              ? null
              : grouped.over(groupCondition, having.at());
      grouping = new Plan.Grouping(groupKeys, grouped.aggregates(), groupKeys.isEmpty(), condition);
    }
    Plan plan =
        new Plan(
            columns,
            select.distinct(),
            List.copyOf(items),
            where,
            grouping,
            List.copyOf(orderBy),
            count(select.limit(), "LIMIT", Long.MAX_VALUE),
            count(select.offset(), "OFFSET", 0));
    binder.checkParameters();
    return plan;
  }

  private @Nullable Expr where() {
    Syntax where = select.where();
    if (where == null) {
      return null;
    }
    Expr condition = binder.condition(where);
    if (CallBinder.holdsAggregate(condition)) {
      throw BadSql.at(where.at(), "a condition in WHERE is about one row: no aggregates");
    }
    return condition;
  }

  private void addItem(Syntax.Item item) {
    if (item.value() == null) {
      binder.checkTable(item.at(), item.alias());
      for (int i = 0; i < Relation.COLUMNS.size(); i++) {
        add(Relation.COLUMNS.get(i).name(), binder.column(i), item.at());
      }
      return;
    }
    Expr value = binder.value(item.value());
    boolean isEntries = value instanceof Expr.Entries;
    if (isEntries && items.stream().anyMatch(Expr.Entries.class::isInstance)) {
      throw BadSql.at(item.at(), "one item may stand for several rows, not two");
    }
    checkNoEntriesWithin(value, item.at());
    String name = item.alias() == null ? CallBinder.nameOf(item.value()) : item.alias();
    add(name == null ? UNNAMED : name, value, item.at());
  }

  private static void checkNoEntriesWithin(Expr value, int at) {
    if (value.contains(e -> e != value && e instanceof Expr.Entries)) {
      throw BadSql.at(at, "SKEYS and SVALS stand alone in the select list");
    }
  }

  private void add(String name, Expr value, int at) {
    columns.add(name);
    items.add(value);
    places.add(at);
  }

  /** A row is an object, which cannot have two members of one name. */
  private void checkNames() {
    Set<String> names = new HashSet<>();
    for (int i = 0; i < columns.size(); i++) {
      if (!names.add(columns.get(i))) {
        throw BadSql.at(
            places.get(i),
            "two columns would be called "
                + BadSql.quoted(columns.get(i))
                + "; name one of them with AS");
      }
    }
  }

  private boolean isAggregated(List<Plan.Key> orderBy) {
    return items.stream().anyMatch(Planner::holdsRealAggregate)
        || orderBy.stream().anyMatch(key -> key.value() != null && holdsRealAggregate(key.value()));
  }

  private static boolean holdsRealAggregate(Expr value) {
    Expr asked = value instanceof Expr.Entries entries ? entries.argument() : value;
    return CallBinder.holdsAggregate(asked);
  }

  /** Columns first, then names of items, then their numbers. */
  private List<Expr> groupKeys() {
    List<Expr> keys = new ArrayList<>();
    for (Syntax syntax : select.groupBy()) {
      int item = itemOf(syntax, true);
      Expr key = item >= 0 ? items.get(item) : binder.value(syntax);
      if (CallBinder.holdsAggregate(key)) {
        throw BadSql.at(syntax.at(), "a group has no aggregate as its key");
      }
      keys.add(key);
    }
    return keys;
  }

  /** Names of items first, then columns: the other way round than in GROUP BY, as in PostgreSQL. */
  private Plan.Key sortKey(Syntax.Sort sort) {
    int at = sort.value().at();
    int item = itemOf(sort.value(), false);
    if (item >= 0) {
      return sortKey(sort, item, null, items.get(item).type());
    }
    Expr value = binder.value(sort.value());
    int same = items.indexOf(value);
    if (same >= 0) {
      return sortKey(sort, same, null, value.type());
    }
    if (select.distinct()) {
      throw BadSql.at(at, "with DISTINCT, what is sorted by must be in the select list");
    }
    checkNoEntriesWithin(value, at);
    if (value instanceof Expr.Entries) {
      throw BadSql.at(at, "SKEYS and SVALS stand alone in the select list");
    }
    return sortKey(sort, -1, value, value.type());
  }

  private static Plan.Key sortKey(Syntax.Sort sort, int item, @Nullable Expr value, Type type) {
    if (!type.isOrdered()) {
      throw BadSql.at(sort.value().at(), type + " has no order");
    }
    return new Plan.Key(item, value, type, sort.descending(), sort.nullsFirst());
  }

  /** The item that a number or a name stands for, -1 if it is neither. */
  private int itemOf(Syntax syntax, boolean columnsFirst) {
    if (syntax instanceof Syntax.Digits digits) {
      String number = digits.digits();
      int index = number.matches("[0-9]{1,4}") ? Integer.parseInt(number) - 1 : Integer.MAX_VALUE;
      if (index < 0 || index >= items.size()) {
        throw BadSql.at(
            digits.at(), "the select list has " + items.size() + " items, and no number " + number);
      }
      return index;
    }
    if (syntax instanceof Syntax.Name name && name.table() == null) {
      return columnsFirst && Relation.indexOf(name.name()) >= 0 ? -1 : columns.indexOf(name.name());
    }
    return -1;
  }

  private long count(@Nullable Syntax syntax, String what, long otherwise) {
    if (syntax == null) {
      return otherwise;
    }
    Object count = binder.constant(syntax, Type.BIGINT);
    if (count == null) {
      return otherwise;
    }
    if ((Long) count < 0) {
      throw BadSql.at(syntax.at(), what + " must not be negative");
    }
    return (Long) count;
  }

  /** Puts slots of a group's row in the place of its keys and aggregates. */
  private static final class GroupedRows {
    private final List<Expr> keys;
    private final List<Expr.Aggregate> aggregates = new ArrayList<>();

    GroupedRows(List<Expr> keys) {
      this.keys = keys;
    }

    List<Expr.Aggregate> aggregates() {
      return List.copyOf(aggregates);
    }

    Expr over(Expr value, int at) {
      int key = keys.indexOf(value);
      if (key >= 0) {
        return new Expr.Slot(value.type(), key);
      }
      if (value instanceof Expr.Aggregate aggregate) {
        if (!aggregates.contains(aggregate)) {
          aggregates.add(aggregate);
        }
        return new Expr.Slot(value.type(), keys.size() + aggregates.indexOf(aggregate));
      }
      if (value instanceof Expr.Entries) {
        throw BadSql.at(at, "SKEYS and SVALS cannot be grouped");
      }
      if (value instanceof Expr.Slot slot) {
        throw BadSql.at(
            at,
            "column "
                + Relation.COLUMNS.get(slot.index()).name()
                + " is neither in GROUP BY nor in an aggregate");
      }
      return value.over(operand -> over(operand, at));
    }
  }
}
