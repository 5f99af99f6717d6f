package org.btrdb.sql;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A statement of the design's section 7, as {@code parser/acceptance.sql} has it. */
record AcceptanceStatement(String id, String title, String sql) {
  private static final Pattern STATEMENT =
      Pattern.compile("-- (Q[0-9]+)([^\n]*)\n(.*)", Pattern.DOTALL);

  /** All of them, in order. */
  static List<AcceptanceStatement> all() throws IOException {
    String text;
    try (InputStream in =
        Objects.requireNonNull(
            AcceptanceStatement.class.getResourceAsStream("parser/acceptance.sql"))) {
      text = new String(in.readAllBytes(), StandardCharsets.UTF_8);
    }
    List<AcceptanceStatement> statements = new ArrayList<>();
    for (String part : text.split("\n\n", -1)) {
      Matcher head = STATEMENT.matcher(part);
      if (head.matches()) {
        statements.add(
            new AcceptanceStatement(head.group(1), head.group(2), head.group(3).strip()));
      }
    }
    return statements;
  }

  /** The SQL of one of them, such as Q09. */
  static String sql(String id) throws IOException {
    return all().stream().filter(s -> s.id.equals(id)).findFirst().orElseThrow().sql;
  }
}
