package org.btrdb.sql;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Random;
import java.util.UUID;
import org.btrdb.client.CallScope;
import org.btrdb.client.DataCursor;
import org.btrdb.client.batch.PointBatch;
import org.btrdb.client.model.MergePolicy;
import org.btrdb.client.time.TimeRange;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Ranges that changed. */
class ChangesTest {
  private static final long SEED = Long.getLong("seed", new Random().nextLong());
  private static final CallScope SCOPE = CallScope.unbounded();
  private static final String COLUMNS = "SELECT TO_NANOS(start_time), TO_NANOS(end_time), version ";

  private final TestBtrdb db = new TestBtrdb();
  private final Random random = new Random(SEED);

  @AfterEach
  void close() {
    db.close();
  }

  private long insert(UUID uuid, long... times) {
    db.btrdb()
        .insert(uuid, PointBatch.of(times, new double[times.length]), MergePolicy.NEVER, SCOPE);
    return db.btrdb().flush(uuid, SCOPE).major();
  }

  private List<List<@Nullable Object>> changes(UUID uuid, long from, long to, int resolution) {
    List<List<@Nullable Object>> rows = new ArrayList<>();
    try (DataCursor<List<TimeRange>> cursor =
        db.btrdb().changes(uuid, from, to, resolution, SCOPE)) {
      while (cursor.next()) {
        for (TimeRange range : cursor.current()) {
          rows.add(List.of(range.startNanos(), range.endNanos(), cursor.version().major()));
        }
      }
    }
    return rows;
  }

  @Test
  void aTableOfEveryChange() {
    UUID uuid = db.stream("c", "s", new long[] {}, new double[] {});
    assertThat(db.rows(COLUMNS + "FROM c.s$changes"))
        .containsExactly(List.of(TimeRange.MIN_NANOS, TimeRange.MAX_NANOS, 10L));
    long first = insert(uuid, 0, 1 << 20);
    long second = insert(uuid, 1L << 58);
    List<List<@Nullable Object>> all = changes(uuid, 0, 0, 0);
    assertThat(all).hasSizeGreaterThan(1);
    assertThat(db.rows(COLUMNS + "FROM c.s$changes ORDER BY start_time, end_time")).isEqualTo(all);
    assertThat(db.calls()).containsExactly("changes");
    assertThat(db.rows(COLUMNS + "FROM c.s$changes FOR VERSION AS OF " + first))
        .isEqualTo(changes(uuid, 0, first, 0));
    assertThat(db.rows("SELECT version FROM c.s$changes WHERE end_time > FROM_NANOS(?)", 1L << 58))
        .containsExactly(List.of(second));
    assertThat(db.rows("SELECT COUNT(*) FROM c.s$changes"))
        .containsExactly(List.of((long) all.size()));
  }

  @Test
  void changesBetweenTwoVersions() {
    UUID uuid = db.stream("c", "s", new long[] {}, new double[] {});
    List<Long> versions = new ArrayList<>(List.of(0L));
    List<long[]> inserted = new ArrayList<>(List.of(new long[0]));
    for (int i = 0; i < 12; i++) {
      long from = random.nextLong(-1L << 59, 1L << 60);
      long[] times = random.longs(1 + random.nextInt(50), from, from + (1L << 40)).toArray();
      versions.add(insert(uuid, times));
      inserted.add(times);
    }
    for (int round = 0; round < 60; round++) {
      int to = random.nextInt(versions.size());
      int from = random.nextInt(to + 1);
      int resolution = random.nextInt(64);
      String what =
          versions.get(from) + " to " + versions.get(to) + " by " + resolution + ", seed " + SEED;
      List<List<@Nullable Object>> rows =
          db.rows(
              COLUMNS
                  + "FROM changes('c/s', "
                  + versions.get(from)
                  + ", "
                  + versions.get(to)
                  + ", "
                  + resolution
                  + ") ORDER BY start_time");
      assertThat(db.calls()).as(what).containsExactly("changes");
      assertThat(rows)
          .as(what)
          .isEqualTo(changes(uuid, versions.get(from), versions.get(to), resolution));
      assertThat(
              db.rows(
                  COLUMNS
                      + "FROM changes(resolution => ?, stream_id => ?, from_version => ?,"
                      + " to_version => ?)",
                  resolution,
                  uuid,
                  versions.get(from),
                  versions.get(to)))
          .as(what)
          .isEqualTo(rows);
      // to_version 0 is the newest, which is all that was inserted after the other
      int last = to == 0 ? inserted.size() - 1 : to;
      for (int i = from + 1; i <= last; i++) {
        for (long time : inserted.get(i)) {
          assertThat(rows).as(what).anyMatch(r -> holds(r, time));
        }
      }
    }
  }

  private static boolean holds(List<@Nullable Object> range, long time) {
    return (Long) Objects.requireNonNull(range.get(0)) <= time
        && time < (Long) Objects.requireNonNull(range.get(1));
  }

  @Test
  void bufferedPointsAreChangesToo() {
    UUID uuid = db.stream("c", "s", new long[] {}, new double[] {});
    long version = insert(uuid, 5);
    db.btrdb()
        .insert(
            uuid, PointBatch.of(new long[] {1L << 50}, new double[] {1}), MergePolicy.NEVER, SCOPE);
    assertThat(db.rows("SELECT COUNT(*) FROM changes('c/s', " + version + ", " + version + ")"))
        .containsExactly(List.of(0L));
    assertThat(
            db.rows(
                "SELECT version FROM changes('c/s', ?) WHERE start_time <= FROM_NANOS(?) AND"
                    + " end_time > FROM_NANOS(?)",
                version,
                1L << 50,
                1L << 50))
        .containsExactly(List.of(version));
  }
}
