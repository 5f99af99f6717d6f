package org.btrdb.jdbc;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.reflect.Field;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.btrdb.client.error.ErrorCode;
import org.btrdb.sql.SqlRefusal;
import org.junit.jupiter.api.Test;

/** The page for who met an error. */
class TroubleshootingTest {
  @Test
  void everySqlStateHasARow() throws Exception {
    List<String> lines = Files.readAllLines(Path.of("..", "docs", "troubleshooting.md"));
    Set<String> states = new TreeSet<>();
    for (ErrorCode code : ErrorCode.values()) {
      states.add(code.sqlState());
    }
    for (SqlRefusal.Reason reason : SqlRefusal.Reason.values()) {
      states.add(reason.sqlState());
    }
    for (Field constant : SqlErrors.class.getDeclaredFields()) {
      if (constant.getType() == String.class) {
        constant.setAccessible(true);
        states.add((String) constant.get(null));
      }
    }
    assertThat(states).hasSizeGreaterThan(30);
    for (String state : states) {
      assertThat(lines).filteredOn(l -> l.startsWith("| `" + state + "` |")).as(state).hasSize(1);
    }
  }
}
