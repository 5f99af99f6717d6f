package org.btrdb.embedded.streamsql;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.Collectors;

/** Statements of the grammar without hstore, of which PostgreSQL and H2 think the same. */
final class RandomStreamsSql {
  private static final String LETTERS = "abAB%_\\\u00e9";
  private static final List<String> COLUMNS =
      List.of("collection", "name", "unit", "ingress", "distiller");

  private final Random random;

  RandomStreamsSql(Random random) {
    this.random = random;
  }

  /** A statement, and whether the order of its rows is settled. */
  record Sql(String text, boolean isOrdered) {}

  private <T> T any(List<T> list) {
    return list.get(random.nextInt(list.size()));
  }

  private boolean once(int in) {
    return random.nextInt(in) == 0;
  }

  /** Up to two letters, so that equal ones are not rare. */
  String word() {
    StringBuilder word = new StringBuilder();
    for (int i = random.nextInt(3); i > 0; i--) {
      word.append(LETTERS.charAt(random.nextInt(LETTERS.length())));
    }
    return word.toString();
  }

  Sql statement() {
    boolean grouped = once(3);
    List<String> keys = new ArrayList<>();
    List<String> items = new ArrayList<>();
    for (int i = random.nextInt(3); i >= 0; i--) {
      String item = once(4) ? number(1) : text(2);
      if (grouped && random.nextBoolean()) {
        items.add(aggregate());
      } else {
        items.add(item);
        keys.add(item);
      }
    }
    StringBuilder sql = new StringBuilder("SELECT ");
    if (once(4)) {
      sql.append("DISTINCT ");
    }
    for (int i = 0; i < items.size(); i++) {
      sql.append(i == 0 ? "" : ", ").append(items.get(i)).append(" AS c").append(i);
    }
    sql.append(" FROM streams");
    if (!once(4)) {
      sql.append(" WHERE ").append(condition(3));
    }
    if (grouped && !keys.isEmpty()) {
      sql.append(" GROUP BY ").append(String.join(", ", keys));
      if (once(2)) {
        sql.append(" HAVING count(*) ").append(comparison()).append(" 2");
      }
    }
    boolean ordered = random.nextBoolean();
    if (ordered) {
      List<String> order = new ArrayList<>();
      for (int i = 0; i < items.size(); i++) {
        order.add("c" + i + any(List.of("", " ASC", " DESC", " NULLS FIRST", " DESC NULLS LAST")));
      }
      sql.append(" ORDER BY ").append(String.join(", ", order));
      if (random.nextBoolean()) {
        sql.append(" LIMIT ").append(random.nextInt(20));
      }
      if (random.nextBoolean()) {
        sql.append(" OFFSET ").append(random.nextInt(5));
      }
    }
    return new Sql(sql.toString(), ordered);
  }

  private String aggregate() {
    return switch (random.nextInt(5)) {
      case 0 -> "count(*)";
      case 1 -> "count(" + text(1) + ")";
      case 2 -> "count(DISTINCT " + text(1) + ")";
      case 3 -> "min(" + text(1) + ")";
      default -> "max(" + number(1) + ")";
    };
  }

  private String comparison() {
    return any(List.of("=", "<>", "!=", "<", "<=", ">", ">="));
  }

  private String literal() {
    return "'" + word() + "'";
  }

  private String text(int depth) {
    if (depth == 0 || once(2)) {
      return any(COLUMNS);
    }
    return switch (random.nextInt(7)) {
      case 0 -> "lower(" + text(depth - 1) + ")";
      case 1 -> "upper(" + text(depth - 1) + ")";
      case 2 -> "(" + text(depth - 1) + " || " + literal() + ")";
      case 3 -> "coalesce(" + text(depth - 1) + ", " + text(depth - 1) + ")";
      case 4 -> "left(" + text(depth - 1) + ", " + random.nextInt(3) + ")";
      default -> "nullif(" + text(depth - 1) + ", " + literal() + ")";
    };
  }

  private String number(int depth) {
    return switch (depth == 0 ? 0 : random.nextInt(4)) {
      case 1 -> "length(" + text(depth - 1) + ")";
      case 2 -> "nullif(" + number(depth - 1) + ", " + random.nextInt(3) + ")";
      case 3 -> "coalesce(" + number(depth - 1) + ", 7)";
      default -> "property_version";
    };
  }

  private String pattern() {
    StringBuilder pattern = new StringBuilder();
    for (int i = random.nextInt(4); i > 0; i--) {
      String part = any(List.of("a", "b", "A", "\u00e9", "%", "%", "_", "\\%", "\\_", "\\\\"));
      pattern.append(part);
    }
    return "'" + pattern + "'";
  }

  private String condition(int depth) {
    int kind = random.nextInt(depth == 0 ? 6 : 10);
    String not = random.nextBoolean() ? "NOT " : "";
    return switch (kind) {
      case 0 -> text(1) + " " + comparison() + " " + (once(2) ? literal() : text(1));
      case 1 -> number(1) + " " + comparison() + " " + random.nextInt(4);
      case 2 -> text(1) + " " + not + (once(2) ? "ILIKE " : "LIKE ") + pattern();
      case 3 ->
          text(1)
              + " "
              + not
              + "IN ("
              + random
                  .ints(1 + random.nextInt(3))
                  .mapToObj(i -> literal())
                  .collect(Collectors.joining(", "))
              + ")";
      case 4 -> text(1) + " " + not + "BETWEEN " + literal() + " AND " + literal();
      case 5 -> any(COLUMNS) + " = " + literal();
      case 6 -> "(" + text(2) + ") IS " + not + "NULL";
      case 7 ->
          "(" + condition(depth - 1) + ") IS " + not + any(List.of("TRUE", "FALSE", "UNKNOWN"));
      case 8 -> text(1) + " IS " + not + "DISTINCT FROM " + text(1);
      default -> joined(depth, not);
    };
  }

  private String joined(int depth, String not) {
    String operator = any(List.of(" AND ", " OR "));
    String all =
        random
            .ints(2 + random.nextInt(2))
            .mapToObj(i -> condition(depth - 1))
            .collect(Collectors.joining(operator));
    return once(2) ? not + "(" + all + ")" : all;
  }
}
