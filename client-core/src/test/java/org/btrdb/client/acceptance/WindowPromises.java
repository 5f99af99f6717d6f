package org.btrdb.client.acceptance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.btrdb.client.acceptance.Workbench.SCOPE;

import java.util.List;
import java.util.UUID;
import java.util.stream.LongStream;
import org.btrdb.client.acceptance.Workbench.Window;
import org.btrdb.client.batch.Point;
import org.btrdb.client.error.ErrorCode;
import org.btrdb.client.time.TimeRange;
import org.junit.jupiter.api.Test;

/** What is promised of windows. */
interface WindowPromises extends Endpoint {

  private UUID tens() {
    return bench().streamAt(LongStream.range(0, 1000).map(i -> 10_000 + 10 * i).toArray());
  }

  private static List<Long> starts(List<Window> windows) {
    return windows.stream().map(Window::time).toList();
  }

  @Test
  default void windowsBeginAtTheRangeAndTheIncompleteLastIsLeftOut() {
    UUID uuid = tens();
    List<Long> seven = LongStream.rangeClosed(0, 6).map(i -> 11_136 + 64 * i).boxed().toList();
    assertThat(starts(bench().windows(uuid, 11_136, 11_647, 64, 0))).isEqualTo(seven);
    assertThat(starts(bench().windows(uuid, 11_136, 11_584, 64, 0))).isEqualTo(seven);
    assertThat(starts(bench().windows(uuid, 11_137, 11_201, 64, 0))).containsExactly(11_137L);
    assertThat(bench().windows(uuid, 11_137, 11_200, 64, 0)).isEmpty();
    assertThat(bench().windows(uuid, 11_137, 11_100, 64, 0)).isEmpty();
  }

  @Test
  default void alignedWindowsAreRoundedDownAtBothEnds() {
    UUID uuid = tens();
    List<Long> seven = LongStream.rangeClosed(0, 6).map(i -> 11_136 + 64 * i).boxed().toList();
    assertThat(starts(bench().aligned(uuid, 11_136, 11_647, 6, 0))).isEqualTo(seven);
    assertThat(starts(bench().aligned(uuid, 11_199, 11_584, 6, 0))).isEqualTo(seven);
    assertThat(starts(bench().aligned(uuid, 11_199, 11_200, 6, 0))).containsExactly(11_136L);
    assertThat(bench().aligned(uuid, 11_136, 11_199, 6, 0)).isEmpty();
    assertThat(starts(bench().aligned(uuid, 10_010, 10_011, 0, 0))).containsExactly(10_010L);
    assertThat(starts(bench().aligned(uuid, 10_010, 10_021, 0, 0)))
        .containsExactly(10_010L, 10_020L);
    assertThat(
            bench().aligned(uuid, Long.MIN_VALUE, Long.MAX_VALUE, 60, 0).stream()
                .mapToLong(Window::count)
                .sum())
        .isEqualTo(1000);
  }

  @Test
  default void lastWindowsAreThereWithTheirPoints() {
    UUID sparse = bench().streamAt(1000, 5000, 9990);
    for (long end = 6000; end <= 10_000; end += 500) {
      for (long start = 0; start < 1000; start += 300) {
        for (long width : new long[] {7, 100, 250, 990, 1000, 5001}) {
          long whole = start + (end - start) / width * width;
          long expected = LongStream.of(1000, 5000, 9990).filter(t -> t < whole).count();
          assertThat(
                  bench().windows(sparse, start, end, width, 0).stream()
                      .mapToLong(Window::count)
                      .sum())
              .as("[%s, %s) by %s", start, end, width)
              .isEqualTo(expected);
        }
      }
    }
  }

