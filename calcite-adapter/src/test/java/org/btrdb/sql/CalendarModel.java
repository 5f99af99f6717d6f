package org.btrdb.sql;

import java.math.BigInteger;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.Period;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.zone.ZoneOffsetTransition;
import java.time.zone.ZoneRules;
import java.util.List;
import org.btrdb.client.time.IsoTime;
import org.jspecify.annotations.Nullable;

/**
 * What {@code TIME_FLOOR} answers, by java.time alone: every bound near a time is made an instant
 * by the rules of the zone, and the last one that is not after the time is taken.
 *
 * @param period as ISO 8601 writes it
 * @param zone whose calendar and clock
 * @param originNanos null for what is usual
 */
record CalendarModel(String period, ZoneId zone, @Nullable Long originNanos) {
  private static final LocalDateTime EPOCH = LocalDateTime.of(1970, 1, 1, 0, 0);

  private boolean isClock() {
    return period.startsWith("PT");
  }

  private LocalDateTime origin() {
    if (originNanos != null) {
      return LocalDateTime.ofInstant(IsoTime.instantOf(originNanos), zone);
    }
    if (period.endsWith("W")) {
      return EPOCH.plusDays(4); // a Monday
    }
    // Every period of months in the tests divides 1970 years.
    return EPOCH;
  }

  /** The start of the bucket that holds a time. */
  long floor(long nanos) {
    Instant time = IsoTime.instantOf(nanos);
    return IsoTime.nanosOf(isClock() ? clockFloor(time) : dayFloor(time));
  }

  /** The bound with a number, counted from the origin. */
  private LocalDateTime bound(long number) {
    if (isClock()) {
      return origin().plus(Duration.parse(period).multipliedBy(number));
    }
    return origin().plus(Period.parse(period).multipliedBy(Math.toIntExact(number)));
  }

  /** The number of a bound that is before a local time, by not very much. */
  private long before(LocalDateTime local) {
    BigInteger seconds = BigInteger.valueOf(Duration.between(origin(), local).toSeconds());
    if (isClock()) {
      BigInteger width = BigInteger.valueOf(Duration.parse(period).toNanos());
      BigInteger[] parts =
          seconds.multiply(BigInteger.valueOf(1_000_000_000)).divideAndRemainder(width);
      return parts[0].longValueExact() - 2;
    }
    long number = seconds.longValueExact() / Duration.between(bound(0), bound(1)).toSeconds();
    while (bound(number).isAfter(local)) {
      number--;
    }
    while (bound(number + 1).isBefore(local)) {
      number++;
    }
    return number - 2;
  }

  private Instant dayFloor(Instant time) {
    ZoneRules rules = zone.getRules();
    long number = before(LocalDateTime.ofInstant(time, zone));
    Instant floor = shown(rules, bound(number));
    while (true) {
      Instant next = shown(rules, bound(++number));
      if (next.isAfter(time)) {
        return floor;
      }
      floor = next;
    }
  }

  /** When a clock shows a time first, or is set forward over it. */
  private static Instant shown(ZoneRules rules, LocalDateTime local) {
    List<ZoneOffset> offsets = rules.getValidOffsets(local);
    return offsets.isEmpty()
        ? rules.getTransition(local).getInstant()
        : local.toInstant(offsets.get(0));
  }

  private Instant clockFloor(Instant time) {
    ZoneRules rules = zone.getRules();
    Instant from = time;
    while (true) {
      ZoneOffset offset = rules.getOffset(from);
      LocalDateTime local = LocalDateTime.ofInstant(from, offset);
      long number = before(local);
      while (!bound(number + 1).isAfter(local)) {
        number++;
      }
      Instant cut = bound(number).toInstant(offset);
      ZoneOffsetTransition set = rules.previousTransition(from.plusNanos(1));
      if (set == null || !cut.isBefore(set.getInstant())) {
        return cut;
      }
      boolean isOver = set.isGap() && !bound(number).isBefore(set.getDateTimeBefore());
      if (isOver) {
        return set.getInstant();
      }
      from = set.getInstant().minusNanos(1);
    }
  }
}
