package org.btrdb.sql;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/** Random queries over the streams a, b, c and d of collection x: every result is deterministic. */
final class RandomSql {

  /** A column in scope. */
  private record Col(String sql, char type) {}

  /** Something to select from. */
  private record Source(String sql, List<Col> columns) {}

  private static final String TYPES = "TDLBS";

  private final Random random;
  private int names;

  RandomSql(Random random) {
    this.random = random;
  }

  /** A query; its rows are ordered only if it says so, and then wholly. */
  String query() {
    names = 0;
    Source query =
        switch (random.nextInt(12)) {
          case 0 -> setOperation();
          case 1, 2, 3 -> aggregate(source(2));
          case 4, 5 -> window(source(1));
          default -> select(source(2));
        };
    if (random.nextInt(4) > 0) {
      return query.sql();
    }
    List<String> keys = new ArrayList<>();
    for (int i = 1; i <= query.columns().size(); i++) {
      keys.add(i + pick("", " DESC", " ASC", " DESC NULLS FIRST", " NULLS FIRST"));
    }
    return "SELECT * FROM ("
        + query.sql()
        + ") ORDER BY "
        + String.join(", ", keys)
        + pick("", " LIMIT 3", " LIMIT 7 OFFSET 2", " OFFSET 5", " LIMIT 0");
  }

  private String pick(String... choices) {
    return choices[random.nextInt(choices.length)];
  }

  private String name(String prefix) {
    return prefix + names++;
  }

  private Source table() {
    String alias = name("t");
    return new Source(
        "\"x\"." + pick("a", "b", "c", "d") + " AS " + alias,
        List.of(new Col(alias + ".\"time\"", 'T'), new Col(alias + ".\"value\"", 'D')));
  }

  private Source source(int depth) {
    if (depth == 0) {
      return table();
    }
    return switch (random.nextInt(6)) {
      case 0 -> nested(aggregate(source(depth - 1)));
      case 1 -> nested(select(source(depth - 1)));
      case 2, 3 -> join(source(depth - 1), source(depth - 1));
      default -> table();
    };
  }

  private Source nested(Source query) {
    String alias = name("q");
    List<Col> columns =
        query.columns().stream().map(c -> new Col(alias + "." + c.sql(), c.type())).toList();
    return new Source("(" + query.sql() + ") AS " + alias, columns);
  }

  private Source join(Source left, Source right) {
    List<Col> all = new ArrayList<>(left.columns());
    all.addAll(right.columns());
    List<String> conditions = new ArrayList<>();
    for (int i = 0; i < TYPES.length(); i++) {
      char type = TYPES.charAt(i);
      List<Col> l = ofType(left.columns(), type);
      List<Col> r = ofType(right.columns(), type);
      if (!l.isEmpty() && !r.isEmpty() && random.nextInt(type == 'T' ? 4 : 2) > 0) {
        conditions.add(any(l) + " = " + any(r));
      }
    }
    if (random.nextInt(3) == 0) {
      conditions.add(expression('B', all, 1));
    }
    if (conditions.isEmpty()) {
      return new Source(left.sql() + " CROSS JOIN " + right.sql(), all);
    }
    return new Source(
        left.sql()
            + pick(" JOIN ", " LEFT JOIN ", " RIGHT JOIN ", " FULL JOIN ")
            + right.sql()
            + " ON "
            + String.join(" AND ", conditions),
        all);
  }

  private String where(Source source) {
    return random.nextBoolean() ? "" : " WHERE " + expression('B', source.columns(), 3);
  }

  private Source select(Source source) {
    List<Col> columns = new ArrayList<>();
    List<String> items = new ArrayList<>();
    int count = 1 + random.nextInt(3);
    for (int i = 0; i < count; i++) {
      char type = TYPES.charAt(random.nextInt(TYPES.length()));
      String alias = name("c");
      items.add(expression(type, source.columns(), 3) + " AS " + alias);
      columns.add(new Col(alias, type));
    }
    return new Source(
        "SELECT "
            + pick("", "", "", "DISTINCT ")
            + String.join(", ", items)
            + " FROM "
            + source.sql()
            + where(source),
        columns);
  }