  @Test
  default void windowsAtTheEndsOfTheDomainAreComplete() {
    long last = TimeRange.MAX_POINT_NANOS;
    UUID uuid = bench().streamAt(TimeRange.MIN_NANOS, 5, 1000, 1001, last - 3000, last - 4, last);
    assertThat(bench().windows(uuid, TimeRange.MIN_NANOS, TimeRange.MIN_NANOS + 2, 2, 0))
        .extracting(Window::count)
        .containsExactly(1L);
    assertThat(bench().windows(uuid, last - 9, last + 1, 5, 0))
        .extracting(Window::count)
        .containsExactly(2L);
    assertThat(bench().windows(uuid, Long.MIN_VALUE, Long.MAX_VALUE, (1L << 62) - 1, 0))
        .extracting(Window::count)
        .containsExactly(7L);
    Window half = bench().windows(uuid, 1001, last + 1, last - 1000, 0).get(0);
    assertThat(half.count()).isEqualTo(4);
    assertThat(half.min()).isEqualTo(4);
    assertThat(half.max()).isEqualTo(7);
    assertThat(half.mean()).isEqualTo(5.5);
  }

  @Test
  default void bufferedPointsCountWithTheirValues() {
    UUID uuid = bench().streamAt(1000, 5000);
    bench()
        .insert(
            uuid,
            List.of(
                new Point(9000, 60),
                new Point(3000, 59),
                new Point(3500, 61),
                new Point(7000, -4),
                new Point(7001, 0),
                new Point(1001, 8)));
    List<Window> windows = bench().windows(uuid, 0, 10_000, 1000, 0);
    assertThat(starts(windows)).containsExactly(1000L, 3000L, 5000L, 7000L, 9000L);
    assertThat(windows).extracting(Window::min).containsExactly(1.0, 59.0, 2.0, -4.0, 60.0);
    assertThat(windows).extracting(Window::max).containsExactly(8.0, 61.0, 2.0, 0.0, 60.0);
    assertThat(windows).extracting(Window::mean).containsExactly(4.5, 60.0, 2.0, -2.0, 60.0);
    assertThat(bench().aligned(uuid, 0, 1 << 14, 10, 0))
        .extracting(Window::min)
        .containsExactly(1.0, 59.0, 61.0, 2.0, -4.0, 60.0);
  }

  @Test
  default void streamsWithoutPointsHaveNoWindows() {
    UUID uuid = bench().stream();
    assertThat(bench().windows(uuid, 0, 1000, 10, 0)).isEmpty();
    assertThat(bench().aligned(uuid, 0, 1000, 3, 0)).isEmpty();
    bench().insert(uuid, 995);
    assertThat(starts(bench().windows(uuid, 0, 1000, 10, 0))).containsExactly(990L);
    assertThat(starts(bench().windows(uuid, 990, 1000, 10, 0))).containsExactly(990L);
  }

  @Test
  default void widthsThatMakeNoSenseAreRefused() {
    UUID uuid = bench().streamAt(1);
    for (long width : new long[] {0, -1, Long.MIN_VALUE}) {
      assertThatThrownBy(() -> bench().windows(uuid, 0, 100, width, 0))
          .extracting(Workbench::codeOf)
          .isEqualTo(ErrorCode.INVALID_WIDTH);
    }
    for (int pointWidth : new int[] {-1, 63, 64, 256}) {
      assertThatThrownBy(() -> bench().aligned(uuid, 0, 100, pointWidth, 0))
          .extracting(Workbench::codeOf)
          .isEqualTo(ErrorCode.INVALID_WIDTH);
    }
    assertThat(bench().windows(uuid, 0, 100, Long.MAX_VALUE, 0)).isEmpty();
    assertThat(bench().btrdb().version(uuid, SCOPE).minor()).isZero();
  }

  @Test
  default void deviationsAreOfThePopulationOrUnknown() {
    UUID uuid = bench().streamAt(100, 200, 300);
    Window window = bench().windows(uuid, 0, 1000, 1000, 0).get(0);
    if (bench().btrdb().capabilities().standardDeviation()) {
      assertThat(window.stddev()).isEqualTo(Math.sqrt(2.0 / 3));
    } else {
      assertThat(window.stddev()).isNaN();
    }
  }
}
