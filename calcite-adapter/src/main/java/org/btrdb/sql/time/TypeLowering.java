package org.btrdb.sql.time;

import org.apache.calcite.rel.type.RelDataType;
import org.apache.calcite.rel.type.RelDataTypeFactory;
import org.apache.calcite.rel.type.RelDataTypeField;
import org.apache.calcite.sql.type.SqlTypeName;
import org.apache.calcite.sql.type.SqlTypeUtil;
import org.btrdb.sql.SqlRefusal;

/**
 * Which types the lowering changes: timestamps and day-time intervals become BIGINT nanoseconds.
 */
final class TypeLowering {
  /** Digits of a second that a timestamp has. */
  static final int DIGITS = 9;

  private final RelDataTypeFactory types;

  TypeLowering(RelDataTypeFactory types) {
    this.types = types;
  }

  /** Whether values of a type are, or may hold, temporal values that lowering must see. */
  static boolean isTemporal(RelDataType type) {
    return switch (type.getSqlTypeName()) {
      case TIMESTAMP, TIMESTAMP_WITH_LOCAL_TIME_ZONE, TIMESTAMP_TZ, TIME -> true;
      case TIME_WITH_LOCAL_TIME_ZONE, TIME_TZ -> true;
      default -> SqlTypeUtil.isInterval(type);
    };
  }

  /** A plain timestamp. */
  static boolean isTimestamp(RelDataType type) {
    return type.getSqlTypeName() == SqlTypeName.TIMESTAMP;
  }

  /** An interval of fixed length. */
  static boolean isDayTime(RelDataType type) {
    return SqlTypeName.DAY_INTERVAL_TYPES.contains(type.getSqlTypeName());
  }

  /** An interval of calendar months. */
  static boolean isYearMonth(RelDataType type) {
    return SqlTypeName.YEAR_INTERVAL_TYPES.contains(type.getSqlTypeName());
  }

  /** The type a lowered plan has in place of one. */
  RelDataType lower(RelDataType type) {
    if (type.isStruct()) {
      RelDataTypeFactory.Builder builder = types.builder();
      for (RelDataTypeField field : type.getFieldList()) {
        builder.add(field.getName(), lower(field.getType()));
      }
      return types.createTypeWithNullability(builder.build(), type.isNullable());
    }
    if (isTimestamp(type) || isDayTime(type)) {
      return types.createTypeWithNullability(
          types.createSqlType(SqlTypeName.BIGINT), type.isNullable());
    }
    if (isTemporal(type) || (type.getComponentType() != null && isNested(type))) {
      throw new SqlRefusal(
          SqlRefusal.Reason.UNSUPPORTED, "values of type " + type + " are not supported", null);
    }
    return type;
  }

  private static boolean isNested(RelDataType type) {
    RelDataType component = type.getComponentType();
    return component != null && isTemporal(component);
  }
}
