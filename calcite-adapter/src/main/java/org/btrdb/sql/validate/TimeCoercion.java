package org.btrdb.sql.validate;

import org.apache.calcite.rel.type.RelDataType;
import org.apache.calcite.rel.type.RelDataTypeFactory;
import org.apache.calcite.sql.type.SqlTypeName;
import org.apache.calcite.sql.type.SqlTypeUtil;
import org.apache.calcite.sql.validate.SqlValidator;
import org.apache.calcite.sql.validate.implicit.TypeCoercionImpl;
import org.btrdb.sql.SqlRefusal;
import org.jspecify.annotations.Nullable;

/**
 * Calcite's implicit casts, and one more: a whole number compared with a timestamp is nanoseconds
 * since the Unix epoch, as BTrDB's users write times. A number that may have a fraction is refused,
 * for a double cannot tell nanoseconds apart.
 */
final class TimeCoercion extends TypeCoercionImpl {

  TimeCoercion(RelDataTypeFactory types, SqlValidator validator) {
    super(types, validator);
  }

  @Override
  public @Nullable RelDataType commonTypeForBinaryComparison(
      @Nullable RelDataType left, @Nullable RelDataType right) {
    if (left != null && right != null) {
      if (isTimestamp(left) && SqlTypeUtil.isNumeric(right)) {
        return timestamp(left, right);
      }
      if (isTimestamp(right) && SqlTypeUtil.isNumeric(left)) {
        return timestamp(right, left);
      }
    }
    return super.commonTypeForBinaryComparison(left, right);
  }

  private RelDataType timestamp(RelDataType time, RelDataType number) {
    if (!SqlTypeUtil.isExactNumeric(number) || number.getScale() != 0) {
      throw new SqlRefusal(
          SqlRefusal.Reason.INVALID,
          "a time is compared with whole nanoseconds since the epoch, a BIGINT, and not with "
              + number.getSqlTypeName(),
          null);
    }
    return factory.createTypeWithNullability(
        factory.createSqlType(SqlTypeName.TIMESTAMP, NanoTypeSystem.DIGITS),
        time.isNullable() || number.isNullable());
  }

  private static boolean isTimestamp(RelDataType type) {
    return type.getSqlTypeName() == SqlTypeName.TIMESTAMP;
  }
}