  private Source aggregate(Source source) {
    List<Col> columns = new ArrayList<>();
    List<String> items = new ArrayList<>();
    List<String> keys = new ArrayList<>();
    int keyCount = random.nextInt(3);
    for (int i = 0; i < keyCount; i++) {
      char type = TYPES.charAt(random.nextInt(TYPES.length()));
      String key =
          type == 'T' && random.nextBoolean()
              ? "FLOOR(" + expression('T', source.columns(), 0) + " TO MINUTE)"
              : expression(type, source.columns(), 1);
      String alias = name("k");
      keys.add(alias);
      items.add(key + " AS " + alias);
      columns.add(new Col(alias, type));
    }
    int count = 1 + random.nextInt(3);
    for (int i = 0; i < count; i++) {
      Col call = call(source.columns());
      String alias = name("g");
      String filter =
          random.nextInt(4) == 0
              ? " FILTER (WHERE " + expression('B', source.columns(), 1) + ")"
              : "";
      items.add(call.sql() + filter + " AS " + alias);
      columns.add(new Col(alias, call.type()));
    }
    String inner = "SELECT " + String.join(", ", items) + " FROM " + source.sql() + where(source);
    return new Source(keys.isEmpty() ? inner : grouped(inner, keys, items), columns);
  }

  /** Keys are grouped by position: an expression of a key may not be written twice. */
  private static String grouped(String inner, List<String> keys, List<String> items) {
    List<String> positions = new ArrayList<>();
    for (int i = 0; i < keys.size() && i < items.size(); i++) {
      positions.add(String.valueOf(i + 1));
    }
    return inner + " GROUP BY " + String.join(", ", positions);
  }

  private Col call(List<Col> columns) {
    String d = expression('D', columns, 1);
    return switch (random.nextInt(17)) {
      case 0 -> new Col("COUNT(*)", 'L');
      case 1 -> new Col("COUNT(" + expression('S', columns, 1) + ")", 'L');
      case 2 -> new Col("COUNT(DISTINCT " + d + ")", 'L');
      case 3 -> new Col("SUM(" + d + ")", 'D');
      case 4 -> new Col("SUM(DISTINCT " + d + ")", 'D');
      case 5 -> new Col("AVG(" + d + ")", 'D');
      case 6 -> new Col("MIN(" + expression('T', columns, 1) + ")", 'T');
      case 7 -> new Col("MAX(" + d + ")", 'D');
      case 8 -> new Col("MAX(" + expression('S', columns, 1) + ")", 'S');
      case 9 -> new Col("SUM(" + expression('L', columns, 1) + ")", 'L');
      case 10 -> new Col("ROUND(" + pick("STDDEV_POP(", "VAR_SAMP(") + d + "), 6)", 'D');
      case 11 -> new Col("EVERY(" + expression('B', columns, 1) + ")", 'B');
      case 12 -> new Col(pick("MEDIAN(", "MEDIAN(DISTINCT ") + d + ")", 'D');
      case 13 -> new Col("APPROX_PERCENTILE(" + d + ", 0.3)", 'D');
      case 14 ->
          new Col("PERCENTILE_CONT(0.7) WITHIN GROUP (ORDER BY " + d + pick(")", " DESC)"), 'D');
      case 15 ->
          new Col(
              "ROUND("
                  + pick("COVAR_POP(", "COVAR_SAMP(", "REGR_SXY(", "REGR_AVGX(")
                  + d
                  + ", "
                  + expression('D', columns, 1)
                  + "), 6)",
              'D');
      default -> new Col("AVG(" + expression('L', columns, 1) + ")", 'L');
    };
  }

  private Source window(Source source) {
    List<String> items = new ArrayList<>();
    List<Col> columns = new ArrayList<>();
    List<String> order = source.columns().stream().map(Col::sql).toList();
    String partition =
        random.nextBoolean() ? "" : "PARTITION BY " + expression('L', source.columns(), 1) + " ";
    String total = partition + "ORDER BY " + String.join(", ", order);
    String peers = partition + "ORDER BY " + expression('D', source.columns(), 0);
    int count = 1 + random.nextInt(3);
    for (int i = 0; i < count; i++) {
      String d = expression('D', source.columns(), 1);
      Col item =
          switch (random.nextInt(9)) {
            case 0 -> new Col("RANK() OVER (" + peers + ")", 'L');
            case 1 -> new Col("DENSE_RANK() OVER (" + peers + ")", 'L');
            case 2 -> new Col("COUNT(*) OVER (" + peers + ")", 'L');
            case 3 -> new Col("SUM(" + d + ") OVER (" + peers + pick("", rows()) + ")", 'D');
            case 4 -> new Col("MAX(" + d + ") OVER (" + partition + ")", 'D');
            case 5 -> new Col("MIN(" + d + ") OVER (" + total + rows() + ")", 'D');
            case 6 -> new Col("COUNT(" + d + ") OVER (" + total + rows() + ")", 'L');
            case 7 -> new Col("COUNT(*) OVER (" + peers + range(source) + ")", 'L');
            default -> new Col("SUM(" + d + ") OVER (" + partition + ")", 'D');
          };
      // A frame of rows over peers in any order has no one answer.
      boolean ambiguous = item.sql().contains("SUM(") && item.sql().contains("ROWS");
      String alias = name("w");
      items.add((ambiguous ? "COUNT(*) OVER (" + partition + ")" : item.sql()) + " AS " + alias);
      columns.add(new Col(alias, ambiguous ? 'L' : item.type()));
    }
    for (Col column : source.columns()) {
      String alias = name("c");
      items.add(column.sql() + " AS " + alias);
      columns.add(new Col(alias, column.type()));
    }
    return new Source(
        "SELECT " + String.join(", ", items) + " FROM " + source.sql() + where(source), columns);
  }

