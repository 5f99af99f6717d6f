package org.btrdb.sql.time;

import org.apache.calcite.avatica.util.TimeUnitRange;
import org.btrdb.client.time.IsoTime;
import org.btrdb.sql.SqlRefusal;

/** Units of time: each either a fixed number of nanoseconds or a number of calendar months. */
final class TimeUnits {
  /** 1970-01-04, a Sunday: Calcite's weeks begin there. */
  static final long SUNDAY_ORIGIN_NANOS = 3 * IsoTime.NANOS_PER_DAY;

  private TimeUnits() {}

  /** The length of a unit in calendar months, 0 if it has a fixed length. */
  static long months(TimeUnitRange unit) {
    return switch (unit) {
      case MONTH -> 1;
      case QUARTER -> 3;
      case YEAR -> 12;
      case DECADE -> 120;
      case CENTURY -> 1_200;
      case MILLENNIUM -> 12_000;
      default -> 0;
    };
  }

  /** The length of a fixed unit in nanoseconds. BTrDB has no leap seconds: a day is 86,400 s. */
  static long nanos(TimeUnitRange unit) {
    return switch (unit) {
      case NANOSECOND -> 1;
      case MICROSECOND -> 1_000;
      case MILLISECOND -> 1_000_000;
      case SECOND -> NanoFunctions.NANOS_PER_SECOND;
      case MINUTE -> 60 * NanoFunctions.NANOS_PER_SECOND;
      case HOUR -> 3_600 * NanoFunctions.NANOS_PER_SECOND;
      case DAY -> IsoTime.NANOS_PER_DAY;
      case WEEK -> 7 * IsoTime.NANOS_PER_DAY;
      default ->
          throw new SqlRefusal(
              SqlRefusal.Reason.UNSUPPORTED, "unit of time not supported here: " + unit, null);
    };
  }

  /** Where the periods of a fixed unit begin to count. */
  static long originNanos(TimeUnitRange unit) {
    return unit == TimeUnitRange.WEEK ? SUNDAY_ORIGIN_NANOS : 0;
  }
}
