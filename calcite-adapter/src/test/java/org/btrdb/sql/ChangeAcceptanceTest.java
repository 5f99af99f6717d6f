package org.btrdb.sql;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.btrdb.client.CallScope;
import org.btrdb.sql.row.RowCursor;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** The acceptance statements that change something, unchanged: what they leave, and their calls. */
class ChangeAcceptanceTest {
  private final AcceptanceData data = new AcceptanceData();
  private final SqlSession session = SqlSession.over(data.btrdb(), SessionOptions.DEFAULT);

  @AfterEach
  void close() {
    data.close();
  }

  private List<List<@Nullable Object>> rows(String sql) {
    PreparedSql prepared = session.prepare(sql, "", CallScope.unbounded());
    List<List<@Nullable Object>> rows = new ArrayList<>();
    try (RowCursor cursor = prepared.query(List.of(), CallScope.unbounded(), 0)) {
      while (cursor.next()) {
        List<@Nullable Object> row = new ArrayList<>();
        for (int i = 0; i < prepared.columns().size(); i++) {
          row.add(cursor.getObject(i));
        }
        rows.add(row);
      }
    }
    return rows;
  }

  private List<List<@Nullable Object>> calls(CallScope scope) {
    return rows(
        "SELECT rpc, COUNT(*), SUM(row_count) FROM btrdb.session_rpcs WHERE statement_id = "
            + scope.id()
            + " GROUP BY rpc ORDER BY rpc");
  }

  @Test
  void q79InsertsTwoPointsInOneCall() throws IOException {
    CallScope scope = CallScope.unbounded();
    PreparedSql insert = session.prepare(AcceptanceStatement.sql("Q79"), "", CallScope.unbounded());
    assertThat(insert.update(List.of(), scope)).isEqualTo(2);
    assertThat(calls(scope)).containsExactly(List.of("Insert", 1L, 2L));
    assertThat(
            rows(
                "SELECT TO_NANOS(time), value FROM \"sunshine/PMU3\".L1MAG"
                    + " WHERE time >= TIMESTAMP '2020-01-01 00:00:00'"))
        .containsExactly(
            List.of(1_577_836_800_000_000_000L, 7200.5),
            List.of(1_577_836_800_008_333_333L, 7201.25));
  }

  @Test
  void q81ChangesAUnitByOneLookUpAndOneCall() throws IOException {
    CallScope scope = CallScope.unbounded();
    PreparedSql update = session.prepare(AcceptanceStatement.sql("Q81"), "", CallScope.unbounded());
    assertThat(update.update(List.of(), scope)).isEqualTo(1);
    assertThat(calls(scope))
        .extracting(call -> call.get(0), call -> call.get(1))
        .containsExactly(
            org.assertj.core.groups.Tuple.tuple("LookupStreams", 1L),
            org.assertj.core.groups.Tuple.tuple("SetStreamTags", 1L));
    assertThat(
            rows(
                "SELECT name, unit FROM btrdb.streams WHERE collection = 'sunshine/PMU3'"
                    + " AND name IN ('L1MAG', 'L2MAG') ORDER BY name"))
        .containsExactly(List.of("L1MAG", "kV"), List.of("L2MAG", "volts"));
  }
}