  private String rows() {
    return pick(
        " ROWS UNBOUNDED PRECEDING",
        " ROWS BETWEEN 3 PRECEDING AND CURRENT ROW",
        " ROWS BETWEEN 2 PRECEDING AND 2 FOLLOWING",
        " ROWS BETWEEN CURRENT ROW AND UNBOUNDED FOLLOWING",
        " ROWS BETWEEN 1 FOLLOWING AND 4 FOLLOWING",
        " ROWS BETWEEN 4 PRECEDING AND 2 PRECEDING");
  }

  private String range(Source source) {
    return source.columns().isEmpty()
        ? ""
        : pick(
            "",
            " RANGE BETWEEN UNBOUNDED PRECEDING AND UNBOUNDED FOLLOWING",
            " RANGE BETWEEN CURRENT ROW AND UNBOUNDED FOLLOWING");
  }

  private Source setOperation() {
    List<Col> columns = new ArrayList<>();
    int count = 1 + random.nextInt(2);
    for (int i = 0; i < count; i++) {
      columns.add(new Col("u" + i, pick("T", "D", "L").charAt(0)));
    }
    String operator =
        pick(
            " UNION ALL ", " UNION ", " INTERSECT ", " EXCEPT ", " INTERSECT ALL ", " EXCEPT ALL ");
    return new Source(side(columns) + operator + side(columns), columns);
  }

  private String side(List<Col> columns) {
    Source source = source(1);
    List<String> items = new ArrayList<>();
    for (Col column : columns) {
      items.add(expression(column.type(), source.columns(), 1) + " AS " + column.sql());
    }
    return "SELECT " + String.join(", ", items) + " FROM " + source.sql() + where(source);
  }

  private static List<Col> ofType(List<Col> columns, char type) {
    return columns.stream().filter(c -> c.type() == type).toList();
  }

  private String any(List<Col> columns) {
    return columns.get(random.nextInt(columns.size())).sql();
  }

  private String expression(char type, List<Col> columns, int depth) {
    List<Col> fitting = ofType(columns, type);
    if (!fitting.isEmpty() && (depth <= 0 || random.nextInt(3) == 0)) {
      return any(fitting);
    }
    if (depth <= 0) {
      return literal(type);
    }
    if (random.nextInt(8) == 0) {
      return "CASE WHEN "
          + expression('B', columns, depth - 1)
          + " THEN "
          + expression(type, columns, depth - 1)
          + pick("", " ELSE " + expression(type, columns, depth - 1))
          + " END";
    }
    if (random.nextInt(12) == 0) {
      return "COALESCE("
          + expression(type, columns, depth - 1)
          + ", "
          + expression(type, columns, depth - 1)
          + ")";
    }
    return switch (type) {
      case 'T' -> time(columns, depth - 1);
      case 'D' -> number(columns, depth - 1);
      case 'L' -> integer(columns, depth - 1);
      case 'S' -> text(columns, depth - 1);
      default -> condition(columns, depth - 1);
    };
  }

  private String literal(char type) {
    return switch (type) {
      case 'T' -> "TIMESTAMP '1970-01-01 00:00:0" + random.nextInt(10) + "'";
      case 'D' -> "CAST(" + (random.nextInt(9) - 4) + ".5 AS DOUBLE)";
      case 'L' -> "CAST(" + (random.nextInt(9) - 4) + " AS BIGINT)";
      case 'S' -> "CAST('" + pick("ab", "a", "1.5", "x_y", "%", "") + "' AS VARCHAR)";
      default -> pick("TRUE", "FALSE", "CAST(NULL AS BOOLEAN)");
    };
  }

