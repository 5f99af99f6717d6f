package org.btrdb.sql;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.btrdb.client.CallScope;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/**
 * Statements of standard SQL and near it, each with what it must end in: {@code ok}, or the
 * SQLState of a refusal. The list is {@code statements.txt}.
 */
class StatementStatesTest {
  private final TestBtrdb db = new TestBtrdb();

  StatementStatesTest() {
    db.stream("t", "s", new long[] {0, 1, 2, 3, 4}, new double[] {0, 1, 2, 3, 4});
    db.stream("t", "r", new long[] {1, 2, 40}, new double[] {1, 2, 3});
  }

  @AfterEach
  void close() {
    db.close();
  }

  @Test
  void everyStatementRunsOrIsRefusedInOneLine() throws IOException {
    List<String> wrong = new ArrayList<>();
    int statements = 0;
    for (String line : lines()) {
      String[] parts = line.split("\t", 2);
      statements++;
      String answer = answer(parts[1]);
      if (!answer.split(" ", 2)[0].equals(parts[0])) {
        wrong.add(answer + "\t" + parts[1] + "\t(listed: " + parts[0] + ")");
      }
    }
    assertThat(statements).isGreaterThan(250);
    assertThat(wrong).isEmpty();
  }

  private static List<String> lines() throws IOException {
    try (InputStream in =
        Objects.requireNonNull(StatementStatesTest.class.getResourceAsStream("statements.txt"))) {
      return new String(in.readAllBytes(), UTF_8).lines().toList();
    }
  }

  private String answer(String sql) {
    try {
      PreparedSql prepared = db.session().prepare(sql, "", CallScope.unbounded());
      if (prepared.kind() == PreparedSql.Kind.QUERY) {
        TestBtrdb.rows(prepared);
      }
      return "ok";
    } catch (SqlRefusal e) {
      String message = String.valueOf(e.getMessage());
      boolean clear = message.lines().count() == 1 && message.length() < 300;
      // These name classes, rules and plan nodes of Calcite, or say nothing.
      boolean ours =
          !message.matches(
              "(?s).*(Logical[A-Z]|Rel[A-Z]|Rex[A-Z]|org\\.|java\\.|#\\d|rel#|null$).*");
      return (clear && ours ? "" : "unclear ") + e.reason().sqlState() + " " + message;
    } catch (RuntimeException | Error e) {
      return "internal " + e;
    }
  }

  @Test
  void upsertReplacesThePointOfATime() {
    db.update("UPSERT INTO \"t\".s VALUES (FROM_NANOS(2), 20)");
    assertThat(db.rows("SELECT value FROM \"t\".s WHERE time = 2")).containsExactly(List.of(20.0));
  }
}
