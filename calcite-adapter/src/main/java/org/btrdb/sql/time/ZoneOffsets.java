package org.btrdb.sql.time;

import java.time.Instant;
import java.time.ZoneId;
import java.time.zone.ZoneOffsetTransition;
import java.time.zone.ZoneRules;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.btrdb.client.time.IsoTime;

/**
 * What the clocks of a time zone show, from 1677 to 2262: spans of one offset each, in ascending
 * order. The first begins before, and the last ends after, all 64-bit nanoseconds.
 */
final class ZoneOffsets {
  /** No clock is further from UTC, as {@link java.time.ZoneOffset} has it. */
  static final long LARGEST_NANOS = 18 * 3_600 * NanoFunctions.NANOS_PER_SECOND;

  /** Zones by region, of which there are some hundreds. */
  private static final Map<ZoneId, ZoneOffsets> REGIONS = new ConcurrentHashMap<>();

  private final long[] starts;
  private final long[] offsets;

  /** For each span the time that clocks have come close to before it; no clock for the first. */
  private final long[] peaks;

  private ZoneOffsets(long[] starts, long[] offsets) {
    this.starts = starts;
    this.offsets = offsets;
    this.peaks = new long[starts.length];
    peaks[0] = Long.MIN_VALUE;
    for (int span = 1; span < starts.length; span++) {
      peaks[span] = Math.max(peaks[span - 1], saturatedSum(starts[span], offsets[span - 1]));
    }
  }

  /** The clocks of a zone. */
  static ZoneOffsets of(ZoneId zone) {
    ZoneRules rules = zone.getRules();
    if (rules.isFixedOffset()) {
      return new ZoneOffsets(
          new long[] {Long.MIN_VALUE}, new long[] {nanos(rules.getOffset(Instant.EPOCH))});
    }
    return REGIONS.computeIfAbsent(zone, z -> read(rules));
  }

  private static ZoneOffsets read(ZoneRules rules) {
    Instant first = IsoTime.instantOf(Long.MIN_VALUE);
    Instant last = IsoTime.instantOf(Long.MAX_VALUE);
    List<Long> starts = new ArrayList<>(List.of(Long.MIN_VALUE));
    List<Long> offsets = new ArrayList<>(List.of(nanos(rules.getOffset(first))));
    ZoneOffsetTransition next = rules.nextTransition(first);
    while (next != null && !next.getInstant().isAfter(last)) {
      starts.add(IsoTime.nanosOf(next.getInstant()));
      offsets.add(nanos(next.getOffsetAfter()));
      next = rules.nextTransition(next.getInstant());
    }
    return new ZoneOffsets(array(starts), array(offsets));
  }

  private static long nanos(java.time.ZoneOffset offset) {
    return offset.getTotalSeconds() * NanoFunctions.NANOS_PER_SECOND;
  }

  private static long[] array(List<Long> values) {
    return values.stream().mapToLong(Long::longValue).toArray();
  }

  /** A sum, or the nearest number that fits 64 bits. */
  static long saturatedSum(long a, long b) {
    long sum = a + b;
    return ((a ^ sum) & (b ^ sum)) < 0 ? (a < 0 ? Long.MIN_VALUE : Long.MAX_VALUE) : sum;
  }

  /** Whether one offset is always in force. */
  boolean isFixed() {
    return starts.length == 1;
  }

  /** The number of the span that holds a time. */
  int span(long nanos) {
    int found = Arrays.binarySearch(starts, nanos);
    return found >= 0 ? found : -found - 2;
  }

  boolean isLast(int span) {
    return span == starts.length - 1;
  }

  /** The first time of a span. */
  long start(int span) {
    return starts[span];
  }

  /** The first time after a span, which is not the last one. */
  long end(int span) {
    return starts[span + 1];
  }

  /** What clocks show in a span, less UTC. */
  long offset(int span) {
    return offsets[span];
  }

  /** What clocks were set forward by when a span, not the first one, began; negative for back. */
  long jump(int span) {
    return offsets[span] - offsets[span - 1];
  }

  /** The time that clocks came close to, and did not show, before a span. */
  long peak(int span) {
    return peaks[span];
  }
}
