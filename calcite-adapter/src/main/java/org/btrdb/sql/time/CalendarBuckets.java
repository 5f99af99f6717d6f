package org.btrdb.sql.time;

import java.time.DateTimeException;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicReferenceArray;
import org.apache.calcite.rex.RexCall;
import org.apache.calcite.rex.RexLiteral;
import org.apache.calcite.rex.RexNode;
import org.btrdb.client.time.IsoTime;
import org.btrdb.sql.SqlRefusal;
import org.jspecify.annotations.Nullable;

/**
 * Buckets of a period of the calendar or of the clock of a time zone. They follow each other
 * without gaps, each as long as its zone makes it.
 *
 * <p>Bounds are what the zone's clock shows: the origin, and whole periods from there, in local
 * time. A bucket of days, weeks, months or years begins when the clock shows its bound, or more,
 * for the first time. One of hours, minutes or seconds begins each time that the clock shows a
 * bound, and when the clock is set forward over one; so an hour that comes twice is two buckets.
 *
 * <p>Public for read requests.
 */
public final class CalendarBuckets {
  /** 1970-01-05 was a Monday. */
  private static final long MONDAY_NANOS = 4 * IsoTime.NANOS_PER_DAY;

  /** Generated code asks for the same ones with each row; by their hash, the newest one each. */
  private static final AtomicReferenceArray<@Nullable CalendarBuckets> KNOWN =
      new AtomicReferenceArray<>(64);

  private final String periodText;
  private final String zoneText;
  private final IsoPeriod period;
  private final ZoneOffsets zone;

  /** The local time that bounds are counted from; the year 0 for months, if there is none. */
  private final @Nullable Long origin;

  /** Those that were asked for last; each row asks for the same ones again. */
  private volatile @Nullable From newest;

  /** The same buckets from an origin. */
  private record From(long originNanos, CalendarBuckets buckets) {}

  private CalendarBuckets(
      String periodText,
      String zoneText,
      IsoPeriod period,
      ZoneOffsets zone,
      @Nullable Long localOrigin) {
    this.periodText = periodText;
    this.zoneText = zoneText;
    this.period = period;
    this.zone = zone;
    this.origin = localOrigin;
  }

  /**
   * Buckets that are counted from 1970, weeks from a Monday, months from the year 0.
   *
   * @throws SqlRefusal if there is no such period or zone
   */
  public static CalendarBuckets of(String period, String zone) {
    int place = Math.floorMod(31 * period.hashCode() + zone.hashCode(), KNOWN.length());
    CalendarBuckets known = KNOWN.get(place);
    if (known == null || !known.periodText.equals(period) || !known.zoneText.equals(zone)) {
      known = read(period, zone);
      KNOWN.set(place, known);
    }
    return known;
  }

  /** Those that a call of {@link NanoOperators#TIME_FLOOR} is of, whatever origin it has. */
  public static CalendarBuckets of(RexCall call) {
    return of(text(call.getOperands().get(1)), text(call.getOperands().get(2)));
  }

  private static String text(RexNode literal) {
    return Objects.requireNonNull(RexLiteral.stringValue(literal));
  }

  private static CalendarBuckets read(String period, String zone) {
    IsoPeriod length = IsoPeriod.parse(period);
    Long origin =
        switch (length.unit()) {
          case MONTHS -> null;
          case WEEKS -> Long.valueOf(MONDAY_NANOS);
          case DAYS, CLOCK -> Long.valueOf(0L);
        };
    return new CalendarBuckets(period, zone, length, offsets(zone), origin);
  }

  private static ZoneOffsets offsets(String zone) {
    try {
      return ZoneOffsets.of(ZoneId.of(zone.strip()));
    } catch (DateTimeException e) {
      throw new SqlRefusal(
          SqlRefusal.Reason.INVALID_VALUE,
          "no time zone: '" + zone + "' (write UTC, Europe/Berlin or +05:45)",
          e);
    }
  }

  /** The same buckets, one of which begins when the clock shows what it shows at a time. */
  public CalendarBuckets from(long originNanos) {
    From known = newest;
    if (known == null || known.originNanos != originNanos) {
      CalendarBuckets buckets =
          new CalendarBuckets(periodText, zoneText, period, zone, local(originNanos));
      known = new From(originNanos, buckets);
      newest = known;
    }
    return known.buckets;
  }

  /** Their length in nanoseconds if it is always the same; else 0. */
  long fixedWidth() {
    return zone.isFixed() && period.unit() != IsoPeriod.Unit.MONTHS ? period.amount() : 0;
  }

  /** A time at which one of fixed width begins. */
  long fixedOrigin() {
    return NanoFunctions.minus(Objects.requireNonNull(origin), zone.offset(0));
  }

  /** Their length if they are calendar months, UTC, counted from the year 0; else 0. */
  long plainMonths() {
    return zone.isFixed() && zone.offset(0) == 0 && origin == null ? period.amount() : 0;
  }

  /** The length of buckets inside which no clock is set; 0 if lengths differ anyway. */
  public long widthNanos() {
    return period.unit() == IsoPeriod.Unit.MONTHS ? 0 : period.amount();
  }

  /** The months of one; 0 if it is made of days, or of what a clock shows. */
  public long months() {
    return period.unit() == IsoPeriod.Unit.MONTHS ? period.amount() : 0;
  }

  /** The first time after another one at which a clock is set; the largest time if none is. */
  public long clockSetAfter(long nanos) {
    int span = zone.span(nanos);
    return zone.isLast(span) ? Long.MAX_VALUE : zone.end(span);
  }