  private String time(List<Col> columns, int depth) {
    String t = expression('T', columns, depth);
    return switch (random.nextInt(5)) {
      case 0 -> "FLOOR(" + t + " TO " + pick("SECOND", "MINUTE", "MONTH") + ")";
      case 1 -> "date_bin('7s', " + t + ")";
      case 2 -> t + " + INTERVAL '3' SECOND";
      case 3 -> "TIMESTAMPADD(MONTH, 1, " + t + ")";
      default -> t;
    };
  }

  private String number(List<Col> columns, int depth) {
    String a = expression('D', columns, depth);
    String b = expression('D', columns, depth);
    return switch (random.nextInt(9)) {
      case 0 -> "(" + a + " + " + b + ")";
      case 1 -> "(" + a + " - " + b + ")";
      case 2 -> "(" + a + " * 0.5)";
      case 3 -> "ABS(" + a + ")";
      case 4 -> "FLOOR(" + a + ")";
      case 5 -> "CAST(" + expression('L', columns, depth) + " AS DOUBLE)";
      case 6 -> "NULLIF(" + a + ", " + b + ")";
      case 7 -> "ROUND(" + a + ", 0)";
      default -> "(" + a + " / 4)";
    };
  }

  private String integer(List<Col> columns, int depth) {
    String a = expression('L', columns, depth);
    String b = expression('L', columns, depth);
    return switch (random.nextInt(8)) {
      case 0 -> "(" + a + " + " + b + ")";
      case 1 -> "(" + a + " - " + b + ")";
      case 2 -> "(" + a + " * 3)";
      case 3 -> "MOD(" + a + ", 5)";
      case 4 -> "CAST(" + expression('D', columns, depth) + " AS BIGINT)";
      case 5 -> "EXTRACT(SECOND FROM " + expression('T', columns, depth) + ")";
      case 6 -> "CAST(CHAR_LENGTH(" + expression('S', columns, depth) + ") AS BIGINT)";
      default ->
          "CAST(TIMESTAMPDIFF(SECOND, TIMESTAMP '1970-01-01 00:00:00', "
              + expression('T', columns, depth)
              + ") AS BIGINT)";
    };
  }

  private String text(List<Col> columns, int depth) {
    String s = expression('S', columns, depth);
    return switch (random.nextInt(7)) {
      case 0 -> "UPPER(" + s + ")";
      case 1 -> "(" + s + " || 'z')";
      case 2 -> "SUBSTRING(" + s + " FROM 2)";
      case 3 -> "SUBSTRING(" + s + " FROM 1 FOR 2)";
      case 4 -> "TRIM(BOTH '1' FROM " + s + ")";
      case 5 -> "CAST(" + expression('L', columns, depth) + " AS VARCHAR)";
      default -> "CAST(" + expression('D', columns, depth) + " AS VARCHAR)";
    };
  }

  private String condition(List<Col> columns, int depth) {
    char type = "TDLS".charAt(random.nextInt(4));
    return switch (random.nextInt(10)) {
      case 0 ->
          "("
              + expression('B', columns, depth)
              + pick(" AND ", " OR ")
              + expression('B', columns, depth)
              + ")";
      case 1 -> "NOT (" + expression('B', columns, depth) + ")";
      case 2 ->
          "("
              + expression('B', columns, depth)
              + ")"
              + pick(" IS TRUE", " IS NOT TRUE", " IS FALSE", " IS NOT FALSE", " IS UNKNOWN");
      case 3 -> "(" + expression(type, columns, depth) + pick(") IS NULL", ") IS NOT NULL");
      case 4 ->
          "("
              + expression(type, columns, depth)
              + pick(") IS DISTINCT FROM (", ") IS NOT DISTINCT FROM (")
              + expression(type, columns, depth)
              + ")";
      case 5 ->
          "(" + expression('S', columns, depth) + ") LIKE '" + pick("%1%", "a_", "%", "_.5") + "'";
      case 6 -> "(" + expression('D', columns, depth) + ") IN (-1, 0.5, 2)";
      case 7 -> "(" + expression('D', columns, depth) + ") BETWEEN -1 AND 1.5";
      default ->
          "("
              + expression(type, columns, depth)
              + ")"
              + pick(" = ", " <> ", " < ", " <= ", " > ", " >= ")
              + "("
              + expression(type, columns, depth)
              + ")";
    };
  }
}
