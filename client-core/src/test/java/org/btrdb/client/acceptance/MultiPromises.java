package org.btrdb.client.acceptance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.btrdb.client.acceptance.Workbench.SCOPE;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.UUID;
import org.btrdb.client.batch.Point;
import org.btrdb.client.batch.WideBatch;
import org.btrdb.client.error.ErrorCode;
import org.btrdb.client.multi.MergedPoints;
import org.btrdb.client.time.TimeRange;
import org.junit.jupiter.api.Test;

/** What is promised of several streams side by side. */
interface MultiPromises extends Endpoint {

  @Test
  default void streamsAreMergedOnTime() {
    UUID a = bench().streamAt(100, 105, 110, 115, 120);
    UUID b = bench().streamAt(101, 106, 110, 114, 119);
    assertThat(times(rows(List.of(a, b), new TimeRange(100, 121))))
        .containsExactly(100.0, 101.0, 105.0, 106.0, 110.0, 114.0, 115.0, 119.0, 120.0);
    assertThat(rows(List.of(), new TimeRange(0, 10))).isEmpty();
    assertThat(times(rows(List.of(a, bench().stream(), a), new TimeRange(110, 116))))
        .containsExactly(110.0, 115.0);
    assertThatThrownBy(() -> rows(List.of(a, UUID.randomUUID()), new TimeRange(0, 1000)))
        .extracting(Workbench::codeOf)
        .isEqualTo(ErrorCode.NO_SUCH_STREAM);
  }

  @Test
  default void rowsAgreeWithBruteForceAlsoWhereTimesRepeat() {
    long seed = new Random().nextLong();
    Random random = new Random(seed);
    List<UUID> streams = new ArrayList<>();
    for (int i = 0; i < 5; i++) {
      long[] times = random.longs(random.nextInt(6000), 0, 4000).sorted().toArray();
      streams.add(bench().streamAt(times));
    }
    TimeRange range = new TimeRange(random.nextInt(2000), 2000 + random.nextInt(2500));
    assertThat(rows(streams, range)).as("seed %s", seed).isEqualTo(expected(streams, range));
  }

  private List<List<Double>> expected(List<UUID> streams, TimeRange range) {
    Map<Long, List<List<Double>>> byTime = new TreeMap<>();
    for (int column = 0; column < streams.size(); column++) {
      Map<Long, Integer> rank = new TreeMap<>();
      for (Point point :
          bench().raw(streams.get(column), range.startNanos(), range.endNanos(), 0)) {
        int n = rank.merge(point.timeNanos(), 1, Integer::sum) - 1;
        List<List<Double>> rows = byTime.computeIfAbsent(point.timeNanos(), t -> new ArrayList<>());
        if (rows.size() == n) {
          List<Double> row = new ArrayList<>(Collections.nCopies(streams.size() + 1, Double.NaN));
          row.set(0, (double) point.timeNanos());
          rows.add(row);
        }
        rows.get(n).set(column + 1, point.value());
      }
    }
    return byTime.values().stream().flatMap(List::stream).toList();
  }

  private List<List<Double>> rows(List<UUID> streams, TimeRange range) {
    List<List<Double>> rows = new ArrayList<>();
    try (MergedPoints merged = MergedPoints.open(bench().btrdb(), streams, range, SCOPE)) {
      while (merged.next()) {
        WideBatch batch = merged.current();
        for (int i = 0; i < batch.size(); i++) {
          List<Double> row = new ArrayList<>();
          row.add((double) batch.times()[i]);
          for (double[] column : batch.values()) {
            row.add(column[i]);
          }
          rows.add(row);
        }
      }
    }
    return rows;
  }

  private static List<Double> times(List<List<Double>> rows) {
    return rows.stream().map(row -> row.get(0)).toList();
  }
}
