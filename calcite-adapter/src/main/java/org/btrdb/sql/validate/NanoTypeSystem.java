package org.btrdb.sql.validate;

import org.apache.calcite.rel.type.RelDataType;
import org.apache.calcite.rel.type.RelDataTypeFactory;
import org.apache.calcite.rel.type.RelDataTypeSystem;
import org.apache.calcite.rel.type.RelDataTypeSystemImpl;
import org.apache.calcite.sql.type.SqlTypeName;
import org.apache.calcite.sql.type.SqlTypeUtil;

/** Calcite's types, with nine digits for timestamps and a fraction for averages. */
final class NanoTypeSystem extends RelDataTypeSystemImpl {
  static final RelDataTypeSystem INSTANCE = new NanoTypeSystem();

  /** Digits of a second that a timestamp has. */
  static final int DIGITS = 9;

  @Override
  public int getMaxPrecision(SqlTypeName typeName) {
    return typeName == SqlTypeName.TIMESTAMP ? DIGITS : super.getMaxPrecision(typeName);
  }

  @Override
  public int getDefaultPrecision(SqlTypeName typeName) {
    return typeName == SqlTypeName.TIMESTAMP ? DIGITS : super.getDefaultPrecision(typeName);
  }

  /**
   * Texts of different lengths are not padded to the longest: not in CASE, not in MAP or VALUES.
   */
  @Override
  public boolean shouldConvertRaggedUnionTypesToVarying() {
    return true;
  }

  /** DOUBLE for whole numbers and decimals: in their own type the fraction is cut. */
  @Override
  public RelDataType deriveAvgAggType(RelDataTypeFactory types, RelDataType argument) {
    return SqlTypeUtil.isExactNumeric(argument)
        ? types.createTypeWithNullability(
            types.createSqlType(SqlTypeName.DOUBLE), argument.isNullable())
        : super.deriveAvgAggType(types, argument);
  }

  /** DOUBLE, as for averages; NULL for a sample of one. */
  @Override
  public RelDataType deriveCovarType(
      RelDataTypeFactory types, RelDataType first, RelDataType second) {
    return types.createTypeWithNullability(types.createSqlType(SqlTypeName.DOUBLE), true);
  }
}
