package org.btrdb.embedded.streamsql;

import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.btrdb.client.model.StreamQuery;
import org.jspecify.annotations.Nullable;

/**
 * Where to look for the rows that fulfil a condition, so that not all streams are looked at: by
 * uuids, or by collections, a prefix of them, and tags. Wider than the condition, never narrower.
 *
 * @param queries searches without a stream in common
 * @param uuids streams to look up one by one
 */
record SearchRange(List<StreamQuery> queries, Set<UUID> uuids) {
  /** More searches than this cost more than one look at all streams. */
  private static final int MAX_SEARCHES = 1000;

  /** What can be stored, in UTF-16; other texts are in no index. */
  private static final int MAX_CHARACTERS = 255;

  static SearchRange of(@Nullable Expr where) {
    if (where instanceof Expr.Constant constant && !Boolean.TRUE.equals(constant.value())) {
      return new SearchRange(List.of(), Set.of());
    }
    Set<Object> uuids = valuesOf(where, Relation.UUID);
    if (uuids != null) {
      Set<UUID> streams = new LinkedHashSet<>();
      uuids.forEach(uuid -> streams.add((UUID) uuid));
      return new SearchRange(List.of(), streams);
    }
    Map<String, Optional<String>> tags = new LinkedHashMap<>();
    for (int i = Relation.FIRST_TAG; i <= Relation.LAST_TAG; i++) {
      Set<Object> values = valuesOf(where, i);
      if (values != null && values.size() == 1) {
        String value = (String) values.iterator().next();
        if (!value.isEmpty()) {
          tags.put(Relation.COLUMNS.get(i).name(), Optional.of(value));
        }
      }
    }
    Set<Object> collections = valuesOf(where, Relation.COLLECTION);
    if (collections != null) {
      return new SearchRange(
          collections.stream()
              .map(collection -> new StreamQuery((String) collection, false, tags, Map.of()))
              .toList(),
          Set.of());
    }
    String prefix = where == null ? "" : prefixOf(where);
    return new SearchRange(byNames(where, prefix, tags), Set.of());
  }

  /** Several names are looked up one by one, in the index of tags. */
  private static List<StreamQuery> byNames(
      @Nullable Expr where, String prefix, Map<String, Optional<String>> tags) {
    Set<Object> names = tags.isEmpty() ? valuesOf(where, Relation.FIRST_TAG) : null;
    if (names == null || names.contains("")) {
      return List.of(new StreamQuery(prefix, true, tags, Map.of()));
    }
    String tag = Relation.COLUMNS.get(Relation.FIRST_TAG).name();
    return names.stream()
        .map(
            name ->
                new StreamQuery(prefix, true, Map.of(tag, Optional.of((String) name)), Map.of()))
        .toList();
  }

  /** The values that a column can have where a condition holds, null if that is not known. */
  private static @Nullable Set<Object> valuesOf(@Nullable Expr condition, int column) {
    if (condition instanceof Expr.Compare compare) {
      return valueOf(compare, column);
    }
    if (!(condition instanceof Expr.Joined joined)) {
      return null;
    }
    if (joined.isAnd()) {
      return joined.conditions().stream()
          .map(part -> valuesOf(part, column))
          .filter(Objects::nonNull)
          .findFirst()
          .orElse(null);
    }
    Set<Object> union = new LinkedHashSet<>();
    for (Expr part : joined.conditions()) {
      Set<Object> values = valuesOf(part, column);
      if (values == null || union.size() > MAX_SEARCHES) {
        return null;
      }
      union.addAll(values);
    }
    return union;
  }

  private static @Nullable Set<Object> valueOf(Expr.Compare compare, int column) {
    if (!compare.operator().equals("=")) {
      return null;
    }
    boolean columnIsLeft = isColumn(compare.left(), column);
    if (!columnIsLeft && !isColumn(compare.right(), column)) {
      return null;
    }
    Expr other = columnIsLeft ? compare.right() : compare.left();
    if (!(other instanceof Expr.Constant constant)) {
      return null;
    }
    Object value = constant.value();
    return value == null || (value instanceof String text && !isStorable(text))
        ? Set.of()
        : Set.of(value);
  }

  private static boolean isColumn(Expr value, int column) {
    return value instanceof Expr.Slot slot && slot.index() == column;
  }

  private static boolean isStorable(String text) {
    return text.length() <= MAX_CHARACTERS && text.indexOf('\0') < 0;
  }

  /** What every collection begins with where a condition holds. */
  private static String prefixOf(Expr condition) {
    if (condition instanceof Expr.Joined joined && joined.isAnd()) {
      return joined.conditions().stream()
          .map(SearchRange::prefixOf)
          .filter(prefix -> !prefix.isEmpty())
          .findFirst()
          .orElse("");
    }
    String prefix = "";
    if (condition instanceof Expr.Matches matches
        && isColumn(matches.text(), Relation.COLLECTION)) {
      prefix = matches.prefix();
    } else if (condition instanceof Expr.Call call
        && call.function() == Function.STARTS_WITH
        && isColumn(call.arguments().get(0), Relation.COLLECTION)
        && call.arguments().get(1) instanceof Expr.Constant constant
        && constant.value() instanceof String text) {
      prefix = text;
    }
    return isStorable(prefix) ? prefix : "";
  }
}
