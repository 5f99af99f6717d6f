package org.btrdb.sql.time;

import org.apache.calcite.sql.SqlFunction;
import org.apache.calcite.sql.SqlFunctionCategory;
import org.apache.calcite.sql.SqlKind;
import org.apache.calcite.sql.type.ReturnTypes;
import org.apache.calcite.sql.type.SqlReturnTypeInference;

/**
 * The operators that a lowered plan has in place of Calcite's temporal ones. All work on BIGINT
 * nanoseconds; {@link NanoFunctions} has the method of each.
 */
public final class NanoOperators {
  /** {@code (ns, duration)}. */
  public static final SqlFunction PLUS = bigint("NS_PLUS");

  /** {@code (ns, ns or duration)}. */
  public static final SqlFunction MINUS = bigint("NS_MINUS");

  /** {@code (duration, integer)}. */
  public static final SqlFunction TIMES = bigint("NS_TIMES");

  /** {@code (ns, width, origin)}: the start of a bucket. */
  public static final SqlFunction FLOOR = bigint("NS_FLOOR");

  /** {@code (ns, width, origin)}: the end of a bucket, or the time itself at a start. */
  public static final SqlFunction CEIL = bigint("NS_CEIL");

  /** {@code (ns, months)}: the start of a calendar period. */
  public static final SqlFunction CALENDAR_FLOOR = bigint("NS_CALENDAR_FLOOR");

  /** {@code (ns, months)}. */
  public static final SqlFunction CALENDAR_CEIL = bigint("NS_CALENDAR_CEIL");

  /** {@code (ns, period as VARCHAR, zone as VARCHAR)}, both literals: the start of a bucket. */
  public static final SqlFunction TIME_FLOOR = bigint("NS_TIME_FLOOR");

  /** {@code (ns, period as VARCHAR, zone as VARCHAR, origin)}. */
  public static final SqlFunction TIME_FLOOR_FROM = bigint("NS_TIME_FLOOR_FROM");

  /** {@code (ns, months)}. */
  public static final SqlFunction ADD_MONTHS = bigint("NS_ADD_MONTHS");

  /** {@code (ns, field as VARCHAR)}. */
  public static final SqlFunction EXTRACT = bigint("NS_EXTRACT");

  /** {@code (from, to)}: whole calendar months. */
  public static final SqlFunction MONTHS_BETWEEN = bigint("NS_MONTHS_BETWEEN");

  /** {@code (pointwidth)}: its width in ns. */
  public static final SqlFunction POWER_OF_TWO = bigint("NS_POWER_OF_TWO");

  /** {@code (VARCHAR)}: a width such as {@code 5ms} to ns. */
  public static final SqlFunction WIDTH = bigint("NS_WIDTH");

  /** {@code (VARCHAR)}: an interval such as {@code 2018-01} to the first ns inside. */
  public static final SqlFunction FIRST_OF = bigint("NS_FIRST_OF");

  /** {@code (VARCHAR)}: an interval to the last ns inside. */
  public static final SqlFunction LAST_OF = bigint("NS_LAST_OF");

  /** {@code (ns)} to DATE. */
  public static final SqlFunction TO_DATE = operator("NS_TO_DATE", ReturnTypes.DATE_NULLABLE);

  /** {@code (VARCHAR)} to DATE. */
  public static final SqlFunction DATE_OF_TEXT =
      operator("NS_DATE_OF_TEXT", ReturnTypes.DATE_NULLABLE);

  /** {@code (DATE)} to ns. */
  public static final SqlFunction OF_DATE = bigint("NS_OF_DATE");

  /** {@code (ns)} to VARCHAR. */
  public static final SqlFunction TO_TEXT = operator("NS_TO_TEXT", ReturnTypes.VARCHAR_NULLABLE);

  /** {@code (VARCHAR)} to ns. */
  public static final SqlFunction OF_TEXT = bigint("NS_OF_TEXT");

  /** {@code (bucket)}: marks a key of groups that are made where there are no rows. */
  public static final SqlFunction GAPFILL = bigint("DATE_BIN_GAPFILL");

  /** {@code (value)}: marks what is held through rows that are made. */
  public static final SqlFunction LOCF = operator("LOCF", ReturnTypes.ARG0_FORCE_NULLABLE);

  /** {@code (value)}: marks what is on a line in rows that are made. */
  public static final SqlFunction INTERPOLATE =
      operator("INTERPOLATE", ReturnTypes.DOUBLE_FORCE_NULLABLE);

  private NanoOperators() {}

  private static SqlFunction bigint(String name) {
    return operator(name, ReturnTypes.BIGINT_NULLABLE);
  }

  private static SqlFunction operator(String name, SqlReturnTypeInference type) {
    return new SqlFunction(
        name, SqlKind.OTHER_FUNCTION, type, null, null, SqlFunctionCategory.USER_DEFINED_FUNCTION);
  }
}
