package org.btrdb.sql.validate;

import org.apache.calcite.rel.type.RelDataType;
import org.apache.calcite.rel.type.RelDataTypeFactory;
import org.apache.calcite.sql.SqlCallBinding;
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
      if (isTimestamp(left) && isComparable(right)) {
        return timestamp(left, right);
      }
      if (isTimestamp(right) && isComparable(left)) {
        return timestamp(right, left);
      }
    }
    return super.commonTypeForBinaryComparison(left, right);
  }

  /** Of all digits, or a text would be cut to those of what it is compared with. */
  @Override
  protected boolean dateTimeStringEquality(
      SqlCallBinding binding, RelDataType left, RelDataType right) {
    if (isTimestamp(left) && SqlTypeUtil.isCharacter(right)) {
      return coerceOperandType(binding.getScope(), binding.getCall(), 1, timestamp(left, right));
    }
    if (isTimestamp(right) && SqlTypeUtil.isCharacter(left)) {
      return coerceOperandType(binding.getScope(), binding.getCall(), 0, timestamp(right, left));
    }
    return super.dateTimeStringEquality(binding, left, right);
  }

  private static boolean isComparable(RelDataType type) {
    if (!SqlTypeUtil.isNumeric(type)) {
      return SqlTypeUtil.isCharacter(type);
    }
    if (!SqlTypeUtil.isExactNumeric(type) || type.getScale() != 0) {
      throw new SqlRefusal(
          SqlRefusal.Reason.INVALID,
          "a time is compared with whole nanoseconds since the epoch, a BIGINT, and not with "
              + type.getSqlTypeName(),
          null);
    }
    return true;
  }

  private RelDataType timestamp(RelDataType time, RelDataType other) {
    return factory.createTypeWithNullability(
        factory.createSqlType(SqlTypeName.TIMESTAMP, NanoTypeSystem.DIGITS),
        time.isNullable() || other.isNullable());
  }

  private static boolean isTimestamp(RelDataType type) {
    return type.getSqlTypeName() == SqlTypeName.TIMESTAMP;
  }
}
