package org.btrdb.jdbc;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.btrdb.client.error.ErrorCode;
import org.btrdb.sql.SqlRefusal;
import org.junit.jupiter.api.Test;

/** The page for who met an error. */
class TroubleshootingTest {
  @Test
  void everySqlStateHasARow() throws IOException {
    List<String> lines = Files.readAllLines(Path.of("..", "docs", "troubleshooting.md"));
    List<String> states =
        Stream.concat(
                Arrays.stream(ErrorCode.values()).map(ErrorCode::sqlState),
                Arrays.stream(SqlRefusal.Reason.values()).map(SqlRefusal.Reason::sqlState))
            .distinct()
            .toList();
    for (String state : states) {
      assertThat(lines).filteredOn(l -> l.startsWith("| `" + state + "` |")).as(state).hasSize(1);
    }
  }
}