  /**
   * The start of the bucket that holds a time.
   *
   * @throws SqlRefusal if it lies outside 64-bit nanoseconds
   */
  public long floor(long nanos) {
    return period.unit() == IsoPeriod.Unit.CLOCK ? clockFloor(nanos) : dayFloor(nanos);
  }

  /**
   * The start of the bucket after the one that holds a time.
   *
   * @throws SqlRefusal if it lies outside 64-bit nanoseconds
   */
  public long next(long nanos) {
    return period.unit() == IsoPeriod.Unit.CLOCK ? clockNext(nanos) : dayNext(nanos);
  }

  /** The first start of a bucket that is not before a time. */
  public long ceil(long nanos) {
    long floor;
    try {
      floor = floor(nanos);
    } catch (SqlRefusal e) {
      return next(nanos); // the bucket begins before 64 bits do
    }
    return floor == nanos ? nanos : next(nanos);
  }

  /** How long ago the clock showed a bound, if it was not set since. */
  private long phase(long nanos, int span) {
    long width = period.amount();
    long since = Math.floorMod(nanos, width) + Math.floorMod(zone.offset(span), width);
    return Math.floorMod(
        Math.floorMod(since, width) - Math.floorMod(Objects.requireNonNull(origin), width), width);
  }

  private long clockFloor(long nanos) {
    long at = nanos;
    for (int span = zone.span(nanos); ; span--) {
      long phase = phase(at, span);
      if (span == 0) {
        return NanoFunctions.minus(at, phase);
      }
      long cut = ZoneOffsets.saturatedSum(at, -phase);
      if (cut >= zone.start(span)) {
        return cut;
      }
      if (isSetOverBound(span)) {
        return zone.start(span);
      }
      at = zone.start(span) - 1;
    }
  }

  /** Whether the clock shows a bound when a span begins, or is set forward over one. */
  private boolean isSetOverBound(int span) {
    return phase(zone.start(span), span) <= Math.max(0, zone.jump(span));
  }

  private long clockNext(long nanos) {
    long at = nanos;
    for (int span = zone.span(nanos); ; span++) {
      long left = period.amount() - phase(at, span);
      if (zone.isLast(span)) {
        return NanoFunctions.plus(at, left);
      }
      long next = ZoneOffsets.saturatedSum(at, left);
      if (next < zone.end(span)) {
        return next;
      }
      if (isSetOverBound(span + 1)) {
        return zone.end(span);
      }
      at = zone.end(span);
    }
  }

  private long dayFloor(long nanos) {
    int span = zone.span(nanos);
    long bound = bound(nanos, span);
    long cut = ZoneOffsets.saturatedSum(bound, -zone.offset(span));
    return cut > zone.start(span) && bound >= zone.peak(span) ? cut : firstShown(bound);
  }

  private long dayNext(long nanos) {
    return firstShown(after(bound(nanos, zone.span(nanos))));
  }

  /** The last bound that the clock has shown until a time. */
  private long bound(long nanos, int span) {
    long local = NanoFunctions.plus(nanos, zone.offset(span));
    long bound = cut(local);
    if (zone.peak(span) > local) { // the clock was set back
      for (long next = after(bound); next < zone.peak(span); next = after(bound)) {
        bound = next;
      }
    }
    return bound;
  }

  /** When the clock shows a time, or more, for the first time. */
  private long firstShown(long local) {
    int span = zone.span(ZoneOffsets.saturatedSum(local, -ZoneOffsets.LARGEST_NANOS));
    while (true) {
      long shown = NanoFunctions.minus(local, zone.offset(span));
      if (span > 0 && shown <= zone.start(span)) {
        return zone.start(span); // the clock was set forward
      }
      if (zone.isLast(span) || shown < zone.end(span)) {
        return shown;
      }
      span++;
    }
  }

  private long local(long nanos) {
    return NanoFunctions.plus(nanos, zone.offset(zone.span(nanos)));
  }

  /** The last bound at or before a local time. */
  private long cut(long local) {
    if (period.unit() != IsoPeriod.Unit.MONTHS) {
      return NanoFunctions.floor(local, period.amount(), Objects.requireNonNull(origin));
    }
    return origin == null
        ? NanoFunctions.calendarFloor(local, period.amount())
        : months(origin, monthsUntil(origin, local));
  }

  /** The bound after another one. */
  private long after(long bound) {
    if (period.unit() != IsoPeriod.Unit.MONTHS) {
      return NanoFunctions.plus(bound, period.amount());
    }
    return origin == null
        ? NanoFunctions.calendarNext(bound, period.amount())
        : months(origin, NanoFunctions.plus(monthsUntil(origin, bound), period.amount()));
  }

  /** The months of whole periods from an origin to a local time: the bound is not after it. */
  private long monthsUntil(long from, long local) {
    long between = monthNumber(local) - monthNumber(from);
    long whole = Math.floorDiv(between, period.amount()) * period.amount();
    return months(from, whole) <= local ? whole : whole - period.amount();
  }

  private static long months(long from, long months) {
    return NanoFunctions.addMonths(from, months);
  }

  private static long monthNumber(long local) {
    LocalDateTime time =
        LocalDateTime.ofEpochSecond(
            Math.floorDiv(local, NanoFunctions.NANOS_PER_SECOND), 0, ZoneOffset.UTC);
    return time.getYear() * 12L + time.getMonthValue() - 1;
  }

  @Override
  public String toString() {
    return periodText + " in " + zoneText;
  }
}
