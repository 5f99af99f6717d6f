package org.btrdb.embedded.streamsql;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.UUID;
import org.btrdb.client.Btrdb;
import org.btrdb.client.CallScope;
import org.btrdb.client.Cursor;
import org.btrdb.client.error.BtrdbException;
import org.btrdb.client.error.ErrorCode;
import org.btrdb.client.model.MetadataChange;
import org.btrdb.client.model.NewStream;
import org.btrdb.client.model.StreamDescriptor;
import org.btrdb.client.model.StreamQuery;
import org.btrdb.client.spi.BtrdbConnector;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Random statements are answered as H2 in PostgreSQL's mode answers them. */
@Timeout(120)
class StreamsSqlDifferentialTest {
  private static final CallScope SCOPE = CallScope.unbounded();
  private static final int STREAMS = 120;
  private static final int STATEMENTS = Integer.getInteger("statements", 1000);

  @Test
  void statementsAgreeWithH2() {
    long seed = Long.getLong("seed", new Random().nextLong());
    Random random = new Random(seed);
    RandomStreamsSql sql = new RandomStreamsSql(random);
    try (Btrdb btrdb = BtrdbConnector.open("mem", UUID.randomUUID().toString(), Map.of())) {
      List<StreamDescriptor> streams = fill(btrdb, sql, random);
      try (H2Streams h2 = H2Streams.of(streams)) {
        int withRows = 0;
        for (int i = 0; i < STATEMENTS; i++) {
          RandomStreamsSql.Sql statement = sql.statement();
          String what = "seed " + seed + ", statement " + i + ": " + statement.text();
          try {
            List<String> expected = h2.rows(statement.text());
            List<String> rows = rows(btrdb, statement.text());
            if (!statement.isOrdered()) {
              Collections.sort(expected);
              Collections.sort(rows);
            }
            assertThat(rows).as(what).isEqualTo(expected);
            withRows += rows.isEmpty() ? 0 : 1;
          } catch (RuntimeException e) {
            throw new AssertionError(what, e);
          }
        }
        assertThat(withRows).as("seed %s", seed).isGreaterThan(STATEMENTS / 2);
      }
    }
  }

  private static List<StreamDescriptor> fill(Btrdb btrdb, RandomStreamsSql sql, Random random) {
    List<StreamDescriptor> streams = new ArrayList<>();
    while (streams.size() < STREAMS) {
      UUID uuid = new UUID(random.nextLong(), random.nextLong());
      Map<String, String> tags =
          Map.of(
              "name",
              sql.word(),
              "unit",
              sql.word(),
              "ingress",
              sql.word(),
              "distiller",
              sql.word());
      try {
        btrdb.create(new NewStream(uuid, "c" + sql.word(), tags, Map.of()), SCOPE);
      } catch (BtrdbException e) {
        assertThat(e.code()).isEqualTo(ErrorCode.STREAM_EXISTS);
        continue;
      }
      for (int edits = random.nextInt(3); edits > 0; edits--) {
        btrdb.setAnnotations(uuid, 0, new MetadataChange(Map.of("k", "v"), Set.of()), SCOPE);
      }
      streams.add(btrdb.stream(uuid, SCOPE).orElseThrow());
    }
    try (Cursor<List<StreamDescriptor>> all = btrdb.lookup(StreamQuery.underPrefix(""), SCOPE)) {
      assertThat(all.next()).isTrue();
      assertThat(all.current()).hasSize(STREAMS);
    }
    return streams;
  }

  private static List<String> rows(Btrdb btrdb, String sql) {
    StreamsQuery query = StreamsQuery.of(sql, List.of());
    List<String> all = new ArrayList<>();
    try (Rows rows = query.run(btrdb, SCOPE)) {
      for (@Nullable Object[] row = rows.next(); row != null; row = rows.next()) {
        List<@Nullable String> texts = new ArrayList<>();
        for (Object value : Arrays.copyOf(row, query.columns().size())) {
          texts.add(value == null ? null : value.toString());
        }
        all.add(texts.toString());
      }
    }
    return all;
  }
}
