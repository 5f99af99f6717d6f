package org.btrdb.sql.validate;

import org.apache.calcite.rel.type.RelDataTypeSystem;
import org.apache.calcite.rel.type.RelDataTypeSystemImpl;
import org.apache.calcite.sql.type.SqlTypeName;

/** Calcite's types, with nine digits for timestamps. */
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
}
